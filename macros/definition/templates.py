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


def slots_in(template: str) -> set[str] | None:
    """The slots of a template; None where a brace has no partner."""
    try:
        return {slot for _, slot in parse(template) if slot is not None}
    except ValueError:
        return None


def mistakes(template: str, known: set[str]) -> Iterator[str]:
    """What is wrong with the slots of a template that may hold those that are `known`."""
    slots = slots_in(template)
    names = ", ".join(f"{{{slot}}}" for slot in sorted(known))
    if slots is None:
        cure = f"write a slot as one of {names}, and a brace itself as {{{{ or }}}}"
        yield f"a brace is open or closed alone, {cure}"
    # As in a page, with the wide braces of a Japanese keyboard, or as other programs have a slot.
    known_names = "|".join(map(re.escape, known))
    other = rf"(?<!\{{)(?:\{{\{{ *|[\uff5b<\[%$]\{{?)({known_names}) *(?:[\uff5d>\]%]|\}}\}}?)"
    for found in re.finditer(other, template):
        yield f"{found[0]} is no slot, write {{{found[1]}}}"
    for slot in (slots or set()) - known:
        yield f"unknown slot {{{slot}}}, {suggest(slot, sorted(known))}"
    if template.count("{topic}") > 1:
        yield "has {topic} more than once, keep one"


def fill(template: str, values: dict[str, str]) -> str:
    """Fill a template that has been checked."""
    return "".join(text + (values[slot] if slot else "") for text, slot in parse(template))
