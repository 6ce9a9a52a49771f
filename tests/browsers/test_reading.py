"""Does the reader's way work in every engine? Chromium goes it in `make test`."""

from itertools import product

import pytest

from tests.browsers.conftest import Reader
from tests.check import Site, expected
from tests.helpers import fitting
from tests.helpers.interactions import REFUSED
from tests.helpers.projects import web_path

PHONE = 390
WIDTHS = (320, 768, 1280)
CAN_SEARCH = "() => typeof searcher === 'function'"
SCHEME = "() => document.body.dataset.mdColorScheme"
SWITCHED = f"before => ({SCHEME})() !== before"
SWITCH = ".md-option + label:not([hidden])"
MENU = ".md-header button[for=__drawer]"
ARRIVED = "path => location.pathname === path && document.readyState === 'complete'"
STATUS = "document.querySelector('.status')"
ABSENT = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
# Where one can paste, so that nothing moves.
FIELD = """() => {
  window.field = document.body.appendChild(document.createElement("textarea"));
  field.style.position = "fixed";
  field.focus({ preventScroll: true });
}"""
# What belongs to a button: its phrase stands beside it, in the same box.
PHRASE = """index => {
  const button = document.querySelectorAll(".copy")[index];
  let box = button;
  while (!box.querySelector(".phrase")) box = box.parentElement;
  return { text: box.querySelector(".phrase").innerText, done: button.dataset.done };
}"""
# The same of the page in the frame, once that has this width.
MISFITS = f"""async width => {{
  document.querySelector("iframe").style.inlineSize = `${{width}}px`;
  await new Promise(resolve => setTimeout(() => page.defaultView.requestAnimationFrame(resolve)));
  return ({fitting.MISFITS})(page, 6);
}}"""


def paths_with(site: Site, selector: str) -> list[str]:
    found = [page.web_path for page in site.pages if page.soup.select(selector)]
    assert found
    return found


def pasted(reader: Reader) -> str:
    """What is on the clipboard, as the reader gets it."""
    reader.evaluate(FIELD)
    reader.keys("Control+v")
    text = reader.wait("() => field.value")
    reader.evaluate("() => field.remove()")
    return text


def buttons(reader: Reader) -> range:
    count = reader.evaluate("() => document.querySelectorAll('.copy').length")
    assert count
    return range(count)


def phrase(reader: Reader, index: int = 0) -> tuple[str, str]:
    """The phrase of a button, and what is said when it has been copied."""
    found = reader.evaluate(PHRASE, index)
    return found["text"], found["done"]


def switch(reader: Reader) -> str:
    """Switch the scheme; gives the one before."""
    before = reader.evaluate(SCHEME)
    reader.click(SWITCH)
    reader.wait(SWITCHED, before)
    return before


@pytest.mark.managers
def test_each_page_opens_without_error_and_fits(reader, site, docs):
    """Nothing scrolls sideways, sticks out or is cut off, and every target is large enough."""
    for page in site.framed:
        reader.frame(page.web_path, PHONE, "allow-same-origin allow-scripts")
        for width in WIDTHS if docs.name == "docs" else WIDTHS[::2]:
            assert reader.evaluate(MISFITS, width) == [], (page.name, width)
        # At twice its size: the theme's own is 125 %.
        reader.evaluate("() => { page.documentElement.style.fontSize = '250%' }")
        assert reader.evaluate(MISFITS, 640) == [], page.name


# What stood in the status: a screen reader leaves out the very text that it has just said.
LISTEN = f"""() => {{
  window.heard = [];
  new MutationObserver(() => heard.push({STATUS}.textContent)).observe({STATUS}, {{ childList: true, characterData: true, subtree: true }});
}}"""


def test_every_button_copies_its_phrase_and_says_so(reader, site, definition):
    """By mouse, and by keyboard a second time too; the focus stays."""
    copied = {phrase.text: phrase.copied for phrase in expected.phrases(definition).values()}
    for path in paths_with(site, ".copy"):
        reader.open(path)
        for index in buttons(reader):
            text, done = phrase(reader, index)
            reader.click(".copy", index)
            reader.wait(f"done => {STATUS}.textContent === done", done)
            reader.wait(f"() => document.querySelectorAll('.copy')[{index}].matches('.done')")
            assert pasted(reader) == copied[text]
    reader.evaluate(LISTEN)
    for times, key in enumerate(("Enter", " "), 1):
        reader.evaluate("() => document.querySelector('.copy').focus()")
        reader.keys(key)
        text, done = phrase(reader)
        reader.wait("times => heard.length === times", times)
        assert reader.evaluate("() => document.activeElement.matches('.copy')")
        assert pasted(reader) == copied[text]
    heard = reader.evaluate("() => heard")
    assert [text.strip() for text in heard] == [done, done] and heard[0] != heard[1]


def test_what_may_not_be_copied_is_selected(reader, site, definition):
    said = [definition["copying"][key] for key in ("refused", "refused_on_touch")]
    copied = {phrase.text: phrase.copied for phrase in expected.phrases(definition).values()}
    for path, clipboard in product(paths_with(site, ".copy"), (REFUSED, ABSENT)):
        reader.open(path)
        reader.evaluate(f"() => {{ {clipboard} }}")
        reader.click(".copy", buttons(reader)[-1])
        text = copied[phrase(reader, buttons(reader)[-1])[0]].strip()
        reader.wait("text => getSelection().toString().trim() === text", text)
        reader.wait(f"said => said.includes({STATUS}.textContent)", said)
        assert reader.evaluate(f"() => {STATUS}.getClientRects()[0].width > 100")


def test_the_first_click_switches_the_scheme_for_good(reader, site):
    """On the page that one goes back to as well."""
    reader.open("")
    home = reader.evaluate("() => location.pathname")
    # By its address: a page that nobody has touched is kept in memory as it is.
    reader.open(site.pages[1].web_path)
    before = switch(reader)
    reader.evaluate("() => { setTimeout(() => history.back()) }")
    reader.wait(ARRIVED, home)
    reader.wait(SWITCHED, before)
    reader.open(site.pages[1].web_path)
    assert switch(reader) != before
    assert reader.evaluate(SCHEME) == before


def search(reader: Reader, word: str) -> None:
    reader.wait(CAN_SEARCH)
    reader.keys("/")
    reader.wait("() => document.activeElement.matches('.md-search__input')")
    reader.engine.type(word)
    reader.wait("() => document.querySelector('.md-search-result__link')?.getClientRects().length")
    text = reader.evaluate("() => document.querySelector('.md-search-result__list').innerText")
    assert word.casefold() in text.casefold()


@pytest.mark.managers("docs", "noa")
def test_the_first_key_searches(reader, definition):
    reader.open("")
    search(reader, definition["modes"][0]["name"])
    address = reader.evaluate("() => location.href")
    reader.keys("Enter")
    assert reader.wait("address => location.href !== address", address)


def test_search_and_scheme_work_without_site_data(reader, definition):
    reader.evaluate("() => { sessionStorage.refuse = 'true' }")
    reader.open("")
    switch(reader)
    search(reader, definition["modes"][0]["name"])


# The last link of the menu is in view; what lies above the page takes the click.
IS_OPEN = """() => {
  const link = [...document.querySelectorAll(".md-nav--primary > ul > li > a")].at(-1), button = document.querySelector(MENU);
  const { left, right, width } = link.getBoundingClientRect();
  const isShown = width > 0 && left >= 0 && right <= innerWidth && getComputedStyle(link).visibility === "visible";
  const isAbove = document.elementFromPoint(innerWidth - 60, innerHeight / 2).matches(".md-overlay");
  const isExpanded = button.getAttribute("aria-label") && button.getAttribute("aria-expanded") === "true";
  return [isShown, isAbove, isExpanded].join();
}""".replace("MENU", f"'{MENU}'")


@pytest.mark.managers("eleni")  # whose pages are too many to stand beside the name
def test_the_menu_opens_closes_and_leads_to_a_page(reader, definition):
    def wait(is_open: str) -> None:
        reader.wait(f"wanted => ({IS_OPEN})() === wanted", ",".join([is_open] * 3))

    pages = definition["site"]["pages"]
    reader.size(PHONE, 800)
    reader.open("")
    wait("false")
    reader.click(MENU)
    wait("true")
    reader.keys("Escape")
    wait("false")
    assert reader.evaluate(f"() => document.activeElement.matches('{MENU}')")
    reader.keys("Enter")
    wait("true")
    assert reader.evaluate("() => document.activeElement.matches('.md-nav--primary a')")
    reader.engine.click(*reader.evaluate("() => [innerWidth - 60, innerHeight / 2]"))
    wait("false")
    reader.click(MENU)
    wait("true")
    reader.keys(*["Tab"] * len(pages))
    wait("true")
    reader.keys("Tab")
    wait("false")  # the focus has left it
    reader.click(MENU)
    wait("true")
    reader.click(".md-nav--primary > ul > li > a", len(pages) - 1)
    reader.wait("path => decodeURI(location.pathname).endsWith(path)", web_path(pages[-1]))


# What has the focus, once: its place, and whether it is seen, marked and not covered. The label stands
# for the scheme's radio button, the form for the field in it.
STOP = """async key => {
  const element = document.activeElement;
  if (element === document.body || element.stopped === key) return null;
  element.stopped = key;
  const shown = element.matches(".md-option") ? element.nextElementSibling
    : element.matches(".md-search__input") ? element.form : element;
  let unseen;
  for (const start = performance.now(); performance.now() - start < 5000;) {
    const { x, y, width, height } = shown.getClientRects()[0]; // of a link over several lines
    const isCovered = [2, height / 2].some(down => {
      const top = document.elementFromPoint(x + width / 2, y + down);
      return !shown.contains(top) && !top?.contains(shown);
    });
    const { outlineStyle, outlineWidth } = getComputedStyle(shown);
    const isMarked = outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
    unseen = !(width > 1 && !isCovered && isMarked);
    if (!unseen) break;
    await new Promise(requestAnimationFrame);
  }
  return { index: [...document.querySelectorAll("*")].indexOf(element), unseen: unseen ? element.outerHTML : "" };
}"""
# All that a mouse can press: links, buttons, fields, and no label that only a mouse can use.
PRESSABLE = """() => {
  const all = [...document.querySelectorAll("*")];
  return all.filter(each => each.matches("a[href], button, input")
    && !each.matches('.md-toggle, .md-option, [tabindex="-1"]')
    && getComputedStyle(each).visibility === "visible" && each.getBoundingClientRect().width).map(each => all.indexOf(each));
}"""

FOCUS = """last => {
  const element = document.querySelectorAll("*")[last];
  element.stopped = "Shift+Tab";
  element.focus();
}"""
# A window of 1280 by 1024 at 100 and at 400 %.
WIDE, NARROW = (1280, 1024), (320, 256)


def stops(reader: Reader, key: str, last: int) -> list[int]:
    """The places that get the focus, one after the other; each is in view, and nothing covers it.

    They end at the last: behind it, the browser's own bar takes the keys, and keeps them.
    """
    found, unseen = [], []
    while last not in found:
        reader.keys(key)
        stop = reader.evaluate(STOP, key)
        assert stop, f"{key} misses the last place, after {found}"
        found.append(stop["index"])
        unseen += [stop["unseen"]] if stop["unseen"] else []
    assert unseen == [], key
    return found


def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(reader, path):
    """Forwards and, in the wide window, where the header stays above the page, backwards."""
    for window, key in ((NARROW, "Tab"), (WIDE, "Shift+Tab")):
        reader.size(*window)
        reader.open(path)
        reader.wait(CAN_SEARCH)  # it may not arrive midway
        pressable = reader.evaluate(PRESSABLE)
        if key == "Shift+Tab":
            pressable.reverse()
            reader.evaluate(FOCUS, pressable.pop(0))
        indexes = stops(reader, key, pressable[-1])
        assert indexes == sorted(indexes, reverse=key != "Tab"), window
        assert set(pressable) <= set(indexes), window


def test_an_address_with_an_anchor_lands_there_and_stays(reader, site, definition):
    id = f"switch-to-{definition['modes'][-1]['id']}"
    (path,) = paths_with(site, f"#{id}")
    top = "id => document.getElementById(id).getBoundingClientRect().top"
    reader.open(f"{path}#{id}")
    reader.wait(f"id => ({top})(id) >= 0 && ({top})(id) < innerHeight - 50", id)
    before = reader.evaluate(top, id)
    reader.wait(CAN_SEARCH)
    assert abs(reader.evaluate(top, id) - before) < 1


def test_search_works_after_going_back_and_forward(reader, definition):
    reader.open("")
    home = reader.evaluate("() => location.pathname")
    other = home + web_path(definition["site"]["pages"][1])
    reader.click(".pages a")
    reader.wait(ARRIVED, other)
    for way, path in (("back", home), ("forward", other)):
        reader.evaluate(f"() => {{ setTimeout(() => history.{way}()) }}")  # answers first
        reader.wait(ARRIVED, path)
        search(reader, definition["modes"][0]["name"])
        reader.keys("Escape")


def test_without_javascript_the_phrases_stand_and_no_button_does(reader, site):
    phrases = {page.web_path: len(page.soup.select(".phrase")) for page in site.pages}
    for path in paths_with(site, ".copy"):
        reader.frame(path, PHONE, "allow-same-origin")
        shown = "selector => [...page.querySelectorAll(selector)].map(each => each.getClientRects().length && each.innerText)"
        assert reader.evaluate("() => page.documentElement.matches('.no-js')")
        assert {*reader.evaluate(shown, ".copy")} == {0}
        texts = reader.evaluate(shown, ".phrase")
        assert all(texts) and len(texts) == phrases[path]
        assert reader.evaluate("() => page.documentElement.scrollWidth") <= PHONE
