"""What the pages are to say, worked out from the raw definition alone."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

from jinja2 import Template
from ruamel.yaml import YAML

from .reporting import squeeze

SLOT = "\n"  # no text of a definition holds a line break
# The macros that show the phrases of a kind as a list.
LISTS = {
    "requests": "request",
    "not_sure": "not_sure",
    "calendar_titles": "calendar_title",
    "switches": "switch",
}
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
    return _parsed(path.read_text(encoding="utf-8"))


def _parsed(text: str):
    return YAML(typ="safe", pure=True).load(text)


_parsed_once = cache(_parsed)


def read_definition(path: Path) -> dict:
    return folded(_parsed_once(path.read_text(encoding="utf-8")))


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


def parts(definition: dict) -> dict[str, list[str]]:
    """All that each generated part says, by its macro, as `markup.said` reads it."""
    modes, labels, copying = (definition[key] for key in ("modes", "labels", "copying"))
    table, book = definition["table"], phrases(definition)
    names = [mode["name"] for mode in modes]
    in_table = {row["field"] for row in table["rows"]}
    leads = {mode["id"]: fill(labels["wanted"], **forms(mode)) for mode in modes}
    signs = {mode["id"]: [fill(labels["signs"], **forms(mode)), *mode["signs"]] for mode in modes}

    def box(anchor: str) -> list[str]:
        _, before, slot, after, button, done = book[anchor]
        called = button.removeprefix(copying["button"])
        return [before, slot, after, done, copying["button"], called, copying["confirmed"]]

    def aside(mode: dict, key: str) -> list[str]:
        return [labels[key], mode[key]] if key in mode else []

    def when(mode: dict) -> str:
        return "" if "use_when" in in_table else mode.get("use_when", "")

    def group(id: str) -> list:
        others = [(f"wanted-{id}-got-{got}", signs[got]) for got in signs if got != id]
        later = (f"afterwards-{id}", [labels["afterwards"]])
        return [[anchor, said, box(anchor)] for anchor, said in [*others, later]]

    requests = {mode["id"]: box(f"request-{mode['id']}") for mode in modes}
    cards = [[f"#{m['id']}", m["name"], m["onus"], m["meaning"], requests[m["id"]]] for m in modes]
    rows = [
        [row["heading"], [[m["name"], m.get(row["field"], "")] for m in modes]]
        for row in table["rows"]
        if any(row["field"] in m for m in modes)  # one that no mode fills is left out
    ]
    sections = [
        [
            [m["id"], m["name"], when(m), requests[m["id"]]],
            [aside(m, "example"), m["about"], aside(m, "not_the_same_as")],
        ]
        for m in modes
    ]
    jumps = [[f"#wanted-{id}", lead] for id, lead in leads.items()]
    groups = [[f"wanted-{id}", lead, group(id)] for id, lead in leads.items()]
    made = {
        "mode_cards": [labels["spectrum"], cards],
        "comparison_table": [table["caption"], names, rows],
        "mode_sections": sections,
        "call_outs": [jumps, groups],
    }
    for macro, kind in LISTS.items():
        made[macro] = [[p.anchor, box(p.anchor)] for p in phrases_of(definition, kind)]
    return {macro: [*flat(said)] for macro, said in made.items()}


def flat(said: object) -> Iterator[str]:
    """The texts in groups and lists, without those that are empty."""
    if isinstance(said, dict | list):
        for part in said.values() if isinstance(said, dict) else said:
            yield from flat(part)
    elif isinstance(said, str) and said.strip():
        yield said.strip()
