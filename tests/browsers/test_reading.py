"""Does the reader's way work in every engine?"""

import pytest

from tests.browsers.conftest import Reader
from tests.check import Site
from tests.projects import web_path

PHONE = 390
WIDTHS = (320, PHONE, 1280)
THEME = "() => 'component$' in window"
SCHEME = "() => document.body.dataset.mdColorScheme"
SWITCH = ".md-option + label:not([hidden])"
MENU = ".md-header button[for=__drawer]"
QUERY = ".md-search__input"
STATUS = "() => document.querySelector('[role=status]').textContent"
SELECTED = "() => getSelection().toString()"
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
    reader.evaluate(
        """() => {
            window.field = document.body.appendChild(document.createElement("textarea"));
            field.style.position = "fixed"; // so that nothing moves
            field.focus({ preventScroll: true });
        }"""
    )
    reader.keys("Control+v")
    text = reader.wait("() => field.value")
    reader.evaluate("() => field.remove()")
    return text


def buttons(reader: Reader) -> range:
    count = reader.evaluate("() => document.querySelectorAll('.copy').length")
    assert count
    return range(count)


@pytest.mark.managers
def test_a_page_opens_and_works_without_error(reader, path):
    reader.open(path)
    reader.keys("Shift")
    reader.wait(THEME)
    reader.evaluate("() => document.fonts.ready.then(() => null)")


@pytest.mark.managers
def test_nothing_scrolls_sideways(reader, path):
    for width in WIDTHS:
        reader.frame(path, width, "allow-same-origin allow-scripts")
        assert reader.evaluate("() => page.documentElement.clientWidth") in range(
            width - 20, width + 1
        )
        reader.wait("width => page.documentElement.scrollWidth <= width", width)


@pytest.mark.managers("docs", "noa", "zofia")  # others keep some in tabs
def test_every_button_copies_its_phrase_and_says_so(reader, site, definition):
    for path in paths_with(site, ".copy"):
        reader.open(path)
        for index in buttons(reader):
            phrase = reader.evaluate(PHRASE, index)
            reader.click(".copy", index)
            reader.wait(f"done => ({STATUS})() === done", phrase["done"])
            reader.wait(
                "index => document.querySelectorAll('.copy')[index].matches('.done')", index
            )
            assert pasted(reader) == phrase["text"].removesuffix(definition["phrases"]["slot"])


@pytest.mark.parametrize("key", ["Enter", " "])
def test_a_button_copies_by_keyboard(reader, place, definition, key):
    reader.open(place(".copy"))
    phrase = reader.evaluate(PHRASE, 0)
    reader.evaluate("() => document.querySelector('.copy').focus()")
    reader.keys(key)
    reader.wait(f"done => ({STATUS})() === done", phrase["done"])
    assert pasted(reader) == phrase["text"].removesuffix(definition["phrases"]["slot"])


@pytest.mark.parametrize(
    "clipboard",
    ["navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))",
     "Object.defineProperty(navigator, 'clipboard', { value: undefined })"],
    ids=["refused", "absent"],
)  # fmt: skip
def test_what_may_not_be_copied_is_selected(reader, site, definition, clipboard):
    said = [definition["copying"][key] for key in ("refused", "refused_on_touch")]
    slot = definition["phrases"]["slot"]
    for path in paths_with(site, ".copy"):
        reader.open(path)
        reader.evaluate(f"() => {{ {clipboard} }}")
        for index in buttons(reader):
            reader.click(".copy", index)
            text = reader.evaluate(PHRASE, index)["text"].removesuffix(slot)
            reader.wait("text => getSelection().toString().trim() === text", text.strip())
            reader.wait(f"said => said.includes(({STATUS})())", said)
        assert reader.evaluate(
            "() => document.querySelector('[role=status]').getClientRects()[0].width > 100"
        )


def test_the_first_click_switches_the_scheme_for_good(reader, site):
    here, other = (page.web_path for page in site.pages[:2])
    reader.open(here)
    before = reader.evaluate(SCHEME)
    reader.click(SWITCH)
    reader.wait(f"before => ({SCHEME})() !== before", before)
    after = reader.evaluate(SCHEME)
    reader.wait(THEME)
    assert reader.evaluate(SCHEME) == after
    for path in (here, other):
        reader.open(path)
        assert reader.evaluate(SCHEME) == after
    reader.click(SWITCH)
    reader.wait(f"before => ({SCHEME})() === before", before)


def search(reader: Reader, word: str) -> None:
    reader.keys("/")
    reader.wait(f"() => document.activeElement.matches('{QUERY}')")
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
    reader.wait("address => location.href !== address", address)


def test_search_works_without_site_data(reader, definition):
    reader.evaluate("() => { sessionStorage.refuse = 'true' }")
    reader.open("")
    before = reader.evaluate(SCHEME)
    reader.click(SWITCH)
    reader.wait(f"before => ({SCHEME})() !== before", before)
    search(reader, definition["modes"][0]["name"])


IS_OPEN = """() => {
  const links = [...document.querySelectorAll(".md-nav--primary > ul > li > a")].filter(link => link.getClientRects().length);
  const { left, right } = links.at(-1)?.getBoundingClientRect() ?? { left: -1 };
  return left >= 0 && right <= innerWidth && getComputedStyle(links.at(-1)).visibility === "visible";
}"""
IS_SHUT = f"() => !({IS_OPEN})()"
EXPANDED = f"() => document.querySelector('{MENU}').getAttribute('aria-expanded')"


def test_the_menu_opens_and_closes(reader):
    reader.size(PHONE, 800)
    reader.open("")
    assert reader.evaluate(f"() => document.querySelector('{MENU}').getAttribute('aria-label')")
    assert reader.evaluate(IS_SHUT) and reader.evaluate(EXPANDED) == "false"
    reader.click(MENU)
    reader.wait(IS_OPEN)
    assert reader.evaluate(EXPANDED) == "true"
    reader.wait(THEME)
    assert reader.evaluate(IS_OPEN)
    reader.keys("Escape")
    reader.wait(IS_SHUT)
    assert reader.evaluate(EXPANDED) == "false"
    assert reader.evaluate(f"() => document.activeElement === document.querySelector('{MENU}')")
    reader.keys("Enter")
    reader.wait(IS_OPEN)
    assert reader.evaluate("() => document.activeElement.matches('.md-nav--primary a')")
    # What lies above the page takes the click.
    beside = reader.evaluate("() => [innerWidth - 60, innerHeight / 2]")
    reader.wait("(...spot) => document.elementFromPoint(...spot).matches('.md-overlay')", *beside)
    reader.engine.click(*beside)
    reader.wait(IS_SHUT)


def test_a_link_of_the_menu_leads_to_its_page(reader, definition):
    reader.size(PHONE, 800)
    reader.open("")
    reader.click(MENU)
    reader.wait(IS_OPEN)
    last = web_path(definition["site"]["pages"][-1])
    reader.click(".md-nav--primary > ul > li > a", len(definition["site"]["pages"]) - 1)
    reader.wait("path => location.pathname.endsWith(path)", last)


STOP = """() => {
  const element = document.activeElement;
  if (element === document.body || element.stopped) return null;
  element.stopped = true;
  return element.outerHTML;
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
    links = reader.evaluate(
        "() => document.querySelectorAll('article :is(a[href], button)').length"
    )
    stops = []
    reader.keys("Tab")
    while stop := reader.evaluate(STOP):
        reader.wait(IS_SEEN)
        stops.append(stop)
        reader.keys("Tab")
    assert len(stops) > links


def test_an_address_with_an_anchor_lands_there_and_stays(reader, site, definition):
    id = f"switch-to-{definition['modes'][-1]['id']}"
    (path,) = paths_with(site, f"#{id}")
    top = "id => document.getElementById(id).getBoundingClientRect().top"
    reader.open(f"{path}#{id}")
    reader.wait(
        f"id => {{ const top = ({top})(id); return top >= 0 && top < innerHeight - 50; }}", id
    )
    before = reader.evaluate(top, id)
    reader.wait(THEME)
    reader.keys("Shift")
    assert abs(reader.evaluate(top, id) - before) < 1


TAB = ".md-tabs__link"
ARRIVED = "path => location.pathname === path && document.readyState === 'complete'"
# What the search says while it is not ready. A page kept in memory keeps the mark, too.
MARK = "() => { window.mark = document.querySelector('.md-search-result__meta').textContent }"
CAN_SEARCH = """() => document.readyState === "complete"
  && window.mark !== document.querySelector(".md-search-result__meta").textContent
  && (!window.mark || !document.querySelector("link[media='not all']"))"""


# What WebKit says of a load that it cancelled because the page was left, as this test means to.
CANCELLED = "NotReadableError: The I/O read operation failed."
FORGET = """told => {
    if (window.complaints) complaints.splice(0, Infinity, ...complaints.filter(said => !said.endsWith(told)));
}"""


def test_search_works_after_going_back_and_forward(reader, definition):
    reader.open("")
    home = reader.evaluate("() => location.pathname")
    other = home + web_path(definition["site"]["pages"][1])
    reader.evaluate(MARK)
    reader.click(TAB, 1)
    reader.wait(ARRIVED, other)
    reader.evaluate(MARK)
    for way, path in (("back", home), ("forward", other)):
        reader.evaluate(f"() => {{ setTimeout(() => history.{way}()) }}")  # answers first
        reader.wait(ARRIVED, path)
        reader.wait(CAN_SEARCH)
        search(reader, definition["modes"][0]["name"])
        reader.keys("Escape")
    reader.evaluate(FORGET, CANCELLED)


def test_a_scheme_chosen_on_another_page_holds_when_going_back(reader, definition):
    reader.open("")
    home, before = reader.evaluate("() => location.pathname"), reader.evaluate(SCHEME)
    # By its address: a page that nobody has touched is kept in memory as it is.
    reader.open(web_path(definition["site"]["pages"][1]))
    reader.click(SWITCH)
    reader.wait(f"before => ({SCHEME})() !== before", before)
    reader.evaluate("() => { setTimeout(() => history.back()) }")
    reader.wait(ARRIVED, home)
    reader.wait(f"before => ({SCHEME})() !== before", before)


@pytest.mark.managers("docs", "noa", "zofia")  # others keep some in tabs
def test_without_javascript_the_phrases_stand_and_no_button_does(reader, site):
    texts = {page.web_path: page.soup.select(".phrase") for page in site.pages}
    for path in paths_with(site, ".copy"):
        reader.frame(path, PHONE, "allow-same-origin")
        shown = "selector => [...page.querySelectorAll(selector)].map(each => each.getClientRects().length && each.innerText)"
        assert reader.evaluate("() => page.documentElement.matches('.no-js')")
        assert {*reader.evaluate(shown, ".copy")} == {0}
        assert all(reader.evaluate(shown, ".phrase"))
        assert len(reader.evaluate(shown, ".phrase")) == len(texts[path])
        assert reader.evaluate("() => page.documentElement.scrollWidth") <= PHONE
