"""Does the site hold together for eyes, whatever it says, and while it loads?

That nothing sticks out on any width is for tests/browsers/test_reading.py.
"""

import re
from itertools import combinations, product

import pytest

from tests.check import markup
from tests.helpers.fitting import misfits
from tests.helpers.interactions import RESULT, search
from tests.helpers.projects import MANAGERS

WIDTHS = [320, 768, 1280]
STILL = {"reduced_motion": "reduce"}  # the theme's header slides into its new width
BOXES = """selector => [...document.querySelectorAll(selector)]
    .map(e => e.getBoundingClientRect().toJSON()).filter(box => box.width)"""
ROOT_OF = {docs.name: docs for docs in MANAGERS}
LINE = """cards => {
    const line = getComputedStyle(document.querySelector(cards), "::before");
    return [parseFloat(line.width), parseFloat(line.height)];
}"""
WATCH = """window.shifts = [];
// A line of text that comes in two parts has not moved: it was nowhere, or it begins where it was.
const hasMoved = ({ node, previousRect: from, currentRect: to }) =>
    node instanceof Element || (from.width > 0 && (from.x !== to.x || from.y !== to.y));
new PerformanceObserver(list => shifts.push(...list.getEntries()
    .filter(e => e.sources.some(hasMoved))
    .map(e => [e.value, e.sources.map(s => s.node?.outerHTML?.slice(0, 200))])
)).observe({ type: "layout-shift", buffered: true });"""
TICKS = """boxes => boxes.map(box =>
    getComputedStyle(box.nextElementSibling, "::before").maskImage !== "none")"""
# What is not painted yet cannot shift.
PAINTED = "performance.getEntriesByName('first-contentful-paint').length > 0"
# A shift of our own, told by its size: what came before it has been told before.
SHIFT = """() => {
    const before = shifts.length;
    document.body.style.paddingTop = "300px";
    return before;
}"""


def boxes(page, selector: str) -> list[dict]:
    found = page.evaluate(BOXES, selector)
    assert found, selector
    return found


def test_odd_words_stay_inside(visit, variant, serve, place):
    page = visit(place(markup.CARDS), at=serve(variant("hostile")), media=STILL)
    for width in WIDTHS:
        assert misfits(page, width) == [], width
    empty = page.locator(".comparison tbody td:empty")
    assert empty.count() and not empty.filter(visible=True).count(), "where it stacks"


@pytest.mark.managers
def test_cards_show_their_buttons_at_once_have_equal_weight_and_hang_from_one_line(
    visit, definition, place
):
    page = visit(place(markup.CARDS))
    buttons = boxes(page, f"{markup.CARDS} {markup.BUTTON}")
    names = f"{markup.CARDS} .name"
    assert len(buttons) == len(definition["modes"])
    if len(buttons) > 4:  # they stack
        assert len({box["left"] for box in buttons}) == 1
        assert boxes(page, names)[1]["bottom"] <= 800
        assert buttons[0]["bottom"] <= 800
    else:
        assert all(box["bottom"] <= 800 for box in buttons)
        assert len({box["top"] for box in buttons}) == 1, "buttons align across the cards"
        assert len({box["top"] for box in boxes(page, f"{markup.CARDS} {markup.BOX}")}) == 1
    page.set_viewport_size({"width": 390, "height": 844})
    assert boxes(page, names)[1]["bottom"] <= 844
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        cards = boxes(page, f"{markup.CARDS} > li")
        assert len({round(card["width"]) for card in cards}) == 1
        across, down = page.evaluate(LINE, markup.CARDS)
        (whole,) = boxes(page, markup.CARDS)
        # From end to end, or down from the middle of the first stop.
        assert abs(whole["width"] - across) < 1 or 0 < whole["height"] - down < 20
    links = page.locator(f"{markup.CARDS} .name a")
    colors = links.evaluate_all("all => all.map(a => getComputedStyle(a).color)")
    assert len(set(colors)) == len(cards)
    assert len({tuple(re.findall(r"[\d.]+", color)[:2]) for color in colors}) == 1, colors
    # As if the page had been read so far: they would still move.
    page.locator(f":has(> {markup.CARDS}) ~ *").evaluate_all("all => all.forEach(e => e.remove())")
    assert page.locator(f"{markup.CARDS} :visible").count() == 0


def test_nothing_moves_while_the_page_loads(visit, serve, site, place):
    page = visit("blank", at="about:", before=WATCH, is_alone=True)
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    for part, width in product((markup.CARDS, markup.GROUP), (390, 1280)):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(serve(site) + place(part))
        page.wait_for_function(PAINTED)
        before = page.evaluate(SHIFT)
        page.wait_for_function("before => shifts.length > before", arg=before)
        shifts = page.evaluate("shifts")
        assert len(shifts) == 1, (part, width, shifts)


def test_the_opened_search_leaves_the_pages_their_room(visit, definition):
    page, names = visit(), ".home, .pages a"
    page.locator(".pages a").evaluate("link => link.append(' and yet another')")
    before = boxes(page, names)
    search(page, definition["modes"][0]["name"])
    assert boxes(page, names) == before


def test_an_open_task_is_an_empty_box(visit, variant, serve):
    page = visit("still/", at=serve(variant("samples")))
    assert page.locator(".task-list-item input").evaluate_all(TICKS) == [True, False, False]


def test_an_odd_address_does_nothing_but_show_the_page(visit, definition, place):
    odd = "?q=<script>alert(1)</script>#\"'><img src=x onerror=alert(1)>"
    page = visit(place(markup.CARDS) + odd)
    page.locator(RESULT).first.wait_for()  # since the address asks its search
    assert page.locator(f"{markup.CARDS} > li").count() == len(definition["modes"])


@pytest.mark.managers
def test_call_outs_stand_in_two_columns_without_an_empty_cell(visit, place):
    """The words for afterwards fill the last row, alone or beside a call-out."""
    page = visit(place(markup.GROUP))
    for number in range(1, page.locator(".group").count() + 1):
        items = boxes(page, f":nth-child({number} of .group) li")
        for left, right in zip(items[::2], items[1::2], strict=False):
            assert left["top"] == right["top"] and left["width"] == right["width"]
        if len(items) % 2:
            assert items[-1]["width"] == items[1]["right"] - items[0]["left"]


def test_between_phone_and_desktop_three_stay_three(visit, place):
    cards, book = (visit(place(part), width=768) for part in (markup.CARDS, markup.GROUP))
    phrases = boxes(cards, f"{markup.CARDS} {markup.PHRASE}")
    assert len({box["top"] for box in phrases}) == 1
    assert len({box["width"] for box in phrases}) == 1
    assert max(box["height"] for box in phrases) < 100, "three lines at most"
    for items in book.locator(".phrases[data-modes]").all():
        places = [item.bounding_box() for item in items.locator("> li").all()]
        assert len({place["x"] for place in places}) in (1, len(places))


LOOK = """links => links.map(link => {
    const { font, color, textDecoration, display } = getComputedStyle(link);
    return [font, color, textDecoration, display].join(" ");
})"""


def test_links_within_a_page_look_alike_and_can_be_hit(visit, place):
    """Those of a page and those of the call-outs."""
    looks = set()
    for part in (markup.CARDS, markup.GROUP):
        page = visit(place(part))
        links = page.locator(".jumps a")
        looks |= set(links.evaluate_all(LOOK))
        assert min(box["height"] for box in boxes(page, ".jumps a")) >= 24
    assert len(looks) == 1


@pytest.mark.parametrize("name", ["docs", "noa", "eleni", "hostile"])
def test_the_header_holds_on_a_narrow_phone(visit, variant, serve, site_of, name):
    site = variant(name) if name == "hostile" else site_of(ROOT_OF[name])
    page = visit(at=serve(site), width=320)
    assert page.locator("[data-long]").count() == (name == "hostile"), "else it stays in view"
    parts = page.locator(".home, .pages a, .md-header .md-header__button").filter(visible=True)
    found = [part.bounding_box() for part in parts.all()]
    assert len(found) >= 4
    for one, other in combinations(found, 2):
        beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
        assert beside or one["y"] + one["height"] <= other["y"], (one, other)
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 320 for box in found)
