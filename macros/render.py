"""The definition's objects -> markup for a page. Reads the templates beside it; must not know MkDocs."""

import re
import string
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from . import model
from .definition import filled, instead, pair
from .model import Definition, Mode


def inline(text: str, but: str = "") -> Markup:
    """Text as it is in a line of Markdown: as character references, no sign of it means anything there, save those in `but`."""
    return Markup("".join(f"&#{ord(sign)};" if sign in string.punctuation and sign not in but else sign for sign in text))


def _text(value: Any) -> Any:
    """For texts inside of tags: where Markdown reads on between them, as in an admonition, none of their signs means anything."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else inline(value, but=".,;?()/-")


_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    finalize=_text,
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
            phrase(kind, f"{prefix}-{mode.id}", getattr(mode, kind), **mode.every_form()) for mode in modes
        ]

    def call_out(wanted: Mode, got: Mode) -> Phrase:
        return phrase("call_out", f"wanted-{wanted.id}-got-{got.id}", wanted.call_outs.get(got.id), **pair(wanted, got))

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
        headings = [filled(definition.labels.wanted, **mode.every_form()) for mode in modes]
        return show("call_outs", groups=zip(headings, groups))

    def fields(needed: str, example: str) -> str:
        """The reference of docs/modes.yml for whoever writes it: each field, what it is for, an example."""
        return show("fields", fields=model.fields(), needed=needed, example=example, flow=_flow)

    def mode(id: str) -> Mode:
        if id not in by_id:
            raise ValueError(f'unknown mode id "{id}", {instead(id, by_id)}; if that kind is gone, so should this be')
        return by_id[id]

    def name(id: str) -> str:
        """A mode's name, for use in prose."""
        return inline(mode(id).name)

    def noun(id: str, form: str = "noun") -> str:
        """A mode's noun, or another form of it, for use in prose."""
        forms = mode(id).every_form()
        if form not in forms:
            raise ValueError(f'mode "{id}" has no form "{form}", {instead(form, forms)}')
        return inline(forms[form])

    named = [mode_cards, comparison_table, mode_sections, requests, calendar_titles, switches, not_sure, call_outs, fields, name, noun]
    return {macro.__name__: cache(macro) for macro in named}


def _flow(value: Any) -> str:
    """A value as YAML has it on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return f'"{value}"' if re.search(r": | #|^\W", value) else value
