"""Makes the first view of each page light. Knows the theme's tags in a built page; must not know what a page says.

Until a reader points, types or scrolls, a page needs neither the theme's script nor style rules for what is on no page.
So the theme's tags wait in a <template>, and slim.js puts them back at the first sign of a reader: from then on it is
the plain Material page. Until then one stylesheet serves, made of them all without what no page can use.
Its switch is its line under `hooks` in mkdocs.yml. The preview stays plain.
"""

import hashlib
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path
from posixpath import dirname, join, relpath
from urllib.parse import urljoin, urlsplit

import tinycss2
from tinycss2.ast import Node

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
BUNDLE = "/javascripts/bundle."
# Only these are parsed: a site has many pages, and a page has many tags.
TAG = re.compile(r"""<(?:link|script)\b(?:[^>"']|"[^"]*"|'[^']*')*>""")
WORD = re.compile(r"[\w-]+")
log = logging.getLogger("mkdocs.slim")
_preview = False


def on_startup(*, command, dirty):
    global _preview
    _preview = command == "serve"


def on_post_build(*, config):
    if _preview:
        return
    site = Path(config.site_dir)
    pages = [page for file in site.rglob("*.html") if (page := Page(file, site, config.site_url or "/")).bundle]
    styles = {tuple(page.styles) for page in pages}
    if len(styles) != 1:
        log.info("slim: the pages have no set of stylesheets in common, they are left as they were")
        return
    scripts = {script for page in pages for script in page.scripts}
    words = Words([SCRIPT, *((site / script).read_text(encoding="utf-8") for script in scripts), *(page.html for page in pages)])
    joined = first_view(site, *styles, words)
    for page in pages:
        page.file.write_text(page.slimmed(joined), encoding="utf-8")


class Page(HTMLParser):
    """A built page, and the tags that the slimming moves."""

    def __init__(self, file: Path, site: Path, address: str):
        super().__init__()
        self.file, self.html = file, file.read_text(encoding="utf-8")
        self._site, self._address = site, address
        self._own_address = urljoin(address, file.relative_to(site).as_posix())
        self.root, self.bundle = "", ""
        self.styles: dict[str, str] = {}  # each tag by its path in the site
        self.scripts: list[str] = []
        for tag in TAG.findall(self.html):
            self.reset()
            self.feed(tag)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        path, text = self._path(attributes.get("href") or attributes.get("src") or ""), self.get_starttag_text()
        if tag == "link" and attributes.get("rel") == "stylesheet" and "media" not in attributes and path:
            self.styles[path] = text
            self.root = attributes["href"].removesuffix(path)
        elif tag == "script" and BUNDLE in path and f"{text}</script>" in self.html:
            self.bundle = f"{text}</script>"
        elif tag == "script" and path:
            self.scripts.append(path)

    def _path(self, reference: str) -> str:
        """The path of a file of the site; empty if the page refers to something else."""
        url = urljoin(self._own_address, reference)
        path = url.removeprefix(self._address)
        return path if path != url and (self._site / path).is_file() else ""

    def slimmed(self, joined: dict[str, list[str]]) -> str:
        """The page as it is published; `joined` tells for each new stylesheet which ones it replaces."""
        html = self.html
        for path, parts in joined.items():
            first, *rest = (self.styles[part] for part in parts)
            html = html.replace(first, f'<link rel="stylesheet" href="{self.root}{path}">')
            for tag in rest:
                html = html.replace(tag, "")
        theme = "".join([*self.styles.values(), self.bundle])
        return html.replace(self.bundle, f"<template>{theme}</template><script>\n{SCRIPT}</script>")


class Words:
    """What a selector may ask for: every word of the pages, names among them, and of the scripts that run at once."""

    def __init__(self, texts: Iterable[str]):
        # Tags that need not be written, and what comes and goes as the reader opens and closes.
        self.all = {"html", "head", "body", "tbody", "open"}.union(*map(WORD.findall, texts))
        # A script writes `dataset.mdToggle` for data-md-toggle, and "mode-" + name.
        self._folded = {_folded(word) for word in self.all}
        self._beginnings = tuple(_folded(word) for word in self.all if re.search(r"[^\W\d]\w[-_]$", word))

    def hold(self, name: str) -> bool:
        return all(_folded(word) in self._folded or _folded(word).startswith(self._beginnings) for word in WORD.findall(name))

    def allow(self, selector: list[Node]) -> bool:
        """Whether it may match. What stands in the brackets of :not(), :is() and the like is not looked at."""
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


def _folded(word: str) -> str:
    return word.lower().replace("-", "").removeprefix("data")


def first_view(site: Path, paths: tuple[str, ...], words: Words) -> dict[str, list[str]]:
    """Write what the pages can use of the stylesheets; gives the new ones, each with those that it replaces."""
    folder = dirname(paths[0]) if paths else ""
    sheets, outside = {}, set(words.all)
    for path in paths:
        css = ""
        try:
            css = (site / path).read_text(encoding="utf-8")
            sheets[path] = usable(css, words, lambda url: relpath(join(dirname(path), url), folder))
        except ValueError as error:
            log.info("slim: %s is left as it was: %s", path, error)
            outside.update(WORD.findall(css))

    used = None
    # What is dropped may have been the last that called another by its name.
    while used != (used := outside.union(*map(_called, sheets.values()))):
        sheets = {path: _without_idle(nodes, used) for path, nodes in sheets.items()}

    joined = {}
    for understood, run in groupby(paths, sheets.__contains__):
        if understood:
            parts = list(run)
            css = "".join(_text(sheets[part]) for part in parts).encode()
            path = join(folder, f"first-view{len(joined) or ''}.css")
            (site / path).write_bytes(css)
            # Its name stays from one publishing to the next, for whoever still holds an older page.
            joined[f"{path}?{hashlib.sha256(css).hexdigest()[:8]}"] = parts
    return joined


def usable(css: str, words: Words, moved: Callable[[str], str]) -> list[Node]:
    """The rules that may match, relative addresses `moved`. Errors: ValueError with what is not understood."""
    tokens = tinycss2.parse_component_value_list(css, skip_comments=True)
    for token in _each(tokens):
        if token.type == "error":
            raise ValueError(f"line {token.source_line}: {token.message}")
        addresses = [token] if token.type == "url" else []
        if token.type == "function" and token.lower_name in ("url", "src", "image-set", "-webkit-image-set"):
            addresses = [part for part in token.arguments if part.type == "string"]
        for address in addresses:
            if not urlsplit(address.value).scheme and not address.value.startswith(("/", "#")):
                address.representation = address.representation.replace(address.value, moved(address.value))
    return _usable(tinycss2.parse_stylesheet(tokens, skip_whitespace=True), words)


def _usable(nodes: list[Node], words: Words) -> list[Node]:
    kept = []
    for node in nodes:
        keyword = node.lower_at_keyword if node.type == "at-rule" else ""
        if node.type == "error" or keyword in ("import", "namespace"):  # these two have to come first in a file
            raise ValueError(f"line {node.source_line}: {keyword or node.message}")
        if keyword == "charset" or node.type == "qualified-rule" and not any(map(words.allow, _selectors(node))):
            continue
        if _holds_rules(node):
            node.content = _usable(tinycss2.parse_blocks_contents(node.content, skip_whitespace=True), words)
        kept.append(node)
    return kept


def _each(tokens: list[Node]) -> Iterator[Node]:
    """The tokens, and those in their brackets."""
    left = [*tokens]
    while left:
        token = left.pop()
        yield token
        left += getattr(token, "content", None) or getattr(token, "arguments", None) or ()


def _selectors(rule: Node) -> list[list[Node]]:
    return [[*part] for comma, part in groupby(rule.prelude, lambda token: token == ",") if not comma]


def _holds_rules(node: Node) -> bool:
    """Any other at-rule is kept as it is."""
    if node.type == "at-rule":
        return node.lower_at_keyword in ("media", "supports") and node.content is not None
    return node.type == "qualified-rule"


def _called(nodes: list[Node]) -> set[str]:
    """The names by which custom properties and animations may be called."""
    names = set()
    for node in nodes:
        if _holds_rules(node):
            names |= _called(node.content)
        else:
            tokens = node.value if node.type == "declaration" else node.content or ()
            names.update(token.value for token in _each(tokens) if token.type in ("ident", "string"))
    return names


def _without_idle(nodes: list[Node], used: set[str]) -> list[Node]:
    """The nodes without the custom properties and animations that nothing uses, and without what that leaves empty."""
    kept = []
    for node in nodes:
        if _holds_rules(node):
            node.content = _without_idle(node.content, used)
            idle = not node.content
        elif node.type == "declaration":
            idle = node.name.startswith("--") and node.name not in used
        else:
            idle = node.lower_at_keyword.endswith("keyframes") and tinycss2.serialize(node.prelude).strip() not in used
        if not idle:
            kept.append(node)
    return kept


def _text(nodes: list[Node]) -> str:
    text = ""
    for node in nodes:
        if _holds_rules(node):
            at = f"@{node.at_keyword} " if node.type == "at-rule" else ""
            text += f"{at}{tinycss2.serialize(node.prelude).strip()}{{{_text(node.content)}}}"
        else:
            text += node.serialize() + (";" if node.type == "declaration" else "")
    return text
