"""Does Zensical make the same site from the same tree, so that it can move when Material for MkDocs ends?"""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, SUB_PATH, copy_project, read_pages

# As the README says, and Zensical's own command, which knows no frame of ours.
MOVED = [sys.executable, "-m", "macros.zensical"]
OWN = [str(Path(sys.executable).with_name("zensical"))]


def run(command: list[str], project: Path, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*command, "build"],
        cwd=project,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


@pytest.fixture(scope="session")
def pages(built_here) -> dict[str, BeautifulSoup]:
    """Not of the folder that SITE_DIR names: it may have been built for another address and repository."""
    return read_pages(built_here)


@pytest.fixture(scope="session")
def zensical(docs, once):
    """Build a copy of the tree with one of the commands; gives its folder."""

    def build(command: list[str]) -> Path:
        def make(folder: Path) -> None:
            result = run(command, copy_project(folder, docs), SITE_URL=SUB_PATH)
            assert result.returncode == 0, result.stderr

        return once(f"{'own' if command == OWN else 'moved'}-{docs.name}", make) / "site"

    return build


@pytest.fixture(scope="session")
def moved(zensical) -> Path:
    return zensical(MOVED)


@pytest.fixture(scope="session")
def moved_pages(moved) -> dict[str, BeautifulSoup]:
    return read_pages(moved)


def markup(page: BeautifulSoup, selector: str) -> list[str]:
    """Whole elements, without the mark for the search index, which Zensical takes out of the page."""
    return [str(tag).replace(' data-search-exclude=""', "") for tag in page.select(selector)]


def targets(page: BeautifulSoup, selector: str) -> list[str]:
    """Where links of the site lead; engines write the same address in several ways."""
    at = (
        page.select_one("link[rel=canonical]")["href"]
        if page.select_one("link[rel=canonical]")
        else "http://x/"
    )
    return [
        urljoin(at, link["href"]).rstrip("/")
        for link in page.select(selector)
        if "://" not in link["href"]
    ]


# What the pages say, and what stands around it; each as a list, to compare whole and in order.
CONTENT = {
    "table": lambda page: markup(page, ".comparison"),
    "spectrum": lambda page: markup(page, ".modes"),
    "phrases": lambda page: markup(page, ".phrases"),
    "sections": lambda page: markup(page, "section[data-place]"),
    "text": lambda page: page.article.get_text().split(),
    "anchors": lambda page: [tag["id"] for tag in page.article.select("[id]:not(#__skip)")],
    "links": lambda page: targets(page, "article a[href]"),
    "description": lambda page: markup(page, "meta[name=description]"),
}
FRAME = {
    "title": lambda page: markup(page, "title"),
    "preview in a chat": lambda page: markup(page, "meta[property]"),
    "language": lambda page: [page.html["lang"], page.body["dir"]],
    "name": lambda page: page.select_one(".md-header__topic").get_text().split(),
    "menu": lambda page: (
        [link.get_text().strip() for link in page.select(".md-tabs__link")]
        + targets(page, ".md-tabs__link")
    ),
    "scheme switch": lambda page: [option["aria-label"] for option in page.select(".md-option")],
    "status": lambda page: markup(page, ".status"),
}


def said(pages: dict[str, BeautifulSoup], see) -> dict[str, list[str]]:
    found = {path: see(page) for path, page in pages.items()}
    assert any(found.values()), "nothing to compare"
    return found


@pytest.mark.parametrize("part", [*CONTENT, *FRAME])
def test_both_engines_make_the_same(pages, moved_pages, part):
    see = {**CONTENT, **FRAME}[part]
    assert said(moved_pages, see) == said(pages, see)


@pytest.mark.any_manager
def test_zensicals_own_command_makes_the_same_content(pages, zensical):
    own = read_pages(zensical(OWN))
    assert own.keys() == pages.keys()
    for part, see in CONTENT.items():
        # No word of the definition reaches its 404 page.
        found, wanted = (
            {path: see(page) for path, page in built.items() if path != "404.html"}
            for built in (own, pages)
        )
        assert found == wanted, part


def test_the_look_and_the_script_move_along(moved, moved_pages):
    files = sorted(file.name for file in (ROOT / "macros/theme/assets").iterdir())
    assert files
    for file in files:
        assert (moved / "assets" / file).read_bytes() == (
            ROOT / "macros/theme/assets" / file
        ).read_bytes()
    for path, page in moved_pages.items():
        loaded = {
            Path(tag.get("src") or tag["href"]).name
            for tag in page.select("script[src], link[href], img[src]")
        }
        assert set(files) <= loaded, path


@pytest.mark.any_manager
def test_a_phrase_is_copied_on_the_moved_site(visit, serve, place, moved):
    page = visit(place(".copy"), at=serve(moved), permissions=("clipboard-read", "clipboard-write"))
    button, phrase = page.locator(".copy").first, page.locator(".phrase").first.inner_text()
    button.click()
    page.wait_for_function(
        "text => document.querySelector('.status').textContent === text",
        arg=button.get_attribute("data-done"),
    )
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied and phrase.startswith(copied)


def test_a_faulty_definition_is_refused_by_line(tmp_path):
    project = copy_project(tmp_path / "project")
    path = project / "docs/modes.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    meaning:", "    meening:", 1), encoding="utf-8")
    result = run(MOVED, project)
    assert result.returncode != 0 and "Traceback" not in result.stderr
    line = text[: text.index("    meaning:")].count("\n") + 1
    assert (
        f'docs/modes.yml:{line}:5: modes[0].meening: unknown key, did you mean "meaning"?'
        in result.stderr
    )
    assert not list(project.glob("site/**/*.html"))
