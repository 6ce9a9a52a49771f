"""Check what can be told once all pages are read, and end the build before any is written."""

import re
from collections import Counter
from contextlib import suppress
from functools import partial
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, TemplateNotFound

from ..problems import Mistakes, advise, refuse
from .fill import IN_PROSE, Pages
from .header import line_of
from .links import leads_somewhere, path_of, read_content, read_once, style_mistakes
from .prose import markup_mistakes, markup_notices

# The only template of the theme that makes a whole page of a text.
_PAGE = "main.html"
_NOT_NEEDED = {*IN_PROSE, "fields"}
_ON_HOME = {"mode_cards", "comparison_table", "mode_sections"}


def check_site(pages: Pages, theme: Environment, files: Any, docs: str) -> None:
    """End the build if a page has a mistake, or a stylesheet in `docs`; `files` are MkDocs'.

    Raises PluginError.
    """
    paths = {path_of(address) for file in files for address in (file.url, file.dest_uri)}
    contents = {
        file.src_uri: (file.page, read_content(file.page.content or "", pages.given[file.src_uri]))
        for file in files.documentation_pages()
    }
    ids = {path_of(page.url): set(content.ids) for page, content in contents.values()}
    first: dict[str, str] = {}
    for file in files.documentation_pages():
        if (other := first.setdefault(file.dest_uri, file.src_uri)) != file.src_uri:
            message = f"has the address of {other}, rename one of the two"
            pages.add(file.src_uri, [(1, message)])
    for file in files.css_files():
        if file.src_dir == docs:
            pages.add(file.src_uri, style_mistakes(file.content_string))
    for src, (page, content) in contents.items():
        lines = pages.lines[src]
        leads = partial(leads_somewhere, page.url, paths, ids)
        pages.add(src, content.mistakes(lines, leads))
        pages.add(src, markup_mistakes(content.shown, lines))
        pages.add(src, _missing_files(page.meta, theme, lines))
        pages.add(src, markup_notices(content.shown, lines), notices=True)
    if not pages.problems:
        note_absent(pages, set().union(*(content.parts for _, content in contents.values())))
    advise(pages.notices)
    refuse(pages.problems)


def note_absent(pages: Pages, parts: set[str]) -> None:
    """Note each macro of which no page shows all, though the definition has words for it.

    `parts` are what all pages show.
    """
    for name, macro in pages.plain_macros.items():
        if name in _NOT_NEEDED or read_once(macro()).parts <= parts:
            continue
        message = f"no page shows {{{{ {name}() }}}}"
        if name in pages.places:
            message = f"{{{{ {name}() }}}} stands in a comment or in code, as by an indent"
        page, line = pages.places.get(name) or _section_for(name, pages)
        pages.add(page, [(line, f"{message}, put it where readers should find it")])


def _section_for(name: str, pages: Pages) -> tuple[str, int]:
    """A page that shows macros of the same kind, and on it the first heading with none below.

    If each has one, it is the first heading under the page's own.
    """
    same = _ON_HOME if name in _ON_HOME else pages.plain_macros.keys() - _ON_HOME - _NOT_NEEDED
    counted = Counter(pages.places[other][0] for other in pages.places if other in same)
    page = next(iter(counted.most_common(1)), (pages.home, 0))[0]
    lines, used = pages.lines.get(page, []), pages.used.get(page, set())
    headings = [n for n, words in enumerate(lines, 1) if re.match("##+ ", words)]
    for begin, end in pairwise([*headings, len(lines) + 1]):
        if used.isdisjoint(range(begin + 1, end)):
            return page, begin
    return page, (headings or [1])[0]


def note_unreadable(pages: Pages, page: Any) -> None:
    """What MkDocs' own reading of a page raises becomes a mistake in place of a traceback."""
    render = page.render

    def render_or_note(config: Any, files: Any) -> None:
        try:
            render(config, files)
        except Exception as error:  # noqa: BLE001  # extensions of Markdown may raise anything
            page.content = ""
            line, cure = _stumbling_block(pages.lines[page.file.src_uri])
            message = f"Markdown cannot read this ({error}), {cure}"
            pages.add(page.file.src_uri, [(line, message)])

    page.render = render_or_note


def _stumbling_block(lines: list[str]) -> tuple[int, str]:
    """The line that most likely cannot be read, and what to do: no address, or nested too deep."""
    for number, line in enumerate(lines, 1):
        for address in re.findall(r"(?:[a-z]+:)?//[^\s)>]*", line):
            try:
                urlsplit(address)
            except ValueError:
                return number, f"check the brackets of the address {address}"
    nesting = [len(line) - len(line.lstrip(" \t>*_.-0123456789")) for line in lines]
    return nesting.index(max(nesting)) + 1, "nest it less deep"


def _missing_files(meta: dict[str, Any], theme: Environment, lines: list[str]) -> Mistakes:
    for key in filter(meta.__contains__, ("template", "icon")):
        is_there = key == "template" and meta[key] == _PAGE
        if key == "icon":
            with suppress(TemplateNotFound):
                is_there = bool(theme.get_template(f".icons/{meta[key]}.svg"))
        if not is_there:
            message = f'the theme has no {key} "{meta[key]}", remove the line'
            yield line_of(key, "\n".join(lines)), message
