"""The published folder under check, each page parsed once, and the docs/ that it was built from."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup
from mkdocs.utils.meta import get_data

from . import expected

NOT_FOUND = "404.html"


@dataclass(frozen=True, eq=False)
class Page:
    """`path` is where it lies, such as `phrases/index.html`; `source` what it was made from."""

    path: str
    soup: BeautifulSoup
    source: Path | None = None

    @property
    def name(self) -> str:
        """What a manager knows it by."""
        return f"docs/{self.path}" if self.source is None else self.source.as_posix()

    @property
    def web_path(self) -> str:
        return re.sub(r"(^|/)index\.html$", r"\1", self.path)

    def leads_to(self, href: str, site: "Site") -> str:
        """The path of the page that a link on this one leads to."""
        path = unquote(urlsplit(urljoin(site.base + self.web_path, href)).path)
        return f"{path.removeprefix(site.base)}index.html"


@dataclass(frozen=True)
class Site:
    folder: Path
    docs: Path

    @cached_property
    def definition(self) -> dict:
        return expected.read_definition(self.docs / "modes.yml")

    @cached_property
    def sources(self) -> dict[str, str]:
        """The pages of the menu, then of the foot: where each is published, its file in docs/."""
        return {published_as(page): page for page in expected.files(self.definition)}

    @cached_property
    def pages(self) -> list[Page]:
        """Every page, in the order of the menu, then the others."""
        files = {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html")}
        others = sorted(files - self.sources.keys())
        return [self._read(path) for path in [*self.sources, *others] if path in files]

    def with_pages(self, pages: list[Page]) -> "Site":
        """The same site with these pages in place of its own."""
        other = Site(self.folder, self.docs)
        other.__dict__.update(pages=pages, definition=self.definition)
        return other

    def _read(self, path: str) -> Page:
        soup = BeautifulSoup((self.folder / path).read_text(encoding="utf-8"), "html.parser")
        if path in self.sources:
            return Page(path, soup, Path("docs", self.sources[path]))
        return Page(path, soup, Path(path) if path == NOT_FOUND else None)

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

    def header(self, page: Page) -> dict[str, str]:
        """The title and the description of a page as docs/ has them, macros filled in."""
        text = (self.docs / self.sources[page.path]).read_text(encoding="utf-8-sig")
        _, header = get_data(text)  # what MkDocs takes for a header, which is more than YAML
        return {
            key: expected.fill_macros(str(value), self.definition) for key, value in header.items()
        }


def published_as(page: str) -> str:
    """`phrases.md` becomes `phrases/index.html`."""
    path = page.removesuffix(".md")
    folder, _, name = path.rpartition("/")
    if name in ("index", "README"):
        return f"{folder}/index.html".lstrip("/")
    return f"{path}/index.html"
