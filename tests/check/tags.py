"""Are the tags of a page in pairs? Words in <angle brackets> are tags, too, and show nothing."""

from html.parser import HTMLParser

from .finding import Finding, Findings, excerpt
from .site import Site

VOID = "area base br col embed hr img input link meta source track wbr"
CURE = "write its other half, or &lt; for the sign < where it is no tag"


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.alone, self._open = [], []  # as they are written; with their names
        self.feed(html)
        self.alone += [written for _, written in self._open]

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag not in VOID.split():
            self._open.append((tag, self.get_starttag_text()))

    def handle_endtag(self, tag: str) -> None:
        if tag in dict(self._open):
            while (last := self._open.pop())[0] != tag:
                self.alone.append(last[1])
        elif tag not in VOID.split():
            self.alone.append(f"</{tag}>")


def check(site: Site) -> Findings:
    for page in site.pages:
        html = (site.folder / page.path).read_text(encoding="utf-8")
        for written in dict.fromkeys(_Reader(html).alone):
            yield Finding(page.name, f"the tag “{excerpt(written)}” stands alone", CURE)
