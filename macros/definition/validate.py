"""Validate data against the model, and say what is wrong in words for whoever wrote it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, get_args

from msgspec import inspect

from .model import Definition, Fact
from .slots import Slots
from .source import UNSEEN, Loc


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
# What a value has to be, by the type of its field, and what to say of another.
_SHAPES: dict[Any, tuple[Any, str]] = {
    inspect.StrType: (str, "should be text, put it in quotes"),
    inspect.VarTupleType: (list, f'should be a list, {_EACH} that starts with "- "'),
    inspect.StructType: (dict, _GROUP.format("name")),
    inspect.DictType: (dict, _GROUP.format("coaching")),
}


# Where a text stands, and the slots that its field allows.
Written = tuple[Loc, str, Slots | None]


class Walk:
    """One walk through data along the model: its `problems`, and the `texts` that have none.

    What is wrong becomes None in the data, so that no rule trips over it.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self.problems: list[Problem] = []
        self.texts: list[Written] = []
        self._mend(inspect.type_info(Definition), data, ())

    def _mend(self, kind: Any, value: Any, loc: Loc, slots: Any = None, more: str = "") -> Any:
        """Note what is wrong in a value. Gives the value, or None if it is wrong in itself."""
        if isinstance(kind, inspect.Metadata):
            kind, slots = kind.type, kind.extra["slots"]
        if message := _mistake(kind, value, more):
            of_key = not isinstance(kind, inspect.StrType | inspect.LiteralType)
            self.problems.append(Problem(loc, message, of_key))
            return None
        if isinstance(kind, inspect.StructType):
            self._mend_group(kind, value, loc, slots)
        elif isinstance(kind, inspect.DictType):
            for key in value:
                value[key] = self._mend(kind.value_type, value[key], (*loc, key), slots)
        elif isinstance(kind, inspect.VarTupleType):
            n, least, most = len(value), kind.min_length or 0, kind.max_length
            if n < least or (most and n > most):
                has = f"has {n or 'no'} {'entry' if n == 1 else 'entries'}, it"
                needs = f"needs {least} or more" if n < least else f"can hold {most}"
                self.problems.append(Problem(loc, f"{has} {needs}"))
            for i, item in enumerate(value):
                value[i] = self._mend(kind.item_type, item, (*loc, i), slots)
        else:
            self.texts.append((loc, value, slots))
        return value

    def _mend_group(self, kind: Any, group: dict[str, Any], loc: Loc, slots: Any) -> None:
        known = {field.name: field for field in kind.fields}
        unknown = [key for key in group if key not in known]
        for key in unknown:
            message = f"unknown key, {_odd_letter(key)}{suggest(key, known)}"
            self.problems.append(Problem((*loc, key), message, of_key=True))
            del group[key]
        # A misspelt key is one mistake, though it is unknown and another one missing.
        misspelt = {close for key in unknown for close in get_close_matches(key, known, n=1)}
        for key, field in known.items():
            at, more = (*loc, key), "" if field.required else ", or remove the line"
            if key in group:
                group[key] = self._mend(field.type, group[key], at, slots, more)
            elif field.required and key not in misspelt:
                self.problems.append(Problem(at, f'missing, add a line "{key}: …"'))


def _mistake(kind: Any, value: Any, more: str) -> str | None:
    """What is wrong in a value itself, not in a part of it."""
    if value is UNSEEN and isinstance(kind, inspect.StrType | inspect.LiteralType):
        return "has an invisible control character, remove it"
    if isinstance(kind, inspect.LiteralType):
        unknown = f"no such field of a mode, {suggest(str(value), get_args(Fact))}"
        return None if value in kind.values else unknown
    shape, cure = _SHAPES[type(kind)]
    if value is None or (value == "" and shape is str and kind.min_length):
        return f"is empty, write something{more}"
    if not isinstance(value, shape):
        return cure
    if shape is str and kind.pattern and not re.search(kind.pattern, value):
        return 'use small letters, digits and single hyphens, such as "code-review"'
    return None


def _odd_letter(key: str) -> str:
    """No key has another letter than those of English; some look the same, some cannot be seen."""
    for char in key:
        if not char.isascii():
            name = unicodedata.name(char, "without a name").lower()
            return f"it holds a sign that may look like another or cannot be seen ({name}), "
    return ""


def suggest(wrong: str, known: Iterable[str]) -> str:
    """What to write in place of a wrong name: the known one that is close to it, or any."""
    by_folded = {name.casefold(): name for name in known}
    for close in get_close_matches(wrong.casefold(), by_folded, n=1, cutoff=0.7):
        return f'did you mean "{by_folded[close]}"?'
    return f"use one of: {', '.join(by_folded.values())}"
