"""The rules that need more than one field."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, get_args

from ..problems import suggest
from .model import Definition, Mode, OfTable, Site
from .phrases import MODES_OF, phrase_book
from .source import Loc, format_path
from .templates import mistakes, slots_in

Problems = Iterator[tuple[Loc, str]]
# Where a template stands, its text, and the slots that it may hold.
Template = tuple[Loc, str, set[str]]
_RESERVED = {"manager", "topic", "wanted", "got", "name", "noun", "session"}


def rule_problems(definition: Definition, languages: list[str], pages: list[str]) -> Problems:
    """Every mistake of a definition whose fields are right in themselves.

    Its language has to be one of the `languages`, its pages are the `pages`, if any are given.
    """
    site, modes = definition.site, definition.modes
    if languages and site.language not in languages:
        cure = suggest(site.language, sorted(languages))
        yield ("site", "language"), f'the theme has no words for "{site.language}", {cure}'
    if pages:
        yield from _page_problems(site, pages)
    yield from _table_problems(definition)
    problems = [*_mode_problems(modes)] or [*_template_problems(definition)]
    yield from problems or _phrase_problems(definition)


def _page_problems(site: Site, pages: list[str]) -> Problems:
    places: dict[Loc, str] = {("site", "pages", n): page for n, page in enumerate(site.pages)}
    places |= {("site", "footer", n, "page"): link.page for n, link in enumerate(site.footer)}
    listed = [*places.values()]
    for n, (loc, page) in enumerate(places.items()):
        if page in listed[:n]:
            yield loc, f'"{page}" is in the list already, remove one of the two'
        elif page not in pages:
            cure = f"remove this entry, or {suggest(page, sorted(pages))}"
            yield loc, f'docs/ holds no "{page}", {cure}'
            listed += get_close_matches(page, pages, 1)  # is meant by it
        elif page.endswith("README.md") and page[:-9] + "index.md" in pages:
            yield loc, f'"{page}" would be published where index.md is, rename the file'
    for page in {*pages} - {*listed}:
        cure = "add it here or under footer, or remove the file"
        yield ("site", "pages"), f'"{page}" lies in docs/ and is not in the list, {cure}'


def _mode_problems(modes: tuple[Mode, ...]) -> Problems:
    ids = [mode.id for mode in modes]
    for n, mode in enumerate(modes):
        for key in ("id", "name", "noun"):
            earlier = [getattr(other, key).casefold() for other in modes[:n]]
            if (value := getattr(mode, key)).casefold() in earlier:
                yield ("modes", n, key), f'"{value}" is the {key} of an earlier mode, use another'
        for form in mode.forms:
            if form in _RESERVED or not form.isidentifier():
                message = "cannot be the name of a slot, use another word, such as genitive"
                yield ("modes", n, "forms", form), message
        for got in mode.call_outs.keys() - {*ids} | mode.call_outs.keys() & {mode.id}:
            others = [id for id in ids if id != mode.id]
            yield ("modes", n, "call_outs", got), f"names no other mode, {suggest(got, others)}"


def _template_problems(definition: Definition) -> Problems:
    every: set[str] = set().union(*(mode.all_forms() for mode in definition.modes))
    shared = [*_shared(definition, every)]
    templates = [*shared, *_own(definition.modes)]
    for loc, text, known in templates:
        yield from ((loc, message) for message in mistakes(text, known))
    for loc, text, known in shared:
        asked = {slot.rpartition(".")[2] for slot in (slots_in(text) or set()) & known} & every
        for n, mode in enumerate(definition.modes):
            for form in sorted(asked - mode.all_forms().keys()):
                message = f'lacks the form "{form}" that {format_path(loc)} asks for'
                yield ("modes", n), f"{message}, add it under forms"
    slots = "|".join(map(re.escape, set().union(*(known for *_, known in templates))))
    written = re.compile(rf"\{{\{{? *(?:{slots}) *\}}\}}?")
    filled = {loc for loc, *_ in templates}
    for loc, text in _texts(definition.model_dump(), ()):
        if loc not in filled and (slot := written.search(text)):
            cure = "only in phrases and on buttons; write the words themselves"
            yield loc, f"{slot[0]} is not filled in here, {cure}"


def _shared(definition: Definition, forms: set[str]) -> Iterator[Template]:
    """The templates that speak of every mode."""
    yield ("site", "name"), definition.site.name, {"manager"}
    for key in ("wanted", "signs"):
        yield ("labels", key), getattr(definition.labels, key), forms
    for kind, sides in MODES_OF.items():
        slots = {"manager"}.union(*(_slots(side, forms) for side in sides))
        yield ("phrases", kind), getattr(definition.phrases, kind), slots | {"topic"}
        for part, words in getattr(definition.copying, kind):
            yield ("copying", kind, part), words, slots


def _own(modes: tuple[Mode, ...]) -> Iterator[Template]:
    """The templates of one mode."""
    forms = {mode.id: set(mode.all_forms()) for mode in modes}
    for n, mode in enumerate(modes):
        known = {"manager", "topic"}
        for kind in MODES_OF:
            if text := getattr(mode, kind, None):
                yield ("modes", n, kind), text, known | forms[mode.id]
        for got, text in mode.call_outs.items():
            slots = _slots("wanted", forms[mode.id]) | _slots("got", forms[got])
            yield ("modes", n, "call_outs", got), text, known | slots


def _slots(side: str, forms: set[str]) -> set[str]:
    """The slots of a mode; in a pair `wanted` for its noun, `wanted.session`, and so on."""
    return {side, *(f"{side}.{form}" for form in forms - {"noun"})} if side else forms


def _texts(node: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Every text of a definition, and where it stands."""
    if isinstance(node, str):
        yield loc, node
    elif node:
        for key, part in node.items() if isinstance(node, dict) else enumerate(node):
            yield from _texts(part, (*loc, key))


def _table_problems(definition: Definition) -> Problems:
    """Each row and label has texts to show, and each text a row or label that shows it."""
    rows = [row.field for row in definition.table.rows]
    given: dict[str, Loc] = {}
    for n, mode in reversed([*enumerate(definition.modes)]):
        given |= {field: ("modes", n, field) for field, text in mode if text}
    for n, fact in enumerate(rows):
        if fact in rows[:n] or fact not in given:
            cure = "has a row already" if fact in given else "stands in no mode"
            yield ("table", "rows", n, "field"), f'"{fact}" {cure}, remove this row'
    for unshown in given.keys() & {*get_args(OfTable)} - {*rows, "use_when"}:
        cure = "add one under table: rows, or remove this"
        yield given[unshown], f"no row of the table shows it, {cure}"
    for field in given.keys() & {"example", "not_the_same_as"}:
        if not getattr(definition.labels, field):
            message = f'missing, add a line "{field}: …": modes have a text of that name'
            yield ("labels", field), message


def _phrase_problems(definition: Definition) -> Problems:
    """Phrases that say the same, and buttons that nobody who hears them can tell apart."""
    kinds: dict[str, str] = {}
    for kind, phrases in phrase_book(definition).items():
        texts = [(phrase.before, phrase.after) for phrase in phrases.values()]
        for n in [n for n, text in enumerate(texts) if text in texts[:n]][:1]:
            if kind == "request" and "session" in definition.phrases.request:
                message = "makes the request of an earlier mode, use other words"
                yield ("modes", n, "session"), message
            else:
                yield ("phrases", kind), "says the same for two modes, add a slot such as {noun}"
        buttons = {phrase.button for phrase in phrases.values()}
        others = {kinds[words] for words in buttons & kinds.keys()}
        if others or len(buttons) < len(phrases):
            same = "for two modes, add a slot such as {noun}"
            same = f"as copying.{min(others)}" if others else same
            yield ("copying", kind, "button"), f"gives the same words {same}; each needs its own"
        kinds |= dict.fromkeys(buttons, kind)
