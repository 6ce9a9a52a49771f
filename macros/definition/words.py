"""What pydantic finds wrong, in words for whoever writes docs/modes.yml."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from ..problems import suggest
from .model import FACTS, PATTERNS
from .schema import group_at
from .source import MESSAGES, Loc

# By the kind of the mistake, or by the pattern that a text does not match.
_MESSAGES = MESSAGES["shape"] | PATTERNS


def shape_problems(error: ValidationError) -> Iterator[tuple[Loc, str]]:
    """Each mistake of shape, and what to write instead."""
    errors = error.errors(include_url=False)
    missing = {each["loc"] for each in errors if each["type"] == "missing"}
    for each in errors:
        loc = each["loc"]
        if each["type"] == "extra_forbidden":
            name, known = str(loc[-1]), list(group_at(loc[:-1])["properties"])
            missing -= {(*loc[:-1], key) for key in get_close_matches(name, known, n=1)}
            yield loc, f"unknown key, {suggest(name, known)}"
        elif each["type"] != "missing" and (message := _message(each)):
            yield loc, message
    yield from ((loc, f'missing, add a line "{loc[-1]}: …"') for loc in missing)


def _message(error: Any) -> str | None:
    """What is said of any other mistake; None if it is none."""
    given, more = error["input"], error.get("ctx", {})
    kind = "string_too_short" if given is None else more.get("pattern", error["type"])
    if kind == "string_type" and isinstance(given, dict) and any(given.values()):
        key, value = next(iter(given.items()))
        return f'should be text, write "{value}" alone, or put "{key}: {value}" in quotes'
    if kind == "too_short" and isinstance(given, list) and len(given) >= more["min_length"]:
        return None  # pydantic counts those entries alone that are right
    return _MESSAGES.get(kind, _MESSAGES["string_type"]).format(fields=", ".join(FACTS), **more)
