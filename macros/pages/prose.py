"""Find the words that a page types though the definition says them, and macros with one brace."""

import re
from collections.abc import Iterable

from ..definition import Definition
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
            yield _line(text, match.start()), f"one brace is not enough, write {{{{ {match[1]} }}}}"

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
            yield _line(prose, found.start()), message


def misplaced_marks(text: str) -> Mistakes:
    """What is not meant to be read: signs that cannot be seen, and what git leaves behind."""
    for invisible in _INVISIBLE.finditer(text):
        column = len(text[: invisible.end()].rpartition("\n")[2])
        message = f"has an invisible control character (U+{ord(invisible[0]):04X})"
        yield _line(text, invisible.start()), f"{message} in column {column}, remove it"
    for brace in re.finditer(r"\{#[^\S\n]*([\w-]+)[^\S\n]*\}", text):
        message = f"begins a comment, write {{: #{brace[1]} }} for an address"
        yield _line(text, brace.start()), message
    prose = _NOT_PROSE.sub(_blank, text) if any(7 * sign in text for sign in "<>|") else ""
    for mark in _MERGE.finditer(prose):
        message = "a merge was left half done here, keep one of the two versions"
        yield _line(prose, mark.start()), f"{message} and remove the lines that mark them"


def _line(text: str, index: int) -> int:
    return text.count("\n", 0, index) + 1


def _blank(match: re.Match[str]) -> str:
    """Spaces in place of a match, on as many lines."""
    return re.sub(r"[^\n]+", " ", match[0])
