"""Is the check red for each fault that is put into a published site, naming its page and place?"""

import re
import shutil
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.check import Site, in_browser, read
from tests.check.expected import read_yaml
from tests.check.markup import Page
from tests.projects import ROOT

PAGES = {
    "home": ("index.html", "docs/index.md"),
    "book": ("phrases/index.html", "docs/phrases.md"),
    "gone": ("404.html", "404.html"),
}
BEGIN = "// Copies a phrase"  # of the script that stands in every page, allowed by its hash
CSP = r'<meta http-equiv="Content-Security-Policy" content="[^"]*">'

FAULTS = read_yaml(ROOT / "tests/cases/faults.yml")
SCRIPT_FAULTS = """\
fetch("//x.example/x");
document.cookie = "x=1";
setTimeout(() => x());
"""
# What only a browser shows: what is written in place of what, and all that is said of it.
IN_BROWSER = {
    "a button that copies something else, and one that says nothing": (
        {"range.toString()": '"x"', "say(button.dataset.done, false)": ""},
        ["docs/index.md: button “Copy coaching request”: copies “x”", "does not say “"],
    ),
    "a button that copies nothing": (
        {"await navigator.clipboard.writeText": "void"},
        ["docs/index.md: button “Copy coaching request”: copies nothing"],
    ),
    "a script that asks another host, sets a cookie and has an error": (
        {BEGIN: SCRIPT_FAULTS + BEGIN},
        [
            "docs/index.md: in a browser: connect-src blocks http://x.example/x",
            "docs: a page sets a cookie",
            "docs/index.md: in a browser: script error: x is not",
        ],
    ),
    "a script that its hash does not allow": ({"'sha256-": "'sha256-x"}, ["script-src"]),
    "a theme that does not start": ({"bundle.": "x."}, ["the theme’s script does not start"]),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_with_page_and_place(site, name):
    place, old, new, said = FAULTS[name]
    file, source = PAGES[place]
    text = (site.folder / file).read_text(encoding="utf-8")
    text = replace(text, old.replace("CSP", CSP), new)
    broken = Page(file, BeautifulSoup(text, "html.parser"), source)
    files = {file, "index.html", "phrases/index.html"}
    pages = [broken if page.path == file else page for page in site.pages if page.path in files]
    findings = [finding for finding in read(site.with_pages(pages)) if not finding.is_advice]
    found = [f for f in findings if f.page == source and said in f.message]
    assert found, "\n".join(map(str, findings))


@pytest.mark.parametrize("name", IN_BROWSER)
def test_a_fault_in_the_browser_is_named_with_page_and_place(
    monkeypatch, site, guarded, serve, tmp_path, name
):
    monkeypatch.setattr(in_browser, "PATIENCE", 1000)
    changes, said = IN_BROWSER[name]
    broken = Site(Path(shutil.copytree(site.folder, tmp_path / "site")), site.docs)
    broken = broken.with_pages(broken.pages[:1])
    path = broken.folder / broken.pages[0].path
    html = path.read_text(encoding="utf-8")
    spoiled = html
    for old, new in changes.items():
        spoiled = replace(spoiled, re.escape(old), new)
    path.write_text(spoiled.replace(digest(html), digest(spoiled)), encoding="utf-8")
    findings = [str(finding) for finding in in_browser.check(broken, guarded, serve(broken))]
    assert [part for part in said if not any(part in one for one in findings)] == [], findings


def digest(html: str) -> str:
    """The hash by which the policy allows the last script of a page."""
    script = html.rpartition("<script>")[2].partition("</script>")[0]
    return b64encode(sha256(script.encode()).digest()).decode()


def replace(text: str, old: str, new: str) -> str:
    text, times = re.subn(old, new, text, count=1, flags=re.DOTALL)
    assert times == 1, f"the page holds no {old}"
    return text
