"""Does a button confirm for as long as one needs, and help by words for the screen at hand?

That each copies, speaks and keeps the focus is for tests/browsers/test_reading.py.
"""

from playwright.sync_api import expect

from tests.check import markup
from tests.helpers.interactions import REFUSED

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
    status = page.locator(markup.STATUS).text_content()
    assert status != status.strip() == button.get_attribute("data-done"), "or it would not be heard"
    page.clock.run_for(2900)
    assert confirmed.evaluate(opacity) == "1", "for as long after the second time"
    page.clock.run_for(200)
    assert [label.evaluate(opacity), confirmed.evaluate(opacity)] == ["1", "0"]


def test_on_a_phone_the_help_speaks_of_touch(visit, definition, place):
    page = visit(place(markup.BUTTON), width=390, before=REFUSED, is_mobile=True, has_touch=True)
    page.locator(markup.BUTTON).first.tap()
    help_text = definition["copying"]["refused_on_touch"]
    expect(page.locator(".status.visible")).to_have_text(help_text)


def test_the_help_goes_when_it_is_not_needed(visit, place):
    """Copied by hand, by Escape, and when nothing is selected any more."""
    page = visit(place(markup.BUTTON), before=REFUSED)
    shown = page.locator(".status.visible")
    for key in ("Control+c", "Escape", None):
        page.locator(markup.BUTTON).last.click()
        expect(shown).to_have_count(1)
        expect(shown).not_to_have_text(BLANK)
        if key:
            page.keyboard.press(key)
        else:
            page.evaluate("getSelection().removeAllRanges()")
        expect(shown).to_have_count(0)
