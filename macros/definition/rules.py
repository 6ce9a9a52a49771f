"""The rules across fields. They see data in which everything that has a wrong shape is None."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel

from . import templates
from .model import FACTS, Definition, model_in, slots_in
from .phrases import phrase_book
from .source import Loc
from .templates import BASE_FORMS, Slots
from .validate import Problem, suggest

_RESERVED = {"manager", "topic", "wanted", "got", *BASE_FORMS}
# Texts of a mode that stand elsewhere than in the table.
_SHOWN_ANYWAY = {"not_the_same_as", "meaning", "onus"}


def rule_problems(data: dict[str, Any]) -> Iterator[Problem]:
    modes = {n: mode for n, mode in enumerate(data.get("modes") or []) if mode}
    yield from _mode_problems(modes)
    yield from _template_problems(data, modes)
    yield from _table_problems(data, modes)


def _mode_problems(modes: dict[int, dict]) -> Iterator[Problem]:
    for key in ("id", "name", "noun"):
        seen: set[str] = set()
        for n, mode in modes.items():
            value = mode.get(key)
            if value and value.casefold() in seen:
                yield Problem(
                    ("modes", n, key), f'"{value}" is the {key} of an earlier mode, use another'
                )
            seen.add(value and value.casefold())
    ids = [mode["id"] for mode in modes.values() if mode.get("id")]
    for n, mode in modes.items():
        for form in mode.get("forms") or ():
            if form in _RESERVED:
                yield Problem(
                    ("modes", n, "forms", form), "is a slot already, use another name", True
                )
            elif not form.isidentifier():
                yield Problem(
                    ("modes", n, "forms", form), "use one word of letters, such as genitive", True
                )
        for got in mode.get("call_outs") or ():
            loc = ("modes", n, "call_outs", got)
            if got == mode.get("id"):
                yield Problem(loc, "is the mode itself, name the one that was got instead", True)
            elif got not in ids:
                yield Problem(loc, f"unknown mode id, {suggest(got, ids)}", True)


def _template_problems(data: dict[str, Any], modes: dict[int, dict]) -> Iterator[Problem]:
    forms = {mode.get("id"): _forms(mode) for mode in modes.values()}
    every = BASE_FORMS.union(*forms.values())
    any_slot = Slots("mode").allowed(every, every) | Slots("pair").allowed(every, every)
    names = "|".join(map(re.escape, any_slot))
    written_slot = re.compile(rf"\{{\{{? *(?:{names}) *\}}\}}?")
    for loc, text, slots in _texts(Definition, data):
        if slots is None:
            if found := written_slot.search(text):
                where = "only in phrases and on buttons; write the words themselves"
                yield Problem(loc, f"{found[0]} is not filled in here, {where}")
        elif loc[0] == "modes":  # of one mode alone
            known = slots.allowed(_forms(modes[loc[1]]), forms.get(loc[-1], every))
            yield from _slot_problems(loc, text, known)
        else:
            yield from _slot_problems(loc, text, slots.allowed(every, every), slots.needed(every))
            asked = {slot.rpartition(".")[2] for slot in _slots(text) or ()} & every
            path = str(Problem(loc, "")).removesuffix(": ")
            for n, mode in modes.items():
                for form in sorted(asked - _forms(mode)):
                    yield Problem(
                        ("modes", n),
                        f'lacks the form "{form}" that {path} asks for, add it under forms',
                    )


def _slot_problems(
    loc: Loc, template: str, known: set[str], needed: Iterable[set[str]] = ()
) -> Iterator[Problem]:
    slots = _slots(template)
    if slots is None:
        choice = ", ".join(f"{{{slot}}}" for slot in sorted(known))
        cure = f"write a slot as one of {choice}, and a brace itself as {{{{ or }}}}"
        yield Problem(loc, f"a brace is open or closed alone, {cure}")
        return
    double = re.search(r"(?<!\{)\{\{\s*([\w.]+)\s*\}\}(?!\})", template)
    if double and double[1] in known:
        yield Problem(loc, f"a slot has single braces here: {{{double[1]}}}")
        return
    unknown = [slot for slot in slots if slot not in known]
    for slot in unknown:
        yield Problem(loc, f"unknown slot {{{slot}}}, {suggest(slot, sorted(known))}")
    for choice in needed:
        if not unknown and choice.isdisjoint(slots):
            plain = " or ".join(f"{{{slot}}}" for slot in sorted(choice) if "." not in slot)
            yield Problem(loc, f"lacks {plain}, so that every mode would get the same words")
    if slots.count("topic") > 1:
        yield Problem(loc, "has {topic} more than once, keep one")


def _table_problems(data: dict[str, Any], modes: dict[int, dict]) -> Iterator[Problem]:
    """Each row shows something, and each text that a row should show has one."""
    given = {field for mode in modes.values() for field in mode}
    rows = [row and row.get("field") for row in (data.get("table") or {}).get("rows") or []]
    for n, field in enumerate(rows):
        if field and field in rows[:n]:
            yield Problem(
                ("table", "rows", n, "field"), f'"{field}" has a row already, remove one of the two'
            )
        elif field and field not in given:
            yield Problem(
                ("table", "rows", n, "field"),
                f'no mode has "{field}", write it in a mode or remove the row',
            )
    for n, mode in modes.items() if rows and all(rows) else ():
        for field in FACTS:
            if field in mode and field not in _SHOWN_ANYWAY.union(rows):
                message = "no row of the table shows it, add one under table: rows, or remove this"
                yield Problem(("modes", n, field), message, True)
    labels = data.get("labels")
    if not labels or not modes:
        return
    for name in ("example", "not_the_same_as"):
        label = ("labels", name)
        if name in labels and name not in given:
            message = "no mode has a text of that name, write one or remove this line"
            yield Problem(label, message, True)
        elif name in given and name not in labels:
            message = f'missing, add a line "{name}: …": modes have a text of that name'
            yield Problem(label, message)


def site_problems(data: dict[str, Any], languages: list[str], pages: set[str]) -> Iterator[Problem]:
    """Whether the theme knows the language, and whether `pages` are those that lie in docs/."""
    site = data.get("site") or {}
    language, in_menu = site.get("language"), site.get("pages") or []
    at_foot = [footer and footer.get("page") for footer in site.get("footer") or []]
    places: dict[Loc, Any] = {("site", "pages", n): page for n, page in enumerate(in_menu)}
    places |= {("site", "footer", n, "page"): page for n, page in enumerate(at_foot)}
    listed = [*places.values()]
    if language and languages and language not in languages:
        message = f'the theme has no words for "{language}", {suggest(language, sorted(languages))}'
        yield Problem(("site", "language"), message)
    if not pages or not in_menu:
        return
    meant = set()
    for n, (loc, page) in enumerate(places.items()):
        if page and page in listed[:n]:
            yield Problem(loc, f'"{page}" is in the list already, remove one of the two')
        elif page and page not in pages:
            meant.update(get_close_matches(page, pages, n=1))
            yield Problem(loc, f"there is no such page in docs/, {suggest(page, sorted(pages))}")
    for page in sorted(pages - meant - set(listed)):
        yield Problem(
            ("site", "pages"),
            f'"{page}" lies in docs/ and is not in the list: add it, or remove the file',
        )
    if "index.md" not in pages:
        yield Problem(("site", "pages"), "docs/ holds no index.md, which is the home page")


def button_problems(definition: Definition) -> Iterator[Problem]:
    """Who hears the buttons read aloud has to tell them apart."""
    kinds: dict[str, str] = {}
    for kind, phrases in phrase_book(definition).items():
        for words in (phrase.button for phrase in phrases.values()):
            if words in kinds:
                other = (
                    "itself, for another kind"
                    if kinds[words] == kind
                    else f"copying.{kinds[words]}"
                )
                message = (
                    f'gives a button the words "{words}", and so does {other}; each needs its own'
                )
                yield Problem(("copying", kind, "button"), message)
                break
            kinds[words] = kind


def _forms(mode: dict[str, Any]) -> set[str]:
    return BASE_FORMS | set(mode.get("forms") or ()) - _RESERVED


def _slots(template: str) -> list[str] | None:
    """The slots of a template, None where a brace has no partner."""
    try:
        return [slot for _, slot in templates.parse(template) if slot is not None]
    except ValueError:
        return None


def _texts(
    model: type[BaseModel] | None, node: Any, loc: Loc = (), slots: Slots | None = None
) -> Iterator[tuple[Loc, str, Slots | None]]:
    """Every text of a document, with the slots that its field allows."""
    if isinstance(node, str):
        yield loc, node, slots
    elif isinstance(node, list):
        for n, item in enumerate(node):
            yield from _texts(model, item, (*loc, n), slots)
    elif isinstance(node, dict):
        for key, value in node.items():
            field = model.model_fields[key] if model else None
            yield from _texts(model_in(field), value, (*loc, key), slots_in(field) or slots)
