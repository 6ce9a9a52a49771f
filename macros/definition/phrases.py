"""Every phrase that the site offers: the templates, filled for each mode and pair of modes."""

from dataclasses import dataclass
from itertools import permutations
from typing import Any

from .model import Definition, Mode
from .templates import fill


@dataclass(frozen=True)
class Phrase:
    """What a reader may say, under its anchor `id`, and the words of its button.

    Where the reader adds the topic, `slot` stands for it, between `before` and `after`.
    """

    id: str
    before: str
    slot: str
    after: str
    button: str
    done: str


# Which modes the slots of a phrase name: one mode, whose forms are the slots themselves; a pair,
# the mode that was wanted and the one that was got; or none.
MODE, PAIR = ("",), ("wanted", "got")
MODES_OF: dict[str, tuple[str, ...]] = {
    "request": MODE,
    "calendar_title": MODE,
    "afterwards": MODE,
    "call_out": PAIR,
    "switch": MODE,
    "not_sure": (),
}
# Phrases by their kind, as in `phrases` of the definition, then by the id of a mode or of a pair.
PhraseBook = dict[str, dict[Any, Phrase]]


def phrase_book(definition: Definition) -> PhraseBook:
    """Every phrase of a definition, in the order of its modes."""
    modes = definition.modes

    def phrase(kind: str, id: str, forms: dict[str, str], own: str | None = None) -> Phrase:
        forms["manager"] = definition.manager_addressed or definition.manager
        template = own or getattr(definition.phrases, kind)
        words = getattr(definition.copying, kind)
        # A line break marks the open slot; no text of a definition holds one.
        before, *after = fill(template, {**forms, "topic": "\n"}).split("\n")
        slot = definition.phrases.slot if after else ""
        button, done = fill(words.button, forms), fill(words.done, forms)
        return Phrase(id, before, slot, "".join(after), button, done)

    def of_each_mode(kind: str, prefix: str) -> dict[str, Phrase]:
        return {
            m.id: phrase(kind, f"{prefix}-{m.id}", m.all_forms(), getattr(m, kind)) for m in modes
        }

    def of_pair(wanted: Mode, got: Mode) -> Phrase:
        sides = {"wanted": wanted.all_forms(), "got": got.all_forms()}
        forms = {f"{side}.{form}": text for side in sides for form, text in sides[side].items()}
        forms |= {"wanted": wanted.noun, "got": got.noun}
        id, own = f"wanted-{wanted.id}-got-{got.id}", wanted.call_outs.get(got.id)
        return phrase("call_out", id, forms, own)

    return {
        "request": of_each_mode("request", "request"),
        "calendar_title": of_each_mode("calendar_title", "calendar"),
        "afterwards": of_each_mode("afterwards", "afterwards"),
        "call_out": {(a.id, b.id): of_pair(a, b) for a, b in permutations(modes, 2)},
        "switch": of_each_mode("switch", "switch-to"),
        "not_sure": {"": phrase("not_sure", "not-sure", {})},
    }
