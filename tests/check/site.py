"""The published folder under check, each page parsed once, and the docs/ that it was built from."""

from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from mkdocs.utils.meta import get_data

from . import expected
from .markup import NOT_FOUND, Page
from .visits import Visit, opened, visited

PAGES = {".html", ".htm", ".xhtml"}  # what a browser opens as one


@dataclass(frozen=True)
class Site:
    folder: Path
    docs: Path

    @cached_property
    def definition(self) -> dict:
        return expected.read_definition(self.docs / "modes.yml")

    @cached_property
    def sources(self) -> dict[str, str]:
        """What the pages of the menu, those of the foot and the 404 page are made from."""
        files = expected.files(self.definition)
        return {published_as(page): f"docs/{page}" for page in files} | {NOT_FOUND: NOT_FOUND}

    @cached_property
    def published(self) -> list[Page]:
        """Every page, in the order of the menu, then the others."""
        there = (path for path in self.folder.rglob("*.*") if path.suffix.lower() in PAGES)
        files = {path.relative_to(self.folder).as_posix() for path in there}
        others = sorted(files - self.sources.keys())
        return [self._read(path) for path in [*self.sources, *others] if path in files]

    @cached_property
    def pages(self) -> list[Page]:
        """Those that are whole; `files.pages` tells which are not."""
        return [page for page in self.published if page.is_whole]

    @cached_property
    def visits(self) -> list[Visit]:
        """What a browser meets on each page."""
        with opened(self.folder, self.base) as (context, address):
            return visited(self.pages, self.definition["modes"][0]["name"], context, address)

    def _read(self, path: str) -> Page:
        html, source = (self.folder / path).read_text(encoding="utf-8"), self.sources.get(path)
        if source and not html.rstrip().endswith("</html>"):
            html = ""  # what is cut off says nothing for sure
        return Page(path, html, source)

    def with_pages(self, pages: list[Page]) -> "Site":
        """The same site with these pages in place of its own."""
        other = Site(self.folder, self.docs)
        other.__dict__.update(pages=pages, published=pages, definition=self.definition)
        return other

    @property
    def framed(self) -> list[Page]:
        """The pages that the theme makes: those that docs/modes.yml names, and the 404 page."""
        return [page for page in self.pages if page.source]

    @cached_property
    def address(self) -> str:
        """The address that it was built for."""
        home = next((page.soup for page in self.pages if page.path == "index.html"), None)
        canonical = home and home.find("link", rel="canonical", href=True)
        return canonical["href"] if canonical else "http://127.0.0.1/"

    @property
    def base(self) -> str:
        return urlsplit(self.address).path

    @cached_property
    def headers(self) -> dict[str, dict[str, str]]:
        """What docs/ writes at the top of each page, macros filled in, by the page's path."""
        headers = {NOT_FOUND: self.definition["not_found"]}
        for page in self.framed:
            if page.path != NOT_FOUND:
                text = (self.docs.parent / page.source).read_text(encoding="utf-8-sig")
                _, header = get_data(text)  # what MkDocs takes for one, which is more than YAML
                fill = partial(expected.fill_macros, definition=self.definition)
                headers[page.path] = {key: fill(value) for key, value in header.items()}
        return headers


def published_as(page: str) -> str:
    """`phrases.md` becomes `phrases/index.html`."""
    path = PurePosixPath(page).with_suffix("")
    folder = path.parent if path.name in ("index", "README") else path
    return (folder / "index.html").as_posix()
