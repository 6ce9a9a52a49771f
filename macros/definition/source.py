"""Parse YAML into plain data and the position of each part of it.

A syntax error, or YAML beyond text, lists and mappings, raises UnreadableError with a cure.
"""

import re
from io import StringIO
from pathlib import Path
from typing import Any, Self

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StreamMark, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

# Keys and indexes from the root, such as ("modes", 0, "id"); pydantic calls it so, too.
Loc = tuple[str | int, ...]
# Line and column, both from 1.
Position = tuple[int, int]

# Stands for a number, a date or a boolean: no field of a definition takes one.
NOT_TEXT = object()
_TAGS = {"str", "int", "float", "bool", "null", "timestamp", "map", "seq"}

# A part of the parser's message, and what to do about it. The first match counts.
_SYNTAX_ERRORS = {
    "mapping values are not allowed": 'a text holds ": ", or this line is indented too far; '
    "put the text in quotes, or move the line",
    "could not find expected ':'": "a line lacks the colon and the usual space behind its key, "
    'or the "- " of an entry, or a long text is not indented',
    "expected <block end>": "this line does not fit those above: "
    "look for a wrong indent, or for a quote inside a quoted text",
    "found unknown escape character": "a backslash inside double quotes has to be written twice, "
    "or use single quotes (')",
    "cannot start any token": "a text cannot begin with this sign unless it stands in quotes",
    "expected alphabetic": "a text cannot begin with this sign unless it stands in quotes",
    "found undefined alias": "a text cannot begin with this sign unless it stands in quotes",
    "',' or '": "a bracket or brace is opened and not closed, or a comma is missing; "
    "a text that begins with { or [ needs quotes",
    "while parsing a flow": "a bracket or brace is opened and not closed; "
    "a text that begins with { or [ needs quotes",
    "": "look for a missing quote, a missing colon or a wrong indent",
}


class UnreadableError(Exception):
    """The text as a whole cannot be read; `position` is where the parser stumbled."""

    def __init__(self, message: str, position: Position = (1, 1)) -> None:
        super().__init__(message)
        self.position = position


class Document:
    """The data of a YAML text, and where each part of it stands."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._keys: dict[Loc, Position] = {}
        self._texts: dict[Loc, Position] = {}
        self._refuse_invisible_characters()
        yaml = YAML(typ="safe", pure=True)
        yaml.max_depth = 10  # otherwise deep nesting ends in a RecursionError, after seconds
        try:
            root = yaml.compose(StringIO(text))
        except MarkedYAMLError as error:
            raise self._syntax_error(error) from None
        except YAMLError:  # a character that YAML forbids; this error has no mark
            odd = (n for n, line in enumerate(self._lines) if not _is_printable(line))
            message = "has an invisible control character, remove it"
            raise UnreadableError(message, (next(odd, 0) + 1, 1)) from None
        if root is None or root.tag.endswith(":null"):
            raise UnreadableError("is empty, it holds the definition of the site")
        self.data = self._construct(root, ())
        if not isinstance(self.data, dict):
            raise UnreadableError('should be a group of keys, such as "manager: Mike"')

    @classmethod
    def read(cls, path: Path) -> Self:
        """Parse a file. Raises UnreadableError, too, if there is none or it is not UTF-8."""
        try:
            raw = path.read_bytes()
            return cls(raw.decode("utf-8-sig"))
        except FileNotFoundError:
            raise UnreadableError("file not found, it holds the definition of the site") from None
        except OSError as error:
            raise UnreadableError(f"cannot be read ({error.strerror})") from None
        except UnicodeDecodeError as error:
            before = raw[: error.start]
            at = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
            raise UnreadableError(
                "not UTF-8 text, save the file with the encoding UTF-8", at
            ) from None

    def position(self, loc: Loc, *, of_key: bool) -> Position:
        """Where a text stands, or its key; for what is missing, where its parent stands."""
        while loc not in self._keys:
            loc = loc[:-1]
        return self._keys[loc] if of_key else self._texts.get(loc, self._keys[loc])

    def _construct(self, node: Node, loc: Loc) -> Any:
        at = _position(node.start_mark)
        if node.anchor:
            raise UnreadableError("a text cannot begin with & unless it stands in quotes", at)
        tag = str(node.tag).rpartition(":")[2]
        if tag not in _TAGS:
            message = f'"{node.tag}" stands for something special in YAML, put the text in quotes'
            raise UnreadableError(message, at)
        self._keys.setdefault(loc, at)
        if isinstance(node, MappingNode):
            return self._construct_mapping(node, loc)
        if isinstance(node, SequenceNode):
            return [self._construct(item, (*loc, n)) for n, item in enumerate(node.value)]
        self._refuse_comment_behind(node)
        if tag == "null":
            return None
        self._texts[loc] = at
        return node.value if tag == "str" else NOT_TEXT

    def _construct_mapping(self, node: MappingNode, loc: Loc) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value in node.value:
            at, key = _position(key_node.start_mark), key_node.value
            if not isinstance(key_node, ScalarNode) or not str(key_node.tag).endswith(":str"):
                raise UnreadableError("a key has to be text, put it in quotes", at)
            if key in data:
                or_entry = ', or begin the next entry with "- "' if key in ("id", "heading") else ""
                message = f'"{key}" stands here a second time, remove one of the two{or_entry}'
                raise UnreadableError(message, at)
            self._keys[*loc, key] = at
            data[key] = self._construct(value, (*loc, key))
        return data

    def _refuse_comment_behind(self, node: Node) -> None:
        """In `onus: Issue #7` the number would be lost without a word."""
        end = node.end_mark
        rest = self._lines[end.line][end.column :] if end.line < len(self._lines) else ""
        if node.value and not getattr(node, "style", "") and rest.lstrip().startswith("#"):
            message = (
                "what follows the # is not published, put the whole text in quotes, "
                "or the comment on a line of its own"
            )
            raise UnreadableError(message, (end.line + 1, end.column + rest.index("#") + 1))

    def _refuse_invisible_characters(self) -> None:
        """Tabs and odd spaces, which YAML takes for letters, and the marks of a git conflict."""
        for number, line in enumerate(self._lines, 1):
            if line.startswith(("<<<<<<< ", ">>>>>>> ")):
                message = (
                    "a merge was left half done here, keep one of the two versions "
                    "and remove the lines that mark them"
                )
                raise UnreadableError(message, (number, 1))
            indent = line[: len(line) - len(line.lstrip())]
            before_comment = re.split("(?:^| )#", line)[0]
            odd = indent.strip(" ")[:1] or ("\t" if "\t" in before_comment else "")
            if odd:
                name = "a tab" if odd == "\t" else "an unusual space"
                message = f"{name} stands here, which cannot be seen, write usual spaces"
                raise UnreadableError(message, (number, line.index(odd) + 1))

    def _syntax_error(self, error: MarkedYAMLError) -> UnreadableError:
        message, mark = f"{error.problem} {error.context}", error.problem_mark or error.context_mark
        if "while scanning" in (error.context or "") and error.context_mark:
            mark = error.context_mark  # where it began, not where the parser gave up
        at = _position(mark)
        if "single document" in message:
            return UnreadableError('a second document begins here, remove the line "---"', at)
        if "maximum depth" in message:
            return UnreadableError(
                "is nested too deep, write it as the comments in the file show", at
            )
        if opened := self._unclosed_quote(before=mark.line):
            cure = "a quote is opened here, and the line does not end with one"
            return UnreadableError(f"this cannot be read: {cure}", opened)
        if re.search(r"(^|[:-] )\s*[{[]", "".join(self._lines[mark.line : mark.line + 1])):
            cure = (
                "a text that begins with { or [ needs quotes, "
                "and so does one that goes on behind a quoted part"
            )
        else:
            cure = next(cure for part, cure in _SYNTAX_ERRORS.items() if part in message)
        return UnreadableError(f"this cannot be read: {cure}", at)

    def _unclosed_quote(self, before: int) -> Position | None:
        for n, line in enumerate(self._lines[: before + 1]):
            opened = re.match(r"""[^"'#]*[:-] +(["'])(?!.*\1\s*[\]},]*\s*(#|$))""", line)
            if opened and not any(opened[1] in later for later in self._lines[n + 1 : before]):
                return n + 1, opened.start(1) + 1
        return None


def _position(mark: StreamMark) -> Position:
    return mark.line + 1, mark.column + 1


def _is_printable(line: str) -> bool:
    return line.replace("\t", "").isprintable()
