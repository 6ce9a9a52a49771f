"""Is each file of the site there, is it whole, and is it the one that it was made from?"""

import json
import re
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree as ET

import material

from . import markup
from .markup import NOT_FOUND, Page
from .reporting import Problems, fault
from .site import Site

# Where the files come from, beside docs/.
THEMES = (Path(__file__).parents[2] / "macros/theme", Path(material.__file__).parent / "templates")
INDEX, MAP = "search/search_index.json", "sitemap.xml"
# Written anew from docs/ for each site, or with a policy put in.
MADE = {".md", ".html", ".htm", ".xhtml"}
SHOWN = "img, svg, video, audio, table, picture, canvas"


def pages(site: Site) -> Problems:
    published = {page.path: page for page in site.published}
    for path, source in site.sources.items():
        if path not in published:
            yield fault(source, f"is not published: there is no {path}")
    for page in site.published:
        if not page.is_whole:
            yield fault(page.name, "is published empty, or its end is lost")
        elif page.source not in (None, NOT_FOUND) and not words(page):
            cure = "write some below its header"
            yield fault(page.name, "shows no words but its title", cure)


def words(page: Page) -> str:
    """What a page says below its title, or the pictures that it shows."""
    frame = {*page.select("h1"), *page.select(markup.STATUS), *page.select(".address")}
    parts = [tag for tag in page.soup.article.find_all(True, recursive=False) if tag not in frame]
    return "".join(markup.texts(parts)).strip() or "".join(map(str, page.select(SHOWN)))


def copies(site: Site) -> Problems:
    """What docs/ holds has to be there; of the theme's files, what is there."""
    roots = (site.docs, *THEMES)
    held = (path.relative_to(site.docs) for path in site.docs.rglob("*") if path.is_file())
    there = (path.relative_to(site.folder) for path in site.folder.rglob("*") if path.is_file())
    for path in sorted({*held, *there}):
        is_made = path.suffix.lower() in MADE
        is_left_out = is_made or re.search(r"(^|/)\.|^templates/", path.as_posix())
        ours = next((root / path for root in roots if (root / path).is_file()), None)
        theirs = site.folder / path
        if (
            ours
            and not is_left_out
            and not (theirs.is_file() and ours.read_bytes() == theirs.read_bytes())
        ):
            name = f"docs/{path.as_posix()}" if ours.parent == site.docs else path.as_posix()
            yield fault(name, "is not published as it is; a part may be lost")


def styles(site: Site) -> Problems:
    """The address of the stylesheet that each build makes ends with its digest."""
    found = {
        (urljoin(site.base + page.web_path, path).removeprefix(site.base), version)
        for page in site.framed
        for path, version in re.findall(r'href="([^":?]+\.css)\?(\w+)"', str(page.soup.head))
    }
    for path, version in sorted(found):
        file = site.folder / path
        if file.is_file() and not sha256(file.read_bytes()).hexdigest().startswith(version):
            yield fault(path, "is not what the pages ask for; a part may be lost")


def index(site: Site) -> Problems:
    """Its sections are on the pages; that it answers, `in_browser.searches` sees."""
    try:
        json.loads((site.folder / INDEX).read_text(encoding="utf-8"))["docs"][0]
    except (OSError, ValueError, LookupError):
        yield fault(INDEX, "is not there, or a part is lost")


def sitemap(site: Site) -> Problems:
    try:
        tree = ET.fromstring((site.folder / MAP).read_bytes())  # noqa: S314  # the build has written it
    except (OSError, ET.ParseError):
        yield fault(MAP, "is not there, or a part is lost")
        return
    named = {unquote(tag.text or "") for tag in tree.iter() if tag.tag.endswith("}loc")}
    for page in site.framed:
        address = unquote(site.address) + page.web_path
        if page.path != NOT_FOUND and address not in named:
            yield fault(MAP, f"does not name “{address}”")
