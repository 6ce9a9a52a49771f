"""Does every link, anchor and asset lead somewhere, and is nothing fetched from another host?"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import Tag

from .finding import Finding, excerpt
from .site import NOT_FOUND, Page, Site

Findings = Iterator[Finding]
# What a browser fetches unasked; everything else waits for a click.
FETCHED = {
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "script": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "track": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "input": ("src",),
    "object": ("data",),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
    "link": ("href",),
}
CLICKED = {"a": ("href",), "area": ("href",), "form": ("action",)}
# These tell where a page belongs; nothing is fetched.
NOT_FETCHED = {"canonical", "prev", "next", "alternate", "edit", "author", "license", "me"}
CSS_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"']*))\s*\)|@import\s+["']([^"']+)""")
# Where the 404 page may be met.
DEEP = "not/there/at/all/"


def references(page: Page) -> Iterator[tuple[str, bool]]:
    """Every address in a page, and whether it is fetched unasked."""
    for tag in page.soup.find_all([*FETCHED, *CLICKED]):
        relations = {relation.lower() for relation in tag.get("rel") or ()}
        fetched = tag.name in FETCHED and not relations & NOT_FETCHED
        for attribute in (*FETCHED.get(tag.name, ()), *CLICKED.get(tag.name, ())):
            if (value := tag.get(attribute)) is None:
                continue
            several = [part.split()[0] for part in value.split(",") if part.strip()]
            for address in several if attribute == "srcset" else [value]:
                yield address.strip(), fetched
    for css in (
        *page.soup.find_all("style"),
        *(tag["style"] for tag in page.soup.select("[style]")),
    ):
        for address in css_references(css.get_text() if isinstance(css, Tag) else css):
            yield address, True


def css_references(css: str) -> list[str]:
    return ["".join(found) for found in CSS_URL.findall(css)]


class Walk:
    """Follows the addresses of a site within its folder."""

    def __init__(self, site: Site) -> None:
        self.site, self.followed = site, 0
        self._pages = {page.path: page for page in site.pages}
        self._anchors = cache(self._find_anchors)

    def follow(self, address: str, at: str, *, fetched: bool) -> str | None:
        """What is wrong with an address that stands `at` another, if anything is."""
        self.followed += 1
        try:
            url = urlsplit(urljoin(at, address))
            own = urlsplit(self.site.address)
            is_here = (url.scheme, url.netloc) == (own.scheme, own.netloc)
        except ValueError:
            return "is no address that a browser can read; mend it"
        if url.scheme == "data" and fetched:
            return None
        if url.scheme == "javascript":
            return "is a script, which cannot run here; link to a page"
        if fetched and not is_here:
            return (
                "is fetched from elsewhere, which is blocked; put the file into docs/ and name it"
            )
        if not is_here or (urlsplit(address).netloc and not url.path.startswith(own.path)):
            return None
        if not url.path.startswith(own.path):
            return f"leads out of the site, which begins at {own.path}; write the whole address"
        file = self._file(unquote(url.path[len(own.path) :]))
        if file is None:
            return "leads nowhere; name a page or file that is in docs/"
        anchor = unquote(url.fragment).split(":~:")[0]
        if anchor and file in self._pages and anchor not in self._anchors(file) | {"top"}:
            return (
                f"leads to “#{anchor}”, and {self._pages[file].name} has no such anchor; name one"
            )
        return None

    def _file(self, path: str) -> str | None:
        """The file that GitHub Pages answers with."""
        folder = self.site.folder
        for name in (path, f"{path}/index.html".lstrip("/"), f"{path}.html"):
            if (folder / name).is_file() and not name.endswith("/"):
                return Path(name).as_posix()
        return None

    def _find_anchors(self, path: str) -> set[str]:
        soup = self._pages[path].soup
        return {tag["id"] for tag in soup.select("[id]")} | {
            a["name"] for a in soup.select("a[name]")
        }


def check(site: Site, walk: Walk | None = None) -> Findings:
    walk = walk or Walk(site)
    for page in site.pages:
        places = [page.web_path, DEEP] if page.path == NOT_FOUND else [page.web_path]
        found = {}
        for address, fetched in references(page):
            for place in places:
                wrong = walk.follow(address, urljoin(site.address, place), fetched=fetched)
                if wrong:
                    found[address] = wrong
        for address, wrong in found.items():
            yield Finding(page.name, f"“{excerpt(address)}” {wrong}")
        yield from repeated_ids(page)
    for file in sorted(site.folder.rglob("*.css")):
        path = file.relative_to(site.folder).as_posix()
        for address in css_references(file.read_text(encoding="utf-8")):
            if wrong := walk.follow(address, urljoin(site.address, path), fetched=True):
                yield Finding(f"docs/{path}", f"“{excerpt(address)}” {wrong}")


def repeated_ids(page: Page) -> Findings:
    for anchor, times in Counter(tag["id"] for tag in page.soup.select("[id]:not(svg *)")).items():
        if times > 1:
            cure = "give a heading another, as in `## Words {: #other }`"
            yield Finding(page.name, f"the anchor “{anchor}” stands {times} times; {cure}")
