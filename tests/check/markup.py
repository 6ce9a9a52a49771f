"""A published page as plain data: the one module that knows the markup of the generated parts.

`said` reads a part in the shape in which expected.py works it out.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup, NavigableString, Tag

from .expected import Phrase
from .reporting import squeeze

# A page may have classes and headings of its own; what is generated has its data beside them.
BUTTON, PHRASE = "button.copy[data-done]", ".phrase"
SIGNS, STATUS = ".signs", ".status"
CARDS, TABLE, SECTIONS = ".modes[data-modes]", ".comparison[data-modes]", ".sessions > section"
# A phrase and its button share a box; one that can be linked to stands in a list item with an id.
BOX = ".box:has(> .phrase)"
NOT_FOUND = "404.html"
# What each macro makes, but for the lists of phrases, which are alike.
PARTS = {
    "mode_cards": f":has(> {CARDS})",
    "comparison_table": TABLE,
    "mode_sections": ".sessions[data-modes]",
    "call_outs": ":has(> .jumps[role])",
}
LIST = "ul.phrases[data-modes]"
SAYING = ("id", "aria-label", "title", "alt", "data-mode", "href", "data-done")
GROUP = "h3[id^=wanted-][data-place]"


@dataclass(frozen=True, eq=False)
class Page:
    """`path` is where it lies, such as `phrases/index.html`; `source` what it was made from."""

    path: str
    html: str
    source: str | None = None

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "html.parser")

    @property
    def name(self) -> str:
        """What a manager knows it by."""
        return self.source or f"docs/{self.path}"

    @cached_property
    def is_whole(self) -> bool:
        """Whether it holds anything, and, where the theme made it, all that the theme makes."""
        parts = self.soup.html and self.soup.head and self.soup.body and self.soup.article
        return bool(parts if self.source else self.tags or text(self.soup).strip())

    @property
    def web_path(self) -> str:
        return re.sub(r"(^|/)index\.html$", r"\1", self.path)

    def leads_to(self, href: str, base: str) -> str:
        """The path of the page that a link on this one leads to; the site begins at `base`."""
        path = unquote(urlsplit(urljoin(base + self.web_path, href)).path)
        return f"{path.removeprefix(base)}index.html"

    @cached_property
    def select(self) -> Callable[[str], list[Tag]]:
        """The tags of a selector in what the page holds beside its frame, looked for once."""
        return cache((self.soup.find("article") or self.soup).select)

    @cached_property
    def boxes(self) -> list[tuple[Phrase, Tag | None]]:
        """Each phrase, with the button beside it."""
        found = [(tag, tag.select_one(BUTTON)) for tag in self.select(BOX)]
        return [(box(*both), both[1]) for both in found]

    @cached_property
    def tags(self) -> list[Tag]:
        return self.soup.find_all(True)

    def named(self, name: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.name == name]

    def having(self, attribute: str) -> list[Tag]:
        return [tag for tag in self.tags if attribute in tag.attrs]

    @cached_property
    def anchors(self) -> set[str]:
        names = {tag["name"] for tag in self.named("a") if "name" in tag.attrs}
        return names.union(tag["id"] for tag in self.having("id"))

    @cached_property
    def styles(self) -> list[str]:
        """The styles that stand in the page itself, in tags and on tags."""
        return [*texts(self.named("style")), *(tag["style"] for tag in self.having("style"))]


def text(tag: Tag | None) -> str:
    return tag.get_text() if tag else ""


def texts(tags: list[Tag]) -> list[str]:
    return [tag.get_text() for tag in tags]


def box(tag: Tag, button: Tag | None) -> Phrase:
    """The phrase in a box, with the words of its button."""
    label = text(button and button.select_one(":scope > :not([aria-hidden])")).strip()
    done = button["data-done"] if button else ""
    return Phrase("", text(tag.select_one(PHRASE)), "", "", label, done)


def said(part: Tag) -> list[str]:
    """All that a part says, in its order: anchors, names, links, words, and a button's later."""
    found = []
    for node in [part, *part.descendants]:
        if isinstance(node, Tag):
            found += [node[key] for key in SAYING if key in node.attrs]
        elif type(node) is NavigableString:  # and no comment
            found.append(node)
    return [text for text in map(str.strip, found) if text]


def frame(page: Page) -> dict[str, object]:
    """The words around what a page holds."""

    def around(name: str) -> list[Tag]:
        tags = [tag for tag in page.having("class") if name in tag["class"]]
        return [tag for tag in tags if not tag.find_parent("article")]

    beside = [link for row in around("pages") for link in row.find_all("a")]
    links = [link for foot in around("foot") for link in foot.find_all("a")]
    return {
        "name of the site": "".join(texts(around("home")[:1])).strip(),
        "menu": [squeeze(text(link)) for link in [*around("md-tabs__link"), *beside]],
        "pages at the foot": [(text(link), link.get("href", "")) for link in links],
        "scheme switch": [option.get("aria-label", "") for option in around("md-option")],
    }
