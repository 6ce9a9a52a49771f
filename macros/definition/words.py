"""What pydantic finds wrong, in words for whoever writes docs/modes.yml."""

from collections.abc import Iterator
from difflib import get_close_matches

from pydantic import ValidationError

from ..problems import suggest
from .model import FACTS, PATTERNS
from .schema import group_at
from .source import Loc, format_path

_GROUP = 'should be a group of keys, each on a line of its own, such as "name: …"'
# By the kind of the mistake, or by the pattern that a text does not match.
_MESSAGES = {
    "string_type": "should be text, put it in quotes",
    "string_too_short": "is empty, write something",
    "string_unicode": "holds half a character, remove the \\u and what follows it",
    **PATTERNS,
    "literal_error": f"no such field of a mode, use one of: {', '.join(FACTS)}",
    "tuple_type": 'should be a list, each entry on a line of its own that starts with "- "',
    "model_type": _GROUP,
    "dict_type": _GROUP,
    "too_short": "has {actual_length} entries, it needs {min_length} or more",
    "too_long": "has {actual_length} entries, it can hold {max_length}",
    "invalid_key": "a key has to be text, put it in quotes",
}


def shape_problems(error: ValidationError) -> Iterator[tuple[Loc, str]]:
    """Each mistake of shape, and what to write instead."""
    errors = error.errors(include_url=False)
    missing = {each["loc"] for each in errors if each["type"] == "missing"}
    for each in errors:
        loc, given, more = each["loc"], each["input"], each.get("ctx", {})
        kind = "string_too_short" if given is None else more.get("pattern", each["type"])
        if kind == "extra_forbidden":
            known = list(group_at(loc[:-1])["properties"])
            cure = suggest(str(loc[-1]), known)
            for home in [other for other in missing if other[-1] == loc[-1]][:1]:
                # What stood below it has gone along.
                inside = {loc[-1], *(given if isinstance(given, dict) else ())}
                missing -= {(*home[:-1], key) for key in inside}
                group = f'to "{format_path(home[:-1])}"' if home[:-1] else "at the left edge"
                cure = f"it belongs {group}, look for a wrong indent"
            yield loc, f"unknown key, {cure}"
            # It is one mistake, though one key is unknown and another one missing.
            missing -= {(*loc[:-1], key) for key in get_close_matches(str(loc[-1]), known, n=1)}
        elif kind == "string_type" and isinstance(given, dict) and [*map(type, given)] == [str]:
            key, value = *given, *given.values()
            yield loc, f'should be text, write "{value}" alone, or put "{key}: {value}" in quotes'
        # pydantic counts those entries alone that are right.
        elif kind != "missing" and not (
            kind == "too_short" and isinstance(given, list) and len(given) >= more["min_length"]
        ):
            yield loc, _MESSAGES.get(kind, _MESSAGES["string_type"]).format(**more)
    yield from ((loc, f'missing, add a line "{loc[-1]}: …"') for loc in missing)
