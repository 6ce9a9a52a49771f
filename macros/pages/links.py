"""Find in the HTML of a page what would not work once it is published: links, ids, other hosts.

MkDocs checks the links of Markdown alone, and the site's policy blocks whatever is elsewhere.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from functools import cache
from html.parser import HTMLParser
from itertools import filterfalse
from urllib.parse import unquote, urljoin, urlsplit

from ..problems import Mistakes

_LINKS = {("a", "href"), ("a", "xlink:href"), ("area", "href")}
_SOURCES = {"src", "poster", "background", "data"}
_HREFS, _FETCHED = {"href", "xlink:href"}, {"link", "image", "use", "feimage"}
_LINK_INSTEAD = {"iframe", "frame", "object", "embed", "form", "portal"}
_BLOCKED = {"base", "meta", "script", "plaintext", *_LINK_INSTEAD}
# Tags that HTML lets stand without an end.
_OPTIONAL = {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup"}
_OPTIONAL |= {"option", "optgroup", "rb", "rp", "rt", "rtc", "html", "head", "body"}
_VOID = {"area", "br", "col", "hr", "img", "input", "link", "source", "track", "wbr"}
_UNPAIRED = _OPTIONAL | _VOID | _BLOCKED
_NO_PROSE = {"a", "code", "pre", "script", "style", "svg"}
# Another scheme or another host.
OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_SCHEMES = ("https", "http", "mailto", "tel")
# Browsers read over the signs that cannot be seen in it.
_SCRIPT = re.compile(r"[\0-\x20]*" + r"[\t\r\n]*".join("javascript:"), re.IGNORECASE)
_CSS_ADDRESS = re.compile(r"""(?:url\(|image-set\(|@import(?!\s*url))\s*["']?([^"')\s;]+)""")
_ELSEWHERE = (
    "is at another host, which the site does not ask, put the file into docs/ and write its name"
)
# The ids by which the theme finds its menu, search and colors.
_THEMES = re.compile(r"__(config|drawer|palette(_\d+)?|search|toc)")


class Content(HTMLParser):
    """A page's content; `ids` are its addresses, `parts` tell of what is generated.

    `shown` is its text, with a null sign in place of code and links.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.parts: set[str] = set()
        self._links: list[str] = []
        self._findings: list[tuple[str, str]] = []
        self._inside: list[str] = []
        self._texts: list[str] = []
        self._open: Counter[str] = Counter()
        self._unmatched: set[str] = set()
        self.feed(html)
        self.close()
        self.shown = "".join(self._texts)
        self._unmatched.update(tag for tag, times in self._open.items() if times > 0)

    def mistakes(self, lines: list[str], leads_somewhere: Callable[[str], bool]) -> Mistakes:
        """What is wrong, by the `lines` of its source; `leads_somewhere` judges a link."""
        for found, message in self._findings:
            whole = re.compile(rf"""(?<![\w:/]){re.escape(found)}""", re.IGNORECASE)
            yield next((n for n, line in enumerate(lines, 1) if whole.search(line)), 1), message
        for tag in sorted(self._unmatched):
            cure = "write both, or &lt; for the sign < itself"
            message = f"<{tag}> and </{tag}> do not stand in pairs, {cure}"
            yield next(_unmatched(lines, tag), 1), message
        for href in filterfalse(leads_somewhere, self._links):
            cure = "write it in Markdown, [text](page.md), or check the address"
            in_html = re.compile(rf"""["'=]{re.escape(href)}(?!\w)""")
            # What is in no HTML was written in Markdown, and MkDocs tells of it.
            for line in [n for n, words in enumerate(lines, 1) if in_html.search(words)][:1]:
                yield line, f'the link "{href}" leads nowhere, {cure}'
        for id in (id for id, times in self.ids.items() if times > 1):
            places = [n for n, line in enumerate(lines, 1) if _gives(line, id)] or [1]
            cure = "give one another by {: #name } behind it"
            yield places[-1], f"the address #{id} is taken by line {places[0]} already, {cure}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Called by the parser."""
        if tag in _NO_PROSE:
            self._texts.append("\0")
            self._inside.append(tag)
        if tag not in _UNPAIRED:
            self._open[tag] += 1
        if tag in _BLOCKED:
            cure = "write a link instead" if tag in _LINK_INSTEAD else "remove it"
            self._findings.append((f"<{tag}", f"<{tag}> is blocked on the published site, {cure}"))
        if (given := dict(attrs)).keys() & {"id", "data-modes"}:
            self.parts.update((given.get("id") or "", given.get("class") or ""))
        for name, value in attrs if tag not in _LINK_INSTEAD else ():
            self._check_attribute(tag, name, value or "")

    def _check_attribute(self, tag: str, name: str, value: str) -> None:
        if name == "id" and _THEMES.fullmatch(value):
            message = f"the address #{value} is the theme's own, use another"
            self._findings.append((value, message))
        elif name == "id" and "svg" not in self._inside:
            self.ids[value] += 1
        elif (tag, name) in _LINKS:
            self._check_link(value)
        elif name == "srcset":
            self._check_sources(part.split()[0] for part in value.split(",") if part.strip())
        elif name in _SOURCES or (name in _HREFS and tag in _FETCHED):
            self._check_sources([value])
        elif name.startswith("on"):
            message = f"{name} is blocked on the published site, remove it"
            self._findings.append((f"{name}=", message))
        elif name == "style" or "url(" in value:
            self._check_sources(_CSS_ADDRESS.findall(value))

    def _check_link(self, href: str) -> None:
        if _SCRIPT.match(href):
            message = "a link that runs a script is blocked, write an address"
            self._findings.append((href, message))
            return
        scheme, colon, _ = href.partition(":")
        close = get_close_matches(scheme, _SCHEMES, n=1, cutoff=0.75) if colon else []
        if close and scheme.lower() not in _SCHEMES:
            message = f'the link "{href}" leads nowhere, write {close[0]}: at its beginning'
            self._findings.append((href, message))
        else:
            self._links.append(href)

    def handle_endtag(self, tag: str) -> None:
        """Called by the parser."""
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()
        if tag not in _UNPAIRED:
            self._open[tag] -= 1
            if self._open[tag] < 0:
                self._unmatched.add(tag)

    def handle_data(self, data: str) -> None:
        """Called by the parser."""
        if not self._inside:
            self._texts.append(data)
        elif self._inside[-1] == "style":
            self._check_sources(_CSS_ADDRESS.findall(data))

    def _check_sources(self, addresses: Iterable[str]) -> None:
        for address in addresses:
            if _is_elsewhere(address):
                self._findings.append((address, f"{address} {_ELSEWHERE}"))
            elif not re.match(r"\s*(data:|#|$)", address, re.IGNORECASE):
                self._links.append(address)


# What a macro gives is the same on every page.
read_once = cache(Content)


def read_content(html: str, given: Iterable[str]) -> Content:
    """The content of a page, of which macros gave a part."""
    shown = [part for part in given if part in html]
    for part in shown:
        html = html.replace(part, "")
    content = Content(html)
    for part in shown:
        content.ids += read_once(part).ids
        content.parts |= read_once(part).parts
    return content


def style_mistakes(css: str) -> Mistakes:
    """What a stylesheet asks of another host, by its lines."""
    css = re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment[0].count("\n"), css, flags=re.DOTALL)
    for number, line in enumerate(css.split("\n"), 1):
        for address in filter(_is_elsewhere, _CSS_ADDRESS.findall(line)):
            yield number, f"{address} {_ELSEWHERE}"


def _is_elsewhere(address: str) -> bool:
    """Whether a browser would ask another host for it; it reads over odd spaces and slashes."""
    read = re.sub(r"[\t\r\n]", "", address).strip().replace("\\", "/")
    return bool(OUTSIDE.match(read)) and not read.lower().startswith("data:")


def _unmatched(lines: list[str], tag: str) -> Iterator[int]:
    """The lines in which a tag has no partner."""
    opened: list[int] = []
    for number, line in enumerate(lines, 1):
        for slash in re.findall(rf"<(/?){re.escape(tag)}(?![\w-])", line, re.IGNORECASE):
            if not slash:
                opened.append(number)
            elif opened:
                opened.pop()
            else:
                yield number
    yield from opened
    # In pairs for all that: a quote that is not closed has swallowed one of the two.
    begun = re.compile(rf"<{re.escape(tag)}\s[^>]*", re.IGNORECASE)
    for number, line in enumerate(lines, 1):
        if any(part.count('"') % 2 for part in begun.findall(line)):
            yield number


def _gives(line: str, id: str) -> bool:
    """Whether a line of Markdown gives an address: in HTML, in braces, or as a heading."""
    heading = re.match(r"#+\s+(.+?)(\s+#*)?$", line)
    slug = re.sub(r"\W+", "-", heading[1]).strip("-").casefold() if heading else ""
    return f'id="{id}"' in line or slug == id or bool(re.search(rf"#{re.escape(id)}[\s}}]", line))


def path_of(url: str, href: str = "") -> str:
    """The path of a link on the page `url`, from the root of the site."""
    return unquote(urlsplit(urljoin(urljoin("/", url), href)).path)


def leads_somewhere(url: str, paths: set[str], ids: dict[str, set[str]], href: str) -> bool:
    """Whether a link on the page `url` leads to one of the site's `paths`, and its anchor to an id.

    What leads outside need only be an address.
    The site may lie below a path, so that an address which begins with a slash leaves it.
    """
    try:
        path, anchor = path_of(url, href), unquote(urlsplit(href).fragment)
    except ValueError:  # no address at all
        return False
    is_there = path in paths and (not anchor or anchor in ids.get(path, {anchor}))
    return bool(OUTSIDE.match(href)) or (is_there and not href.startswith("/"))
