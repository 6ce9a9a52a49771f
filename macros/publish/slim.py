"""MkDocs hook: makes the first view of each page light.

Until a reader points, types or scrolls, a page needs neither the theme's script nor style rules
for what is on no page. So the theme's tags wait in a <template>, and slim.js puts them back at the
first user interaction: from then on it is the plain Material page. Until then one stylesheet of
critical CSS serves, made of all of them without the rules that no page can use.

Without its line under `hooks` in mkdocs.yml the site is plain. So is the preview.
"""

import hashlib
import logging
import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from pathlib import Path
from posixpath import dirname, join, relpath
from typing import Any
from urllib.parse import urlsplit

import click
import tinycss2
from tinycss2.ast import Node

LOADER = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
# As the theme writes them. What belongs to the site has no scheme.
BUNDLE = re.compile(r'<script src="([^":]*)assets/javascripts/bundle\.[^"]+"></script>')
SCRIPT = re.compile(r'<script src="([^":]+)"')
STYLESHEET = re.compile(r'<link rel="stylesheet" href="([^":]+)">')
WORD = re.compile(r"[\w-]+")
URL_FUNCTIONS = ("url", "src", "image-set", "-webkit-image-set")
log = logging.getLogger("mkdocs.slim")


def on_post_build(*, config: Any) -> None:
    """Called by MkDocs once, when all pages are written."""
    if getattr(click.get_current_context(silent=True), "info_name", "") == "serve":
        return
    site = Path(config.site_dir)
    pages = [page for file in site.rglob("*.html") if (page := Page(file)).bundle]
    if len({tuple(page.stylesheets) for page in pages}) != 1:
        log.info("slim: the pages have no stylesheets in common, they are left as they were")
        return
    scripts = {path: (site / path).read_text(encoding="utf-8") for path in pages[0].scripts}
    words = Words([LOADER, *scripts.values(), *(page.html for page in pages)])
    replaced = write_critical_css(site, pages[0].stylesheets, words)
    for page in pages:
        page.file.write_text(page.slimmed(replaced, scripts), encoding="utf-8")


class Page:
    """A page: `bundle` is the tag of the theme's script, empty where it is not the theme's.

    `root` leads to the site's home; `stylesheets`, and the `scripts` that run beside the theme's,
    are their paths in the site.
    """

    def __init__(self, file: Path) -> None:
        self.file, self.html = file, file.read_text(encoding="utf-8")
        bundle = BUNDLE.search(self.html)
        self.bundle, self.root = bundle.group(0, 1) if bundle else ("", "")
        others = self.html.replace(self.bundle, "")
        self.stylesheets = [href.removeprefix(self.root) for href in STYLESHEET.findall(self.html)]
        self.scripts = [src.removeprefix(self.root) for src in SCRIPT.findall(others)]

    def slimmed(self, replaced: dict[str, str], scripts: dict[str, str]) -> str:
        """As it is published.

        `replaced` has what stands in place of a stylesheet, if anything, and `scripts` the text of
        the site's own scripts, which stand in the page: fetched, they would hold up the largest
        paint.
        """
        theme = "".join([*(match[0] for match in STYLESHEET.finditer(self.html)), self.bundle])
        html = self.html
        for path, first_view in replaced.items():
            link = f'<link rel="stylesheet" href="{self.root}%s">'
            html = html.replace(link % path, first_view and link % first_view)
        for path, script in scripts.items():
            deferred = f'<script src="{self.root}{path}" defer></script>'
            html = html.replace(deferred, f"<script>\n{script}</script>")
        waiting = f"<template>{theme}</template><script>\n{LOADER}</script>"
        return html.replace(self.bundle, waiting)


class Words:
    """Every word of the pages and of the scripts that run at once: a selector may ask for these."""

    def __init__(self, texts: Iterable[str]) -> None:
        # Tags that need not be written, and what comes and goes as the reader opens and closes.
        self.all = {"html", "head", "body", "tbody", "open"}.union(*map(WORD.findall, texts))
        # A script writes `dataset.mdToggle` for data-md-toggle, and "mode-" + name.
        self._folded = {_fold(word) for word in self.all}
        prefixes = (word for word in self.all if re.search(r"[^\W\d]\w[-_]$", word))
        self._prefixes = tuple(map(_fold, prefixes))

    def allow(self, selector: list[Node]) -> bool:
        """Whether it may match. What stands inside :not(), :is() and the like is not looked at."""
        for before, token in pairwise([None, *selector]):
            asked = []
            if token.type == "[] block":
                parts = [part for part in token.content if part.type != "whitespace"]
                is_exact = [part.value for part in parts[1:-1]] == ["="]
                asked = [parts[0], parts[-1]] if is_exact else parts[:1]
            elif token.type in ("ident", "hash") and before != ":":
                asked = [token]
            words = [_fold(word) for part in asked for word in WORD.findall(part.value)]
            if not all(word in self._folded or word.startswith(self._prefixes) for word in words):
                return False
        return True


def _fold(word: str) -> str:
    return word.lower().replace("-", "").removeprefix("data")


def write_critical_css(site: Path, paths: list[str], words: Words) -> dict[str, str]:
    """Write the stylesheets of the first view.

    Gives for each stylesheet that they replace the one that stands in its place, or nothing.
    """
    folder = dirname(paths[0]) if paths else ""
    parsed: dict[str, list[Node]] = {}
    used_elsewhere = set(words.all)
    for path in paths:
        css = (site / path).read_text(encoding="utf-8")
        try:
            parsed[path] = parse(css, dirname(path), folder)
        except ValueError as error:
            log.info("slim: %s is left as it was: %s", path, error)
            used_elsewhere.update(WORD.findall(css))
    purged: dict[str, tuple[str, set[str]]] = {}
    used: set[str] | None = None
    before: set[str] | None = set()
    while used != before:  # what has been dropped may have been the last that used another
        before = used
        purged = {path: purge(nodes, words, used) for path, nodes in parsed.items()}
        used = used_elsewhere.union(*(names for _, names in purged.values()))
    replaced: dict[str, str] = {}
    runs = (list(run) for readable, run in groupby(paths, parsed.__contains__) if readable)
    for number, run in enumerate(runs):
        content = "".join(purged[path][0] for path in run).encode()
        path = join(folder, f"first-view{number or ''}.css")
        (site / path).write_bytes(content)
        # The file's name stays, for whoever still holds an older page.
        replaced |= dict.fromkeys(run, "")
        replaced[run[0]] = f"{path}?{hashlib.sha256(content).hexdigest()[:8]}"
    return replaced


def parse(css: str, folder: str, to: str) -> list[Node]:
    """The nodes of a stylesheet that moves to another folder. Raises ValueError for an error."""
    tokens = tinycss2.parse_component_value_list(css, skip_comments=True)
    for token in _descendants(tokens):
        if token.type == "error":
            raise ValueError(f"line {token.source_line}: {token.message}")
        urls = [token] if token.type == "url" else []
        if token.type == "function" and token.lower_name in URL_FUNCTIONS:
            urls = [part for part in token.arguments if part.type == "string"]
        for url in urls:
            if not urlsplit(url.value).scheme and not url.value.startswith(("/", "#")):
                moved = relpath(join(folder, url.value), to)
                url.representation = url.representation.replace(url.value, moved)
    return _parse_nested(tinycss2.parse_stylesheet(tokens, skip_whitespace=True))


def _parse_nested(nodes: list[Node]) -> list[Node]:
    for node in nodes:
        keyword = node.lower_at_keyword if node.type == "at-rule" else ""
        if node.type == "error" or keyword in ("import", "namespace"):  # have to come first
            raise ValueError(f"line {node.source_line}: {keyword or node.message}")
        if _is_nesting(node):
            inner = tinycss2.parse_blocks_contents(node.content, skip_whitespace=True)
            node.content = _parse_nested(inner)
    return [node for node in nodes if getattr(node, "lower_at_keyword", "") != "charset"]


def purge(nodes: list[Node], words: Words, used: set[str] | None) -> tuple[str, set[str]]:
    """The CSS without what has no effect, and the names that what is left uses in turn.

    That is rules that cannot match, and custom properties and animations that are not `used`.
    """
    css, names = "", set()
    for node in nodes:
        if _is_nesting(node):
            parts = groupby(node.prelude, lambda part: part == ",")
            selectors = [[*part] for is_comma, part in parts if not is_comma]
            if node.type == "qualified-rule" and not any(map(words.allow, selectors)):
                continue
            inner, inner_names = purge(node.content, words, used)
            if inner:
                at = f"@{node.at_keyword} " if node.type == "at-rule" else ""
                css += f"{at}{tinycss2.serialize(node.prelude).strip()}{{{inner}}}"
                names |= inner_names
        elif used is None or not _defines_unused(node, used):
            is_declaration = node.type == "declaration"
            css += node.serialize() + (";" if is_declaration else "")
            tokens = node.value if is_declaration else node.content or ()
            names |= {t.value for t in _descendants(tokens) if t.type in ("ident", "string")}
    return css, names


def _defines_unused(node: Node, used: set[str]) -> bool:
    if node.type == "declaration":
        return node.name.startswith("--") and node.name not in used
    name = tinycss2.serialize(node.prelude).strip()
    return node.lower_at_keyword.endswith("keyframes") and name not in used


def _is_nesting(node: Node) -> bool:
    """Whether there are rules or declarations inside; any other at-rule is kept as it is."""
    if node.type == "at-rule":
        return node.content is not None and node.lower_at_keyword in {"media", "supports"}
    return bool(node.type == "qualified-rule")


def _descendants(tokens: Iterable[Node]) -> Iterator[Node]:
    for token in tokens:
        yield token
        inner = getattr(token, "content", None) or getattr(token, "arguments", None)
        yield from _descendants(inner or ())
