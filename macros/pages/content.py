"""Find in the HTML of a page what would not work once it is published: links, ids, other hosts.

MkDocs checks the links of Markdown alone, and the site's policy blocks whatever is elsewhere.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

# A line of the file from 1, and what is wrong there.
Mistakes = Iterator[tuple[int, str]]

_LINKS = {("a", "href"), ("area", "href")}
_SOURCES = {"src", "srcset", "poster", "background", "data"}
_BLOCKED = {"iframe", "frame", "object", "embed", "form", "base", "meta", "portal"}
_OUTSIDE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
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
        for found, message in [*self._findings, *self._dead_links(leads_somewhere)]:
            places = [n for n, line in enumerate(lines, 1) if found in line]
            # In HTML it stands in quotes; the same address in Markdown is another.
            quoted = [n for n in places if re.search(rf"""["'=]{re.escape(found)}""", lines[n - 1])]
            yield [*quoted, *places, 1][0], message
        for id, times in self.ids.items():
            places = [n for n, line in enumerate(lines, 1) if _gives(line, id)]
            if times > 1:
                first, last = (places[0], places[-1]) if places else (1, 1)
                cure = "give one another by {: #name } behind it"
                yield last, f"the address #{id} is taken by line {first} already, {cure}"

    def _dead_links(self, leads_somewhere: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
        for href in self._links:
            scheme = urlsplit(href).scheme.lower()
            if scheme == "javascript":
                yield href, "a link that runs a script is blocked, write an address"
            elif not scheme and not href.startswith("//") and not leads_somewhere(href):
                cure = "write it in Markdown, [text](page.md), or check the address"
                yield href, f'the link "{href}" leads nowhere, {cure}'
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
            elif (tag, name) in _LINKS:
                self._links.append(value)
            elif name in _SOURCES or (name == "href" and tag in {"link", "image", "use"}):
                self._check_source(value)
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
        if _OUTSIDE.match(address.strip()):
            cure = "put the file into docs/ and write its name"
            message = f"{address} is at another host, which the site does not ask, {cure}"
            self._findings.append((address, message))

    def _check_style(self, css: str) -> None:
        for address in re.findall(r"""(?:url\(|@import)\s*["']?([^"')\s;]+)""", css):
            self._check_source(address)


def _gives(line: str, id: str) -> bool:
    """Whether a line of Markdown gives an address: in HTML, in braces, or as a heading."""
    heading = re.match(r"#+\s+(.+?)(\s+#*)?$", line)
    slug = re.sub(r"\W+", "-", heading[1]).strip("-").casefold() if heading else ""
    return f'id="{id}"' in line or slug == id or bool(re.search(rf"#{re.escape(id)}[\s}}]", line))
