"""Is what is odd in docs/ told as advice, and what is a manager’s own shown as theirs?"""

import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.check import CHECKS, IN_FILES, Site, advice, problems
from tests.check.expected import read_yaml
from tests.check.markup import Page
from tests.helpers.projects import (
    ASSETS,
    built,
    change,
    copy_project,
    edit_yaml,
    multiplied,
    write_files,
    write_yaml,
)

PNG = (ASSETS / "icon-48.png").read_bytes()
SVG = (ASSETS / "logo.svg").read_bytes()
XHTML = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Old</title></head><body><p/></body></html>'
COLORS = """
[data-md-color-scheme="default"] { --link: #888; --ink: oklch(70% 0.1 200); --hairline: #fff; }
/* --gone: 1 */ :root { --papr: #fff; --own: #fff; --field: var( --own ); --md-hu: 1; --md-hue: 9 }
[data-md-color-scheme="slate"] { --paper: hsl(210 40% 20%); --link: color-mix(in srgb, red, blue);
  --ink-quiet: 49515b; }
[data-md-color-scheme=“light”] { --paper = #fff }
"""
# What is odd, and the words that tell it.
ODD = {
    "docs/colors.css": COLORS,
    "docs/farben.css": COLORS,
    "docs/team.HEIC": b"a photo",
    "docs/big.jpg": b"0" * 500_001,
    "docs/Me.MD": "# Me",
    "docs/logo.png": PNG,
    "docs/assets/logo.png": PNG,
    "docs/assets/logo.svg": SVG,
    "docs/images/Favicon.svg": SVG,
    "docs/old.htm": "<html><head><title>Old</title><script>\r\n</script></head></html>",
    "docs/older.xhtml": XHTML,
}


@pytest.fixture(scope="module")
def odd(once) -> Site:
    def make(folder) -> None:
        write_files(copy_project(folder), ODD)
        change(folder / "docs/index.md", "## Which", "![Our Team.PNG](assets/logo.svg)\n\n## Which")
        change(folder / "docs/phrases.md", "title: Phrases", "title: “Phrases”")
        change(folder / "docs/modes.yml", "manager: Mike", "manager: Ann")
        definition = folder / "docs/modes.yml"
        write_yaml(definition, multiplied(read_yaml(definition), 4))
        built(folder)

    made = once("odd files", make)
    return Site(made / "site", made / "docs")


def test_what_is_odd_is_advice_by_file(odd, seen):
    found = [problem for check in IN_FILES for problem in check(odd)]
    home = seen(odd.with_pages(odd.pages[:1]))
    found += [problem for check in CHECKS if check not in IN_FILES for problem in check(home)]
    assert [str(problem) for problem in found if not problem.is_advice] == []
    assert {"old.htm", "older.xhtml"} < {page.path for page in odd.pages}
    said = [f"{problem.file}: {problem.message}" for problem in found]
    for part in (
        "colors.css: --ink “oklch(70% 0.1 200)” has 2.6:1 on --paper in “default”",
        "colors.css: --link “#888” has 3.5:1",
        "colors.css: --link “color-mix(in srgb, red, blue)” has",
        'colors.css: --papr is no color of this site; did you mean "--paper"?',
        "colors.css: --md-hu is no color of this site; see the top of macros/theme/assets/site.css",
        "colors.css: --ink-quiet “49515b” is no color",
        "colors.css: “light” is no scheme of this site; write",
        "colors.css: “--paper” lacks its colon; write --paper: …",
        "farben.css: is used by no page; name it docs/colors.css",
        "index.md: a picture is read aloud as “Our Team.PNG”",
        "phrases.md: the quotes around “Phrases” are shown",
        "index.md: “25 years” is still what Mike says",
        "index.md: “a skill I’m still developing” is still",
        "index.md: “Three kinds of 1-on-1 that",
        " stands here, and docs/modes.yml has 4 modes; write four, or no number",
        "team.HEIC: a picture of the kind .heic is shown by no browser",
        "big.jpg: has 500 KB",
        "docs/Me.MD: is published as a file, and is no page",
        "docs/logo.png: is not taken for a logo",
        "docs/images/Favicon.svg: is not taken",
    ):
        assert len([line for line in said if part in line]) == 1, (part, said)
    assert len(said) == 20


@pytest.mark.managers("docs", "zofia", "noa")
def test_what_is_in_english_still_is_advice(site, docs, tmp_path):
    folder = Path(shutil.copytree(site.docs, tmp_path / "docs"))
    edit_yaml(folder / "modes.yml", lambda tree: tree["site"].update(language="es"))
    found = problems(Site(site.folder, folder), {advice.language} & CHECKS.keys())
    files = ["docs/modes.yml", *(page.source for page in site.framed[:-1])]
    assert [problem.file for problem in found] == (files if docs.name == "docs" else [])
    assert all(problem.is_advice and problem.line for problem in found), found


@pytest.mark.managers("zofia")
def test_the_title_of_a_box_in_english_is_advice(site):
    titles = "".join(f'<p class="admonition-title">{title}</p>' for title in ("Note", "Uwaga"))
    page = Page("index.html", f"<article>{titles}</article>", "docs/index.md")
    (problem,) = problems(site.with_pages([page]), {advice.language} & CHECKS.keys())
    assert problem.is_advice and "the title “Note” of a box" in problem.message


def test_a_static_page_of_xhtml_with_its_policy_is_xml_still(odd):
    """That each page of any ending has a policy, tests/check sees."""
    root = ET.parse(odd.folder / "older.xhtml").getroot()  # noqa: S314  # the build has written it
    assert root.find(".//{*}meta").get("http-equiv") == "Content-Security-Policy"


@pytest.mark.parametrize("css", ["a { color: red; b { }", "/* a { }", "a { } }", 'a { content: "'])
def test_a_colors_file_without_an_end_is_advice(tmp_path, css):
    write_files(tmp_path, {"docs/colors.css": css})
    odd = Site(tmp_path / "site", tmp_path / "docs")
    (problem,) = problems(odd, {advice.colors} & CHECKS.keys())
    assert problem.is_advice and "never closed" in problem.message


def test_what_only_mike_can_say_is_what_the_template_says(site):
    said = " ".join(map(advice.said_on, site.framed))
    lines = advice.WORDS.read_text(encoding="utf-8").splitlines()
    assert lines
    assert [line for line in lines if line not in said] == []


@pytest.mark.parametrize("names", [["logo.svg"], ["logo.png"], ["logo.svg", "logo.png"]])
def test_a_logo_of_ones_own_is_the_logo_and_the_only_icon(odd, variant, names):
    """With a picture of one's own, which the samples and the hostile site have as well."""
    site = odd if len(names) > 1 else variant("samples" if names == ["logo.svg"] else "hostile")
    for page in site.framed:
        base = site.base if page.path == "404.html" else "../" * page.path.count("/")
        logo, *others = [f"{base}assets/{name}" for name in names]
        shown = {picture["src"] for picture in page.soup.select(".home img")}
        icons = [link["href"] for link in page.soup.select("link[rel~=icon]")]
        touch = [link["href"] for link in page.soup.select("link[rel=apple-touch-icon]")]
        assert (shown, icons) == ({logo}, [logo])
        assert not page.soup.select("meta[property='og:image']")
        assert touch == [name for name in (logo, *others) if name.endswith("png")]
    left = {
        path.name
        for path in (site.folder / "assets").glob("*.*")
        if path.suffix in (".png", ".svg")
    }
    assert left == {*names}
