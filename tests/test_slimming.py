"""Is a page light until somebody reads it, and does it look as the plain Material page does?"""

import gzip

import pytest
from bs4 import BeautifulSoup

from tests.check import markup
from tests.pictures import VIEWS, alike
from tests.theme import ARRIVED, away, wake

# Of the samples. What the theme's script changes on the other is fetched without waiting.
STILL, AT_ONCE = "still/", "moving/"
MOVED = ["table", "details", "[data-tabs]", ".annotate"]
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


@pytest.fixture(scope="session")
def paths(variant) -> list[str]:
    return [page.web_path for page in variant("samples").pages]


def stylesheets(soup) -> list[str]:
    links = soup.head.select("link[rel=stylesheet]")
    return [link["href"].split("?")[0].rpartition("/")[2] for link in links]


def test_switched_off_it_is_the_plain_theme(variant):
    plain = variant("plain")
    assert len(plain.pages) > 4
    for page in plain.pages:
        assert not page.soup.select("template"), page.name
        names = [name.split(".")[0] for name in stylesheets(page.soup)]
        assert names == ["main", "palette", "site"], page.name
        assert len(page.soup.select('script[src*="/bundle."]')) == 1, page.name
    assert not list(plain.folder.rglob("first-view*"))


def test_the_first_view_takes_four_requests_and_25_kilobytes_at_most(browser, serve, site):
    opened = []
    for path in [page.web_path for page in site.pages]:
        page = browser.new_context().new_page()  # with nothing in its cache
        opened.append((page, []))
        page.on("response", lambda answer, answers=opened[-1][1]: answers.append(answer))
        page.goto(serve(site) + path)
    for page, answers in opened:
        page.wait_for_load_state("networkidle")
        weight = {answer.url: len(gzip.compress(answer.body())) for answer in answers}
        page.context.close()
        assert 1 < len(weight) <= 4, weight
        assert sum(weight.values()) <= 25_000, weight


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_a_page_looks_as_without(visit, samples, off, place, scheme):
    """At first, and with the theme back. That all pages keep their rules is asked below."""
    path = place(markup.CARDS) if scheme == "dark" else STILL
    media = {"color_scheme": scheme, "reduced_motion": "reduce"}
    without = visit(path, at=off, media=media, is_alone=True)
    without.wait_for_function(ARRIVED)
    page = visit(path, at=samples, media=media, is_alone=True)
    assert not page.evaluate(ARRIVED)
    assert [view for view in VIEWS if not alike(page, without, view)] == []
    wake(page)
    assert alike(page, without, "desktop")


def test_no_rule_is_dropped_that_may_match(visit, variant, samples, off, paths):
    page = visit("", at=off)
    every = page.evaluate(RULES, 9)
    assert len(page.evaluate(MATCHING, every)) > 300
    page = visit("", at=samples, bundle=away)
    kept = set(map(tuple, page.evaluate(RULES, 1)))
    dropped = [rule for rule in every if tuple(rule) not in kept]
    assert len(dropped) > len(every) / 3
    (_,) = variant("samples").folder.rglob("first-view*.css")  # all pages share it
    for path in paths:
        page.goto(samples + path)
        assert page.evaluate(MATCHING, dropped) == [], path


@pytest.mark.parametrize("kind", [*MOVED, None])
def test_the_theme_is_fetched_at_once_for_each_thing_that_it_changes_unasked(visit, samples, kind):
    def keep_one(route):
        answer = route.fetch()
        html = BeautifulSoup(answer.text(), "html.parser")
        for thing in html.article.select(",".join(other for other in MOVED if other != kind)):
            thing.decompose()
        assert bool(html.article.select(",".join(MOVED))) == bool(kind)
        route.fulfill(response=answer, body=str(html))

    page = visit("blank", at="about:")
    page.route(f"**/{AT_ONCE}", keep_one)
    page.goto(samples + AT_ONCE, wait_until="load" if kind else "networkidle")
    if kind:
        page.wait_for_function(ARRIVED)
    assert page.evaluate(ARRIVED) == bool(kind)
