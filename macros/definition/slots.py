"""Templates: texts with slots in braces, such as `{manager}`."""

import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..problems import suggest

# What every mode brings; its own `forms` come on top.
BASE_FORMS = {"name", "noun", "session"}
# The modes that a template speaks of, by what its slots call them: one, whose forms are the slots
# themselves, or the one that was wanted and the one that was got.
MODE, PAIR = ("",), ("wanted", "got")


@dataclass(frozen=True)
class Slots:
    """Metadata of a field whose text is a template: the slots that it may hold.

    It needs a form of each mode that it speaks of, unless it `may_lack` it.
    """

    modes: tuple[str, ...] = ()
    others: frozenset[str] = frozenset({"manager", "topic"})
    may_lack: bool = False

    def allowed(self, *forms: set[str]) -> set[str]:
        """All slots, where each of the modes brings these forms."""
        return set(self.others).union(*map(_of_mode, self.modes, forms))

    def needed(self, forms: set[str]) -> list[set[str]]:
        """Sets of which a template needs one slot each, or it would say the same of every mode."""
        return [] if self.may_lack else [_of_mode(mode, forms) for mode in self.modes]


def _of_mode(mode: str, forms: set[str]) -> set[str]:
    """The slots of a mode; of a pair such as `wanted` for the noun, `wanted.session` and so on."""
    return {mode, *(f"{mode}.{form}" for form in forms - {"noun"})} if mode else forms


def parse(template: str) -> list[tuple[str, str | None]]:
    """Split into pairs of a text and the slot behind it, None after the last text.

    Raises ValueError where a brace has no partner.
    """
    parts: list[tuple[str, str | None]] = []
    for text, slot, spec, conversion in string.Formatter().parse(template):
        # A slot has no format: what is written behind its name belongs to a name that is unknown.
        behind = (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
        parts.append((text, slot and slot + behind))
    return parts


def slots_in(template: str) -> list[str]:
    """The slots of a template; none where a brace has no partner."""
    try:
        return [slot for _, slot in parse(template) if slot is not None]
    except ValueError:
        return []


def mistakes(template: str, known: set[str], needed: Iterable[set[str]] = ()) -> Iterator[str]:
    """What is wrong with the slots of a template, and what to write instead.

    It may hold those that are `known`, and needs one of each set in `needed`.
    """
    try:
        parse(template)
    except ValueError:
        names = ", ".join(f"{{{slot}}}" for slot in sorted(known))
        cure = f"write a slot as one of {names}, and a brace itself as {{{{ or }}}}"
        yield f"a brace is open or closed alone, {cure}"
        return
    double = re.search(r"(?<!\{)\{\{\s*([\w.]+)\s*\}\}(?!\})", template)
    if double and double[1] in known:
        yield f"a slot has single braces here: {{{double[1]}}}"
        return
    slots = slots_in(template)
    unknown = [slot for slot in slots if slot not in known]
    for slot in unknown:
        yield f"unknown slot {{{slot}}}, {suggest(slot, sorted(known))}"
    for choice in needed:
        if not unknown and choice.isdisjoint(slots):
            plain = " or ".join(f"{{{slot}}}" for slot in sorted(choice) if "." not in slot)
            yield f"lacks {plain}, so that every mode would get the same words"
    if slots.count("topic") > 1:
        yield "has {topic} more than once, keep one"


def fill(template: str, values: dict[str, str]) -> str:
    """Fill a template that has been checked."""
    return "".join(text + (values[slot] if slot else "") for text, slot in parse(template))
