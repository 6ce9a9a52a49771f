"""What the pages are to say, worked out from the raw definition alone."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

from jinja2 import Template
from ruamel.yaml import YAML

from .finding import squeeze

SLOT = "\n"  # no text of a definition holds a line break
# The macros that show the phrases of a kind as a list.
LISTS = {
    "requests": "request",
    "not_sure": "not_sure",
    "calendar_titles": "calendar_title",
    "switches": "switch",
}
# The words of a section, in their order.
BELOW = ("use_when", "example", "about", "not_the_same_as")
PREFIXES = {"calendar_title": "calendar", "switch": "switch-to"}


class Phrase(NamedTuple):
    """What a reader may say, around the slot that is open for the topic, and its button's words."""

    anchor: str
    before: str
    slot: str
    after: str
    button: str
    done: str

    @property
    def text(self) -> str:
        return self.before + self.slot + self.after

    @property
    def copied(self) -> str:
        """What is to be on the clipboard: up to the open slot where that comes last."""
        return self.text if self.after else self.before


def read_yaml(path: Path):
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def read_definition(path: Path) -> dict:
    return folded(read_yaml(path))


def folded(node):
    """A definition with each text on one line, as YAML means it to be folded."""
    if isinstance(node, dict):
        return {key: folded(value) for key, value in node.items()}
    if isinstance(node, list):
        return [folded(value) for value in node]
    return re.sub(r"[ \t\r\n]+", " ", node).strip()


def fill(template: str, **slots: str) -> str:
    return re.sub(
        r"\{\{|\}\}|\{([^{}]+)\}", lambda sign: slots[sign[1]] if sign[1] else sign[0][0], template
    )


def fill_macros(text: object, definition: dict) -> str:
    """A line of a header, in which a page may ask for a name; HTML's own signs are read."""
    modes = {mode["id"]: forms(mode) for mode in definition["modes"]}
    macros = {
        "manager": definition["manager"],
        "name": lambda mode, form="name": modes[mode][form],
        "noun": lambda mode, form="noun": modes[mode][form],
    }
    return squeeze(unescape(Template(str(text)).render(macros)))


def site_name(definition: dict) -> str:
    return fill(definition["site"]["name"], manager=definition["manager"])


def files(definition: dict) -> list[str]:
    """The pages in docs/: those of the menu, then those that are only reached from a foot."""
    site = definition["site"]
    return [*site["pages"], *(link["page"] for link in site.get("footer", []))]


def forms(mode: dict) -> dict[str, str]:
    return {key: mode[key] for key in ("name", "noun", "session")} | mode.get("forms", {})


def pair(wanted: dict, got: dict) -> dict[str, str]:
    sides = {"wanted": wanted, "got": got}
    sided = {f"{side}.{form}": text for side in sides for form, text in forms(sides[side]).items()}
    return sided | {side: mode["noun"] for side, mode in sides.items()}


def phrases_of(definition: dict, kind: str) -> Iterator[Phrase]:
    """The phrases of a kind, in the order of the modes."""
    modes, words, topic = definition["modes"], definition["copying"], definition["phrases"]["slot"]
    if kind == "not_sure":
        cases = [("not-sure", {}, None)]
    elif kind == "call_out":
        cases = [
            (f"wanted-{w['id']}-got-{g['id']}", pair(w, g), w.get("call_outs", {}).get(g["id"]))
            for w, g in permutations(modes, 2)
        ]
    else:
        prefix = PREFIXES.get(kind, kind)
        cases = [(f"{prefix}-{mode['id']}", forms(mode), mode.get(kind)) for mode in modes]
    for anchor, names, own in cases:
        slots = {"manager": definition.get("manager_addressed", definition["manager"]), **names}
        text = fill(own or definition["phrases"][kind], topic=SLOT, **slots)
        before, *after = text.split(SLOT)
        button, done = (fill(words[kind][key], **slots) for key in ("button", "done"))
        heard = f"{words['button']} {button}"
        yield Phrase(anchor, before, topic if after else "", "".join(after), heard, done)


def phrases(definition: dict) -> dict[str, Phrase]:
    """Every phrase of the phrase book by its anchor."""
    kinds = [*LISTS.values(), "call_out", "afterwards"]
    return {phrase.anchor: phrase for kind in kinds for phrase in phrases_of(definition, kind)}


def cards(definition: dict) -> list[tuple]:
    return [
        (mode["onus"], mode["name"], mode["meaning"], f"#{mode['id']}", request)
        for mode, request in _with_requests(definition)
    ]


def rows(definition: dict) -> list[tuple]:
    """The rows of the table that a mode fills: the heading, then a cell for each mode."""
    modes = definition["modes"]
    return [
        (row["heading"], *((mode["name"], mode.get(row["field"], "")) for mode in modes))
        for row in definition["table"]["rows"]
        if any(row["field"] in mode for mode in modes)
    ]


def sections(definition: dict) -> list[tuple]:
    labels = definition["labels"] | {"about": "", "use_when": ""}
    rows = {row["field"] for row in definition["table"]["rows"]}
    below = [key for key in BELOW if key != "use_when" or key not in rows]
    return [
        (
            (mode["id"], mode["name"]),
            request,
            *(f"{labels[key]} {mode[key]}".strip() for key in below if key in mode),
        )
        for mode, request in _with_requests(definition)
    ]


def _with_requests(definition: dict) -> Iterator[tuple[dict, Phrase]]:
    """Each mode with the request that stands among its own words, where no link leads to it."""
    for mode, request in zip(definition["modes"], phrases_of(definition, "request"), strict=True):
        yield mode, request._replace(anchor="")


def groups(definition: dict) -> list[tuple]:
    """The call-outs by what was wanted: anchor, heading, each with the signs of what was got.

    The words for afterwards close the group.
    """
    modes, labels, book = definition["modes"], definition["labels"], phrases(definition)
    signs = {m["id"]: (fill(labels["signs"], **forms(m)), *m["signs"]) for m in modes}
    found = []
    for mode in modes:
        anchor, heading = f"wanted-{mode['id']}", fill(labels["wanted"], **forms(mode))
        others = [(book[f"{anchor}-got-{id}"], signs[id]) for id in signs if id != mode["id"]]
        later = (book[f"afterwards-{mode['id']}"], (labels["afterwards"],))
        found.append((anchor, heading, *others, later))
    return found
