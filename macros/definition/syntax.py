"""Find what is not YAML, or more of it than texts, lists and groups: each with place and cure."""

import re
from collections.abc import Iterator

from ruamel.yaml.error import MarkedYAMLError, StreamMark
from ruamel.yaml.nodes import Node, ScalarNode

# Line and column, both from 1.
Position = tuple[int, int]

# Ends of lines to some programs and none to others, and what no screen shows.
INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_CONFLICT = re.compile(r"(<{7}|>{7}|\|{7})( |$)|={7}$")
# In an indent; a tab anywhere before a comment; and behind a key.
_ODD_SPACE = re.compile(r" *[^\S ]|(?!#)(?:(?! #)[^\t])*\t| *(?:- )?[\w-]+:[^\S ]")
# What double quotes turn into a sign of another kind, such as the line end in "C:\\new".
_ESCAPE = re.compile(r"\\(?:\\|([abefnrtvLNP0])|.)", re.DOTALL)
# HTML, Markdown, and a slot that is none, on a line that is no comment.
_MARKUP = re.compile(
    r"^[^#]*?(</?[a-z][^<>]*>|\[[^\]]+\]\([^)]+\)|&#?\w+;"
    r"|(?<![\w*])(?P<sign>\*{1,2}|__?|`)\w[^*_`]*(?P=sign)(?!\w)"
    r"|\[(?:manager|topic|name|noun|session|wanted|got)\])"
)
# The second colon is the wide one of Chinese and Japanese keyboards.
_KEY_AND_COLON = re.compile(r"\s*(?:- )?(?P<name>[a-z_]+)(?::[^\s/]|\uff1a)")
_KEY = re.compile(r"( *(?:- )?)[a-z_]+:(?: |$)")
_QUOTES = "a text cannot begin with this sign unless it stands in quotes"
NO_TEXT = (
    "a text that begins with { or [ needs quotes, and so does one that goes on behind a quoted part"
)
# What is in the parser's message, and what to do about it. The first match counts.
_SYNTAX_ERRORS = {
    "mapping values are not allowed": 'a text holds ": ", or this line is indented too far; '
    "put the text in quotes, or move the line",
    "could not find expected ':'": "a line lacks the colon and the usual space behind its key, "
    'or the "- " of an entry, or a long text is not indented',
    "expected <block end>": "this line does not fit those above: "
    "look for a wrong indent, or for a quote inside a quoted text",
    "unknown escape character|expected escape sequence": "a backslash inside double quotes has to "
    "be written twice, or use single quotes (')",
    "cannot start any token|expected alphabetic|found undefined alias": _QUOTES,
    "',' or '": "a bracket or brace is opened and not closed, or a comma is missing; "
    "a text that begins with { or [ needs quotes",
    "(entries|keys) are not allowed|while scanning a block scalar": _QUOTES,
    "while parsing a flow": "a bracket or brace is opened and not closed; "
    "a text that begins with { or [ needs quotes",
    "": "look for a missing quote, a missing colon or a wrong indent",
}


class UnreadableError(Exception):
    """The text as a whole cannot be read; `position` is where the parser stumbled."""

    def __init__(self, message: str, position: Position = (1, 1)) -> None:
        super().__init__(message)
        self.position = position


def position(mark: StreamMark) -> Position:
    """The place of a parser's mark, which counts from 0."""
    return mark.line + 1, mark.column + 1


def place(text: str, index: int) -> Position:
    """The place of a sign in a text."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def reject_unwanted_characters(number: int, line: str) -> None:
    """What cannot be seen, odd spaces, which YAML takes for letters, and what git leaves behind."""
    if _CONFLICT.match(line):
        message = "a merge was left half done here, keep one of the two versions"
        raise UnreadableError(f"{message} and remove the lines that mark them", (number, 1))
    if line.startswith("%"):
        raise UnreadableError("a line cannot begin with %, put the text in quotes", (number, 1))
    if invisible := INVISIBLE.search(line):
        message = f"has an invisible control character (U+{ord(invisible[0]):04X}), remove it"
        raise UnreadableError(message, (number, invisible.start() + 1))
    if odd := _ODD_SPACE.match(line):
        name = "a tab" if odd[0].endswith("\t") else "an unusual space"
        message = f"{name} stands here, which cannot be seen, write usual spaces"
        raise UnreadableError(message, (number, odd.end()))


def reject_unsupported_yaml(node: Node, text: str) -> None:
    """What YAML can do beyond text, lists and groups: it can explode, run code, or lose words."""
    start, end = node.start_mark.index, node.end_mark.index
    first = text[start : start + 1]
    if first and first in "&!":
        message = f"a text cannot begin with {first} unless it stands in quotes"
        raise UnreadableError(message, place(text, start))
    if isinstance(node, ScalarNode):
        if node.style == '"':
            _reject_escapes(text, start, end)
        elif not node.style:
            _reject_odd_plain(node.value, text, start, end)


def odd_quote(text: str) -> str | None:
    """What to do about a text without quotes that ends with one; „ and “ may be closed by it."""
    if text.endswith('"') and text.count('"') % 2 and not re.search("[„“]", text):
        cure = "write one there, too, or single quotes (') around it all"
        return f'ends with a quote (") and does not begin with one, {cure}'
    return None


def published_signs(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The lines with quotes that YAML does not take away, or with markup, which is unknown here."""
    for number, line in enumerate(lines, 1):
        if markup := _MARKUP.search(line):
            yield number, f"{markup[1]} is published as it is typed, since this is plain text"
        if re.search(r"^\s*(?:- )?(?:\w+: +)?[“„«\u2018][^“„«»”]*[“”»\u2019]\s*$", line):
            cure = 'if they are not to be, write straight ones (")'
            yield number, f"the quotes around this text are published with it; {cure}"


def _reject_escapes(text: str, start: int, end: int) -> None:
    """A backslash and a letter, as in a path of Windows, would be read as a line end."""
    for escape in _ESCAPE.finditer(text, start, end):
        if escape[1]:
            message = f"{escape[0]} is not read as it stands, write \\{escape[0]}"
            at = place(text, escape.start())
            raise UnreadableError(f"{message} or use single quotes (')", at)


def _reject_odd_plain(value: str, text: str, start: int, end: int) -> None:
    """What is lost, or taken for a part of a text that stands in no quotes."""
    cure = odd_quote(value)
    if not cure and re.match("-[^\\W\\d]|->", value):
        cure = "write a space behind it for an entry, >- for a long text, or put it in quotes"
        cure = f"a text cannot begin with this dash, {cure}"
    if cure:
        raise UnreadableError(cure, place(text, start))
    if value and (comment := re.match(r"[^\S\n]*#", text[end:])):  # as in `onus: Issue #7`
        message = "what follows the # is not published, put the whole text in quotes"
        at = place(text, end + comment.end() - 1)
        raise UnreadableError(f"{message}, or the comment on a line of its own", at)
    if entry := re.search(r"\n *(?=- )", text[start:end]):  # indented too far
        message = 'an entry begins here, within the text above; begin it below the "-" above'
        cure = "write its key above it if that is lost, or put the whole text in quotes"
        raise UnreadableError(f"{message}, {cure}", place(text, start + entry.end()))


def syntax_error(error: MarkedYAMLError, lines: list[str]) -> UnreadableError:
    """What to tell of the parser's error, and where the mistake is likely to be."""
    message, mark = f"{error.problem} {error.context}", error.problem_mark or error.context_mark
    if re.search("while (scanning|parsing a flow)", error.context or "") and error.context_mark:
        mark = error.context_mark  # where it began, not where the parser gave up
    at = position(mark)
    if "single document" in message:
        return UnreadableError('a second document begins here, remove the line "---"', at)
    if "maximum depth" in message:
        return UnreadableError("is nested too deep, write it as the comments in the file show", at)
    line = "".join(lines[mark.line : mark.line + 1])
    if found := (
        _no_first_colon(lines, before=mark.line)
        or _odd_colon(lines, before=mark.line)
        or _unclosed_quote(lines, before=mark.line)
        or ("mapping values" in message and _odd_quote_or_indent(lines, mark.line))
        or ("block end" in message and _lost_indent(lines, mark))
    ):
        cure, at = found
    elif "block end" in message and re.fullmatch(rf"\s{{{mark.column}}}- .*", line):
        cure = "an entry begins here without its key above it, or with a wrong indent"
    elif "parsing a flow" not in message and re.search(r"(^|[:-] )\s*[{[]", line):
        cure = NO_TEXT
    else:
        cure = next(cure for part, cure in _SYNTAX_ERRORS.items() if re.search(part, message))
    return UnreadableError(f"this cannot be read: {cure}", at)


def _no_first_colon(lines: list[str], before: int) -> tuple[str, Position] | None:
    """A first line without its colon is read as the beginning of the key below it."""
    written = ((n, line) for n, line in enumerate(lines[:before], 1) if line.strip())
    number, line = next(((n, line) for n, line in written if line[0] not in "#-%"), (0, ""))
    if not number or re.search(r":(\s|$)|:[^/]|\uff1a|^[\s\"'{[]", line):
        return None
    return "a line lacks the colon and the usual space behind its key", (number, 1)


def _odd_colon(lines: list[str], before: int) -> tuple[str, Position] | None:
    """A colon without its space, in the line of the mark or the two above."""
    for number in range(before, max(before - 3, -1), -1):
        line = lines[number] if number < len(lines) else ""
        if key := _KEY_AND_COLON.match(line):
            cure = "a key ends with a usual colon and a space, write both"
            return cure, (number + 1, key.end("name") + 1)
    return None


def _unclosed_quote(lines: list[str], before: int) -> tuple[str, Position] | None:
    for number, line in enumerate(lines[: before + 1], 1):
        opened = re.match(r"""[^"'#]*[:-] +(["'])(?!.*\1\s*[\]},]*\s*(#|$))""", line)
        if opened and not any(opened[1] in later for later in lines[number:before]):
            cure = "a quote is opened here, and the line does not end with one"
            if line.count(opened[1]) % 2 == 0:
                cure = "the text goes on behind these quotes, put other ones around it all"
            return cure, (number, opened.start(1) + 1)
    return None


def _odd_quote_or_indent(lines: list[str], before: int) -> tuple[str, Position] | None:
    """Quotes that are none to YAML; a key below which the next ones stand to its right."""
    if quote := re.match(r"\s*(?:- )?[\w-]+: +([“”„«»\u2018])", lines[before]):
        cure = 'a text in these quotes cannot hold a colon, write straight ones (")'
        return cure, (before + 1, quote.start(1) + 1)
    found = ((number, _KEY.match(line)) for number, line in enumerate(lines, 1))
    keys = [(number, len(key[1])) for number, key in found if key]
    for (number, left), (here, right), (_, below) in zip(keys, keys[1:], keys[2:], strict=False):
        if here == before + 1 and left < right <= below:
            cure = "this line is indented less than those below it, indent it like them"
            return f"{cure}, or remove the text behind its colon", (number, left + 1)
    return None


def _lost_indent(lines: list[str], mark: StreamMark) -> tuple[str, Position] | None:
    """A key to the left of those above and below it, which stand one below the other."""
    keys = [(n, len(key[1])) for n, line in enumerate(lines, 1) if (key := _KEY.match(line))]
    above = [(n, left) for n, left in keys if n <= mark.line and left <= mark.column]
    if len(above) > 1 and above[-1][1] < mark.column == above[-2][1]:
        number, left = above[-1]
        return "this line is indented less than those around it", (number, left + 1)
    return None
