"""Does a button confirm for as long as one needs, and help by words for the screen at hand?

That each copies, speaks and keeps the focus is for tests/browsers/test_reading.py.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.check import markup

REFUSED = (
    "navigator.clipboard.writeText = "
    "() => Promise.reject(new DOMException('no', 'NotAllowedError'))"
)
BLANK = "\u00a0"


def press(page, button) -> None:
    button.focus()
    page.keyboard.press("Enter")


def test_the_button_confirms_for_three_seconds_at_the_same_size(visit, definition, place):
    page = visit(place(markup.BUTTON), clipboard=True, is_alone=True)
    page.clock.install(time=0)
    page.clock.pause_at(60_000)
    button = page.locator(markup.BUTTON).first
    label, confirmed = button.locator("> span").all()
    assert confirmed.text_content() == definition["copying"]["confirmed"]
    opacity = "span => getComputedStyle(span).opacity"
    color = button.evaluate("button => getComputedStyle(button).color")
    size = button.bounding_box()
    page.add_style_tag(content=f"{markup.BUTTON} > * {{ transition: none !important }}")
    press(page, button)
    page.locator(f"{markup.BUTTON}.done").wait_for(state="attached")
    page.clock.run_for(100)
    assert [label.evaluate(opacity), confirmed.evaluate(opacity)] == ["0", "1"]
    assert button.evaluate("button => getComputedStyle(button).backgroundColor") == color
    assert button.bounding_box() == size
    page.clock.run_for(2700)
    assert confirmed.evaluate(opacity) == "1"
    press(page, button)
    expect(page.locator(markup.STATUS)).to_have_text(re.compile(f"^{BLANK}$"))
    page.clock.run_for(2900)
    assert confirmed.evaluate(opacity) == "1", "for as long after the second time"
    page.clock.run_for(200)
    assert [label.evaluate(opacity), confirmed.evaluate(opacity)] == ["1", "0"]


def test_on_a_phone_the_help_speaks_of_touch(visit, definition, place):
    page = visit(place(markup.BUTTON), width=390, before=REFUSED, is_mobile=True, has_touch=True)
    page.locator(markup.BUTTON).first.tap()
    help_text = definition["copying"]["refused_on_touch"]
    expect(page.locator(".status.visible")).to_have_text(help_text)


@pytest.mark.parametrize("end", ["copied by hand", "Escape", "selected no more"])
def test_the_help_goes_when_it_is_not_needed(visit, place, end):
    page = visit(place(markup.BUTTON), before=REFUSED)
    page.locator(markup.BUTTON).last.click()
    shown = page.locator(".status.visible")
    expect(shown).to_have_count(1)
    expect(shown).not_to_have_text(BLANK)
    if end == "selected no more":
        page.evaluate("getSelection().removeAllRanges()")
    else:
        page.keyboard.press({"copied by hand": "Control+c"}.get(end, end))
    expect(shown).to_have_count(0)


def test_selecting_by_hand_does_not_catch_the_button(site):
    phrases = [phrase for page in site.pages for phrase in page.soup.select(markup.PHRASE)]
    assert phrases
    assert not [phrase for phrase in phrases if phrase.select("button")]
