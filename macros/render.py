"""The definition's objects -> markup for a page. Reads the templates beside it; must not know MkDocs."""

import re
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from markupsafe import Markup

from .definition import Definition, Mode, instead, parts_of

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Phrase:
    """What a reader may say: its anchor, the text around the open slot if there is one, the words of its button."""

    id: str
    before: str
    slot: str
    after: str
    button: str
    done: str


def filled(template: str, **values: str) -> str:
    """A checked template with every slot filled."""
    return "".join(text + (values[slot] if slot else "") for text, slot in parts_of(template))


def inline(text: str) -> Markup:
    """Text as it is in a line of Markdown: as character references, no sign of it means anything there."""
    return Markup(re.sub(r"[^\w\s]|_", lambda sign: f"&#{ord(sign[0])};", text))


def macros(definition: Definition) -> dict[str, Callable[..., str]]:
    """The macros by name. Each gives one line of HTML, so that it may stand anywhere in a page.

    What a macro gives depends on the definition alone, so that none computes the same twice.
    """
    modes = definition.modes
    by_id = {mode.id: mode for mode in modes}

    def phrase(kind: str, id: str, template: str | None = None, **values: str) -> Phrase:
        values["manager"] = definition.manager_addressed or definition.manager
        # No text of the definition holds a line break, so one can stand for the open slot.
        before, *after = filled(template or getattr(definition.phrases, kind), topic="\n", **values).split("\n")
        words = getattr(definition.copying, kind)
        return Phrase(
            id,
            before,
            definition.phrases.slot if after else "",
            "".join(after),
            filled(words.button, **values),
            filled(words.done, **values),
        )

    def each_mode(kind: str, prefix: str) -> list[Phrase]:
        return [
            phrase(kind, f"{prefix}-{mode.id}", getattr(mode, kind), **forms_of(mode)) for mode in modes
        ]

    def forms_of(mode: Mode) -> dict[str, str]:
        return {"name": mode.name, "noun": mode.noun, "session": mode.session, **mode.forms}

    def call_out(wanted: Mode, got: Mode) -> Phrase:
        id = f"wanted-{wanted.id}-got-{got.id}"
        forms = {f"{side}.{form}": text for side, mode in (("wanted", wanted), ("got", got)) for form, text in forms_of(mode).items()}
        return phrase("call_out", id, wanted.call_outs.get(got.id), wanted=wanted.noun, got=got.noun, **forms)

    def show(template: str, **values: Any) -> str:
        html = _templates.get_template(f"{template}.html").render(definition=definition, **values)
        return "".join(line.strip() for line in html.splitlines())

    def mode_cards() -> str:
        """The spectrum: a card for each mode, with its request."""
        return show("mode_cards", requests=each_mode("request", "request"))

    def comparison_table() -> str:
        """The modes side by side; a row that no mode fills is left out."""
        rows = [row for row in definition.table.rows if any(getattr(mode, row.field) for mode in modes)]
        return show("comparison_table", rows=rows)

    def mode_sections() -> str:
        """A section for each mode, under its permanent anchor."""
        return show("mode_sections")

    def requests() -> str:
        """The phrases that ask for a session."""
        return show("phrases", phrases=each_mode("request", "request"))

    def calendar_titles() -> str:
        """A title for the invitation, for each mode."""
        return show("phrases", phrases=each_mode("calendar_title", "calendar"))

    def switches() -> str:
        """The phrases that change the mode midway."""
        return show("phrases", phrases=each_mode("switch", "switch-to"))

    def not_sure() -> str:
        """The phrase for who cannot choose."""
        return show("phrases", phrases=[phrase("not_sure", "not-sure")])

    def call_outs() -> str:
        """For every pair of different modes, wanted and got: the phrase, and the signs by which one can tell."""
        groups = [(wanted, [(call_out(wanted, got), got) for got in modes if got is not wanted]) for wanted in modes]
        headings = [filled(definition.labels.wanted, **forms_of(mode)) for mode in modes]
        return show("call_outs", groups=zip(headings, groups))

    def mode(id: str) -> Mode:
        if id not in by_id:
            raise ValueError(f'unknown mode id "{id}", {instead(id, by_id)}')
        return by_id[id]

    def name(id: str) -> str:
        """A mode's name, for use in prose."""
        return inline(mode(id).name)

    def noun(id: str, form: str = "noun") -> str:
        """A mode's noun, or another form of it, for use in prose."""
        forms = forms_of(mode(id))
        if form not in forms:
            raise ValueError(f'mode "{id}" has no form "{form}", {instead(form, forms)}')
        return inline(forms[form])

    named = [mode_cards, comparison_table, mode_sections, requests, calendar_titles, switches, not_sure, call_outs, name, noun]
    return {macro.__name__: cache(macro) for macro in named}


class PageError(ValueError):
    """What is wrong in a page, and in which line of its text."""

    def __init__(self, what: str, line: int):
        super().__init__(what)
        self.line = line


def check_page(environment: Environment, text: str, variables: dict, known: Iterable[str]) -> None:
    """Try whether the page's macros and variables work; suggest one of `known` for a wrong name. Errors: PageError."""
    try:
        environment.from_string(text).render(variables)
    except TemplateSyntaxError as error:
        raise PageError(f"{error.message}, check the braces", error.lineno) from None
    except (TemplateError, ValueError, TypeError) as error:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == "<template>"]
        what = str(error)
        if isinstance(error, UndefinedError) and (name := re.match(r"'(\w+)' is undefined", what)):
            what = f'unknown macro or variable "{name[1]}", {instead(name[1], known)}'
        raise PageError(what, frames[-1].lineno if frames else 1) from None

