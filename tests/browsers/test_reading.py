"""Does the reader's way work in every engine?"""

import pytest

from tests.browsers.conftest import Reader
from tests.check import Site
from tests.projects import web_path

PHONE = 390
WIDTHS = (320, PHONE, 1280)
THEME = "() => 'component$' in window"
SCHEME = "() => document.body.dataset.mdColorScheme"
SWITCHED = f"before => ({SCHEME})() !== before"
SWITCH = ".md-option + label:not([hidden])"
MENU = ".md-header button[for=__drawer]"
STATUS = "document.querySelector('[role=status]')"
REFUSED = (
    "navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
)
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


def phrase(reader: Reader, definition: dict, index: int = 0) -> tuple[str, str]:
    """What a button is to copy, and what is said then."""
    found = reader.evaluate(PHRASE, index)
    return found["text"].removesuffix(definition["phrases"]["slot"]), found["done"]


def switch(reader: Reader) -> str:
    """Switch the scheme; gives the one before."""
    before = reader.evaluate(SCHEME)
    reader.click(SWITCH)
    reader.wait(SWITCHED, before)
    return before


@pytest.mark.managers
def test_a_page_opens_and_works_without_error(reader, path):
    reader.open(path)
    reader.keys("Shift")
    assert reader.wait(THEME)
    reader.evaluate("() => document.fonts.ready.then(() => null)")


@pytest.mark.managers
def test_nothing_scrolls_sideways(reader, path):
    for width in WIDTHS:
        reader.frame(path, width, "allow-same-origin allow-scripts")
        shown = reader.evaluate("() => page.documentElement.clientWidth")
        assert width - 20 <= shown <= width
        reader.wait("width => page.documentElement.scrollWidth <= width", width)


@pytest.mark.managers("docs", "noa", "zofia")  # others keep some in tabs
def test_every_button_copies_its_phrase_and_says_so(reader, site, definition):
    for path in paths_with(site, ".copy"):
        reader.open(path)
        for index in buttons(reader):
            text, done = phrase(reader, definition, index)
            reader.click(".copy", index)
            reader.wait(f"done => {STATUS}.textContent === done", done)
            reader.wait(f"() => document.querySelectorAll('.copy')[{index}].matches('.done')")
            assert pasted(reader) == text


@pytest.mark.parametrize("key", ["Enter", " "])
def test_a_button_copies_by_keyboard(reader, place, definition, key):
    reader.open(place(".copy"))
    text, done = phrase(reader, definition)
    reader.evaluate("() => document.querySelector('.copy').focus()")
    reader.keys(key)
    reader.wait(f"done => {STATUS}.textContent === done", done)
    assert pasted(reader) == text


@pytest.mark.parametrize("clipboard", [REFUSED, ABSENT], ids=["refused", "absent"])
def test_what_may_not_be_copied_is_selected(reader, site, definition, clipboard):
    said = [definition["copying"][key] for key in ("refused", "refused_on_touch")]
    for path in paths_with(site, ".copy"):
        reader.open(path)
        reader.evaluate(f"() => {{ {clipboard} }}")
        for index in buttons(reader):
            reader.click(".copy", index)
            text, _ = phrase(reader, definition, index)
            reader.wait("text => getSelection().toString().trim() === text", text.strip())
            reader.wait(f"said => said.includes({STATUS}.textContent)", said)
        assert reader.evaluate(f"() => {STATUS}.getClientRects()[0].width > 100")


def test_the_first_click_switches_the_scheme_for_good(reader, site):
    here, other = (page.web_path for page in site.pages[:2])
    reader.open(here)
    before = switch(reader)
    after = reader.evaluate(SCHEME)
    reader.wait(THEME)
    assert reader.evaluate(SCHEME) == after
    for path in (here, other):
        reader.open(path)
        assert reader.evaluate(SCHEME) == after
    switch(reader)
    assert reader.evaluate(SCHEME) == before


def search(reader: Reader, word: str) -> None:
    reader.keys("/")
    reader.wait("() => document.activeElement.matches('.md-search__input')")
    reader.engine.type(word)
    reader.wait("() => document.querySelector('.md-search-result__link')?.getClientRects().length")
    text = reader.evaluate("() => document.querySelector('.md-search-result__list').innerText")
    assert word.casefold() in text.casefold()


@pytest.mark.managers
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


IS_OPEN = """() => {
  const links = [...document.querySelectorAll(".md-nav--primary > ul > li > a")].filter(link => link.getClientRects().length);
  const { left, right } = links.at(-1)?.getBoundingClientRect() ?? { left: -1 };
  return left >= 0 && right <= innerWidth && getComputedStyle(links.at(-1)).visibility === "visible";
}"""
IS_SHUT = f"() => !({IS_OPEN})()"
MENU_BUTTON = f"document.querySelector('{MENU}')"
EXPANDED = f"() => {MENU_BUTTON}.getAttribute('aria-expanded')"


def test_the_menu_opens_closes_and_leads_to_a_page(reader, definition):
    reader.size(PHONE, 800)
    reader.open("")
    assert reader.evaluate(f"() => {MENU_BUTTON}.getAttribute('aria-label')")
    assert reader.evaluate(IS_SHUT) and reader.evaluate(EXPANDED) == "false"
    reader.click(MENU)
    reader.wait(IS_OPEN)
    assert reader.evaluate(EXPANDED) == "true"
    reader.wait(THEME)
    assert reader.evaluate(IS_OPEN)
    reader.keys("Escape")
    reader.wait(IS_SHUT)
    assert reader.evaluate(EXPANDED) == "false"
    assert reader.evaluate(f"() => document.activeElement === {MENU_BUTTON}")
    reader.keys("Enter")
    reader.wait(IS_OPEN)
    assert reader.evaluate("() => document.activeElement.matches('.md-nav--primary a')")
    # What lies above the page takes the click.
    beside = reader.evaluate("() => [innerWidth - 60, innerHeight / 2]")
    reader.wait("(...spot) => document.elementFromPoint(...spot).matches('.md-overlay')", *beside)
    reader.engine.click(*beside)
    reader.wait(IS_SHUT)
    reader.click(MENU)
    reader.wait(IS_OPEN)
    pages = definition["site"]["pages"]
    reader.click(".md-nav--primary > ul > li > a", len(pages) - 1)
    reader.wait("path => location.pathname.endsWith(path)", web_path(pages[-1]))


STOP = """() => {
  const element = document.activeElement;
  if (element === document.body || element.stopped) return false;
  return element.stopped = true;
}"""
# The label stands for the scheme's radio button, the form for the field in it.
IS_SEEN = """() => {
  let element = document.activeElement;
  if (element.matches(".md-option")) element = element.nextElementSibling;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const { top, bottom, width } = element.getBoundingClientRect();
  return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1 && width > 1 && bottom > 0 && top < innerHeight;
}"""


def test_the_focus_of_the_keyboard_is_seen_and_gets_everywhere(reader, path):
    reader.open(path)
    links = "() => document.querySelectorAll('article :is(a[href], button)').length"
    stops = 0
    reader.keys("Tab")
    while reader.evaluate(STOP):
        reader.wait(IS_SEEN)
        stops += 1
        reader.keys("Tab")
    assert stops > reader.evaluate(links)


def test_an_address_with_an_anchor_lands_there_and_stays(reader, site, definition):
    id = f"switch-to-{definition['modes'][-1]['id']}"
    (path,) = paths_with(site, f"#{id}")
    top = "id => document.getElementById(id).getBoundingClientRect().top"
    reader.open(f"{path}#{id}")
    reader.wait(f"id => ({top})(id) >= 0 && ({top})(id) < innerHeight - 50", id)
    before = reader.evaluate(top, id)
    reader.wait(THEME)
    reader.keys("Shift")
    assert abs(reader.evaluate(top, id) - before) < 1


ARRIVED = "path => location.pathname === path && document.readyState === 'complete'"
# What the search says while it is not ready. A page kept in memory keeps the mark, too.
MARK = "() => { window.mark = document.querySelector('.md-search-result__meta').textContent }"
CAN_SEARCH = """() => document.readyState === "complete"
  && window.mark !== document.querySelector(".md-search-result__meta").textContent
  && (!window.mark || !document.querySelector("link[media='not all']"))"""

# What WebKit says of a load that it cancelled because the page was left, as this test means to.
FORGET = """() => {
  const cancelled = "NotReadableError: The I/O read operation failed.";
  if (window.complaints) complaints = complaints.filter(said => !said.endsWith(cancelled));
}"""


def test_search_works_after_going_back_and_forward(reader, definition):
    reader.open("")
    home = reader.evaluate("() => location.pathname")
    other = home + web_path(definition["site"]["pages"][1])
    reader.evaluate(MARK)
    reader.click(".md-tabs__link", 1)
    reader.wait(ARRIVED, other)
    reader.evaluate(MARK)
    for way, path in (("back", home), ("forward", other)):
        reader.evaluate(f"() => {{ setTimeout(() => history.{way}()) }}")  # answers first
        reader.wait(ARRIVED, path)
        reader.wait(CAN_SEARCH)
        search(reader, definition["modes"][0]["name"])
        reader.keys("Escape")
    reader.evaluate(FORGET)


def test_a_scheme_chosen_on_another_page_holds_when_going_back(reader, definition):
    reader.open("")
    home = reader.evaluate("() => location.pathname")
    # By its address: a page that nobody has touched is kept in memory as it is.
    reader.open(web_path(definition["site"]["pages"][1]))
    before = switch(reader)
    reader.evaluate("() => { setTimeout(() => history.back()) }")
    reader.wait(ARRIVED, home)
    reader.wait(SWITCHED, before)


@pytest.mark.managers("docs", "noa", "zofia")  # others keep some in tabs
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
