"""Templates: texts with slots in braces, such as `{manager}`."""

import string
from dataclasses import dataclass
from typing import Literal

# What every mode brings; its own `forms` come on top.
BASE_FORMS = {"name", "noun", "session"}


@dataclass(frozen=True)
class Slots:
    """Metadata of a field whose text is a template: the slots that it may hold.

    `forms` are those of the one mode that the template speaks of, or of the pair that was wanted
    and got; a template without any speaks of no mode. It needs one of them unless it `may_lack` it.
    """

    forms: Literal["mode", "pair"] | None = None
    others: frozenset[str] = frozenset({"manager", "topic"})
    may_lack: bool = False

    def allowed(self, wanted: set[str], got: set[str]) -> set[str]:
        """All slots, where a mode, or each of a pair, brings these forms."""
        if self.forms == "mode":
            return wanted | self.others
        if self.forms == "pair":
            return sided("wanted", wanted) | sided("got", got) | self.others
        return set(self.others)

    def needed(self, forms: set[str]) -> list[set[str]]:
        """Sets of which a template needs one slot each, or it would say the same of every mode."""
        if self.forms == "pair":
            return [sided("wanted", forms), sided("got", forms)]
        return [forms] if self.forms and not self.may_lack else []


def sided(side: str, forms: set[str]) -> set[str]:
    """The slots of one side of a pair: `wanted` for the noun, `wanted.session` and so on."""
    return {side} | {f"{side}.{form}" for form in forms - {"noun"}}


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


def fill(template: str, values: dict[str, str]) -> str:
    """Fill a template that has been checked."""
    return "".join(text + (values[slot] if slot else "") for text, slot in parse(template))
