"""What the pages are to say, worked out from the raw definition alone."""

import re
from html import unescape
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

from ruamel.yaml import YAML

SLOT = "\n"  # no text of a definition holds a line break


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


def manager(definition: dict) -> str:
    return definition.get("manager_addressed", definition["manager"])


def fill_macros(text: str, definition: dict) -> str:
    """The text of a header, in which a page may ask for a name; HTML's own signs are read."""

    def said(macro: re.Match) -> str:
        if macro[1] == "manager":
            return definition["manager"]
        mode = next(mode for mode in definition["modes"] if mode["id"] == macro[3])
        return forms(mode)[macro[4] or macro[2]]

    name = r"""(name|noun)\(\s*["']([\w-]+)["']\s*(?:,\s*(?:form\s*=\s*)?["'](\w+)["']\s*)?\)"""
    return unescape(re.sub(rf"\{{\{{-?\s*(manager|{name})\s*-?\}}\}}", said, text))


def site_name(definition: dict) -> str:
    return fill(definition["site"]["name"], manager=definition["manager"])


def files(definition: dict) -> list[str]:
    """The pages in docs/: those of the menu, then those that are only reached from a foot."""
    site = definition["site"]
    return [*site["pages"], *(link["page"] for link in site.get("footer", []))]


def forms(mode: dict) -> dict[str, str]:
    return {"name": mode["name"], "noun": mode["noun"], "session": mode["session"]} | mode.get(
        "forms", {}
    )


def pair(wanted: dict, got: dict) -> dict[str, str]:
    sided = {
        f"{side}.{form}": text
        for side, mode in (("wanted", wanted), ("got", got))
        for form, text in forms(mode).items()
    }
    return sided | {"wanted": wanted["noun"], "got": got["noun"]}


def _phrase(definition: dict, kind: str, anchor: str, slots: dict, own: str | None) -> Phrase:
    slots = {"manager": manager(definition), **slots}
    before, *after = fill(own or definition["phrases"][kind], topic=SLOT, **slots).split(SLOT)
    words = definition["copying"][kind]
    slot = definition["phrases"]["slot"] if after else ""
    button, done = (fill(words[key], **slots) for key in ("button", "done"))
    heard = f"{definition['copying']['button']} {button}"
    return Phrase(anchor, before, slot, "".join(after), heard, done)


def _of_each_mode(definition: dict, kind: str, prefix: str) -> list[Phrase]:
    return [
        _phrase(definition, kind, f"{prefix}-{mode['id']}", forms(mode), mode.get(kind))
        for mode in definition["modes"]
    ]


def requests(definition: dict) -> list[Phrase]:
    return _of_each_mode(definition, "request", "request")


def calendar_titles(definition: dict) -> list[Phrase]:
    return _of_each_mode(definition, "calendar_title", "calendar")


def switches(definition: dict) -> list[Phrase]:
    return _of_each_mode(definition, "switch", "switch-to")


def afterwards(definition: dict) -> list[Phrase]:
    return _of_each_mode(definition, "afterwards", "afterwards")


def not_sure(definition: dict) -> list[Phrase]:
    return [_phrase(definition, "not_sure", "not-sure", {}, None)]


def call_outs(definition: dict) -> list[Phrase]:
    return [
        _phrase(
            definition,
            "call_out",
            f"wanted-{wanted['id']}-got-{got['id']}",
            pair(wanted, got),
            wanted.get("call_outs", {}).get(got["id"]),
        )
        for wanted, got in permutations(definition["modes"], 2)
    ]


def lists(definition: dict) -> dict[str, list[Phrase]]:
    """The phrases that stand in a list of their own, by the macro that shows each list."""
    return {
        "requests": requests(definition),
        "not_sure": not_sure(definition),
        "calendar_titles": calendar_titles(definition),
        "switches": switches(definition),
    }


def phrases(definition: dict) -> dict[str, Phrase]:
    """Every phrase of the phrase book by its anchor."""
    groups = [*lists(definition).values(), call_outs(definition), afterwards(definition)]
    return {phrase.anchor: phrase for group in groups for phrase in group}


def cards(definition: dict) -> list[tuple]:
    return [
        (m["onus"], m["name"], f"#{m['id']}", m["meaning"], request._replace(anchor=""))
        for m, request in zip(definition["modes"], requests(definition), strict=True)
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
    labels = definition["labels"]

    def labelled(mode: dict, key: str) -> list[str]:
        return [f"{labels[key]} {mode[key]}"] if key in mode else []

    return [
        (
            m["id"],
            m["name"],
            request._replace(anchor=""),
            *labelled(m, "example"),
            m["about"],
            *labelled(m, "not_the_same_as"),
        )
        for m, request in zip(definition["modes"], requests(definition), strict=True)
    ]


def groups(definition: dict) -> list[tuple]:
    """The call-outs by what was wanted: anchor, heading, each with the signs of what was got.

    The words for afterwards close the group.
    """
    labels = definition["labels"]
    label, signs = labels["wanted"], labels["signs"]
    found, every, later = [], iter(call_outs(definition)), iter(afterwards(definition))
    for wanted in definition["modes"]:
        others = [mode for mode in definition["modes"] if mode is not wanted]
        items = [(next(every), (fill(signs, **forms(got)), *got["signs"])) for got in others]
        items.append((next(later), (labels["afterwards"],)))
        found.append((f"wanted-{wanted['id']}", fill(label, **forms(wanted)), *items))
    return found
