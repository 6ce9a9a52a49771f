"""Find what a page types otherwise than it is meant: words, macros, and Markdown that shows.

What no reader should see is a mistake; what somebody may have meant so is a notice.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from ..definition import Definition
from ..definition.syntax import place
from ..problems import Mistakes

# What shows as it is typed; a macro, an address, markup and code are no prose.
_NOT_PROSE = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}"
    r"|\]\([^)]*\)|\{[^}\n]*\}|<[^>\n]*>|https?://\S+"
    r"|```.*?```|`[^`\n]*`",
    re.DOTALL,
)
_MERGE = re.compile(r"^(<{7}|>{7}|\|{7})( |$)", re.MULTILINE)
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_FENCE = re.compile(r"(?:```|~~~).*")
_AS_TYPED = "shows as it is typed"
# What was meant as a link: without an address, apart from it, not closed.
_NO_LINKS = {
    r"(?<![\w\\])\[[^\[\]\n]+\](?:\[[^\[\]\n]*\]"
    r"| ?\((?:#|[\w./-]+\.md\b)[^\s()]*\)?|\(https?://[^\s()]*)": "write it like [text](page.md), "
    "with no space and each bracket closed",
    r"\[\^[^\[\]\s]+\]": "write its text in a paragraph of its own that begins with it and a colon",
}
_PARTNER = "it needs a partner, with no space within"
# Each begins with the sign itself, which is quickly found; a text begins with a line end, too.
_UNREAD = (
    (r"\n(?<=\S\n)((?:[-*+]|\d+\.) \S.*)", "a list needs a free line above it"),
    (r"\n((?:-[^\W\d_]|\u2022|\d+\) |- ?\[[ x]?\]).*)", 'an entry begins with "- " or "1. "'),
    (r"\n(\|.*\|)(?=\n)", "a table needs a free line above it and a line |---|---| below its head"),
    (r"\n( ?#+ \S.*)", "a heading begins at the margin, with a free line above it"),
    (r"\n((?:!!!|\?\?\?|===).*)", "check what stands behind it, and indent by 4 what is inside"),
    (r"((?:\*\*|__(?:(?<!\w__)(?=\w)|(?<=\w__)(?!\w))|`).{,20})", _PARTNER),
    (r"(\*(?<!\*\*)(?!\*)(?:(?=[^\W\d_])|(?<=[^\W\d_]\*)).{,20})", _PARTNER),
    (r"(==(?:(?<!===)(?=[^\s=])|(?<=[^\s=]==)(?!=)).{,20})", _PARTNER),
    (r"(\{:? *[.#][\w-].*)", "write it like { .class #name }, beside what it is for"),
    (r"(:(?<!\S:)[a-z][\w+-]+:)", "there is no emoji of this name"),
    (r"(https?://[^\s()<>]+)", "an address becomes a link as <https://…>, or as [text](https://…)"),
    (r"(!\[[^\]\n]*\] ?\(.*)", "a picture is written like ![its text](picture.png)"),
)
# Where code begins or ends, and where a box does.
_MARK = re.compile(r"\s*(`{3,}|~{3,})([^`]*)$")
_BOX = re.compile(r"( *)(?:!!!|\?\?\?\+?|===[!+]?) *[\w\"]")
_TOLD_APART = 4
_EMPHASIS = re.compile(r"[*_`]")


class Prose:
    """The words of a definition, each with the macro that says it."""

    def __init__(self, definition: Definition, macros: Iterable[str]) -> None:
        calls = "|".join(macros)
        self._one_brace = re.compile(
            rf"\{{(?<!\{{\{{)\s*(manager|(?:{calls})\([^)]*\))\s*\}}(?!\}})"
        )
        self._manager = definition.manager
        written_as: dict[str, str] = {}
        for mode in definition.modes:
            written_as.setdefault(mode.name, f'{{{{ name("{mode.id}") }}}}')
            written_as.setdefault(mode.noun, f'{{{{ noun("{mode.id}") }}}}')
            written_as.setdefault(mode.session, f'{{{{ noun("{mode.id}", "session") }}}}')
        longest_first = sorted(map(re.escape, written_as), key=len, reverse=True)
        # Somebody may be called Will, but nobody is called will.
        words = f"{re.escape(self._manager)}|(?i:{'|'.join(longest_first)})"
        self._typed = re.compile(rf"(?<!\w)({words})(?!\w)")
        self._written_as = {words.casefold(): macro for words, macro in written_as.items()}
        self._folded = {self._manager.casefold(), *self._written_as}

    def mistakes(self, text: str) -> Mistakes:
        """Macros that would show as they are typed."""
        for match in self._one_brace.finditer(text):
            yield (
                place(text, match.start())[0],
                f"one brace is not enough, write {{{{ {match[1]} }}}}",
            )

    def typed(self, text: str) -> Mistakes:
        """Words that will stay behind when the definition changes; they may be meant otherwise."""
        prose = _NOT_PROSE.sub(_blank, text)
        folded = prose.casefold()
        if not any(words in folded for words in self._folded):
            return  # which is told much faster
        for found in self._typed.finditer(prose):
            typed = found[1]
            of_mode = self._written_as.get(typed.casefold(), "")
            macro = "{{ manager }}" if typed == self._manager else of_mode
            message = f'"{typed}" is typed here; {macro} would follow the definition'
            yield place(prose, found.start())[0], message


def misplaced_marks(text: str) -> Mistakes:
    """What is not meant to be read: signs that cannot be seen, and what git leaves behind."""
    for invisible in _INVISIBLE.finditer(text):
        line, column = place(text, invisible.start())
        message = f"has an invisible control character (U+{ord(invisible[0]):04X})"
        yield line, f"{message} in column {column}, remove it"
    for brace in re.finditer(r"\{#[^\S\n]*([\w-]+)[^\S\n]*\}", text):
        message = f"begins a comment, write {{: #{brace[1]} }} for an address"
        yield place(text, brace.start())[0], message
    prose = _NOT_PROSE.sub(_blank, text) if any(7 * sign in text for sign in "<>|") else ""
    for mark in _MERGE.finditer(prose):
        message = "a merge was left half done here, keep one of the two versions"
        yield place(prose, mark.start())[0], f"{message} and remove the lines that mark them"


def markup_mistakes(shown: str, lines: list[str]) -> Mistakes:
    """Links and code that are none. `shown` is the page's text, a null sign for code and links.

    What comes from the definition is escaped in the `lines` of the source, and may be anything.
    """
    for pattern, cure in _NO_LINKS.items():
        for typed in dict.fromkeys(re.findall(pattern, shown)):
            for line in _lines_with(typed, lines)[:1]:
                yield line, f"{typed} is no link and {_AS_TYPED}, {cure}"
    for fence in dict.fromkeys(map(str.strip, _FENCE.findall(shown))):
        cure = "write the same signs on a line of their own below the code"
        for line in [n for n, words in enumerate(lines, 1) if words.strip() == fence][-1:]:
            yield line, f"{fence} has no partner and {_AS_TYPED}, {cure}"


def markup_notices(shown: str, lines: list[str]) -> Mistakes:
    """The same of other signs, which may be meant as signs; of lines in a row, the first."""
    shown = f"\n{_FENCE.sub('', shown)}\n"
    for pattern, cure in _UNREAD:
        said: set[int] = set()
        for found in dict.fromkeys(re.findall(pattern, shown)):
            typed = found.partition("\0")[0]
            places = _lines_with(typed, lines)
            new = [line for line in places if not said & {line - 1, line}][:1]
            said.update(new or places[:1])
            for line in new:
                yield line, f'"{typed.strip()}" {_AS_TYPED}: {cure}'
    yield from _empty_or_endless(lines)


def _empty_or_endless(lines: list[str]) -> Mistakes:
    """What the source alone tells: a box with nothing in it, and code that takes in other code."""
    fence, begun = "", 0
    for number, line in enumerate(lines, 1):
        mark = _MARK.match(line)
        if fence and mark and mark[1].startswith(fence):
            if mark[2].strip():
                cure = "end it with the same signs on a line of their own"
                yield begun, f"the code that begins here takes in line {number}: {cure}"
            fence, begun = mark[1] if mark[2].strip() else "", number
        elif mark and not fence:
            fence, begun = mark[1], number
        elif not fence and (box := _BOX.match(line)):
            inside = next((words for words in lines[number:] if words.strip()), "")
            if not inside.startswith((f"{box[1]}    ", "\t")):
                yield number, "nothing stands in this box: indent by 4 what is to be inside"


def _lines_with(typed: str, lines: list[str]) -> list[int]:
    """First the lines of nothing else. A sign that marks others is where it has no partner."""
    words = _EMPHASIS.sub("", typed).strip()
    if not words.strip("="):
        sign = re.compile(rf"(?<![{typed[0]}]){re.escape(typed)}(?![{typed[0]}])")
        odd = [n for n, line in enumerate(lines, 1) if len(sign.findall(line)) % 2]
        return odd or [n for n, line in enumerate(lines, 1) if f" {typed} " in line]
    bare = [_EMPHASIS.sub("", line).strip() for line in lines]
    if len(words) < _TOLD_APART:  # an entry that begins with a link or code: below a line of text
        rows = enumerate(pairwise(["", *bare]), 1)
        begun = ((n, above) for n, (above, line) in rows if line.startswith(f"{words} "))
        return [n for n, above in begun if above[:1].isalnum()]
    whole = [n for n, line in enumerate(bare, 1) if line == words]
    as_typed = [n for n, line in enumerate(lines, 1) if typed in line]
    inside = [n for n, line in enumerate(bare, 1) if words in line]
    begin = " ".join(words.split()[:2])
    return whole or as_typed or inside or [n for n, line in enumerate(bare, 1) if begin in line]


def _blank(match: re.Match[str]) -> str:
    """Spaces in place of a match, on as many lines."""
    return re.sub(r"[^\n]+", " ", match[0])
