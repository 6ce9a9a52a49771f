"""Does every link, anchor and asset lead somewhere, and is nothing fetched from another host?"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from macros.problems import suggest

from .finding import Problems, excerpt, fault
from .markup import NOT_FOUND, Page
from .site import Site

# Where a tag has addresses. A browser fetches them unasked, unless they wait for a click or tell
# where a page belongs.
ADDRESSES = {
    **dict.fromkeys(["script", "iframe", "embed", "track", "audio", "input"], ("src",)),
    **dict.fromkeys(["img", "source"], ("src", "srcset")),
    **dict.fromkeys(["image", "use"], ("href", "xlink:href")),
    **dict.fromkeys(["a", "area", "link"], ("href",)),
    "video": ("src", "poster"),
    "object": ("data",),
    "form": ("action",),
}
CLICKED = {"a", "area", "form"}
NOT_FETCHED = {"canonical", "prev", "next", "alternate", "edit", "author", "license", "me"}
CSS_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"']*))\s*\)|@import\s+["']([^"']+)""")
# Where the 404 page may be met.
DEEP = "not/there/at/all/"


def references(page: Page) -> Iterator[tuple[str, bool]]:
    """Every address in a page, and whether it is fetched unasked."""
    for tag in page.tags:
        for attribute in ADDRESSES.get(tag.name, ()):
            value = tag.get(attribute)
            if value is None:
                continue
            relations = {relation.lower() for relation in tag.get("rel") or ()}
            fetched = tag.name not in CLICKED and not relations & NOT_FETCHED
            several = [part.split()[0] for part in value.split(",") if part.strip()]
            for address in several if attribute == "srcset" else [value]:
                yield address.strip(), fetched
    for css in page.styles:
        yield from in_css(css)


def in_css(css: str) -> list[tuple[str, bool]]:
    return [("".join(found), True) for found in CSS_URL.findall(css)]


class Walk:
    """Follows the addresses of a site within its folder."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._pages = {page.path: page for page in site.pages}

    def follow(self, address: str, at: str, *, fetched: bool) -> tuple[str, str] | None:
        """What is wrong with an address that stands `at` another, if anything is, and its cure."""
        try:
            url = urlsplit(urljoin(at, address))
            own = urlsplit(self.site.address)
            is_here = (url.scheme, url.netloc) == (own.scheme, own.netloc)
        except ValueError:
            return "is no address that a browser can read", "mend it"
        if url.scheme == "data" and fetched:
            return None
        if url.scheme == "javascript":
            return "is a script, which cannot run here", "link to a page"
        if fetched and not is_here:
            cure = "put the file into docs/ and name it"
            return "is fetched from elsewhere, which is blocked", cure
        if not is_here or (urlsplit(address).netloc and not url.path.startswith(own.path)):
            return None
        if not url.path.startswith(own.path):
            return f"leads out of the site, which begins at {own.path}", "write the whole address"
        file = self._file(unquote(url.path[len(own.path) :]))
        if file is None:
            return "leads nowhere", "name a page or file that is in docs/"
        anchor, page = unquote(url.fragment).split(":~:")[0], self._pages.get(file)
        if anchor and page and anchor not in page.anchors | {"top"}:
            cure = suggest(anchor, page.anchors, or_all=False) or "name one"
            return f"leads to “#{anchor}”, and {page.name} has no such anchor", cure
        return None

    def _file(self, path: str) -> str | None:
        """The file that GitHub Pages answers with."""
        for name in (path, f"{path}/index.html".lstrip("/"), f"{path}.html"):
            if (self.site.folder / name).is_file() and not name.endswith("/"):
                return Path(name).as_posix()
        return None

    def faults(self, file: str, addresses: Iterable[tuple[str, bool]], *places: str) -> Problems:
        """What is wrong with the addresses in a file, from wherever it may be read."""
        found = {}
        for address, fetched in addresses:
            for place in places:
                at = urljoin(self.site.address, place)
                if wrong := self.follow(address, at, fetched=fetched):
                    found[address] = wrong
        for address, (wrong, cure) in found.items():
            yield fault(file, f"“{excerpt(address)}” {wrong}", cure)


def addresses(site: Site) -> Problems:
    walk = Walk(site)
    for page in site.pages:
        places = [page.web_path, DEEP] if page.path == NOT_FOUND else [page.web_path]
        yield from walk.faults(page.name, references(page), *places)


def stylesheets(site: Site) -> Problems:
    walk = Walk(site)
    for file in sorted(site.folder.rglob("*.css")):
        path = file.relative_to(site.folder).as_posix()
        name = f"docs/{path}" if (site.docs / path).is_file() else path
        yield from walk.faults(name, in_css(file.read_text(encoding="utf-8")), path)


def anchors(site: Site) -> Problems:
    for page in site.pages:
        ids = Counter(tag["id"] for tag in page.having("id") if not tag.find_parent("svg"))
        for anchor, times in ids.items():
            if times > 1:
                cure = "give a heading another, as in `## Words {: #other }`"
                yield fault(page.name, f"the anchor “{anchor}” stands {times} times", cure)
