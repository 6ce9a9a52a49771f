"""Is a page light, does it look and behave as the plain Material page, and has it what it needs?"""

import gzip
import shutil
from types import SimpleNamespace

import pytest

from macros.publish import slim
from tests.check import markup
from tests.check.site import Site
from tests.helpers.interactions import ARRIVED, CAN_SEARCH, SCHEME
from tests.helpers.pictures import alike
from tests.helpers.projects import write_files

# Of the samples: what the theme's script leaves as it is, and what it works on.
STILL, MOVING = "still/", "moving/"
# What needs the theme's script, each alone on a page, and one that needs none.
NEEDS = {
    "details": "<details><summary>More</summary>Text</details>",
    "tabs": '<div class="tabbed-set" data-tabs="1:1"></div>',
    "annotation": '<p class="annotate">Text</p>',
    "code that is copied": '<div class="highlight copy"><pre><code>x</code></pre></div>',
    "diagram": '<pre class="mermaid"><code>x</code></pre>',
    "preview of a link": '<a href="#x" data-preview>x</a>',
    "component of the theme": '<button data-md-component="top">x</button>',
    "script for the theme": "<script>document$.subscribe(() => {})</script>",
    "languages": '<div class="md-select"></div>',
    "versions": '<script type="application/json">{"version": {"provider": "mike"}}</script>',
}
FEATURES = ["content.code.copy", "content.tooltips", "header.autohide", "navigation.instant"]
FEATURES += ["navigation.top", "navigation.tracking", "search.highlight", "search.suggest"]
BUNDLE, OWN = 'script[src*="/bundle."]', 'script[src*="/search.js?"], script[data-search]'
# The page with this part, its scheme, and the views in which it is looked at.
LOOKS = [(markup.CARDS, "dark", ["phone", "desktop"]), ("#styled", "light", ["paper"])]
# Every rule of the first stylesheets, with its conditions. One that only names custom properties
# which nothing uses may go.
RULES = """sheets => {
    const found = [];
    const walk = (rules, when) => {
        for (const rule of rules) {
            const works = rule.selectorText && [...rule.style].some(name => !name.startsWith("--"));
            if (works) found.push([when, rule.selectorText]);
            else if (rule.cssRules) walk(rule.cssRules, `${when} ${rule.conditionText}`);
        }
    };
    for (const sheet of [...document.styleSheets].slice(0, sheets)) walk(sheet.cssRules, "");
    return found;
}"""
# Those that match something once it is hovered, focused, opened or chosen.
MATCHING = """rules => {
    const pseudo = /::?[\\w-]+(\\((?:[^()]|\\([^()]*\\))*\\))?/;
    const alone = RegExp(`(^|[\\\\s>+~,])${pseudo.source}`, "g");
    const bare = selector => selector.replace(alone, "$1*").replace(RegExp(pseudo, "g"), "");
    return rules.filter(([, selector]) => document.querySelector(bare(selector)));
}"""


@pytest.fixture(scope="session")
def samples(variant, serve) -> str:
    return serve(variant("samples"))


@pytest.fixture(scope="session")
def off(variant, serve) -> str:
    return serve(variant("plain"))


def stylesheets(soup) -> list[str]:
    links = soup.head.select("link[rel=stylesheet]")
    return [link["href"].split("?")[0].rpartition("/")[2] for link in links]


def test_switched_off_it_is_the_plain_theme(variant):
    plain = variant("plain")
    assert len(plain.pages) > 4
    for page in plain.pages:
        names = [name.split(".")[0] for name in stylesheets(page.soup)]
        assert names == ["main", "palette", "site"], page.name
        assert len(page.soup.select(BUNDLE)) == 1, page.name
        assert not page.soup.select(OWN), page.name
        assert page.soup.select('[data-md-component="search"]'), "the theme's own search"
        assert "worker-src 'self'" in page.html
    assert not list(plain.folder.rglob("first-view*"))


@pytest.fixture
def slimmed(variant, tmp_path):
    """Pages of the plain samples, each with a text in it, slimmed with some of the features."""

    def make(texts: dict[str, str], *features: str, **files: str) -> Site:
        plain = variant("plain")
        folder = shutil.copytree(plain.folder, tmp_path / "site", dirs_exist_ok=True)
        paths = {"index": "search/search_index.json", "script": "assets/site.js"}
        write_files(folder, {paths[name]: text for name, text in files.items()})
        for page in [*folder.rglob("*.html")]:
            page.unlink()
        html = (plain.folder / STILL / "index.html").read_text(encoding="utf-8")
        for name, text in texts.items():
            page = html.replace("</article>", f"{text}</article>")
            write_files(folder, {f"{name}/index.html": page})
        theme = {"features": ["navigation.tabs", *features]}
        slim.on_post_build(config=SimpleNamespace(site_dir=folder, theme=theme))
        return Site(folder, plain.docs)

    return make


def needing(site: Site) -> list[str]:
    return [page.path.split("/")[0] for page in site.pages if page.soup.select(BUNDLE)]


def test_the_themes_script_is_where_a_page_needs_it(slimmed, site):
    """A table, a code block and features of templates need none."""
    features = ["navigation.footer", "navigation.path", "content.action.edit"]
    table = "<table><tr><td>x</td></tr></table>"
    made = slimmed({**NEEDS, "nothing": "", "table": table}, *features)
    assert needing(made) == sorted(NEEDS)
    assert all(page.soup.select(OWN) for page in made.pages), "the search is the site's own"
    assert needing(site) == []


def test_the_themes_script_is_everywhere_for_a_feature_that_needs_it(slimmed):
    for feature in FEATURES:
        made = slimmed({"nothing": ""}, feature)
        assert needing(made) == ["nothing"], feature
        (page,) = made.pages
        assert bool(page.soup.select(OWN)) != feature.startswith("search."), feature


def test_the_themes_script_is_everywhere_for_a_script_that_asks_it(slimmed):
    assert needing(slimmed({"nothing": ""}, script=NEEDS["script for the theme"])) == ["nothing"]


@pytest.mark.parametrize(("words", "when"), [(9, "ahead"), (9000, "asked")])
def test_a_large_index_is_not_fetched_ahead(slimmed, words, when):
    index = " ".join(f"word{n * n * 7919}" for n in range(words))
    (page,) = slimmed({"nothing": ""}, index=index).pages
    assert page.soup.select(f"[data-index={when}]")


def test_tables_stand_below_each_other_and_scroll_without_a_script(visit, samples):
    page = visit(STILL, at=samples, width=390)
    page.evaluate("""() => document.querySelector("article").insertAdjacentHTML("beforeend",
        `<table id="small"><tr><td>x</td></tr></table><table id="next"><tr><td>x</td></tr></table>
        <table id="wide"><tr>${"<td>a column of its own</td>".repeat(9)}</tr></table>`)""")
    assert page.evaluate("next.offsetTop >= small.offsetTop + small.offsetHeight")
    assert page.evaluate("wide.scrollWidth > wide.clientWidth && (wide.scrollLeft = 9)")
    assert page.evaluate("wide.scrollLeft === 9 && document.body.scrollWidth <= innerWidth")


def test_the_first_view_takes_three_requests_and_22_kilobytes_at_most(browser, serve, site):
    """Until it is painted; the search comes after that."""
    page, answers = browser.new_context(bypass_csp=True).new_page(), []  # nothing is cached
    page.on("response", lambda answer: answers.append(answer))
    page.goto(serve(site))
    page.wait_for_function(CAN_SEARCH)
    page.wait_for_load_state("networkidle")
    painted = page.evaluate("performance.getEntriesByType('paint').at(-1).startTime")
    starts = page.evaluate("performance.getEntriesByType('resource').map(e => e.toJSON())")
    late = {entry["name"] for entry in starts if entry["startTime"] > painted}
    first = {answer.url: answer for answer in answers if answer.url not in late}
    weight = {url: len(gzip.compress(answer.body())) for url, answer in first.items()}
    page.context.close()
    assert 1 < len(weight) <= 3 and sum(weight.values()) <= 22_000, weight


@pytest.mark.parametrize(("part", "scheme", "views"), LOOKS)
def test_a_page_looks_as_without(visit, samples, off, variant, part, scheme, views):
    """That all pages keep their rules is asked below."""
    path = next(page.web_path for page in variant("plain").pages if page.soup.select(part))
    media = {"color_scheme": scheme, "reduced_motion": "reduce"}
    without = visit(path, at=off, media=media, is_alone=True)
    without.wait_for_function(ARRIVED)
    page = visit(path, at=samples, media=media, is_alone=True)
    assert [view for view in views if not alike(page, without, view)] == []
    assert not page.evaluate(ARRIVED)


def test_no_rule_is_dropped_that_may_match(visit, variant, samples, off):
    page = visit("", at=off)
    every = page.evaluate(RULES, 9)
    assert len(page.evaluate(MATCHING, every)) > 300
    page = visit("", at=samples)
    kept = set(map(tuple, page.evaluate(RULES, 1)))
    dropped = [rule for rule in every if tuple(rule) not in kept]
    assert len(dropped) > len(every) / 3
    (_,) = variant("samples").folder.rglob("first-view*.css")  # all light pages share it
    for each in variant("samples").pages:
        if not each.soup.select(BUNDLE):
            page.goto(samples + each.web_path)
            assert page.evaluate(MATCHING, dropped) == [], each.name


@pytest.mark.parametrize("where", ["", MOVING])
def test_the_switch_obeys_mouse_and_keys(visit, samples, where):
    page = visit(where, at=samples)
    label = page.locator(".md-option + label:visible")
    for key in (None, "Enter", "ArrowRight"):
        words, before = label.get_attribute("title"), page.evaluate(SCHEME)
        if key:
            page.locator(".md-option:checked").press(key)
        else:
            label.click()
        page.wait_for_function(f"before => {SCHEME} !== before", arg=before)
        assert label.count() == 1
        assert label.get_attribute("title") != words
        assert page.evaluate("document.activeElement.matches('.md-option:checked')") or not key
