"""Does the site hold together for eyes: on every width, in both schemes, enlarged, on paper?"""

import re

import pytest
from conftest import web_path

WIDTHS = [320, 390, 768, 1280, 1920]
BOXES = """selector => [...document.querySelectorAll(selector)].map(e => e.getBoundingClientRect()).filter(r => r.width)
    .map(({ top, bottom, left, right, width, height }) => ({ top, bottom, left, right, width, height }))"""


def boxes(page, selector: str) -> list[dict]:
    found = page.evaluate(BOXES, selector)
    assert found, selector
    return found


def small_targets(page) -> list[str]:
    if page.locator(".copy").count():
        assert all(box["width"] >= 44 and box["height"] >= 44 for box in boxes(page, ".copy"))
    return page.evaluate(
        """() => [...document.querySelectorAll('a, button, input, label.md-icon')].filter(e => {
            const box = e.getBoundingClientRect();
            const inText = e.localName === 'a' && e.closest('article p:not(.name), article li:not(.mode)');
            return e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !inText
                && !e.matches('.md-option, .md-skip') && box.width && (box.width < 24 || box.height < 24);
        }).map(e => e.outerHTML)"""
    )


def test_nothing_scrolls_sideways_and_every_target_is_large_enough(visit, path):
    page = visit(path, motion="reduce")  # the theme's header slides into its new width
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        outside = page.evaluate(
            "() => [...document.querySelectorAll('article *')].filter(e => e.getBoundingClientRect().right > innerWidth + .5 && !e.closest('.status')).map(e => e.outerHTML)"
        )
        assert outside == [], width
        assert small_targets(page) == [], width


def test_text_at_twice_its_size_stays_inside(visit, path):
    page = visit(path, width=640)
    page.add_style_tag(content="html { font-size: 250% }")  # the theme's own is 125 %
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    clipped = page.evaluate(
        "() => [...document.querySelectorAll('article :is(p, a, button, td, th, dd)')].filter(e => !e.matches('.status') && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline').map(e => e.outerHTML)"
    )
    assert clipped == []


def test_first_screen_of_a_desktop_shows_every_mode_with_its_button(visit, definition, place):
    page = visit(place(".modes"))
    buttons = boxes(page, ".modes .copy")
    if len(definition["modes"]) > 4:  # they stack
        assert len({box["left"] for box in buttons}) == 1
        assert boxes(page, ".modes .name")[1]["bottom"] <= 800 and buttons[0]["bottom"] <= 800
        return
    assert len(buttons) == len(definition["modes"])
    assert all(box["bottom"] <= 800 for box in buttons)
    assert len({box["top"] for box in buttons}) == 1, "phrases and buttons align across the cards"
    assert len({box["top"] for box in boxes(page, ".modes .phrase")}) == 1


def test_first_screen_of_a_phone_shows_the_first_mode_and_begins_the_second(visit, place):
    page = visit(place(".modes"), width=390, height=844)
    assert boxes(page, ".modes .copy")[0]["bottom"] <= 844
    assert boxes(page, ".modes .name")[1]["bottom"] <= 844


def test_cards_have_equal_weight_and_hang_from_one_line(visit, place):
    page = visit(place(".modes"))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        hang_from_one_line(page)


def hang_from_one_line(page) -> None:
    cards = boxes(page, ".card")
    assert len({round(card["width"]) for card in cards}) == 1
    colours = page.evaluate(
        "() => [...document.querySelectorAll('.modes .name a')].map(a => getComputedStyle(a).color)"
    )
    lightness_and_chroma = {tuple(re.findall(r"[\d.]+", colour)[:2]) for colour in colours}
    assert len(set(colours)) == len(cards) and len(lightness_and_chroma) == 1, colours
    line = page.evaluate(
        "() => { const l = getComputedStyle(document.querySelector('.modes'), '::before'); return [parseFloat(l.width), parseFloat(l.height)] }"
    )
    (whole,) = boxes(page, ".modes")
    across, down = round(whole["width"]) - round(line[0]), round(whole["height"]) - round(line[1])
    assert 0 in (across, down), "the line runs along all of the cards"


def test_on_a_phone_the_table_keeps_header_and_value_together(visit, definition, place):
    page = visit(place(".comparison"), width=320)
    cells = page.locator(".comparison tbody td")
    assert cells.count()
    for cell in cells.all():
        label = cell.evaluate("td => getComputedStyle(td, '::before').content")
        assert label.startswith(f'"{cell.get_attribute("data-mode")}"')


@pytest.mark.any_manager
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_scheme_is_right_before_the_theme_has_loaded(visit, scheme):
    page = visit("", scheme=scheme, block="**/bundle.*.js")
    assert (
        page.evaluate("document.body.dataset.mdColorScheme")
        == {"light": "default", "dark": "slate"}[scheme]
    )


@pytest.mark.any_manager
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chosen_scheme_stays_from_page_to_page(visit, address, pages, scheme):
    page = visit("", scheme=scheme)
    before = page.evaluate("document.body.dataset.mdColorScheme")
    page.locator(".md-header__option label:visible").click()
    chosen = page.evaluate("document.body.dataset.mdColorScheme")
    assert chosen != before
    page.route("**/bundle.*.js", lambda route: route.abort())
    for path in pages:
        page.goto(address + path)
        assert page.evaluate("document.body.dataset.mdColorScheme") == chosen, path


def test_nothing_moves_while_the_page_loads(visit, path):
    for width in (390, 1280):
        page = visit(
            path,
            width=width,
            service_workers="block",  # a context of its own, with nothing in its cache
            before="window.shifts = []; new PerformanceObserver(list => shifts.push(...list.getEntries().map(e => [e.value, e.sources.map(s => s.node?.outerHTML?.slice(0, 200))]))).observe({ type: 'layout-shift', buffered: true })",
        )
        page.wait_for_timeout(150)
        assert page.evaluate("shifts") == [], width


@pytest.mark.any_manager
def test_an_odd_address_does_nothing_but_show_the_page(visit, definition, place):
    for part in (
        "#no-such-anchor",
        "?q=<script>alert(1)</script>",
        "#<img src=x onerror=alert(1)>",
        "?#\"'><svg/onload=alert(1)>",
    ):
        page = visit(place(".modes") + part)
        assert page.locator(".modes > li").count() == len(definition["modes"])


def sheets(page, paper: str) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper)))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_phrase_book_prints_on_one_sheet_and_the_cards_on_two(
    visit, definition, place, paper, scheme
):
    # Five modes make twenty call-outs, which no sheet holds at a size that can be read.
    assert sheets(visit(place("[id^=wanted-]"), scheme=scheme), paper) == (
        1 if len(definition["modes"]) < 5 else 2
    )
    assert sheets(visit(place(".modes"), scheme=scheme), paper) <= 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_shows_what_is_to_be_said_and_nothing_to_press(
    visit, pages, place, definition, scheme
):
    book = place("[id^=wanted-]")
    page = visit(book, scheme=scheme, motion="reduce")
    page.emulate_media(media="print")
    assert page.locator(":is(header, nav, button, input, .status):visible").count() == 0
    assert page.locator(".phrase:visible").count() == page.locator(".phrase").count()
    assert page.locator(".signs:visible").count() == page.locator(".signs").count()
    rules = page.locator("li[id^=wanted-] .phrase").evaluate_all(
        "phrases => phrases.map(p => getComputedStyle(p).borderInlineStartStyle)"
    )
    assert len(set(rules)) == min(len(definition["modes"]), 4), (
        "black on white, each mode has a rule of its own style"
    )
    canonical = next(page for path, page in pages.items() if web_path(path) == book).find(
        "link", rel="canonical"
    )["href"]
    assert page.locator("article > :last-child").inner_text() == canonical
    texts = page.evaluate(
        """() => [...document.querySelectorAll('article *')].filter(e => e.innerText && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
            .map(e => [parseFloat(getComputedStyle(e).fontSize) * .75, getComputedStyle(e).color, getComputedStyle(document.body).backgroundColor])"""
    )
    assert texts
    assert min(size for size, _, _ in texts) >= 9
    assert all(
        re.fullmatch(r"rgb\(0, 0, 0\)|oklch\(0 0 [\d.]+\)", colour) for _, colour, _ in texts
    ), "black at any hue"
    assert {background for _, _, background in texts} == {"rgb(255, 255, 255)"}
