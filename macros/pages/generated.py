"""The generated parts: a definition's phrases and words as HTML, from the templates beside this."""

import json
import re
import string
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ..definition import Definition
from ..definition.model import Mode
from ..definition.phrases import phrase_book
from ..definition.schema import fields
from ..definition.templates import fill
from ..problems import suggest
from .fill import MistakeError

# Signs inside a word, as in a-b, a_b or Q&A, are no markup, so they need no escape.
_IN_WORD = r"(?<=[^\W_])(?:[-_'.,/](?=[^\W_])|&(?=[^\W_](?![\w;])))"
_SIGN = re.compile(rf"({_IN_WORD})|[{re.escape(string.punctuation)}]")


def escape_markdown(text: str, but: str = "") -> Markup:
    """Punctuation as character references, which neither Markdown nor HTML reads as markup.

    Code would show a reference as it is typed, so that a word is left alone.
    """

    def escape(sign: re.Match[str]) -> str:
        return sign[0] if sign[1] or sign[0] in but else f"&#{ord(sign[0])};"

    return Markup(_SIGN.sub(escape, text))  # noqa: S704  # it holds no sign of HTML any more


def _escape_in_tags(value: Any) -> Any:
    """Escape Markdown in text between tags, which Markdown reads in some places."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return escape_markdown(value, but=".,;?()/-")


_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    finalize=_escape_in_tags,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
# JSON is YAML on one line, and a text in quotes is never wrong.
_templates.filters["filled_for"] = lambda template, mode: fill(template, mode.all_forms())
_templates.filters["as_yaml"] = partial(json.dumps, ensure_ascii=False)


# How many letters fit beside the row heads on the narrowest screen that shows the whole table.
_COLUMNS, _PADDING, _MOST = 92, 3, 6


def _stacks(definition: Definition) -> bool:
    """Whether the columns of the table would be so narrow that they break words."""
    modes, fields = definition.modes, [row.field for row in definition.table.rows]
    texts = [mode.name for mode in modes]
    texts += [getattr(mode, field) or "" for mode in modes for field in fields]
    # A line may break beside a wide sign, such as a Chinese one, so it counts as a space.
    signs = (" " if east_asian_width(sign) in "WF" else sign for sign in " ".join(texts))
    longest = max(map(len, re.split(r"[\s\u2010-\u2015-]+", "".join(signs))))
    return len(modes) > _MOST or len(modes) * (longest + _PADDING) > _COLUMNS


def macros(definition: Definition) -> dict[str, Callable[..., str]]:
    """The macros by name. Each gives one line of HTML, so that it may stand anywhere in a page.

    What a macro gives depends on the definition alone, so that none is rendered twice.
    """
    modes = {mode.id: mode for mode in definition.modes}
    book = phrase_book(definition)

    def show(template: str, **values: Any) -> str:
        made = _templates.get_template(f"{template}.html")
        html = made.render(definition=definition, book=book, **values)
        html = "".join(line.strip() for line in html.split("\n"))
        # The search index drops these tags: without a space, two cells would be one word.
        return re.sub("</(t[dh]|caption)>", r"\g<0> ", html)

    def listed(kind: str) -> str:
        return show("phrases", phrases=list(book[kind].values()))

    def mode(id: str) -> Mode:
        if id not in modes:
            cure = f"if that kind is gone, remove this; {suggest(id, modes)}"
            raise MistakeError(f'unknown mode id "{id}"; {cure}')
        return modes[id]

    def noun(id: str, form: str = "noun") -> str:
        forms = mode(id).all_forms()
        if form not in forms:
            raise MistakeError(f'mode "{id}" has no form "{form}", {suggest(form, forms)}')
        return escape_markdown(forms[form])

    named: dict[str, Callable[..., str]] = {
        "mode_cards": lambda: show("mode_cards"),
        "comparison_table": lambda: show("comparison_table", stacked=_stacks(definition)),
        "mode_sections": lambda: show("mode_sections"),
        "requests": lambda: listed("request"),
        "calendar_titles": lambda: listed("calendar_title"),
        "switches": lambda: listed("switch"),
        "not_sure": lambda: listed("not_sure"),
        "call_outs": lambda: show("call_outs"),
        "fields": lambda needed, example: show(
            "fields", fields=fields(definition), needed=needed, example=example
        ),
        "name": lambda id: escape_markdown(mode(id).name),
        "noun": noun,
    }
    return {name: cache(macro) for name, macro in named.items()}
