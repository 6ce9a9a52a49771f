"""What pydantic finds wrong, in words for whoever writes docs/modes.yml."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from ..problems import suggest
from .model import PATTERNS
from .schema import group_at
from .source import MESSAGES, Loc, format_path

# By the kind of the mistake, or by the pattern that a text does not match.
_MESSAGES = MESSAGES["shape"] | PATTERNS


def shape_problems(error: ValidationError) -> Iterator[tuple[Loc, str]]:
    """Each mistake of shape, and what to write instead."""
    errors = error.errors(include_url=False)
    missing = {each["loc"] for each in errors if each["type"] == "missing"}
    for each in errors:
        loc = tuple(key for key in each["loc"] if key != "[key]")
        if each["type"] == "extra_forbidden":
            yield loc, f"unknown key, {_cure_of_key(loc, each['input'], missing)}"
        elif each["type"] != "missing" and (message := _message(each)):
            may_go = message == _MESSAGES["string_too_short"] and _is_optional(loc)
            yield loc, message + ", or remove the line" * may_go
    yield from ((loc, f'missing, add a line "{loc[-1]}: …"') for loc in missing)


def _cure_of_key(loc: Loc, value: Any, missing: set[Loc]) -> str:
    """What to write in place of an unknown key; what is missing for it alone is taken out."""
    name, group = str(loc[-1]), group_at(loc[:-1])
    lacks = [key for key in group["properties"] if (*loc[:-1], key) in missing]
    home = next((other[:-1] for other in missing if other[-1] == name), None)
    if home is None:
        unset = sorted(group["properties"].keys() - ({*group["required"]} - {*lacks}))
        said = suggest(name, unset, or_all=False) or suggest(name, lacks or group["properties"])
        missing -= {(*loc[:-1], key) for key in lacks if said.endswith((f'"{key}"?', f": {key}"))}
        return said
    # What stands below it has gone along.
    missing -= {(*home, key) for key in (name, *(value if isinstance(value, dict) else ()))}
    place = f'to "{format_path(home)}"' if home else "at the left edge"
    return f"it belongs {place}, move it there or look for a wrong indent"


def _is_optional(loc: Loc) -> bool:
    return isinstance(loc[-1], str) and loc[-1] not in group_at(loc[:-1]).get("required", ())


def _message(error: Any) -> str | None:
    """What is said of any other mistake; None if it is none."""
    given, more = error["input"], error.get("ctx", {})
    kind = "string_too_short" if given is None else more.get("pattern", error["type"])
    if kind == "string_type" and isinstance(given, dict) and any(given.values()):
        key, value = next(iter(given.items()))
        return f'should be text, write "{value}" alone, or put "{key}: {value}" in quotes'
    if kind == "too_short" and isinstance(given, list) and len(given) >= more["min_length"]:
        return None  # pydantic counts those entries alone that are right
    return _MESSAGES.get(kind, _MESSAGES["string_type"]).format(**more)
