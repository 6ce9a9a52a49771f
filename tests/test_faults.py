"""Is the check red for each fault that is put into a published site, naming its page and place?"""

import re
import shutil
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.check import CHECKS, IN_FILES, Site, in_browser, links, problems, visits
from tests.check.expected import read_yaml
from tests.check.markup import Page
from tests.check.policy import digest
from tests.helpers.projects import ROOT, built, change, edit_yaml

PAGES = {
    "home": ("index.html", "docs/index.md"),
    "book": ("phrases/index.html", "docs/phrases.md"),
    "gone": ("404.html", "404.html"),
}
CSP = r'<meta http-equiv="Content-Security-Policy" content="[^"]*">'

TEXT = (ROOT / "tests/cases/faults.yml").read_text(encoding="utf-8")
FAULTS = [
    [line.rpartition(" # ")[::2] for line in group.splitlines() if not line.startswith("#")]
    for group in TEXT.split("\n---\n")
]
IN_BROWSER = read_yaml(ROOT / "tests/cases/in_browser.yml")


@pytest.mark.parametrize("faults", FAULTS)
def test_each_fault_is_named_with_page_and_place(site, faults):
    pages = {page.path: page for page in site.pages if (page.path, page.source) in PAGES.values()}
    wanted = []
    for case, said in faults:
        ((place, old, new),) = YAML(typ="safe").load(case).values()
        file, source = PAGES[place]
        text = replace(pages[file].html, old.replace("CSP", CSP), new)
        pages[file] = Page(file, text, source)
        wanted.append((source, said))
    found = problems(site.with_pages([*pages.values()]), IN_FILES)
    for source, said in wanted:
        told = [p for p in found if p.file == source or said.startswith(p.file)]
        assert any(said in str(p) for p in told if not p.is_advice), (said, [*map(str, told)])


def test_a_mistake_in_a_page_is_named_with_its_line(project):
    """And what looks like one is no mistake."""
    text = (ROOT / "tests/cases/published.md").read_text(encoding="utf-8")
    (project / "docs/published.md").write_text(text, encoding="utf-8")
    (project / "docs/colors.css").write_text(".x { background: url(no.png) }", encoding="utf-8")
    edit_yaml(project / "docs/modes.yml", lambda tree: tree["site"]["pages"].append("published.md"))
    found = problems(Site(built(project), project / "docs"), IN_FILES)
    wanted = [
        (f"docs/published.md:{number}", words)
        for number, line in enumerate(text.splitlines(), 1)
        for words in re.findall("<!-- (.*?) -->", line)
    ]
    wanted.append(("docs/colors.css:1", "“no.png” leads nowhere"))
    said = [str(problem).partition(": ")[::2] for problem in found]
    assert sorted(place for place, _ in said) == sorted(place for place, _ in wanted), said
    for place, words in wanted:
        assert any(at == place and text.startswith(words) for at, text in said), (words, said)


# What is left of a file: half of it, nothing in it, not even itself.
HALF, EMPTY, GONE = 0.5, 0, None
DAMAGE = [
    {
        "assets/stylesheets/main.*.css": HALF,
        "assets/stylesheets/first-view.css": HALF,
        "assets/javascripts/workers/*.js": GONE,
        "assets/icon-48.png": HALF,
        "search/search_index.json": HALF,
        "sitemap.xml": GONE,
    },
    {"sitemap.xml": (b"/phrases/", b"/x/"), "modes.yml": HALF, "404.html": HALF},
    {"phrases/index.html": EMPTY},
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_file_that_is_cut_off_or_gone_is_named(site, tmp_path, damage):
    broken, paths = copied(site, tmp_path), []
    for pattern, left in damage.items():
        (file,) = broken.folder.glob(pattern)
        whole = file.read_bytes()
        file.unlink()
        if left is not GONE:
            is_changed = isinstance(left, tuple)
            file.write_bytes(
                whole.replace(*left) if is_changed else whole[: int(left * len(whole))]
            )
        paths.append(file.relative_to(broken.folder).as_posix().replace("/index.html", ".md"))
    found = [f"{p.file}: {p.message}" for check in IN_FILES for p in check(broken)]
    assert [path for path in paths if not any(path in said for said in found)] == [], found


@pytest.mark.parametrize(("changes", "said"), IN_BROWSER.values(), ids=IN_BROWSER)
def test_a_fault_in_the_browser_is_named(monkeypatch, site, seen, tmp_path, changes, said):
    monkeypatch.setattr(visits, "PATIENCE", 1000)
    broken = copied(site, tmp_path)
    broken = broken.with_pages(broken.pages[:1])
    path = broken.folder / broken.pages[0].path
    html = path.read_text(encoding="utf-8")
    spoiled = html
    for old, new in changes.items():
        spoiled = replace(spoiled, re.escape(old), new)
    path.write_text(spoiled.replace(allowed(html), allowed(spoiled)), encoding="utf-8")
    checks = [check for check in CHECKS if check not in IN_FILES]
    found = [str(problem) for problem in problems(seen(broken), checks)]
    assert [part for part in said if not any(part in one for one in found)] == [], found


def test_what_is_fetched_from_elsewhere_is_told_once(site, seen, tmp_path):
    """Though the browser complains, too."""
    broken = copied(site, tmp_path)
    picture = '<img src="https://x.example/x.png" alt="x">'
    change(broken.folder / "index.html", "</article>", f"{picture}</article>")
    asked = broken.with_pages(broken.pages[:1])
    (found,) = problems(seen(asked), [links.addresses, in_browser.opens])
    assert "x.png” is fetched from elsewhere" in found.message


def copied(site: Site, folder: Path) -> Site:
    return Site(Path(shutil.copytree(site.folder, folder / "site")), site.docs)


def allowed(html: str) -> str:
    """The hash by which the policy allows the last script of a page."""
    return digest(html.rpartition("<script>")[2].partition("</script>")[0])


def replace(text: str, old: str, new: str) -> str:
    text, times = re.subn(old, new, text, count=1, flags=re.DOTALL)
    assert times == 1, f"the page holds no {old}"
    return text
