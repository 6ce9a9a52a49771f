"""Does a button confirm, speak, keep the focus, and help where it may not copy?

That each copies its phrase is for tests/check/in_browser.py.
"""

import pytest
from playwright.sync_api import expect

from tests.check import expected, markup
from tests.theme import away

REFUSED = (
    "navigator.clipboard.writeText = "
    "() => Promise.reject(new DOMException('no', 'NotAllowedError'))"
)
ABSENT = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
# What the status region was heard to say. The same again is heard only if it was empty in between.
LISTEN = """() => {
    window.heard = [];
    const status = document.querySelector("[role=status]");
    const hear = () => heard.push(status.textContent);
    new MutationObserver(hear).observe(status, { childList: true });
}"""
HEARD = "times => heard.filter(Boolean).length === times"
HAS_FOCUS = "button => button === document.activeElement"


def press(page, button) -> None:
    button.focus()
    page.keyboard.press("Enter")


def test_by_keyboard_each_button_says_that_it_has_copied_and_keeps_the_focus(visit, place):
    page = visit(place(markup.CARDS), clipboard=True)
    buttons = page.get_by_role("button").and_(page.locator(markup.BUTTON))
    assert buttons.count() == page.locator(markup.PHRASE).count()
    page.evaluate(LISTEN)
    wanted = []
    for button in [*buttons.all(), buttons.last]:  # the same again is said again
        wanted.append(button.get_attribute("data-done"))
        press(page, button)
        page.wait_for_function(HEARD, arg=len(wanted))
        assert button.evaluate(HAS_FOCUS)
    assert page.evaluate("heard") == [part for words in wanted for part in ("", words)][1:]


def test_the_button_confirms_for_three_seconds_at_the_same_size(visit, definition, place):
    page = visit(place(markup.BUTTON), bundle=away, clipboard=True, is_alone=True)
    page.clock.install(time=0)
    page.clock.pause_at(60_000)
    button = page.locator(markup.BUTTON).first
    label, confirmed = button.locator("> span").all()
    assert confirmed.inner_text() == definition["copying"]["confirmed"]
    opacity = "span => getComputedStyle(span).opacity"
    size = button.bounding_box()
    page.add_style_tag(content=f"{markup.BUTTON} > * {{ transition: none !important }}")
    press(page, button)
    page.locator(f"{markup.BUTTON}.done").wait_for(state="attached")
    page.clock.run_for(100)
    assert [label.evaluate(opacity), confirmed.evaluate(opacity)] == ["0", "1"]
    assert button.bounding_box() == size
    page.clock.run_for(2700)
    assert confirmed.evaluate(opacity) == "1"
    press(page, button)
    page.locator(f"{markup.STATUS}:empty").wait_for(state="attached")
    page.clock.run_for(2900)
    assert confirmed.evaluate(opacity) == "1", "for as long after the second time"
    page.clock.run_for(200)
    assert [label.evaluate(opacity), confirmed.evaluate(opacity)] == ["1", "0"]


@pytest.mark.parametrize("clipboard", [REFUSED, ABSENT], ids=["refused", "absent"])
def test_without_the_clipboard_each_button_selects_its_phrase(visit, definition, place, clipboard):
    page = visit(place(markup.CARDS), before=clipboard)
    page.evaluate(LISTEN)
    copied = {p.text: p.copied for p in expected.phrases(definition).values()}
    boxes = page.locator(f"article {markup.BOX}").all()
    assert boxes
    for times, box in enumerate(boxes, 1):
        button = box.locator(markup.BUTTON)
        press(page, button)
        page.wait_for_function(HEARD, arg=times)
        selected = page.evaluate("getSelection().toString()")
        assert selected.strip() == copied[box.locator(markup.PHRASE).inner_text()].strip()
        assert button.evaluate(HAS_FOCUS)
        assert page.locator("[role=status]").bounding_box()["width"] > 100, "it is seen"
    assert set(page.evaluate("heard")) == {"", definition["copying"]["refused"]}


def test_on_a_phone_the_help_speaks_of_touch(visit, definition, place):
    page = visit(place(markup.BUTTON), width=390, before=REFUSED, is_mobile=True, has_touch=True)
    page.locator(markup.BUTTON).first.tap()
    help_text = definition["copying"]["refused_on_touch"]
    expect(page.locator("[role=status].visible")).to_have_text(help_text)


def test_without_javascript_no_button_shows_and_the_phrases_do(visit, place):
    for selector in (markup.CARDS, markup.GROUP):
        page = visit(place(selector), java_script_enabled=False)
        assert page.locator(markup.BUTTON).count()
        assert page.locator(f"{markup.BUTTON}:visible").count() == 0
        phrases = page.locator(markup.PHRASE)
        assert phrases.filter(visible=True).count() == phrases.count()


def test_selecting_by_hand_does_not_catch_the_button(site):
    phrases = [phrase for page in site.pages for phrase in page.soup.select(markup.PHRASE)]
    assert phrases
    assert not [phrase for phrase in phrases if phrase.select("button")]
