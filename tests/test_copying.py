"""Does every button copy its phrase, say so, and help when it may not?"""

import expected
import pytest
from conftest import read_yaml, web_path

GRANTED = {"permissions": ("clipboard-read", "clipboard-write")}
REFUSED = "navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'))"
ABSENT = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
READ = "navigator.clipboard.readText()"
# What the status region was heard to say, each time anew.
LISTEN = """() => {
    window.heard = [];
    const status = document.querySelector("[role=status]");
    new MutationObserver(() => status.textContent && heard.push(status.textContent)).observe(status, { childList: true });
}"""


def copied(phrase: str, slot: str) -> str:
    """What is to be on the clipboard: up to the open slot where that comes last."""
    return phrase.removesuffix(slot)


def press(page, button) -> None:
    button.focus()
    page.keyboard.press("Enter")


@pytest.fixture
def with_buttons(pages) -> list[str]:
    return [web_path(path) for path, page in pages.items() if page.select(".copy")]


def test_every_button_copies_its_phrase_by_keyboard(visit, definition, with_buttons):
    assert with_buttons
    wanted = expected.phrases(definition)
    for path in with_buttons:
        page = visit(path, **GRANTED)
        buttons = page.get_by_role("button").and_(page.locator(".copy"))
        assert buttons.count() == page.locator(".phrase").count()
        cards = iter(expected.requests(definition).values())
        for button in buttons.all():
            press(page, button)
            page.wait_for_function(
                "text => document.querySelector('[role=status]').textContent === text",
                arg=button.get_attribute("data-done"),
            )
            id = button.evaluate("button => button.parentElement.id")
            assert page.evaluate(READ) == copied(
                wanted[id] if id else next(cards), definition["phrases"]["slot"]
            )
            assert button.evaluate("button => button === document.activeElement"), (
                "the focus has to stay on the button"
            )


@pytest.mark.any_manager
def test_the_button_confirms_for_three_seconds_at_the_same_size(visit, definition, with_buttons):
    page = visit(
        with_buttons[0], block="**/bundle.*.js", service_workers="block", **GRANTED
    )  # a context of its own: all of it stands still
    page.clock.install(time=0)
    page.clock.pause_at(60_000)
    button = page.locator(".copy").first
    label, confirmed = button.locator("span").all()
    assert confirmed.inner_text() == definition["copying"]["confirmed"]
    opacity = "span => getComputedStyle(span).opacity"
    size = button.bounding_box()
    page.add_style_tag(content=".copy > * { transition: none !important }")
    press(page, button)
    page.locator(".copy.done").wait_for(state="attached")
    page.clock.run_for(100)
    assert [label.evaluate(opacity), confirmed.evaluate(opacity)] == ["0", "1"]
    assert button.bounding_box() == size
    page.clock.run_for(2700)
    assert confirmed.evaluate(opacity) == "1"
    page.clock.run_for(400)
    assert [label.evaluate(opacity), confirmed.evaluate(opacity)] == ["1", "0"]


@pytest.mark.any_manager
def test_the_status_speaks_again_when_the_same_phrase_is_copied_again(visit, with_buttons):
    page = visit(with_buttons[0], **GRANTED)
    page.evaluate(LISTEN)
    button = page.locator(".copy").first
    said = button.get_attribute("data-done")
    for times in (1, 2):
        press(page, button)
        page.wait_for_function("times => heard.length === times", arg=times)
    assert page.evaluate("heard") == [said, said]


@pytest.mark.any_manager
@pytest.mark.parametrize("clipboard", [REFUSED, ABSENT], ids=["refused", "absent"])
def test_without_the_clipboard_every_button_selects_its_phrase_and_says_how(
    visit, definition, place, clipboard
):
    page = visit(place("[id^=wanted-]" if clipboard == REFUSED else ".modes"), before=clipboard)
    page.evaluate(LISTEN)
    buttons = page.locator(".copy").all()
    assert buttons
    for times, button in enumerate(buttons, 1):
        press(page, button)
        page.wait_for_function("times => heard.length === times", arg=times)
        phrase = button.locator("xpath=preceding-sibling::p[1]").inner_text()
        assert (
            page.evaluate("getSelection().toString()").strip()
            == copied(phrase, definition["phrases"]["slot"]).strip()
        )
        assert button.evaluate("button => button === document.activeElement")
        assert page.locator("[role=status]").is_visible()
    assert set(page.evaluate("heard")) == {definition["copying"]["refused"]}


def test_on_a_phone_the_help_speaks_of_touch(visit, definition, with_buttons):
    page = visit(
        with_buttons[0], width=390, height=844, before=REFUSED, is_mobile=True, has_touch=True
    )
    page.locator(".copy").first.tap()
    status = page.locator("[role=status].visible")
    status.wait_for()
    page.wait_for_function("() => document.querySelector('[role=status]').textContent")
    assert status.inner_text() == definition["copying"]["refused_on_touch"]


@pytest.mark.any_manager
def test_without_javascript_no_button_shows_and_the_phrases_do(visit, with_buttons):
    for path in with_buttons:
        page = visit(path, java_script_enabled=False)
        assert page.locator(".copy").count()
        assert page.locator(".copy:visible").count() == 0
        assert page.locator(".phrase:visible").count() == page.locator(".phrase").count()


def test_selecting_by_hand_does_not_catch_the_button(article):
    assert article.select(".phrase")
    assert not article.select(".phrase button")


def test_odd_words_copy_exactly_and_stay_inside(visit, serve, place, hostile):
    definition = read_yaml(hostile / "modes.yml")
    page = visit(place(".modes"), at=serve(hostile), motion="reduce", **GRANTED)
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    for button, phrase in zip(
        page.locator(".modes .copy").all(), expected.requests(definition).values()
    ):
        press(page, button)
        page.wait_for_function(
            "button => button.classList.contains('done')", arg=button.element_handle()
        )
        assert page.evaluate(READ) == copied(phrase, definition["phrases"]["slot"])
