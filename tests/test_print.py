"""Does paper show what is to be said, in black on white, on one sheet, and nothing to press?"""

import re

import pytest

from tests.check import markup

TEXTS = """() => [...document.querySelectorAll("article *")]
    .filter(e => e.innerText && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .map(e => getComputedStyle(e)).map(style => [parseFloat(style.fontSize) * .75, style.color])"""

DOUBLE = """boxes => boxes.map(box => getComputedStyle(box))
    .filter(style => style.borderInlineStartStyle === "double")
    .map(style => parseFloat(style.borderInlineStartWidth))"""


def sheets(page, paper: str) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper)))


@pytest.mark.managers("docs", "noa")
def test_the_phrase_book_prints_on_one_sheet_and_the_cards_on_two(visit, place):
    assert sheets(visit(place(markup.GROUP)), "Letter") == 1
    assert sheets(visit(place(markup.CARDS)), "A4") <= 2


@pytest.mark.managers("eleni")
def test_a_double_rule_is_wide_enough_to_show_two(visit, place):
    page = visit(place(markup.GROUP), media={"media": "print"})
    widths = page.locator(markup.BOX).evaluate_all(DOUBLE)
    assert widths and min(widths) >= 3


def test_paper_shows_what_is_to_be_said_and_nothing_to_press(visit, site, place, definition):
    """Of the dark scheme, too."""
    book = place(markup.GROUP)
    page = visit(book, media={"color_scheme": "dark", "media": "print"})
    pressed = ":is(header, nav, button, input, .status, .jumps a)"
    assert page.locator(pressed).count() > 9 and page.locator(f"{pressed}:visible").count() == 0
    for part in (markup.PHRASE, markup.SIGNS):
        parts = page.locator(part)
        assert parts.filter(visible=True).count() == parts.count() > 0
    phrases = page.locator(f"li[id^=wanted-] {markup.BOX}")
    styles = phrases.evaluate_all(
        "phrases => phrases.map(p => getComputedStyle(p).borderInlineStartStyle)"
    )
    wanted = min(len(definition["modes"]), 4)
    assert len(set(styles)) == wanted, "black on white, each mode has a rule of its own style"
    soup = next(page.soup for page in site.pages if page.web_path == book)
    canonical = soup.find("link", rel="canonical")["href"]
    address = page.locator("article > :last-child")
    assert address.is_visible()
    assert address.inner_text() == canonical
    texts = page.evaluate(TEXTS)
    assert texts
    assert min(size for size, _ in texts) >= 9
    black = r"rgb\(0, 0, 0\)|oklch\(0 0 [\d.]+\)"  # black at any hue
    assert all(re.fullmatch(black, color) for _, color in texts)
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == "rgb(255, 255, 255)"
    assert sheets(page, "A4") == 1
