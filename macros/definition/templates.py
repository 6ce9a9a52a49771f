"""Templates: texts with slots in braces, such as `{manager}`."""

import re
import string
from collections.abc import Iterator

from ..problems import suggest


def parse(template: str) -> list[tuple[str, str | None]]:
    """Split into pairs of a text and the slot behind it, None after the last text.

    Raises ValueError where a brace has no partner.
    """
    return [(text, slot) for text, slot, *_ in string.Formatter().parse(template)]


def slots_in(template: str) -> set[str]:
    """The slots of a template; none where a brace has no partner."""
    return (
        {slot for _, slot in parse(template) if slot is not None} if _is_closed(template) else set()
    )


def _is_closed(template: str) -> bool:
    try:
        parse(template)
    except ValueError:
        return False
    return True


def mistakes(template: str, known: set[str]) -> Iterator[str]:
    """What is wrong with the slots of a template that may hold those that are `known`."""
    names = ", ".join(f"{{{slot}}}" for slot in sorted(known))
    as_in_page = re.search(r"(?<!\{)\{\{\s*([\w.]+)\s*\}\}(?!\})", template)
    if as_in_page and as_in_page[1] in known:
        yield f"a slot has single braces here: {{{as_in_page[1]}}}"
    elif not _is_closed(template):
        cure = f"write a slot as one of {names}, and a brace itself as {{{{ or }}}}"
        yield f"a brace is open or closed alone, {cure}"
    for slot in slots_in(template) - known:
        yield f"unknown slot {{{slot}}}, {suggest(slot, sorted(known))}"
    if template.count("{topic}") > 1:
        yield "has {topic} more than once, keep one"


def fill(template: str, values: dict[str, str]) -> str:
    """Fill a template that has been checked."""
    return "".join(text + (values[slot] if slot else "") for text, slot in parse(template))
