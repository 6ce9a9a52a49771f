"""The rules across fields. They see data in which everything that has a wrong shape is None."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, get_args

from ..problems import suggest
from .model import Definition, OfTable
from .phrases import PhraseBook
from .slots import BASE_FORMS, MODE, PAIR, Slots, mistakes, slots_in
from .validate import Loc, Problem, Written, format_path

# What has been validated, by the keys of the file; what is wrong in itself is None.
Data = dict[str, Any]
Problems = Iterator[Problem]

_RESERVED = {"manager", "topic", "wanted", "got", *BASE_FORMS}


def rule_problems(data: Data, texts: list[Written]) -> Problems:
    """What is wrong between the fields of a definition."""
    modes = {n: mode for n, mode in enumerate(data.get("modes") or []) if mode}
    yield from _mode_problems(modes)
    yield from _template_problems(texts, modes)
    yield from _table_problems(data, modes)


def _mode_problems(modes: dict[int, Data]) -> Problems:
    ids = [mode["id"] for mode in modes.values() if mode.get("id")]
    taken: set[tuple[str, str]] = set()
    for n, mode in modes.items():
        for key in ("id", "name", "noun"):
            value = mode.get(key) or ""
            if value and (key, value.casefold()) in taken:
                message = f'"{value}" is the {key} of an earlier mode, use another'
                yield Problem(("modes", n, key), message)
            taken.add((key, value.casefold()))
        for form in mode.get("forms") or ():
            loc: Loc = ("modes", n, "forms", form)
            if form in _RESERVED:
                yield Problem(loc, "is a slot already, use another name", of_key=True)
            elif not form.isidentifier():
                yield Problem(loc, "use one word of letters, such as genitive", of_key=True)
        for got in mode.get("call_outs") or ():
            loc = ("modes", n, "call_outs", got)
            if got == mode.get("id"):
                message = "is the mode itself, name the one that was got instead"
                yield Problem(loc, message, of_key=True)
            elif got not in ids:
                yield Problem(loc, f"unknown mode id, {suggest(got, ids)}", of_key=True)


def _template_problems(texts: list[Written], modes: dict[int, Data]) -> Problems:
    forms = {mode.get("id"): _forms(mode) for mode in modes.values()}
    every = BASE_FORMS.union(*forms.values())
    any_slot = Slots(MODE).allowed(every) | Slots(PAIR).allowed(every, every)
    names = "|".join(map(re.escape, any_slot))
    written_slot = re.compile(rf"\{{\{{? *(?:{names}) *\}}\}}?")
    for loc, text, slots in texts:
        if slots is None:
            if found := written_slot.search(text):
                where = "only in phrases and on buttons; write the words themselves"
                yield Problem(loc, f"{found[0]} is not filled in here, {where}")
        elif isinstance(loc[1], int):  # of one mode alone
            known = slots.allowed(_forms(modes[loc[1]]), forms.get(loc[-1], every))
            yield from (Problem(loc, message) for message in mistakes(text, known))
        else:
            known, needed = slots.allowed(every, every), slots.needed(every)
            yield from (Problem(loc, message) for message in mistakes(text, known, needed))
            asked = {slot.rpartition(".")[2] for slot in slots_in(text)} & every
            for n, mode in modes.items():
                for form in sorted(asked - _forms(mode)):
                    message = f'lacks the form "{form}" that {format_path(loc)} asks for'
                    yield Problem(("modes", n), f"{message}, add it under forms")


def _table_problems(data: Data, modes: dict[int, Data]) -> Problems:
    """Each row shows something, and each text that a row should show has one."""
    given = {field for mode in modes.values() for field in mode}
    rows = [row and row.get("field") for row in (data.get("table") or {}).get("rows") or []]
    for n, field in enumerate(rows):
        loc: Loc = ("table", "rows", n, "field")
        if field and field in rows[:n]:
            yield Problem(loc, f'"{field}" has a row already, remove one of the two')
        elif field and field not in given:
            yield Problem(loc, f'no mode has "{field}", write it in a mode or remove the row')
    for n, mode in modes.items() if rows and all(rows) else ():
        for field in get_args(OfTable):
            if field in mode and field not in rows:
                message = "no row of the table shows it, add one under table: rows, or remove this"
                yield Problem(("modes", n, field), message, of_key=True)
    if data.get("labels") and modes:
        yield from _label_problems(data["labels"], given)


def _label_problems(labels: Data, given: set[str]) -> Problems:
    """The labels that some definitions do without."""
    for field in ("example", "not_the_same_as"):
        loc = ("labels", field)
        if field in labels and field not in given:
            message = "no mode has a text of that name, write one or remove this line"
            yield Problem(loc, message, of_key=True)
        elif field in given and field not in labels:
            yield Problem(loc, f'missing, add a line "{field}: …": modes have a text of that name')


def site_problems(data: Data, languages: list[str], pages: set[str]) -> Problems:
    """Whether the theme knows the language, and whether `pages` are those that lie in docs/."""
    site = data.get("site") or {}
    language = site.get("language")
    if language and languages and language not in languages:
        short = language.partition("-")[0]
        cure = suggest(short if short in languages else language, sorted(languages))
        yield Problem(("site", "language"), f'the theme has no words for "{language}", {cure}')
    menu, foot = enumerate(site.get("pages") or []), enumerate(site.get("footer") or [])
    places: dict[Loc, Any] = {("site", "pages", n): page for n, page in menu}
    if pages and places:
        places |= {("site", "footer", n, "page"): link.get("page") for n, link in foot if link}
        yield from _menu_problems(places, pages)


def _menu_problems(places: dict[Loc, Any], pages: set[str]) -> Problems:
    """The pages of the menu and of the foot, by where they are listed, are those in docs/."""
    meant = {page for page in pages if not page.endswith(".md")}
    listed = [*places.values()]
    for n, (loc, page) in enumerate(places.items()):
        if page and page in listed[:n]:
            yield Problem(loc, f'"{page}" is in the list already, remove one of the two')
        elif page and page not in pages:
            meant.update(get_close_matches(page, pages, n=1))
            yield Problem(loc, f"there is no such page in docs/, {suggest(page, sorted(pages))}")
    for message in _file_mistakes(pages, pages - meant - {page for page in listed if page}):
        yield Problem(("site", "pages"), message, of_key=True)


def _file_mistakes(pages: set[str], unlisted: set[str]) -> Iterator[str]:
    """Pages that MkDocs would leave out, or publish with dead links."""
    for page in sorted(pages):
        home = re.sub("README.md$", "index.md", page)
        if not page.endswith(".md"):
            yield f'the name of "{page}" has to end with .md in small letters, rename the file'
        elif sign := re.search(r"[#?%:]", page):
            yield f'"{page}" holds {sign[0]}, which no address can keep, rename the file'
        elif page != home and home in pages:
            yield f'"{page}" and "{home}" would have one address, remove one of the two'
    cure = "add it here or under footer, or remove it"
    for page in sorted(unlisted):
        yield f'"{page}" lies in docs/ and is not in the list: {cure}'
    if "index.md" not in pages:
        yield "docs/ holds no index.md, which is the home page"


def address_problems(definition: Definition, book: PhraseBook) -> Problems:
    """Each section, group and phrase has an address of its own, made of the ids of the modes."""
    places = {phrase.id: f"phrases.{kind}" for kind in book for phrase in book[kind].values()}
    for n, mode in enumerate(definition.modes):
        own = {mode.id: "a section", f"wanted-{mode.id}": "a group of call-outs"}
        for address, label in own.items():
            if address in places:
                message = f"gives {label} the address #{address}, and so does {places[address]}"
                yield Problem(("modes", n, "id"), f"{message}; use another id")
            places[address] = format_path(("modes", n, "id"))


def button_problems(book: PhraseBook) -> Problems:
    """Who hears the buttons read aloud has to tell them apart."""
    kinds: dict[str, str] = {}
    for kind, phrases in book.items():
        for words in (phrase.button for phrase in phrases.values()):
            if words in kinds:
                same = kinds[words] == kind
                other = "itself, for another kind" if same else f"copying.{kinds[words]}"
                message = f'gives a button the words "{words}", and so does {other}'
                yield Problem(("copying", kind, "button"), f"{message}; each needs its own")
                break
            kinds[words] = kind


def _forms(mode: Data) -> set[str]:
    return BASE_FORMS | set(mode.get("forms") or ()) - _RESERVED
