"""Are the tags of a page in pairs? Words in <angle brackets> are tags, too, and show nothing.

The extension md_in_html closes what a manager left open, so that the page's source is read as well.
"""

import re
from html.parser import HTMLParser

from mkdocs.utils.meta import get_data

from .markup import NOT_FOUND, Page
from .reporting import Problems, excerpt, fault, squeeze
from .site import Site

VOID = "area base br col embed hr img input link meta source track wbr".split()  # noqa: SIM905  # shorter
# What the policy blocks, or what would get a hash in it and run.
BLOCKED = "script, iframe, frame, object, embed, form, portal, base, meta"
CURE = "write its other half, or &lt; for the sign < where it is no tag"
COMMENT = re.compile(r"<!--.*?(-->|\Z)", re.DOTALL)
# What a page shows as it is typed, or fills in: code in a fence or in a line, macros, addresses.
CODE = re.compile(
    r"^[ >]*(?:(?:[-+*]|\d+[.)]) +)*(?P<fence>`{3,}|~{3,}).*?(?:^[ >]*(?P=fence)|\Z)"
    r"|(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)(?P=ticks)(?!`)"
    r"|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<[a-zA-Z][\w+.-]*:[^<> ]*>|<[^<>@ ]+@[^<>@ ]+>"
    r"|\]\(<[^<>\n]*>|\]: *<[^<>\s]*>",
    re.MULTILINE | re.DOTALL,
)


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.alone, self._open = [], []  # as they are written; with their names
        self.feed(html)
        self.alone += [written for _, written in self._open]

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag not in VOID:
            self._open.append((tag, self.get_starttag_text()))

    def handle_endtag(self, tag: str) -> None:
        if tag in dict(self._open):
            while (last := self._open.pop())[0] != tag:
                self.alone.append(last[1])
        elif tag not in VOID:
            self.alone.append(f"</{tag}>")


def pairs(site: Site) -> Problems:
    for page in site.pages:
        hidden = [found[0] for found in COMMENT.finditer(page.html) if not found[1]]
        for comment in hidden:
            start = excerpt(comment.partition("\n")[0], 40)
            message = f"the comment “{start}” has no end and hides what follows"
            yield fault(page.name, message, "write --> where it ends")
        alone = [] if hidden else [*_Reader(page.html).alone, *swallowed(site, page)]
        for written in dict.fromkeys(alone):
            yield fault(page.name, f"the tag “{excerpt(written)}” stands alone", CURE)


def swallowed(site: Site, page: Page) -> list[str]:
    """The tags that stand alone in what a manager wrote, and that the page does not show."""
    if page.source in (None, NOT_FOUND):
        return []
    source = (site.docs.parent / page.source).read_text(encoding="utf-8-sig", errors="replace")
    text = COMMENT.sub("", get_data(source)[0])
    typed, shown = squeeze(text), squeeze(page.soup.article.get_text())
    alone = map(squeeze, _Reader(CODE.sub("", text)).alone)
    return [written for written in alone if typed.count(written) > shown.count(written)]


def blocked(site: Site) -> Problems:
    for page in site.framed:
        for tag in page.select(f":is({BLOCKED})"):
            written = excerpt(str(tag).partition(">")[0] + ">", 200)
            message = f"the tag “{written}” is blocked on the published site"
            yield fault(page.name, message, "remove it")
