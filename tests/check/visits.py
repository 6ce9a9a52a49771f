"""What a real browser meets on each page: errors, what buttons copy, whether it fits."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Error, sync_playwright
from playwright.sync_api import Page as Tab

from tests.browser import launch

from . import markup
from .markup import Page
from .serving import served

PHONES = (320, 390)
PATIENCE = 10_000
LOST = "asks for what is not there: "
# What is asked of a page within the browser.
SCRIPT = Path(__file__).with_suffix(".js")
SELECTORS = {"box": f"article {markup.BOX}", "button": markup.BUTTON, "status": markup.STATUS}
QUERY, RESULT = ".md-search__input", ".md-search-result__link"


class Visit(NamedTuple):
    """`answers` tells whether the search did; `copied` is what each button put on the clipboard.

    `has_said` is whether the last one told so; `too_wide` holds the phones that are too narrow,
    each with the words that stick out; `contrasts`, of the page that is searched, the ratio of
    each color for text in each scheme.
    """

    page: Page
    complaints: list[str]
    cookies: list[str]
    answers: bool
    copied: list[str | None]
    has_said: bool
    too_wide: list[tuple[int, str]]
    sheets: int
    contrasts: list[tuple[str, str, str, float]]


@contextmanager
def opened(folder: Path, base: str) -> Iterator[tuple[BrowserContext, str]]:
    """A browser, and the address at which it finds a site. Raises Error if there is none."""
    with sync_playwright() as playwright, served(folder, base) as address:
        browser = launch(playwright)
        yield context(browser), address
        browser.close()


def context(browser: Browser) -> BrowserContext:
    made = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    made.add_init_script(path=SCRIPT)
    return made


def visited(pages: list[Page], word: str, made: BrowserContext, address: str) -> list[Visit]:
    """Visit each page once. The first that the theme made is searched for a word."""
    made.clear_cookies()
    tab, complaints = made.new_page(), []
    watch(tab, complaints, address)
    asked = next((page for page in pages if page.source), None)
    found = []
    for page in pages:
        complaints.clear()
        tab.set_viewport_size({"width": 1280, "height": 800})
        answers = open_page(tab, page, address, word if page is asked else "")
        copied, has_said = [], True
        if any(button for _, button in page.boxes):
            copied, has_said = tab.evaluate(
                "selectors => asked.copied(selectors)", {**SELECTORS, "patience": PATIENCE}
            )
        too_wide = []
        for width in PHONES:
            tab.set_viewport_size({"width": width, "height": 664})
            if (words := tab.evaluate("width => asked.widest(width)", width)) is not None:
                too_wide.append((width, words))
        has_groups = page.select(markup.GROUP)
        sheets = len(re.findall(rb"/Type\s*/Page\b", tab.pdf(format="A4"))) if has_groups else 1
        told, cookies = [*dict.fromkeys(complaints)], [cookie["name"] for cookie in made.cookies()]
        ratios = tab.evaluate("asked.contrasts()") if page is asked else []
        found.append(
            Visit(page, told, cookies, answers, copied, has_said, too_wide, sheets, ratios)
        )
    tab.close()
    return found


def open_page(tab: Tab, page: Page, address: str, word: str) -> bool:
    """Open a page and its search; whether that answers."""
    if not page.source:
        tab.goto(address + page.web_path)
        return True
    try:
        with tab.expect_response("**/search_index.json", timeout=PATIENCE):
            tab.goto(address + page.web_path)
            tab.focus(QUERY)
        if word:
            tab.keyboard.type(word)
            tab.locator(RESULT).first.wait_for(timeout=PATIENCE)
        tab.keyboard.press("Escape")
    except Error:
        return False
    return True


def watch(tab: Tab, complaints: list[str], address: str) -> None:
    """Note whatever goes wrong in a tab."""

    def on_console(message) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    def on_request(request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in ("data", "blob") and url.netloc != urlsplit(address).netloc:
            complaints.append(f"asks {url.netloc} for {url.path}")

    def on_response(response) -> None:
        if response.status >= 400:
            complaints.append(LOST + urlsplit(response.url).path.rpartition("/")[2])

    tab.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
    tab.on("console", on_console)
    tab.on(
        "dialog", lambda dialog: (complaints.append(f"opens “{dialog.message}”"), dialog.dismiss())
    )
    tab.on("request", on_request)
    tab.on("response", on_response)
