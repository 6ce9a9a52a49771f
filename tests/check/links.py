"""Does every link, anchor and asset lead somewhere, and is nothing fetched from another host?"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from macros.problems import suggest

from .markup import NOT_FOUND, Page
from .reporting import Problems, excerpt, fault
from .site import Site

# A browser fetches what these name unasked, unless it waits for a click or tells where a page
# belongs. Of the tags that have others, each is blocked.
ADDRESSES = ("src", "srcset", "href", "xlink:href", "poster")
CLICKED = {"a", "area"}
NOT_FETCHED = {"canonical", "prev", "next", "alternate", "edit", "author", "license", "me"}
CSS_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"']*))\s*\)|@import\s+["']([^"']+)""")
# Where the 404 page may be met.
DEEP = "not/there/at/all/"


def references(page: Page) -> Iterator[tuple[str, bool]]:
    """Every address in a page, and whether it is fetched unasked."""
    for tag in page.tags:
        relations = {relation.lower() for relation in tag.get("rel") or ()}
        fetched = tag.name not in CLICKED and not relations & NOT_FETCHED
        for attribute in ADDRESSES:
            value = tag.get(attribute, "").strip()
            several = [part.split()[0] for part in value.split(",") if part.strip()]
            for address in several if attribute == "srcset" else filter(None, [value]):
                yield address, fetched
    for config in page.soup.select("script#__config"):  # what the theme's script loads
        for address in re.findall(r'"([^":]+\.js)"', config.get_text()):
            yield address, True
    for css in page.styles:
        yield from in_css(css)


def in_css(css: str) -> list[tuple[str, bool]]:
    return [("".join(found), True) for found in CSS_URL.findall(css)]


def wrong(site: Site, address: str, at: str, *, fetched: bool) -> tuple[str, str] | None:
    """What is wrong with an address that stands `at` another, if anything is, and its cure."""
    try:
        url, own = urlsplit(urljoin(at, address)), urlsplit(site.address)
        is_here = (url.scheme, url.netloc) == (own.scheme, own.netloc)
    except ValueError:
        return "is no address that a browser can read", "mend it"
    if url.scheme == "data" and fetched:
        return None
    if url.scheme == "file" or len(url.scheme) == 1:  # C:
        return "is a file of your computer, which others cannot open", "put it into docs/"
    if url.scheme == "javascript":
        return "is a script, which cannot run here", "link to a page"
    if fetched and not is_here:
        return "is fetched from elsewhere, which is blocked", "put the file into docs/ and name it"
    is_within = url.path.startswith(own.path)
    if not is_here or (urlsplit(address).netloc and not is_within):
        return None
    if not is_within:
        cure = "write the file as seen from this page, or the whole address"
        return f"leads out of the site, which begins at {own.path}", cure
    file = answered(site, unquote(url.path[len(own.path) :]))
    if file is None:
        return "leads nowhere", "name a page or file that is in docs/"
    anchor = unquote(url.fragment).split(":~:")[0]
    page = next((page for page in site.pages if page.path == file), None) if anchor else None
    if page and anchor not in page.anchors | {"top"}:
        cure = suggest(anchor, page.anchors, or_all=False) or "name one"
        return f"leads to “#{anchor}”, and {page.name} has no such anchor", cure
    return None


def answered(site: Site, path: str) -> str | None:
    """The file with which GitHub Pages answers."""
    for name in (path, f"{path}/index.html".lstrip("/"), f"{path}.html"):
        if (site.folder / name).is_file() and not name.endswith("/"):
            return Path(name).as_posix()
    return None


def faults(site: Site, file: str, addresses: Iterable[tuple[str, bool]], *places: str) -> Problems:
    """What is wrong with the addresses in a file, from wherever it may be read."""
    asked = dict.fromkeys(
        (each, urljoin(site.address, place)) for each in addresses for place in places
    )
    found = {}
    for (address, fetched), at in asked:
        if said := wrong(site, address, at, fetched=fetched):
            found[address] = said
    for address, (message, cure) in found.items():
        yield fault(file, f"“{excerpt(address)}” {message}", cure)


def addresses(site: Site) -> Problems:
    for page in site.pages:
        places = [page.web_path, DEEP] if page.path == NOT_FOUND else [page.web_path]
        yield from faults(site, page.name, references(page), *places)


def stylesheets(site: Site) -> Problems:
    for file in sorted(site.folder.rglob("*.css")):
        path = file.relative_to(site.folder).as_posix()
        name = f"docs/{path}" if (site.docs / path).is_file() else path
        yield from faults(site, name, in_css(file.read_text(encoding="utf-8")), path)


def anchors(site: Site) -> Problems:
    for page in site.pages:
        ids = Counter(tag["id"] for tag in page.having("id") if not tag.find_parent("svg"))
        for anchor, times in ids.items():
            if times > 1:
                cure = "give a heading another, as in `## Words {: #other }`"
                yield fault(page.name, f"the anchor “{anchor}” stands {times} times", cure)
