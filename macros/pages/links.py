"""Find in the HTML of a page what would not work once it is published: links, ids, other hosts.

MkDocs checks the links of Markdown alone, and the site's policy blocks whatever is elsewhere.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

# A line of the file from 1, and what is wrong there.
Mistakes = Iterator[tuple[int, str]]

_LINKS = {("a", "href"), ("area", "href")}
_SOURCES = {"src", "srcset", "poster", "background", "data"}
_BLOCKED = {"iframe", "frame", "object", "embed", "form", "base", "meta", "portal"}
# Another scheme or another host.
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_CSS_ADDRESS = re.compile(r"""(?:url\(|@import)\s*["']?([^"')\s;]+)""")
_REFERENCE = re.compile(r"(?<![\w\\])\[[^\[\]\n]+\]\[[^\[\]\n]*\]")


class Content(HTMLParser):
    """A page's content; `ids` are its addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self._links: list[str] = []
        self._findings: list[tuple[str, str]] = []
        self._inside: list[str] = []
        self._text = ""
        self.feed(html)
        self.close()

    def mistakes(self, lines: list[str], leads_somewhere: Callable[[str], bool]) -> Mistakes:
        """What is wrong, by the `lines` of its source; `leads_somewhere` judges a link."""
        for found, message in [*self._findings, *self._references()]:
            whole = re.compile(rf"""(?<![\w:/]){re.escape(found)}""")
            yield next((n for n, line in enumerate(lines, 1) if whole.search(line)), 1), message
        for href, message in self._dead_links(leads_somewhere):
            in_html = re.compile(rf"""["'=]{re.escape(href)}(?!\w)""")
            # What is in no HTML was written in Markdown, and MkDocs tells of it.
            for line in [n for n, words in enumerate(lines, 1) if in_html.search(words)][:1]:
                yield line, message
        for id in (id for id, times in self.ids.items() if times > 1):
            places = [n for n, line in enumerate(lines, 1) if _gives(line, id)] or [1]
            cure = "give one another by {: #name } behind it"
            yield places[-1], f"the address #{id} is taken by line {places[0]} already, {cure}"

    def _dead_links(self, leads_somewhere: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
        for href in self._links:
            if not _OUTSIDE.match(href) and not leads_somewhere(href):
                cure = "write it in Markdown, [text](page.md), or count its way from this page"
                yield href, f'the link "{href}" leads nowhere, {cure}'

    def _references(self) -> Iterator[tuple[str, str]]:
        for reference in _REFERENCE.findall(self._text):
            cure = "write [text](page.md), or give the second brackets their address"
            yield reference, f"{reference} is no link and shows as it is typed, {cure}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Called by the parser."""
        if tag in {"code", "pre", "script", "style", "svg"}:
            self._inside.append(tag)
        if tag in _BLOCKED:
            message = f"<{tag}> is blocked on the published site, write a link instead"
            self._findings.append((f"<{tag}", message))
        for name, given in attrs:
            value = given or ""
            if name == "id" and "svg" not in self._inside:
                self.ids[value] += 1
            elif (tag, name) in _LINKS and re.match(r"\s*javascript:", value, re.IGNORECASE):
                message = "a link that runs a script is blocked, write an address"
                self._findings.append((value, message))
            elif (tag, name) in _LINKS:
                self._links.append(value)
            elif tag in _BLOCKED:
                continue  # what it asks for is blocked with it
            elif name in _SOURCES or (name == "href" and tag in {"link", "image", "use"}):
                for address in _addresses(name, value):
                    self._check_source(address)
                    self._links.append(address)
            elif name.startswith("on"):
                message = f"{name} is blocked on the published site, remove it"
                self._findings.append((f"{name}=", message))
            elif name == "style":
                self._check_style(value)

    def handle_endtag(self, tag: str) -> None:
        """Called by the parser."""
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        """Called by the parser."""
        if not self._inside:
            self._text += data
        elif self._inside[-1] == "style":
            self._check_style(data)

    def _check_source(self, address: str) -> None:
        if _ELSEWHERE.match(address):
            self._findings.append((address, _at_another_host(address)))

    def _check_style(self, css: str) -> None:
        for address in _CSS_ADDRESS.findall(css):
            self._check_source(address)


def style_mistakes(css: str) -> Mistakes:
    """What a stylesheet asks of another host."""
    css = re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment[0].count("\n"), css, flags=re.DOTALL)
    for number, line in enumerate(css.split("\n"), 1):
        for address in _CSS_ADDRESS.findall(line):
            if _ELSEWHERE.match(address):
                yield number, _at_another_host(address)


def _addresses(attribute: str, value: str) -> list[str]:
    if attribute != "srcset":
        return [value]
    return [part.split()[0] for part in value.split(",") if part.strip()]


def _at_another_host(address: str) -> str:
    cure = "put the file into docs/ and write its name"
    return f"{address} is at another host, which the site does not ask, {cure}"


def _gives(line: str, id: str) -> bool:
    """Whether a line of Markdown gives an address: in HTML, in braces, or as a heading."""
    heading = re.match(r"#+\s+(.+?)(\s+#*)?$", line)
    slug = re.sub(r"\W+", "-", heading[1]).strip("-").casefold() if heading else ""
    return f'id="{id}"' in line or slug == id or bool(re.search(rf"#{re.escape(id)}[\s}}]", line))
