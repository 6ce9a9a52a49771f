"""Check what can be told once all pages are read, and end the build before any is written."""

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import chain
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from jinja2 import Environment, TemplateNotFound

from ..problems import advise, refuse
from .fill import Pages
from .header import line_of
from .links import OUTSIDE, read_content, style_mistakes
from .markup import markup_mistakes, markup_notices

# The keys of a header that name a file of the theme, and how.
_FILES = {"template": "{}", "icon": ".icons/{}.svg"}
# The only template of the theme that makes a whole page of a text.
_PAGE = "main.html"


def check_site(pages: Pages, theme: Environment, files: Any, docs: str) -> None:
    """End the build if a page has a mistake, or a stylesheet in `docs`; `files` are MkDocs'.

    Raises PluginError.
    """
    paths = {_path(address) for file in files for address in (file.url, file.dest_uri)}
    contents = {
        file.src_uri: (file.page, read_content(file.page.content or "", pages.given[file.src_uri]))
        for file in files.documentation_pages()
    }
    ids = {_path(page.url): set(content.ids) for page, content in contents.values()}
    for src, message in _shared_addresses(files):
        pages.add_problem(src, 1, message)
    for file in files.css_files():
        for line, message in style_mistakes(file.content_string) if file.src_dir == docs else ():
            pages.add_problem(file.src_uri, line, message)
    for src, (page, content) in contents.items():
        lines = pages.lines[src]
        leads_somewhere = partial(_leads_somewhere, page.url, paths, ids)
        mistakes = content.mistakes(lines, leads_somewhere), markup_mistakes(content.shown, lines)
        for line, message in chain(*mistakes):
            pages.add_problem(src, line, message)
        for line, message in markup_notices(content.shown, lines):
            pages.add_notice(src, line, message)
        for key, form in _FILES.items():
            if key in page.meta and not _is_there(theme, form.format(page.meta[key])):
                message = f'the theme has no {key} "{page.meta[key]}", remove the line'
                pages.add_problem(src, line_of(key, "\n".join(lines)), message)
    if not pages.problems:
        pages.note_absent(set().union(*(content.parts for _, content in contents.values())))
    advise(pages.notices)
    refuse(pages.problems)


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
            pages.add_problem(page.file.src_uri, line, message)

    page.render = render_or_note


def _stumbling_block(lines: list[str]) -> tuple[int, str]:
    """The line that most likely cannot be read, and what to do: no address, or nested too deep."""
    for number, line in enumerate(lines, 1):
        for address in re.findall(r"(?:[a-z]+:)?//[^\s)>]*", line):
            try:
                urlsplit(address)
            except ValueError:
                return number, f"check the brackets of the address {address}"
    nesting = [len(line) - len(line.lstrip(" \t>*_-")) for line in lines]
    return nesting.index(max(nesting)) + 1, "nest it less deep"


def _shared_addresses(files: Any) -> Iterator[tuple[str, str]]:
    """Two files that would be written to the same place."""
    seen: dict[str, str] = {}
    for file in files.documentation_pages():
        if (other := seen.setdefault(file.dest_uri, file.src_uri)) != file.src_uri:
            yield file.src_uri, f"has the address of {other}, rename one of the two"


def _is_there(theme: Environment, name: str) -> bool:
    with suppress(TemplateNotFound):
        return name == _PAGE or bool(name.startswith(".icons/") and theme.get_template(name))
    return False


def _path(url: str, href: str = "") -> str:
    """The path of a link on the page `url`, from the root of the site."""
    return unquote(urlsplit(urljoin(urljoin("/", url), href)).path)


def _leads_somewhere(url: str, paths: set[str], ids: dict[str, set[str]], href: str) -> bool:
    """Whether a link on the page `url` leads to one of the site's `paths`, and its anchor to an id.

    What leads outside need only be an address.
    The site may lie below a path, so that an address which begins with a slash leaves it.
    """
    try:
        path, anchor = _path(url, href), unquote(urlsplit(href).fragment)
    except ValueError:  # no address at all
        return False
    is_there = path in paths and (not anchor or anchor in ids.get(path, {anchor}))
    return bool(OUTSIDE.match(href)) or (is_there and not href.startswith("/"))
