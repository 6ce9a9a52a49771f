"""Read YAML along the model: plain data, and what is wrong in words for whoever wrote it."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from msgspec import inspect
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ..problems import suggest
from . import syntax
from .model import FACTS
from .slots import Slots
from .syntax import Position, UnreadableError, position

# Keys and indexes from the root, such as ("modes", 0, "id").
Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One mistake: where it is, what is wrong and what to write instead."""

    loc: Loc
    message: str
    of_key: bool = False

    def __str__(self) -> str:
        return f"{format_path(self.loc)}: {self.message}"


def format_path(loc: Loc) -> str:
    """A location as people read it, such as `modes[1].use_when`."""
    path = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in loc)
    return path.lstrip(".")


_EACH = "each entry on a line of its own"
_GROUP = 'should be a group of keys, each on a line of its own, such as "{}: …"'
# Stands for a number, a date or a boolean: no field of a definition takes one.
_NOT_TEXT = object()
# What a value has to be, by the type of its field, and what to say of another.
_SHAPES: dict[Any, tuple[Any, str]] = {
    inspect.StrType: (str, "should be text, put it in quotes"),
    inspect.LiteralType: (str, "no such field of a mode"),
    inspect.VarTupleType: (list, f'should be a list, {_EACH} that starts with "- "'),
    inspect.StructType: (dict, _GROUP.format("name")),
    inspect.DictType: (dict, _GROUP.format("coaching")),
}


# Where a text stands, and the slots that its field allows.
Written = tuple[Loc, str, Slots | None]


class Reading:
    """YAML that is read along the type of a field: its `data`, `problems`, and `texts` without any.

    What is wrong is None in the data, so that no rule trips over it. Raises UnreadableError for
    what is more than texts, lists and groups.
    """

    def __init__(self, text: str, root: Node, kind: Any = None) -> None:
        self.problems: list[Problem] = []
        self.texts: list[Written] = []
        self._keys: dict[Loc, Position] = {}
        self._values: dict[Loc, Position] = {}
        self._text = text
        self.data = self._read(root, kind, ())

    def position(self, problem: Problem) -> Position:
        """Where a text stands, or its key; for what is missing, where its parent stands."""
        loc = problem.loc
        while loc not in self._keys:
            loc = loc[:-1]
        return self._keys[loc] if problem.of_key else self._values.get(loc, self._keys[loc])

    def _read(self, node: Node, kind: Any, loc: Loc, slots: Any = None, more: str = "") -> Any:
        """The value of a node, or None if it is wrong in itself."""
        syntax.reject_unsupported_yaml(node, self._text)
        self._keys.setdefault(loc, position(node.start_mark))
        if isinstance(kind, inspect.Metadata):
            kind, slots = kind.type, kind.extra["slots"]
        if isinstance(node, MappingNode):
            value: Any = self._read_group(node, kind, loc, slots)
        elif isinstance(node, SequenceNode):
            inner = getattr(kind, "item_type", None)
            value = [self._read(item, inner, (*loc, n), slots) for n, item in enumerate(node.value)]
        else:
            # Long text is folded over lines; a no-break space within is the writer's own and stays.
            line = re.sub(r"[ \t\r\n]+", " ", node.value.strip())
            value = {"null": None, "str": line}.get(str(node.tag).rpartition(":")[2], _NOT_TEXT)
            if value is not None:
                self._values[loc] = position(node.start_mark)
        if kind is None:
            return value
        if message := _mistake(kind, value, more):
            shape, _ = _SHAPES[type(kind)]
            self.problems.append(Problem(loc, message, of_key=shape is not str))
            return value if shape is list and isinstance(value, list) else None
        if isinstance(value, str):
            self.texts.append((loc, value, slots))
        return value

    def _read_group(self, node: MappingNode, kind: Any, loc: Loc, slots: Any) -> dict[str, Any]:
        known = {field.name: field for field in getattr(kind, "fields", ())}
        data: dict[str, Any] = {}
        misspelt: set[str] = set()
        for key_node, value in node.value:
            at, key = position(key_node.start_mark), key_node.value
            syntax.reject_unsupported_yaml(key_node, self._text)
            if not isinstance(key_node, ScalarNode):  # as in `{{ manager }}`
                raise UnreadableError(f"this cannot be read: {syntax.NO_TEXT}", at)
            if not str(key_node.tag).endswith(":str"):
                raise UnreadableError("a key has to be text, put it in quotes", at)
            if (*loc, key) in self._keys:
                in_list = loc and isinstance(loc[-1], int)
                or_entry = ', or begin the next entry with "- "' if in_list else ""
                message = f'"{key}" stands here a second time, remove one of the two{or_entry}'
                raise UnreadableError(message, at)
            self._keys[*loc, key] = at
            field = known.get(key)
            inner = field.type if field else getattr(kind, "value_type", None)
            more = ", or remove the line" if field and not field.required else ""
            data[key] = self._read(value, inner, (*loc, key), slots, more)
            if known and not field:
                message = f"unknown key, {_odd_letter(key)}{suggest(key, known)}"
                self.problems.append(Problem((*loc, key), message, of_key=True))
                # It is one mistake, though it is unknown and another one missing.
                misspelt.update(get_close_matches(key, known, n=1))
                del data[key]
        for key in known.keys() - data.keys() - misspelt:
            if known[key].required:
                self.problems.append(Problem((*loc, key), f'missing, add a line "{key}: …"'))
        return data


def _mistake(kind: Any, value: Any, more: str) -> str | None:
    """What is wrong in a value itself, not in a part of it."""
    (shape, cure), message = _SHAPES[type(kind)], None
    if shape is str and isinstance(value, str) and syntax.INVISIBLE.search(value):
        message = "has an invisible control character, remove it"
    elif isinstance(kind, inspect.LiteralType):
        message = None if value in kind.values else f"{cure}, {suggest(str(value), FACTS)}"
    elif value is None or (value == "" and shape is str and kind.min_length):
        message = f"is empty, write something{more}"
    elif not isinstance(value, shape):
        message = cure
    elif shape is str and kind.pattern and not re.search(kind.pattern, value):
        message = 'use small letters, digits and single hyphens, such as "code-review"'
    elif shape is list:
        n, least, most = len(value), kind.min_length or 0, kind.max_length or len(value)
        needs = f"needs {least} or more" if n < least else f"can hold {most}"
        has = f"has {n or 'no'} {'entry' if n == 1 else 'entries'}, it"
        message = None if least <= n <= most else f"{has} {needs}"
    return message


def _odd_letter(key: str) -> str:
    """No key has another letter than those of English; some look the same, some cannot be seen."""
    for char in key:
        if not char.isascii():
            name = unicodedata.name(char, "without a name").lower()
            return f"it holds a sign that may look like another or cannot be seen ({name}), "
    return ""
