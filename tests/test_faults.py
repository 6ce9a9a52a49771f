"""Is the check red for each fault that is put into a published site, naming its page and place?"""

import re
import shutil
from pathlib import Path

import pytest

from tests.check import Site, in_browser, read
from tests.projects import built, copy_project

HOME, BOOK, GONE = "index.html", "phrases/index.html", "404.html"
SCRIPT = "macros/theme/assets/site.js"  # stands in every page, allowed by its hash
PAGES = {HOME: "docs/index.md", BOOK: "docs/phrases.md", GONE: GONE}
CSP = r'<meta http-equiv="Content-Security-Policy" content="[^"]*">'

# Where, what is replaced (a pattern, once) and by what, and what the finding says.
FAULTS = {
    "a changed card": (HOME, '(class="meaning">)', r"\1x", "cards: “x"),
    "another name of the cards": (
        HOME,
        '(class="modes"[^>]*aria-label=")',
        r"\1x",
        "cards’ name: “xA",
    ),
    "a card that leads elsewhere": (
        HOME,
        '(class="name"><a href="#)coaching',
        r"\1mentoring",
        "cards: “#mentoring",
    ),
    "a lost card": (HOME, '<li class="mode".*?</li>', "", "of docs/modes.yml is lost"),
    "a changed cell": (HOME, '(<td data-mode="Mentoring"[^>]*>)', r"\1x", "table: “x"),
    "a cell of another mode": (
        HOME,
        '<td data-mode="Coaching"',
        '<td data-mode="x"',
        "table: “x” is",
    ),
    "a changed caption": (HOME, "<caption>", "<caption>x", "table: “xThe"),
    "a lost row": (HOME, "<tbody><tr>.*?</tr>", "<tbody>", "of docs/modes.yml is lost"),
    "a column too many": (
        HOME,
        "</thead>",
        '<th scope="col">x</th></thead>',
        "table’s head: “x” is",
    ),
    "a changed section": (HOME, '(<h2 id="supervision">.*?<p>)', r"\1x", "sections: “x"),
    "a lost anchor": (
        HOME,
        '<h2 id="mentoring">',
        "<h2>",
        "“#mentoring” leads to “#mentoring”, and",
    ),
    "a changed phrase": (
        BOOK,
        '(id="switch-to-coaching".*?class="phrase">)',
        r"\1x",
        "switches: “x",
    ),
    "an unmarked slot": (
        BOOK,
        r'(id="request-coaching".*?)<span class="slot">(.*?)</span>',
        r"\1\2",
        "requests: “",
    ),
    "a phrase of nobody": (
        BOOK,
        "</article>",
        '<p class="phrase">x</p></article>',
        "phrases: “x” is no",
    ),
    "another button": (BOOK, '(id="not-sure".*?<button[^>]*><span>)', r"\1x", "not_sure: “xCopy"),
    "another word for done": (BOOK, '(id="not-sure".*?data-done=")', r"\1x", "not_sure: “x"),
    "a button that shows at once": (
        BOOK,
        '(id="not-sure".*?<button[^>]*) hidden',
        r"\1",
        "is shown without",
    ),
    "another confirmation": (BOOK, '(<span aria-hidden="true">)', r"\1x", "“xCopied” is"),
    "two buttons of one name": (
        BOOK,
        "Copy coaching title",
        "Copy coaching request",
        "button “Copy coaching request”: two",
    ),
    "a lost call-out": (
        BOOK,
        '<li id="wanted-coaching-got-mentoring".*?</li>',
        "",
        "call_outs, “When",
    ),
    "a changed sign": (
        BOOK,
        '(class="signs"><dt>.*?<dd>)',
        r"\1x",
        "call_outs, “When you wanted coaching”: “x",
    ),
    "another group": (BOOK, '(<h3 id="wanted-mentoring">)', r"\1x", "call_outs: “xWhen"),
    "a name of the site": (HOME, "(<title>.*?) - ", r"\1 - x", "title: “"),
    "a name in the frame": (
        BOOK,
        r'(md-header__topic".*?md-ellipsis">\s*)',
        r"\1x",
        "name of the site: “x",
    ),
    "a lost tab": (BOOK, '<li class="md-tabs__item.*?</li>', "", "menu: “"),
    "a scheme switch": (
        BOOK,
        'aria-label="Switch to dark"',
        'aria-label="x"',
        "scheme switch: “x”",
    ),
    "another language": (HOME, 'lang="en"', 'lang="de"', "language: “de”"),
    "another description": (BOOK, '(name="description" content=")', r"\1x", "`description` for"),
    "a preview of another page": (
        BOOK,
        '(og:url" content="[^"]*)phrases/',
        r"\1x/",
        "`og:url` for",
    ),
    "other words of the 404 page": (GONE, "<h1>", "<h1>x", "text: “x"),
    "no way home": (
        GONE,
        'href="/manager-readme/">Go',
        'href="/manager-readme/x/">Go',
        "text: “/manager-readme/x/”",
    ),
    "a way from the 404 page that depends on where": (
        GONE,
        'href="/manager-readme/phrases/"',
        'href="phrases/"',
        "“phrases/” leads nowhere",
    ),
    "a status that has spoken": (HOME, '(role="status"[^>]*>)', r"\1x", "status: “x"),
    "a dead link": (
        HOME,
        "</article>",
        '<a href="../x/">x</a></article>',
        "“../x/” leads out of the site",
    ),
    "a dead link inside": (
        BOOK,
        "</article>",
        '<a href="../x/">x</a></article>',
        "“../x/” leads nowhere",
    ),
    "a dead anchor": (
        HOME,
        "</article>",
        '<a href="phrases/#x">x</a></article>',
        "leads to “#x”, and docs/phrases.md has no",
    ),
    "a lost asset": (BOOK, '(src="[^"]*)logo.svg', r"\1x.svg", "x.svg” leads nowhere"),
    "a picture from elsewhere": (
        HOME,
        "</article>",
        '<img alt="" src="https://x.example/x.png"></article>',
        "“https://x.example/x.png” is fetched from elsewhere",
    ),
    "a picture in several sizes": (
        HOME,
        "</article>",
        '<img alt="" srcset="//x.example/x.png 2x"></article>',
        "“//x.example/x.png” is fetched",
    ),
    "a style from elsewhere": (
        HOME,
        "</article>",
        '<p style="background: url(//x.example/x.png)"></article>',
        "“//x.example/x.png” is fetched",
    ),
    "a link that is a script": (
        HOME,
        "</article>",
        '<a href="javascript:x()">x</a></article>',
        "is a script",
    ),
    "an anchor twice": (
        HOME,
        "</article>",
        '<p id="coaching"></article>',
        "the anchor “coaching” stands 2 times",
    ),
    "no policy": (BOOK, CSP, "", "has no security policy"),
    "a policy after something": (BOOK, f"({CSP})", r"<link><meta>\1", "has no security policy"),
    "a policy that lets a host in": (
        BOOK,
        "img-src",
        "img-src https:",
        "its policy lets in https:",
    ),
    "a policy without an end": (
        BOOK,
        "default-src 'none'",
        "default-src 'self'",
        "lets default-src go",
    ),
    "a script without its hash": (
        BOOK,
        "</article>",
        "<script>x()</script></article>",
        "blocks “x()”, which has no hash",
    ),
    "a style without its hash": (
        BOOK,
        "</article>",
        "<style>p{}</style></article>",
        "blocks “p{}”, which has no",
    ),
    "a hash of nothing": (
        BOOK,
        "script-src 'self'",
        "script-src 'self' 'sha256-x'",
        "names a hash in script-src",
    ),
    "a handler": (
        BOOK,
        "</article>",
        '<p onclick="x()"></article>',
        "`onclick` in <p> is a script",
    ),
    "a referrer": (BOOK, "no-referrer", "origin", "tells other sites"),
}
# What only a browser shows.
IN_BROWSER = {
    "a button that copies something else": (
        SCRIPT,
        "range.toString()",
        '"x"',
        "docs/phrases.md: button “Copy coaching request”: copies “x”",
    ),
    "a button that copies nothing": (
        SCRIPT,
        "await navigator.clipboard.writeText",
        "void",
        "docs/index.md: button “Copy coaching request”: copies nothing",
    ),
    "a button that says nothing": (
        SCRIPT,
        "say(button.dataset.done, false)",
        "",
        "does not say “The “not sure” phrase copied” once",
    ),
    "an error in a script": (
        SCRIPT,
        "^",
        "x();",
        "docs/phrases.md: in a browser: script error: x is not defined",
    ),
    "a script that asks another host": (
        SCRIPT,
        "^",
        'fetch("//x.example/x");',
        "docs/index.md: in a browser: ",
    ),
    "a theme that does not start": (HOME, "bundle.", "x.", "docs/index.md: in a browser: "),
    "a cookie": (SCRIPT, "^", 'document.cookie = "x=1";', "docs: a page sets a cookie"),
}


@pytest.fixture
def broken(site, tmp_path):
    def with_fault(file: str, old: str, new: str) -> Site:
        folder = tmp_path / "broken"
        copy_project(folder, site.docs) if file == SCRIPT else shutil.copytree(site.folder, folder)
        text = (folder / file).read_text(encoding="utf-8")
        text, times = re.subn(old, new, text, count=1, flags=re.DOTALL)
        assert times == 1, f"{file} holds no {old}"
        (folder / file).write_text(text, encoding="utf-8")
        return Site(built(folder) if file == SCRIPT else folder, site.docs)

    return with_fault


@pytest.mark.parametrize(("file", "old", "new", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_page_and_place(broken, file, old, new, said):
    findings = [finding for finding in read(broken(file, old, new)) if not finding.is_advice]
    assert any(finding.page == PAGES[file] and said in finding.message for finding in findings), (
        "\n".join(map(str, findings))
    )


@pytest.mark.parametrize(("file", "old", "new", "said"), IN_BROWSER.values(), ids=IN_BROWSER)
def test_a_fault_in_the_browser_is_named_with_page_and_place(
    monkeypatch, broken, guarded, serve, file, old, new, said
):
    monkeypatch.setattr(in_browser, "PATIENCE", 1000)
    site = broken(file, old if old == "^" else re.escape(old), new)
    findings = [str(finding) for finding in in_browser.check(site, guarded, serve(site))]
    assert any(said in finding for finding in findings), findings
