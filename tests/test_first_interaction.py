"""Does the first click, touch or key do what the theme would have done, though it is on its way?"""

from urllib.parse import urlencode

import pytest

from tests.projects import web_path
from tests.theme import ARRIVED, QUERY, RESULT, SCHEME, Held

ON_PHONE = {"is_mobile": True, "has_touch": True, "width": 390, "height": 844}


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
# A browser of 2020 keeps a listener that was to end by a signal; what never ends is an error.
KEPT = """{
  const { addEventListener, dispatchEvent } = EventTarget.prototype;
  let sent = 0;
  EventTarget.prototype.addEventListener = function (type, react, options) {
    delete options?.signal;
    addEventListener.call(this, type, react, options);
  };
  EventTarget.prototype.dispatchEvent = function (event) {
    if (++sent > 1000) throw new Error("an event without end");
    return dispatchEvent.call(this, event);
  };
}"""


@pytest.mark.parametrize("way", WAYS)
def test_the_search_loses_no_letter(visit, definition, way):
    options = {"mouse": {"before": KEPT}, "touch": ON_PHONE, "slash": {"width": 390}}
    theme, word = Held(), definition["modes"][0]["name"]
    page = visit("404.html", bundle=theme.hold, **options.get(way, {}))
    address = page.url
    WAYS[way](page)
    page.locator(f"{QUERY}:focus").wait_for(state="attached")
    page.keyboard.type(word)
    page.keyboard.press("Enter")
    assert page.locator(QUERY).input_value() == word
    theme.arrive(page)
    page.locator(RESULT).first.wait_for()
    assert page.url == address, "nothing is sent"
    assert page.locator(QUERY).input_value() == word
    found = page.locator(".md-search-result__list").inner_text()
    assert word.casefold() in found.casefold()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != address, wait_until="commit")


@pytest.mark.parametrize("key", [None, "Enter", "ArrowRight"])
def test_the_switch_obeys_at_the_first_time(visit, key):
    theme = Held()
    page = visit(bundle=theme.hold)
    label = page.locator(".md-option + label:visible")
    words, before = label.get_attribute("title"), page.evaluate(SCHEME)
    if key:
        page.locator(".md-option").first.press(key)
    else:
        label.click()
    switched = f"before => {SCHEME} !== before"
    if key != "Enter":  # which the theme alone knows, so that it waits for the theme
        page.wait_for_function(switched, arg=before)
    theme.arrive(page)
    page.wait_for_function(switched, arg=before)
    assert label.count() == 1
    assert label.get_attribute("title") != words
    label.click()
    assert page.evaluate(SCHEME) == before
    assert label.get_attribute("title") == words


def test_the_menu_opens_at_the_first_touch_and_stays_open(visit, variant, serve):
    theme, site = Held(), variant("samples")
    page = visit(at=serve(site), **ON_PHONE, bundle=theme.hold, is_alone=True)
    page.clock.install()
    link = page.locator(".md-nav--primary > ul > li > a:visible").last
    page.locator(".md-header button[for=__drawer]").tap()
    opened = "link => link.getBoundingClientRect().left >= 0"
    page.wait_for_function(opened, arg=link.element_handle())
    theme.arrive(page)
    page.wait_for_function(ARRIVED)
    page.clock.fast_forward(1000)  # the theme closes it so long after a change of the address
    with page.expect_navigation():
        link.tap()
    assert page.url.endswith(web_path(site.definition["site"]["pages"][-1]))


def test_the_theme_comes_back_in_one_go(visit):
    """Nothing may move below a finger: half of the stylesheets would look like another site."""
    page, last = visit(), []
    before = page.screenshot(animations="disabled")
    page.route("**/assets/site.css", lambda route: last.append(route))
    with page.expect_response("**/main.*.css"), page.expect_response("**/palette.*.css"):
        page.mouse.move(1, 1)
        page.mouse.move(2, 2)
    page.wait_for_function(ARRIVED)
    assert last
    assert page.screenshot(animations="disabled") == before
    last[0].continue_()
    icon = "getComputedStyle(document.body).getPropertyValue('--md-annotation-icon')"
    page.wait_for_function(icon)
    assert page.screenshot(animations="disabled") == before


def test_an_address_may_ask_the_search(visit, definition):
    word = definition["modes"][0]["name"]
    page = visit(f"?{urlencode({'q': word})}")
    page.locator(RESULT).first.wait_for()
    assert page.locator(QUERY).input_value() == word
