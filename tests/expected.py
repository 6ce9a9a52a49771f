"""What the pages are to say, worked out from the raw definition without the code that renders them."""

import re
from itertools import permutations


def fill(template: str, **slots: str) -> str:
    return re.sub(r"\{\{|\}\}|\{([^{}]+)\}", lambda sign: slots[sign[1]] if sign[1] else sign[0][0], template)


def manager(definition: dict) -> str:
    return definition.get("manager_addressed", definition["manager"])


def forms(mode: dict) -> dict[str, str]:
    return {"name": mode["name"], "noun": mode["noun"], "session": mode["session"], **mode.get("forms", {})}


def pair(wanted: dict, got: dict) -> dict[str, str]:
    sided = {f"{side}.{form}": text for side, mode in (("wanted", wanted), ("got", got)) for form, text in forms(mode).items()}
    return sided | {"wanted": wanted["noun"], "got": got["noun"]}


def _of_mode(definition: dict, mode: dict, kind: str) -> str:
    template = mode.get(kind, definition["phrases"][kind])
    return fill(template, manager=manager(definition), topic=definition["phrases"]["slot"], **forms(mode))


def site_name(definition: dict) -> str:
    return fill(definition["site"]["name"], manager=definition["manager"])


def files(definition: dict) -> list[str]:
    """The pages in docs/: those of the menu, then those that the foot of every page leads to."""
    site = definition["site"]
    return [*site["pages"], *(link["page"] for link in site.get("footer", []))]


def button_names(definition: dict) -> dict[str, str]:
    """What is heard of the button of each phrase, by the phrase's anchor."""
    seen, names = definition["copying"]["button"], {}
    kinds = {"request": "request", "calendar_title": "calendar", "switch": "switch-to", "afterwards": "afterwards"}
    for kind, prefix in kinds.items():
        for m in definition["modes"]:
            names[f"{prefix}-{m['id']}"] = _button(definition, kind, forms(m))
    for wanted, got in permutations(definition["modes"], 2):
        names[f"wanted-{wanted['id']}-got-{got['id']}"] = _button(definition, "call_out", pair(wanted, got))
    names["not-sure"] = _button(definition, "not_sure", {})
    return {id: f"{seen} {rest}" for id, rest in names.items()}


def _button(definition: dict, kind: str, slots: dict[str, str]) -> str:
    return fill(definition["copying"][kind]["button"], manager=manager(definition), **slots)


def requests(definition: dict) -> dict[str, str]:
    return {f"request-{m['id']}": _of_mode(definition, m, "request") for m in definition["modes"]}


def calendar_titles(definition: dict) -> dict[str, str]:
    return {f"calendar-{m['id']}": _of_mode(definition, m, "calendar_title") for m in definition["modes"]}


def afterwards(definition: dict) -> dict[str, str]:
    return {f"afterwards-{m['id']}": _of_mode(definition, m, "afterwards") for m in definition["modes"]}


def switches(definition: dict) -> dict[str, str]:
    return {f"switch-to-{m['id']}": _of_mode(definition, m, "switch") for m in definition["modes"]}


def not_sure(definition: dict) -> dict[str, str]:
    phrases = definition["phrases"]
    return {"not-sure": fill(phrases["not_sure"], manager=manager(definition), topic=phrases["slot"])}


def call_outs(definition: dict) -> dict[str, str]:
    return {
        f"wanted-{wanted['id']}-got-{got['id']}": fill(
            wanted.get("call_outs", {}).get(got["id"], definition["phrases"]["call_out"]),
            manager=manager(definition),
            topic=definition["phrases"]["slot"],
            **pair(wanted, got),
        )
        for wanted, got in permutations(definition["modes"], 2)
    }


def phrases(definition: dict) -> dict[str, str]:
    """Every phrase of the phrase book by its anchor."""
    return (
        requests(definition)
        | not_sure(definition)
        | calendar_titles(definition)
        | call_outs(definition)
        | afterwards(definition)
        | switches(definition)
    )
