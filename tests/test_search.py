"""Does the search find every word, lead to the place that answers, and obey keyboard and touch?"""

import json
import unicodedata
from copy import copy
from urllib.parse import unquote

import pytest

from tests.helpers.interactions import CAN_SEARCH, QUERY, RESULT, search
from tests.helpers.projects import ROOT, web_path

SCRIPT = ROOT / "macros/publish/search.js"
META, INDEX = ".md-search-result__meta", "**/search_index.json"
# What is typed, and the places of which one is found first.
FOUND = {
    "tell me what to do": ["#which-one", "#supervision"],
    "not sure": ["#which-one", "phrases/#ask-for-a-session"],
    "drift": ["phrases/#call-me-out"],
    "invite": ["phrases/#title-the-calendar-invite"],
    "calendar": ["phrases/#title-the-calendar-invite"],
    "switch": ["phrases/#switch-midway"],
    "mentorship": ["#mentoring"],
}
MEETING = ("1-on-1", "1:1", "1-1", "1 on 1", "one on one")
COMPOSE = "key => dispatchEvent(new KeyboardEvent('keydown', { key, isComposing: true }))"
FIND = """([docs, queries]) => {
    const { find } = searcher(docs);
    return queries.map(query => find(query).found.map(({ location }) => location));
}"""
# 60 pages of 2,000 words, in paragraphs of a hundred.
MANY = """() => {
    const word = n => (n * 7919 % 26 ** 4).toString(26).replace(/\\d/g, d => "rstuvwxyzé"[d]);
    const text = page => Array.from({ length: 20 }, (_, part) => `<p>${Array.from({ length: 100 },
        (_, n) => word(page * 2000 + part * 100 + n)).join(" ")}, and coaching.</p>`).join(" ");
    return Array.from({ length: 60 }, (_, page) =>
        ({ location: `page-${page}/#part`, title: word(page), text: text(page) }));
}"""


@pytest.fixture(scope="session")
def searcher(browser):
    page = browser.new_page()
    page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8").split("\n{\n")[0])
    return page


@pytest.fixture(scope="session")
def asks(searcher):
    """Ask the search itself: `asks(docs, queries)` gives the places found for each."""
    return lambda docs, queries: searcher.evaluate(FIND, [docs, queries])


def docs_of(site) -> list[dict]:
    return json.loads((site.folder / "search/search_index.json").read_text("utf-8"))["docs"]


def bare(text: str) -> str:
    """Without accents."""
    signs = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in signs if not unicodedata.combining(sign))


@pytest.mark.managers
def test_every_word_is_found_as_typed_without_accents_and_in_capitals(site, asks):
    """Each word of the pages for readers leads to a section of its page."""
    docs, wanted = docs_of(site), {}
    listed = [*map(web_path, site.definition["site"]["pages"])]
    for page in (page for page in site.pages if page.web_path in listed):
        article = copy(page.soup.article)
        for left_out in article.select(".status, .address, [data-search-exclude]"):
            left_out.decompose()
        for word in article.get_text(" ").split():
            if any(sign.isalnum() for sign in word):
                wanted.setdefault(word, set()).add(page.web_path)
    assert len(wanted) > 100
    for way in (str, bare, str.upper, lambda word: word.replace("’", "'")):
        found = asks(docs, list(map(way, wanted)))
        for word, places in zip(wanted, found, strict=True):
            assert wanted[word] <= {unquote(p).partition("#")[0] for p in places}, way(word)


@pytest.mark.managers
def test_a_modes_name_leads_to_its_section_first(site, asks):
    modes = site.definition["modes"]
    found = asks(docs_of(site), [mode["name"].upper() for mode in modes])
    assert [places[0].partition("#")[2] for places in found] == [mode["id"] for mode in modes]


def test_what_people_look_for_leads_where_it_is_answered(site, asks):
    docs = docs_of(site)
    found = asks(docs, list(FOUND))
    assert {q: p[0] for q, p in zip(FOUND, found, strict=True) if p[0] not in FOUND[q]} == {}
    one, *others = asks(docs, list(MEETING))
    assert one and all(other == one for other in others)


def test_a_word_is_found_by_its_part(asks):
    texts = ["田中です。健二と話す", "إرشاد", "אימון", "Coaching &amp; mentoring"]
    docs = [{"location": f"#{n}", "title": "", "text": f"<p>{t}</p>"} for n, t in enumerate(texts)]
    queries = ["健二さん", "الإرشاد", "באימון", "mentorship", "feedback", "zzzz", "amp"]
    assert asks(docs, queries) == [["#0"], ["#1"], ["#2"], ["#3"], [], [], []]


def test_titles_come_before_text_and_sections_before_pages(asks):
    docs = [
        {"location": "", "title": "A switch", "text": "<p>The switch.</p>"},
        {"location": "#text", "title": "Text", "text": "<p>The switch.</p>"},
        {"location": "#title", "title": "The switch", "text": "<p>Text.</p>"},
    ]
    assert asks(docs, ["switch"]) == [["#title", "#text", ""]]


def test_a_letter_takes_50_ms_at_most_on_a_phone_in_60_long_pages(searcher):
    """At a sixth of the processor's speed, by the median of the letters."""
    page = searcher
    page.evaluate(f"() => {{ window.many = searcher(({MANY})()) }}")
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    times = page.evaluate("""() => [..."and coaching"].map((_, n) => {
        const start = performance.now();
        const { words, found } = many.find("and coaching".slice(0, n + 1));
        for (const section of found.slice(0, 50)) many.excerpt(section, words);
        return performance.now() - start;
    })""")
    session.detach()  # and it is quick again
    assert sorted(times)[len(times) // 2] < 50, times


@pytest.mark.managers("docs", "noa")
def test_the_number_is_said_and_what_was_asked_for_is_marked(visit, definition):
    """In the language of the page."""
    page, name = visit(), definition["modes"][0]["name"]
    search(page, name.upper())
    count = page.locator(RESULT).count()
    words = json.loads(page.locator("#__config").inner_text())["translations"]
    said = words["search.result.other"].replace("#", str(count))
    assert page.locator(f"{META}[aria-live=polite]").inner_text() == said
    assert ("matching" in said) == (definition["site"]["language"] == "en")
    assert count > 1
    marks = page.locator(f"{RESULT} mark").all_inner_texts()
    assert marks and all(name.casefold() in mark.casefold() for mark in marks)


def test_where_nothing_is_found_the_likeliest_places_are_named(visit):
    page = visit()
    search(page, "xqzzy")
    assert page.locator(META).inner_text() == "No matching documents"
    addresses = page.locator(RESULT).evaluate_all("links => links.map(link => link.hash)")
    assert addresses == ["#which-one", "#ask-for-a-session"]


def test_the_focus_alone_opens_nothing_where_the_field_is_seen(visit, definition):
    """A screen reader that reads past the field gives it the focus."""
    page = visit()
    page.wait_for_function(CAN_SEARCH)
    page.locator(QUERY).focus()
    assert not page.locator("#__search").is_checked()
    page.keyboard.type(definition["modes"][0]["name"])
    page.locator(RESULT).first.wait_for()
    assert page.locator("#__search").is_checked()


def test_the_keyboard_opens_walks_and_leaves(visit, definition):
    page = visit()
    focused = "document.activeElement"
    page.wait_for_function(CAN_SEARCH)
    link = page.locator("header .pages a").last
    link.focus()
    for key in ("s", "f", "/"):
        page.keyboard.press(f"Control+{key}")
        page.evaluate(COMPOSE, key)
        assert link.evaluate(f"link => link === {focused}"), "the browser's own, or half a sign"
        page.keyboard.press(key)
        page.locator(f"{QUERY}:focus").wait_for()
        page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type(definition["modes"][0]["name"])
    page.locator(RESULT).first.wait_for()
    page.keyboard.press("ArrowUp")
    assert page.locator(RESULT).last.evaluate(f"link => link === {focused}")
    page.keyboard.press("ArrowDown")
    assert page.locator(QUERY).evaluate(f"field => field === {focused}")
    page.keyboard.press("ArrowDown")
    assert page.locator(RESULT).first.evaluate(f"link => link === {focused}")
    page.keyboard.press("Escape")
    assert link.evaluate(f"link => link === {focused}"), "the focus is where it was"
    page.locator(RESULT).first.wait_for(state="hidden")
    page.keyboard.press("/")
    page.keyboard.press("Tab")
    assert page.evaluate(f"!{focused}.closest('.md-search') && {focused} !== document.body")
    assert not page.locator("#__search").is_checked()


def test_a_touch_opens_and_a_result_on_the_same_page_closes(visit, definition):
    page = visit(width=390, height=664, is_mobile=True, has_touch=True)
    page.locator(".md-header > * > label[for=__search]").tap()
    page.locator(f"{QUERY}:focus").wait_for()
    page.keyboard.type(definition["modes"][0]["name"])
    page.locator(RESULT).first.click()
    page.wait_for_url(f"**/#{definition['modes'][0]['id']}")
    page.locator(RESULT).first.wait_for(state="hidden")


def test_who_is_quicker_than_the_script_is_answered(visit, serve, site, definition):
    page, held = visit("blank", at="about:", is_alone=True), []
    page.route("**/search.js*", lambda route: held.append(route))
    page.goto(serve(site))
    page.locator(QUERY).click()
    page.keyboard.type(definition["modes"][0]["name"])
    page.keyboard.press("Enter")
    while not held:
        page.evaluate("new Promise(requestAnimationFrame)")
    held[0].continue_()
    page.locator(RESULT).first.wait_for()
    assert page.url == serve(site), "nothing is sent"


def test_an_index_that_did_not_come_is_asked_for_again(visit, serve, site, definition):
    page = visit("blank", at="about:", is_alone=True)
    page.route(INDEX, lambda route: route.abort(), times=1)
    with page.expect_event("requestfailed"):
        page.goto(serve(site))
    page.locator(QUERY).fill(definition["modes"][0]["name"])
    page.locator(RESULT).first.wait_for()


def test_the_index_waits_for_a_reader_who_saves_data(visit):
    saving = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
    page, asked = visit("404.html", before=saving), []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.wait_for_function(CAN_SEARCH)
    assert [url for url in asked if url.endswith("search_index.json")] == []
    with page.expect_response(INDEX):
        page.locator(QUERY).focus()
