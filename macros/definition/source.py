"""Parse YAML into plain data and the position of each part of it.

A syntax error, or YAML beyond text, lists and mappings, raises UnreadableError with a cure.
"""

import re
from io import StringIO
from pathlib import Path
from typing import Any, Self

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from . import syntax
from .syntax import Position, UnreadableError, position

# Keys and indexes from the root, such as ("modes", 0, "id").
Loc = tuple[str | int, ...]

# Stand for a number, a date or a boolean, and for a text with what no screen shows: no field of a
# definition takes one.
NOT_TEXT = object()
UNSEEN = object()


class Document:
    """The data of a YAML text, and where each part of it stands."""

    def __init__(self, text: str) -> None:
        self._text = text.replace("\r\n", "\n").replace("\r", "\n")
        lines = self._text.split("\n")
        self._keys: dict[Loc, Position] = {}
        self._texts: dict[Loc, Position] = {}
        for number, line in enumerate(lines, 1):
            syntax.reject_unwanted_characters(number, line)
        yaml = YAML(typ="safe", pure=True)
        yaml.max_depth = 10  # otherwise deep nesting ends in a RecursionError, after seconds
        try:
            root = yaml.compose(StringIO(self._text))
        except MarkedYAMLError as error:
            raise syntax.syntax_error(error, lines) from None
        self.data = root and self._construct(root, ())

    @classmethod
    def read(cls, path: Path) -> Self:
        """Parse a file. Raises UnreadableError, too, if there is none or it is not UTF-8."""
        try:
            raw = path.read_bytes()
            document = cls(raw.decode("utf-8-sig"))
        except FileNotFoundError:
            raise UnreadableError("file not found, it holds the definition of the site") from None
        except OSError as error:
            raise UnreadableError(f"cannot be read ({error.strerror})") from None
        except UnicodeDecodeError as error:
            before = raw[: error.start]
            at = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
            message = "not UTF-8 text, save the file with the encoding UTF-8"
            raise UnreadableError(message, at) from None
        if document.data is None:
            raise UnreadableError("is empty, it holds the definition of the site")
        if not isinstance(document.data, dict):
            raise UnreadableError('should be a group of keys, such as "manager: Mike"')
        return document

    def position(self, loc: Loc, *, of_key: bool) -> Position:
        """Where a text stands, or its key; for what is missing, where its parent stands."""
        while loc not in self._keys:
            loc = loc[:-1]
        return self._keys[loc] if of_key else self._texts.get(loc, self._keys[loc])

    def _construct(self, node: Node, loc: Loc) -> Any:
        syntax.reject_unsupported_yaml(node, self._text)
        at = position(node.start_mark)
        self._keys.setdefault(loc, at)
        if isinstance(node, MappingNode):
            return self._construct_mapping(node, loc)
        if isinstance(node, SequenceNode):
            return [self._construct(item, (*loc, n)) for n, item in enumerate(node.value)]
        if str(node.tag).endswith(":null"):
            return None
        self._texts[loc] = at
        if not str(node.tag).endswith(":str"):
            return NOT_TEXT
        # Long text is folded over lines; a no-break space within is the writer's own and stays.
        line = re.sub(r"[ \t\r\n]+", " ", node.value.strip())
        return UNSEEN if syntax.INVISIBLE.search(line) else line

    def _construct_mapping(self, node: MappingNode, loc: Loc) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value in node.value:
            at, key = position(key_node.start_mark), key_node.value
            syntax.reject_unsupported_yaml(key_node, self._text)
            if not isinstance(key_node, ScalarNode) or not str(key_node.tag).endswith(":str"):
                raise UnreadableError("a key has to be text, put it in quotes", at)
            if key in data:
                in_list = loc and isinstance(loc[-1], int)
                or_entry = ', or begin the next entry with "- "' if in_list else ""
                message = f'"{key}" stands here a second time, remove one of the two{or_entry}'
                raise UnreadableError(message, at)
            self._keys[*loc, key] = at
            data[key] = self._construct(value, (*loc, key))
        return data
