"""MkDocs hook: publishes a page without the theme's script where it works without.

Such a page gets slim.js instead, and one stylesheet: the theme's and the site's without the rules
that no such page can use. Any other stays the plain Material page. All pages get the site's own
search, search.js, unless mkdocs.yml switches on more of the theme's.

Without its line under `hooks` in mkdocs.yml the site is plain. So is the preview.
"""

import gzip
import hashlib
import logging
import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from pathlib import Path
from posixpath import dirname
from typing import Any

import click
import tinycss2
from tinycss2.ast import Node

from macros.publish import new_tags

LOADER, SEARCH = (
    Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("slim.js", "search.js")
)
# Parts of a page that the theme's script works on, by a word that each of them holds: a regular
# expression alone would take a fifth of a large build.
PARTS = {
    "<details": r"<details\b",
    "data-tabs=": r"\sdata-tabs=",
    "data-preview": r"\sdata-preview\b",
    "md-select": r"\bmd-select\b",
    "md-toggle--indeterminate": r"\bmd-toggle--indeterminate\b",
    "annotate": r'class="[^"]*\bannotate\b',
    "mermaid": r'class="[^"]*\bmermaid\b',
    "highlight": r'class="[^"]*\bhighlight\b[^"]*\b(?:copy|select)\b',
    '"version": {': r'"version": \{',
}
# The components of the theme that work without its script.
COMPONENT = re.compile(
    "announce|container|content|dialog|header|header-title|header-topic|logo|main|palette|search"
    "|search-query|search-result|sidebar|skip|tabs|toc"
)
# What a script asks the theme's for: alert$, document$ and so on.
STREAM = re.compile(
    "(alert|component|document|keyboard|location|print|screen|tablet|target|viewport)$"
)
# The features that need no script. For any other, every page keeps the theme's.
FEATURES = {"content.action.edit", "content.action.view", "toc.integrate"} | {
    f"navigation.{name}"
    for name in ("expand", "footer", "indexes", "path", "prune", "sections", "tabs")
}
# An index of more bytes than this, after gzip, is fetched by those alone who search.
SMALL = 20_000
# The theme's tags as it writes them; an address without a scheme belongs to the site.
BUNDLE = re.compile(r'<script src="([^":]*)assets/javascripts/bundle\.[^"]+">')
SCRIPT = re.compile(r'<script src="([^":?]+)" defer>')
STYLESHEET = re.compile(r'<link rel="stylesheet" href="([^":]+)">')
RELATIVE_URL = re.compile(r"""url\((?!["']?(?:[\w-]+:|[/#]))""")
WORD = re.compile(r"[\w-]+")
SKIPPED = {"skip_comments": True, "skip_whitespace": True}
# The theme's own search runs where this stands.
DIALOG = 'data-md-component="search"'
Links = tuple[tuple[str, ...], ...]
log = logging.getLogger("mkdocs.slim")


def on_post_build(*, config: Any) -> None:
    """Called by MkDocs once, when all pages are written."""
    if getattr(click.get_current_context(silent=True), "info_name", "") == "serve":
        return
    site = Path(config.site_dir)
    features = set(config.theme.get("features") or ())
    has_theme_search = any(feature.startswith("search.") for feature in features)
    dialog, search = (DIALOG, "") if has_theme_search else add_search(site)
    words = set(WORD.findall(LOADER + SEARCH + dialog + search))
    pages = read(site, words)
    links = {page.links for page in pages if page.is_light} if features <= FEATURES else ()
    first_view, scripts = add_first_view(site, links, words) if links else ("", {})
    for page in pages:
        page.write(dialog, search, first_view, scripts)


def add_search(site: Path) -> tuple[str, str]:
    """Publish the site's own search: the mark of the theme's dialog for it, and its address."""
    index = site / "search/search_index.json"
    if not index.is_file():
        return DIALOG, ""
    is_small = index.stat().st_size < 10 * SMALL and len(gzip.compress(index.read_bytes())) <= SMALL
    (site / "assets/search.js").write_text(SEARCH, encoding="utf-8")
    when = "ahead" if is_small else "asked"
    return f'data-index="{when}"', f"assets/search.js?{_version(SEARCH)}"


def read(site: Path, words: set[str]) -> list["Page"]:
    """The pages of the theme. The words of those that do without its script come to `words`."""
    pages, known = [], set[bytes]()
    for file in site.rglob("*.html"):
        tags = new_tags(html := file.read_bytes(), known)
        text = (b"<" + b"<".join(tags)).decode(errors="replace")
        if (page := Page(file, text)).bundle:
            pages.append(page)
        else:
            html.decode()  # a page that stands in docs/ as HTML may be no UTF-8
        if page.is_light:
            words.update(WORD.findall(text))
            known.update(tag for tag in tags if not tag.startswith((b"link ", b"script ")))
    return pages


def add_first_view(site: Path, links: set[Links], words: set[str]) -> tuple[str, dict[str, str]]:
    """Publish the one stylesheet, if there can be: its address, and the scripts of the pages."""
    if len(links) != 1:
        log.info("slim: the pages have no stylesheets in common, they are left as they were")
        return "", {}
    styles, scripts = (
        {path: (site / path).read_text(encoding="utf-8") for path in paths} for paths in links.pop()
    )
    own = "".join(scripts.values())
    if needs_theme(own):
        return "", {}
    try:
        css = critical_css("".join(styles.values()), Words(words.union(WORD.findall(own))))
    except ValueError as error:
        log.info("slim: the pages are left as they were, since in the stylesheets %s", error)
        return "", {}
    path = f"{dirname(next(iter(styles)))}/first-view.css"
    (site / path).write_text(css, encoding="utf-8")
    return f"{path}?{_version(css)}", scripts


def needs_theme(text: str) -> bool:
    """Whether a page, or a script, does not work without the theme's script."""
    components = re.findall(r'data-md-component="([^"]*)"', text)
    streams = (text[max(0, sign.start() - 9) : sign.start()] for sign in re.finditer(r"\$", text))
    return (
        not all(map(COMPONENT.fullmatch, components))
        or any(map(STREAM.search, streams))
        or any(word in text and re.search(part, text) for word, part in PARTS.items())
    )


def _version(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


class Page:
    """A page: `bundle` is the tag of the theme's script, empty where it is not the theme's.

    `root` leads to the site's home; `links` are the paths of its stylesheets, and of the scripts
    that run beside the theme's. A light page works without the theme's.
    """

    def __init__(self, file: Path, text: str) -> None:
        self.file = file
        bundle = BUNDLE.search(text)
        self.bundle, self.root = (f"{bundle[0]}</script>", bundle[1]) if bundle else ("", "")
        self.is_light = bool(bundle) and not needs_theme(text)
        found = (pattern.findall(text) for pattern in (STYLESHEET, SCRIPT))
        self.links = tuple(tuple(path.removeprefix(self.root) for path in each) for each in found)

    def write(self, dialog: str, search: str, first_view: str, scripts: dict[str, str]) -> None:
        """Publish it. A light one gets the scripts in it: fetched, they would hold up the paint."""
        start, bundle, end = self.file.read_bytes().rpartition(self.bundle.encode())
        start = start.replace(DIALOG.encode(), dialog.encode(), 1)
        if self.is_light and first_view:
            link = f'<link rel="stylesheet" href="{self.root}{first_view}">'
            for path in self.links[0]:  # it takes the place of the first; the others go
                old = f'<link rel="stylesheet" href="{self.root}{path}">'
                start, link = start.replace(old.encode(), link.encode(), 1), ""
            for path, script in scripts.items():
                tag = f'<script src="{self.root}{path}" defer></script>'
                end = end.replace(tag.encode(), f"<script>\n{script}</script>".encode())
            when = search and f' data-search="{self.root}{search}"'
            bundle = f"<script{when}>\n{LOADER}</script>".encode()
        elif search:
            bundle += f'<script src="{self.root}{search}" defer></script>'.encode()
        self.file.write_bytes(start + bundle + end)


class Words:
    """Every word of the pages and of their scripts: a selector may ask for these."""

    def __init__(self, words: Iterable[str]) -> None:
        # Tags that need not be written, and what comes and goes as the reader opens and closes.
        self.all = {"html", "head", "body", "tbody", "open", *words}
        # A script writes `dataset.mdToggle` for data-md-toggle, and "mode-" + name.
        self._folded = {_fold(word) for word in self.all}
        prefixes = (word for word in self.all if re.search(r"[^\W\d]\w[-_]$", word))
        self._prefixes = tuple(map(_fold, prefixes))

    def allow(self, selector: list[Node]) -> bool:
        """Whether it may match. What stands inside :not(), :is() and the like is not looked at."""
        asked: list[Node] = []
        for before, token in pairwise([None, *selector]):
            if token.type == "[] block":
                parts = [part for part in token.content if part.type != "whitespace"]
                is_exact = [part.value for part in parts[1:-1]] == ["="]
                asked += [parts[0], parts[-1]] if is_exact else parts[:1]
            elif token.type in ("ident", "hash") and before != ":":
                asked.append(token)
        words = [_fold(word) for part in asked for word in WORD.findall(part.value)]
        return all(word in self._folded or word.startswith(self._prefixes) for word in words)


def _fold(word: str) -> str:
    return word.lower().replace("-", "").removeprefix("data")


def critical_css(css: str, words: Words) -> str:
    """The stylesheet of the first view. Raises ValueError for what cannot be read or moved."""
    if url := RELATIVE_URL.search(css):
        raise ValueError(f"{css[url.start() : url.start() + 40]} is no address from the root")
    rules = tinycss2.parse_stylesheet(css, **SKIPPED)
    nodes, used = parse_nested(rules, words), None
    while True:  # what has been dropped may have been the last that used another
        kept, names = purge(nodes, used)
        if used == (used := words.all | names):
            return kept


def parse_nested(nodes: list[Node], words: Words) -> list[Node]:
    """The nodes that can match, with what is inside of rules and conditions parsed as well."""
    kept = []
    for node in nodes:
        keyword = getattr(node, "lower_at_keyword", "")
        if node.type == "error" or keyword in ("import", "namespace"):  # have to come first
            raise ValueError(f"line {node.source_line}: {keyword or node.message}")
        if node.type == "qualified-rule":
            parts = groupby(node.prelude, lambda part: part == ",")
            if not any(words.allow([*part]) for is_comma, part in parts if not is_comma):
                continue
        if _is_nesting(node):
            inner = tinycss2.parse_blocks_contents(node.content, **SKIPPED)
            node.content = parse_nested(inner, words)
        if keyword != "charset":
            kept.append(node)
    return kept


def purge(nodes: list[Node], used: set[str] | None) -> tuple[str, set[str]]:
    """The CSS without what has no effect, and the names that what is left uses in turn.

    That is empty rules, and custom properties and animations that are not `used`.
    """
    css, names = "", set()
    for node in nodes:
        if _is_nesting(node):
            inner, inner_names = purge(node.content, used)
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
        return bool(node.name.startswith("--") and node.name not in used)
    name = tinycss2.serialize(node.prelude).strip()
    return node.lower_at_keyword.endswith("keyframes") and name not in used


def _is_nesting(node: Node) -> bool:
    """Whether there are rules or declarations inside; any other at-rule is kept as it is."""
    is_condition = getattr(node, "lower_at_keyword", "") in {"media", "supports"}
    return bool(node.type == "qualified-rule" or (is_condition and node.content is not None))


def _descendants(tokens: Iterable[Node]) -> Iterator[Node]:
    for token in tokens:
        yield token
        inner = getattr(token, "content", None) or getattr(token, "arguments", None)
        yield from _descendants(inner or ())
