"""MkDocs hook: makes the first view of each page light.

Until a reader points, types or scrolls, a page needs neither the theme's script nor style rules
for what is on no page. So the theme's tags wait in a <template>, and slim.js puts them back at the
first sign of a reader: from then on it is the plain Material page. Until then one stylesheet
serves, made of all of them without the rules that no page can use.

Without its line under `hooks` in mkdocs.yml the site is plain. So is the preview.
"""

import hashlib
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from posixpath import dirname, join, relpath
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
log = logging.getLogger("mkdocs.slim")



def on_post_build(*, config):
    if _is_preview():
        return
    site = Path(config.site_dir)
    files = {file: file.read_text(encoding="utf-8") for file in site.rglob("*.html")}
    pages = {file: html for file, html in files.items() if BUNDLE.search(html)}
    if len({tuple(paths(STYLESHEET, html)) for html in pages.values()}) != 1:
        log.info("slim: the pages have no stylesheets in common, they are left as they were")
        return
    html = next(iter(pages.values()))
    scripts = [site / path for path in paths(SCRIPT, html) if "/bundle." not in path]
    words = Words(
        [LOADER, *(path.read_text(encoding="utf-8") for path in scripts), *pages.values()]
    )
    bundles = first_view(site, paths(STYLESHEET, html), words)
    for file, html in pages.items():
        file.write_text(slimmed(html, bundles), encoding="utf-8")


def _is_preview() -> bool:
    command = click.get_current_context(silent=True)
    return command is not None and command.info_name == "serve"


def paths(tag: re.Pattern[str], html: str) -> list[str]:
    """The files of the site that a page asks for by such a tag."""
    root = BUNDLE.search(html)[1]
    return [reference.removeprefix(root) for reference in tag.findall(html)]


def slimmed(html: str, bundles: dict[str, list[str]]) -> str:
    """A page as it is published; `bundles` tells which stylesheets a new one replaces."""
    script = BUNDLE.search(html)
    link = f'<link rel="stylesheet" href="{script[1]}%s">'
    theme = "".join([*(match[0] for match in STYLESHEET.finditer(html)), script[0]])
    for path, (first, *rest) in bundles.items():
        html = html.replace(link % first, link % path)
        for replaced in rest:
            html = html.replace(link % replaced, "")
    return html.replace(script[0], f"<template>{theme}</template><script>\n{LOADER}</script>")


class Words:
    """Every word of the pages and of the scripts that run at once: a selector may ask for these."""

    def __init__(self, texts: Iterable[str]) -> None:
        # Tags that need not be written, and what comes and goes as the reader opens and closes.
        self.all = {"html", "head", "body", "tbody", "open"}.union(*map(WORD.findall, texts))
        # A script writes `dataset.mdToggle` for data-md-toggle, and "mode-" + name.
        self._folded = {_fold(word) for word in self.all}
        prefixes = (word for word in self.all if re.search(r"[^\W\d]\w[-_]$", word))
        self._prefixes = tuple(map(_fold, prefixes))

    def hold(self, name: str) -> bool:
        words = [_fold(word) for word in WORD.findall(name)]
        return all(word in self._folded or word.startswith(self._prefixes) for word in words)

    def allow(self, selector: list[Node]) -> bool:
        """Whether it may match. What stands inside :not(), :is() and the like is not looked at."""
        before = None
        for token in selector:
            asked = []
            if token.type == "[] block":
                name, *rest = (part for part in token.content if part.type != "whitespace")
                asked = [name, rest[1]] if len(rest) == 2 and rest[0] == "=" else [name]
            elif token.type in ("ident", "hash") and before != ":":
                asked = [token]
            if not all(self.hold(part.value) for part in asked):
                return False
            before = token
        return True


def _fold(word: str) -> str:
    return word.lower().replace("-", "").removeprefix("data")


def first_view(site: Path, sheets: list[str], words: Words) -> dict[str, list[str]]:
    """Write the stylesheets of the first view; gives each with those that it replaces."""
    folder = dirname(sheets[0]) if sheets else ""
    parsed, used_outside = {}, set(words.all)
    for path in sheets:
        css = (site / path).read_text(encoding="utf-8")
        try:
            parsed[path] = parse(
                css, lambda url, path=path: relpath(join(dirname(path), url), folder)
            )
        except ValueError as error:
            log.info("slim: %s is left as it was: %s", path, error)
            used_outside.update(WORD.findall(css))
    purged, used, before = {}, None, ()
    # What is dropped may have been the last that used another.
    while used != before:
        before = used
        purged = {path: purge(nodes, words, used) for path, nodes in parsed.items()}
        used = used_outside.union(*(names for _, names in purged.values()))
    bundles = {}
    for readable, run in groupby(sheets, parsed.__contains__):
        if readable:
            replaced = list(run)
            css = "".join(purged[path][0] for path in replaced).encode()
            path = join(folder, f"first-view{len(bundles) or ''}.css")
            (site / path).write_bytes(css)
            # The file's name stays, for whoever still holds an older page.
            bundles[f"{path}?{hashlib.sha256(css).hexdigest()[:8]}"] = replaced
    return bundles


def parse(css: str, moved: Callable[[str], str]) -> list[Node]:
    """The nodes of a stylesheet, relative addresses `moved`. Raises ValueError for an error."""
    tokens = tinycss2.parse_component_value_list(css, skip_comments=True)
    for token in _descendants(tokens):
        if token.type == "error":
            raise ValueError(f"line {token.source_line}: {token.message}")
        urls = [token] if token.type == "url" else []
        if token.type == "function" and token.lower_name in (
            "url",
            "src",
            "image-set",
            "-webkit-image-set",
        ):
            urls = [part for part in token.arguments if part.type == "string"]
        for url in urls:
            if not urlsplit(url.value).scheme and not url.value.startswith(("/", "#")):
                url.representation = url.representation.replace(url.value, moved(url.value))
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
            if node.type == "qualified-rule" and not any(map(words.allow, _selectors(node))):
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
        return node.lower_at_keyword in ("media", "supports") and node.content is not None
    return node.type == "qualified-rule"


def _selectors(rule: Node) -> list[list[Node]]:
    parts = groupby(rule.prelude, lambda token: token == ",")
    return [[*part] for is_comma, part in parts if not is_comma]


def _descendants(tokens: Iterable[Node]) -> Iterator[Node]:
    for token in tokens:
        yield token
        yield from _descendants(
            getattr(token, "content", None) or getattr(token, "arguments", None) or ()
        )
