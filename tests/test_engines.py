"""Do ProperDocs and Zensical make the same site from the same tree, so that it can move?"""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from bs4 import BeautifulSoup, Tag

from tests.check import Site, markup
from tests.check.markup import Page
from tests.helpers.projects import ASSETS, built, change, copy_project, run, write_files

# Zensical's own command, which knows no frame of ours.
OWN = str(Path(sys.executable).with_name("zensical"))


@pytest.fixture(scope="session")
def moved(docs, once) -> Site:
    def make(folder: Path) -> None:
        result = run(copy_project(folder, docs), "macros.zensical", "build")
        assert result.returncode == 0, result.stderr

    made = once(f"moved-{docs.name}", make)
    return Site(made / "site", made / "docs")


def html(page: BeautifulSoup, selector: str) -> list[str]:
    """Whole elements, without the mark for the search index, which Zensical takes out."""
    return [str(tag).replace(' data-search-exclude=""', "") for tag in page.select(selector)]


def words(article: Tag) -> list[str]:
    """The text; Zensical makes a picture of an emoji, named by the sign that it is."""
    parts = (part.get("alt", "") if isinstance(part, Tag) else part for part in article.descendants)
    return "".join(parts).split()


def targets(page: BeautifulSoup, selector: str) -> list[str]:
    """Where links of the site lead; engines write the same address in several ways."""
    canonical = page.select_one("link[rel=canonical]")
    at = canonical["href"] if canonical else "http://x/"
    links = (link["href"] for link in page.select(selector))
    return [unquote(urljoin(at, link)).rstrip("/") for link in links if "://" not in link]


BLOCKS = ":is(p, ul, ol, li, del, h2, pre, .admonition):not([class])"
# What the pages say, and what stands around it; each as a list, to compare whole and in order.
CONTENT = {
    "table": lambda page: html(page, markup.TABLE),
    "spectrum": lambda page: html(page, markup.CARDS),
    "phrases": lambda page: html(page, f"article {markup.BOX}"),
    "sections": lambda page: html(page, markup.SECTIONS),
    "text": lambda page: words(page.article),
    "blocks": lambda page: [(tag.name, words(tag)) for tag in page.article.select(BLOCKS)],
    "anchors": lambda page: [tag["id"] for tag in page.article.select("[id]:not(#__skip)")],
    "links": lambda page: targets(page, "article a[href]"),
    "description": lambda page: html(page, "meta[name=description]"),
}
FRAME = {
    "title": lambda page: html(page, "title"),
    "preview in a chat": lambda page: html(page, "meta[property]"),
    "language": lambda page: [page.html["lang"], page.body["dir"]],
    "words": lambda page: [
        words
        for part, words in markup.frame(Page("", str(page))).items()
        if part != "pages at the foot"
    ],
    "menu": lambda page: targets(page, ".home, .pages a, .md-tabs__link, .foot a"),
    "status": lambda page: html(page, markup.STATUS),
}


def said(site: Site, see, *, but: str = "") -> dict[str, list]:
    found = {page.path: see(page.soup) for page in site.pages if page.path != but}
    assert any(found.values()), "nothing to compare"
    return found


# What tells the builds apart: the engine's name and version, and the minute of the making.
ENGINE_TAG = re.compile(rb'<meta name="generator"[^>]*>')
DATED = "sitemap.xml.gz"


def contents(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file() and file.name != DATED)
    return {str(f.relative_to(folder)): ENGINE_TAG.sub(b"", f.read_bytes()) for f in files}


@pytest.mark.managers("eleni")
def test_properdocs_makes_every_file_the_same(site, docs, tmp_path):
    project = copy_project(tmp_path / "bridged", docs)
    result = run(project, "properdocs", "build", "--config-file", "mkdocs.yml")
    assert result.returncode == 0, result.stderr
    made, wanted = contents(project / "site"), contents(site.folder)
    assert made.keys() == wanted.keys()
    assert [path for path in wanted if made[path] != wanted[path]] == []


@pytest.mark.managers("eleni")
def test_both_engines_make_the_same(site, moved):
    for part, see in (CONTENT | FRAME).items():
        assert said(moved, see) == said(site, see), part


TYPED = """
Text:
- one
  - two, ~~gone~~ \\< 5, a\\_b
- three

> [!NOTE]
> Mind `{{ this }}` and {topic}.

Two
lines
---

1. ```
   code
   ``````

<img src="assets/site.png" alt="A">

```
left open {% x %}
"""


def test_zensicals_own_command_makes_the_same_content(project, tmp_path):
    """It reads a page as GitHub does, too."""
    page = project / "docs/index.md"
    page.write_text(page.read_text(encoding="utf-8") + TYPED, encoding="utf-8")
    write_files(project, {"docs/assets/site.png": b""})
    own = Path(shutil.copytree(project, tmp_path / "own"))
    subprocess.run([OWN, "build"], cwd=own, check=True, capture_output=True, timeout=120)
    made = [Site(built(project), project / "docs"), Site(own / "site", own / "docs")]
    for part, see in CONTENT.items():
        # No word of the definition reaches its 404 page.
        ours, theirs = (said(site, see, but="404.html") for site in made)
        assert ours == theirs, part
        if part == "blocks":
            assert ("del", ["gone"]) in ours["index.html"]
            assert ("h2", ["Two", "lines"]) in ours["index.html"]


@pytest.mark.managers("eleni")
def test_the_look_and_the_script_move_along(moved):
    files = {file.name: file for file in ASSETS.iterdir()}
    assert files
    for name, file in files.items():
        assert (moved.folder / "assets" / name).read_bytes() == file.read_bytes()
    for page in moved.pages:
        tags = page.soup.select("script[src], link[href], img[src]")
        assert files.keys() <= {Path(tag.get("src") or tag["href"]).name for tag in tags}, page.name


def test_a_faulty_definition_is_refused_by_line(project):
    line = change(project / "docs/modes.yml", "    meaning:", "    meening:")
    result = run(project, "macros.zensical", "build")
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    problem = 'modes[0].meening: unknown key, did you mean "meaning"?'
    assert f"docs/modes.yml:{line}:5: {problem}" in result.stderr
    assert not list(project.glob("site/**/*.html"))
