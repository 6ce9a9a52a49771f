"""Is a page light until somebody reads it, and does it look and work as the plain Material page does?"""

import gzip
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import SAMPLES, add_samples, build, built, copy_project, read_pages, web_path
from test_accessibility import violations
from test_copying import GRANTED, READ, copied

# On this one the theme's script changes what it finds, so it is fetched without waiting for a reader.
AT_ONCE = "moving/"
BUNDLE = "**/bundle.*.js"
THEME = "'component$' in window"
SCHEME = "document.body.dataset.mdColorScheme"
QUERY = ".md-search__input"
# axe: why it cannot be mended here. No page of the site itself has either.
KNOWN = {
    ("label", "checkbox"): "a task list's box has no name, its text stands beside it",
    (
        "scrollable-region-focusable",
        "md-typeset__scrollwrap",
    ): "the theme wraps a wide table when its script has loaded",
}


def switched_off(project: Path) -> Path:
    path = project / "mkdocs.yml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    left = [line for line in lines if line.strip() != "- macros/publish/slim.py"]
    assert len(left) == len(lines) - 1, "one line is the switch"
    path.write_text("".join(left), encoding="utf-8")
    return project


@pytest.fixture(scope="module")
def plain(docs, once) -> Path:
    """The site with the samples and without the slimming."""
    return (
        once(
            f"plain-{docs.name}",
            lambda folder: built(switched_off(add_samples(copy_project(folder, docs)))),
        )
        / "site"
    )


@pytest.fixture(scope="module")
def off(serve, plain) -> str:
    return serve(plain)


@pytest.mark.any_manager
def test_switched_off_it_is_the_plain_theme(plain):
    for path, page in read_pages(plain).items():
        assert not page.select("template"), path
        assert [
            link["href"].rpartition("/")[2].split(".")[0]
            for link in page.select("link[rel=stylesheet]")
        ] == ["main", "palette", "site"], path
        assert len(page.select('script[src*="/bundle."]')) == 1, path
    assert not list(plain.rglob("first-view*"))


def test_the_first_view_takes_four_requests_and_25_kilobytes_at_most(browser, address, path):
    context = browser.new_context()  # with nothing in its cache
    page, answers = context.new_page(), []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address + path, wait_until="networkidle")
    weight = {answer.url: len(gzip.compress(answer.body())) for answer in answers}
    context.close()
    assert len(weight) <= 4, weight
    assert sum(weight.values()) <= 25_000, weight


def look(page, view: str) -> str:
    """The whole page, in half of the time that Playwright's own way takes to make the picture small."""
    width, media = {"paper": (794, "print"), "phone": (390, "screen"), "desktop": (1280, "screen")}[
        view
    ]
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(media=media)
    whole = {
        "x": 0,
        "y": 0,
        "width": width,
        "height": page.evaluate("document.documentElement.scrollHeight"),
        "scale": 1,
    }
    return page.context.new_cdp_session(page).send(
        "Page.captureScreenshot",
        {"captureBeyondViewport": True, "optimizeForSpeed": True, "clip": whole},
    )["data"]


def alike(page, without, view: str) -> bool:
    """Pixel for pixel; asked again, since the theme needs a moment to follow a change of the width."""
    return any(look(page, view) == look(without, view) for _ in range(5))


def test_every_page_looks_as_without(visit, samples, off, path):
    looks_as_without(visit, samples, off, path, "dark")


@pytest.mark.any_manager
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_what_an_adopter_adds_looks_as_without(visit, samples, off, sample, scheme):
    looks_as_without(visit, samples, off, web_path(sample.name), scheme)


def looks_as_without(visit, samples, off, path, scheme) -> None:
    without = visit(path, at=off, scheme=scheme, motion="reduce")
    without.wait_for_function(THEME)
    page = visit(path, at=samples, scheme=scheme, motion="reduce")
    if path == AT_ONCE:
        page.wait_for_function(THEME)
    assert page.evaluate(THEME) == (path == AT_ONCE)
    assert [view for view in ("paper", "phone", "desktop") if not alike(page, without, view)] == []
    page.mouse.move(1, 1)
    page.wait_for_function(THEME)
    assert alike(page, without, "desktop"), "once the theme is back"


MOVED = ["table", "details", "[data-tabs]", ".annotate"]


@pytest.mark.any_manager
@pytest.mark.parametrize("kind", [*MOVED, None])
def test_the_theme_is_fetched_at_once_for_each_thing_that_it_changes_unasked(visit, samples, kind):
    def keep_one(route):
        answer = route.fetch()
        html = BeautifulSoup(answer.text(), "html.parser")
        for thing in html.article.select(",".join(other for other in MOVED if other != kind)):
            thing.decompose()
        assert bool(html.article.select(",".join(MOVED))) == bool(kind)
        route.fulfill(response=answer, body=str(html))

    page = visit("", at=samples)
    page.route(f"**/{AT_ONCE}", keep_one)
    page.goto(samples + AT_ONCE, wait_until="networkidle")
    assert page.evaluate(THEME) == bool(kind)


@pytest.mark.any_manager
def test_the_theme_comes_back_in_one_go(visit):
    """Nothing may move below a finger: half of the stylesheets would look like another site."""
    page, last = visit(""), []
    before = page.screenshot(animations="disabled")
    page.route("**/assets/site.css", lambda route: last.append(route))
    with page.expect_response("**/main.*.css"), page.expect_response("**/palette.*.css"):
        page.mouse.move(1, 1)
    page.wait_for_function(THEME)
    assert last and page.screenshot(animations="disabled") == before
    last[0].continue_()
    page.wait_for_function(
        "getComputedStyle(document.body).getPropertyValue('--md-annotation-icon')"
    )
    assert page.screenshot(animations="disabled") == before


@pytest.mark.any_manager
def test_no_rule_is_dropped_that_may_match(visit, samples, off, paths):
    """Hovered, focused, opened or chosen: what a selector asks for besides is left out of the question."""
    rules = """sheets => {
        const found = [];
        const walk = (rules, when) => {
            for (const rule of rules) {
                // A rule that only names what nothing uses may go.
                if (rule.selectorText && [...rule.style].some(name => !name.startsWith("--"))) found.push([when, rule.selectorText]);
                else if (rule.cssRules) walk(rule.cssRules, `${when} ${rule.conditionText}`);
            }
        };
        for (const sheet of [...document.styleSheets].slice(0, sheets)) walk(sheet.cssRules, "");
        return found;
    }"""
    matching = """rules => {
        const pseudo = /::?[\\w-]+(\\((?:[^()]|\\([^()]*\\))*\\))?/;
        const bare = selector => selector.replace(RegExp(`(^|[\\\\s>+~,])${pseudo.source}`, "g"), "$1*").replace(RegExp(pseudo, "g"), "");
        return rules.filter(([, selector]) => document.querySelector(bare(selector)));
    }"""
    every = visit("", at=off).evaluate(rules, 9)
    kept, needed = set(), set()
    for path in paths:
        page = visit(path, at=samples, block=BUNDLE)
        kept |= set(map(tuple, page.evaluate(rules, 1)))
        needed |= set(map(tuple, page.evaluate(matching, every)))
    assert len(needed) > 300
    assert needed - kept == set()
    assert len(kept) < len(every) * 2 / 3, "nothing is dropped"


class Held:
    """Keeps the theme's script on its way until `arrive` is called."""

    def __init__(self, page):
        self.page, self.requests = page, []
        page.route(BUNDLE, lambda route: self.requests.append(route))
        page.reload()  # what is in the cache by now would not be asked for

    def arrive(self) -> None:
        for _ in range(1000):
            if self.requests:
                break
            self.page.wait_for_timeout(10)
        assert self.requests and not self.page.evaluate(THEME)
        self.requests[0].continue_()


def tab_to_search(page) -> None:
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.locator(f"{QUERY}:focus").count():
            return


WAYS = {
    "mouse": lambda page: page.locator(QUERY).click(),
    "slash": lambda page: page.keyboard.press("/"),
    "tab": tab_to_search,
    "touch": lambda page: page.locator(".md-header > * > label[for=__search]").tap(),
}


@pytest.mark.any_manager
@pytest.mark.parametrize("way", WAYS)
def test_the_search_loses_no_letter_while_the_theme_is_on_its_way(
    visit, samples, paths, definition, way
):
    options = {
        "touch": {"width": 390, "is_mobile": True, "has_touch": True},
        "slash": {"width": 390},
    }
    page = visit(paths[-1], at=samples, **options.get(way, {}))
    theme, word, before = Held(page), definition["modes"][0]["name"], page.url
    WAYS[way](page)
    page.locator(f"{QUERY}:focus").wait_for(state="attached")
    page.keyboard.type(word)
    page.keyboard.press("Enter")
    assert page.locator(QUERY).input_value() == word
    theme.arrive()
    result = page.locator(".md-search-result__link").first
    result.wait_for()
    assert page.url == before, "nothing is sent"
    assert page.locator(QUERY).input_value() == word
    assert word.casefold() in page.locator(".md-search-result__list").inner_text().casefold()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != before, wait_until="commit")


@pytest.mark.any_manager
@pytest.mark.parametrize("key", [None, "Enter", "ArrowRight"])
def test_the_switch_obeys_at_the_first_time(visit, key):
    page = visit("")
    theme, label = Held(page), page.locator(".md-option + label:visible")
    words, before = label.get_attribute("title"), page.evaluate(SCHEME)
    if key:
        page.locator(".md-option").first.press(key)
    else:
        label.click()
    theme.arrive()
    page.wait_for_function(f"before => {SCHEME} !== before", arg=before)
    assert label.count() == 1 and label.get_attribute("title") != words
    label.click()
    assert page.evaluate(SCHEME) == before
    assert label.get_attribute("title") == words


@pytest.mark.any_manager
def test_the_menu_opens_at_the_first_touch_and_stays_open(visit, definition):
    page = visit("", width=390, height=844, is_mobile=True, has_touch=True)
    theme, link = Held(page), page.locator(".md-nav--primary > ul > li > a:visible").last
    page.locator(".md-header button[for=__drawer]").tap()
    page.wait_for_function(
        "link => link.getBoundingClientRect().left >= 0", arg=link.element_handle()
    )
    theme.arrive()
    page.wait_for_function(THEME)
    page.wait_for_timeout(200)  # the theme closes it so long after a change of the address
    link.tap()
    page.wait_for_url("**/" + web_path(definition["site"]["pages"][-1]))


def test_a_phrase_is_copied_at_the_first_click(visit, place, definition):
    page = visit(place(".copy"), **GRANTED)
    Held(page)
    page.locator(".copy").first.click()
    page.locator(".copy.done").wait_for()
    assert page.evaluate(READ) == copied(
        page.locator(".phrase").first.inner_text(), definition["phrases"]["slot"]
    )


@pytest.mark.any_manager
def test_a_key_of_the_theme_is_not_lost(visit, definition):
    page = visit("")
    theme = Held(page)
    page.keyboard.press("n")
    theme.arrive()
    page.wait_for_url("**/" + web_path(definition["site"]["pages"][1]))


def test_a_page_opened_by_an_anchor_is_at_the_anchor(visit, samples, off, place, definition):
    id = definition["modes"][-1]["id"]
    tops = []
    for at in (off, samples):
        page = visit(f"{place(f'#switch-to-{id}')}#switch-to-{id}", at=at)
        page.wait_for_function(THEME)
        tops.append(page.locator(f"#switch-to-{id}").bounding_box()["y"])
    assert tops[0] == tops[1] and 0 <= tops[1] < 800


@pytest.mark.any_manager
def test_axe_finds_nothing_new_on_the_samples(visit, samples):
    found = set()
    for path in (web_path(sample.name) for sample in SAMPLES):
        for scheme, width in (("light", 320), ("dark", 1280)):
            page = visit(path, at=samples, scheme=scheme, width=width, motion="reduce")
            found |= {
                (rule, next((part for of, part in KNOWN if of == rule and part in html), html))
                for rule, html, _ in violations(page)
            }
    assert found == KNOWN.keys()


def test_a_stylesheet_that_is_not_understood_is_left_as_it_was(project):
    odd = project / "docs/assets/odd/odd.css"
    odd.parent.mkdir(parents=True)
    odd.write_text("p { color: red }\n} .nowhere { color: red }\n", encoding="utf-8")
    fine = odd.with_name("fine.css")
    fine.write_text(
        ':root { --used: 1; --idle: 2 } .phrase { opacity: var(--used); background: url("dot.svg") } .nowhere { color: red }',
        encoding="utf-8",
    )
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace(
            "extra_css:\n", "extra_css:\n  - assets/odd/odd.css\n  - assets/odd/fine.css\n"
        ),
        encoding="utf-8",
    )
    result = build(project)
    assert result.returncode == 0, result.stderr
    (said,) = [line for line in result.stderr.splitlines() if "odd.css" in line]
    assert re.search(r"assets/odd/odd\.css is left as it was: line 2: ", said)
    assert (project / "site/assets/odd/odd.css").read_bytes() == odd.read_bytes()
    for path, page in read_pages(project / "site").items():
        links = [
            link["href"].split("?")[0].rpartition("/")[2]
            for link in page.head.select("link[rel=stylesheet]")
        ]
        assert links == ["first-view.css", "odd.css", "first-view1.css"], path
    css = (project / "site/assets/stylesheets/first-view1.css").read_text(encoding="utf-8")
    assert "--used" in css and "--idle" not in css and ".nowhere" not in css
    assert 'url("../odd/dot.svg")' in css
