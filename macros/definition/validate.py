"""Validate data against the model, and say what is wrong in words for whoever wrote it."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import reduce
from operator import getitem
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .model import FACTS, Definition, model_in
from .source import Loc


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


# By the type of pydantic's error.
_CURES = {
    "missing": 'missing, add a line "{key}: …"',
    "string_type": "should be text, put it in quotes",
    "tuple_type": 'should be a list, each entry on a line of its own that starts with "- "',
    "model_type": 'should be a group of keys, each on a line of its own, such as "name: …"',
    "dict_type": 'should be a group of keys, each on a line of its own, such as "coaching: …"',
    "string_pattern_mismatch": "use small letters, digits and single hyphens, "
    'such as "code-review"',
}
_AT_KEY = {"extra_forbidden", "tuple_type", "model_type", "dict_type"}
_COUNTS = {"too_short": "needs {min_length} or more", "too_long": "can hold {max_length}"}


def validate(data: dict[str, Any]) -> tuple[Definition | None, list[Problem]]:
    """Check data against the model; what is wrong becomes None in it, so no rule trips over it."""
    try:
        return Definition.model_validate(data), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
    # A misspelt key is one mistake, though pydantic finds it unknown and another one missing.
    unknown = [e["loc"] for e in errors if e["type"] == "extra_forbidden"]
    misspelt = {
        (*loc[:-1], *get_close_matches(str(loc[-1]), _siblings(loc), n=1)) for loc in unknown
    }
    errors = [
        e
        for e in errors
        if not (e["type"] == "missing" and e["loc"] in misspelt)
        # Entries that are wrong in themselves are absent to pydantic.
        and not (e["type"] == "too_short" and len(e["input"]) >= e["ctx"]["min_length"])
    ]
    problems = [Problem(e["loc"], _cure(e), e["type"] in _AT_KEY) for e in errors]
    for e in errors:
        *parents, key = e["loc"]
        parent: Any = reduce(getitem, parents, data)  # type: ignore[arg-type]  # groups or lists
        if e["type"] == "extra_forbidden":
            del parent[key]
        elif e["type"] not in {"missing", *_COUNTS}:
            parent[key] = None
    return None, problems


def _cure(error: ErrorDetails) -> str:
    loc, kind, value = error["loc"], error["type"], error["input"]
    if kind == "extra_forbidden":
        key = str(loc[-1])
        return f"unknown key, {_odd_letter(key)}{suggest(key, _siblings(loc))}"
    if kind == "literal_error":
        return f"no such field of a mode, {suggest(str(value), FACTS)}"
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if value is None or kind == "string_too_short":
        return "is empty, write something" + (", or remove the line" if _is_optional(loc) else "")
    if kind in _COUNTS:
        n = error["ctx"]["actual_length"]
        has = f"has {n or 'no'} {'entry' if n == 1 else 'entries'}, it"
        return f"{has} {_COUNTS[kind]}".format(**error["ctx"])
    return _CURES[kind].format(key=loc[-1])


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


def _siblings(loc: Loc) -> dict[str, Any]:
    """The fields that the model knows beside, and of, the last key; none where keys are free."""
    model: type[BaseModel] | None = Definition
    for key in loc[:-1]:
        if isinstance(key, str):
            model = model_in(model.model_fields[key]) if model else None
    return model.model_fields if model else {}


def _is_optional(loc: Loc) -> bool:
    field = _siblings(loc).get(str(loc[-1]))
    return field is not None and not field.is_required()
