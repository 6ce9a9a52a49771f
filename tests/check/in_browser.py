"""Does each page open in a real browser without an error, and does each button copy its phrase?"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Error, sync_playwright
from playwright.sync_api import Page as Tab

from tests.browser import launch

from . import expected, markup
from .finding import Finding, Findings, excerpt
from .markup import Page
from .serving import served
from .site import Site

PHONES = (320, 390)
PATIENCE = 10_000
ON_A_SHEET = 3  # kinds whose phrases fit, unless they are long
LOST = "asks for what is not there: "
CURE = "see what this page holds that others do not; if it is nothing, the template has a fault"
REPORT = """addEventListener("securitypolicyviolation", event =>
    console.error(`${event.violatedDirective} blocks ${event.blockedURI} ${event.sample}`))"""
# Presses each button and waits until something is on the clipboard, and then for the status.
COPY = """async ({ box, button, status, patience }) => {
    const until = async found => {
        for (const start = performance.now(); performance.now() - start < patience;) {
            const value = await found();
            if (value) return value;
            await new Promise(done => setTimeout(done, 2));
        }
        patience = 100;  // what broke one button breaks the others
        return null;
    };
    const boxes = [...document.querySelectorAll(box)];
    const buttons = boxes.flatMap(each => each.querySelector(button) ?? []);
    const copied = [];
    for (const each of buttons) {
        await navigator.clipboard.writeText("");
        each.click();
        copied.push(await until(() => navigator.clipboard.readText()));
    }
    const done = buttons.at(-1)?.dataset.done;
    return [copied, await until(() => document.querySelector(status)?.textContent === done)];
}"""
WIDEST = """width => document.documentElement.scrollWidth <= width ? null :
    [...document.querySelectorAll("article *")]
        .filter(e => e.getBoundingClientRect().right > width && e.textContent.trim())
        .at(-1)?.textContent ?? "" """


@contextmanager
def opened(site: Site) -> Iterator[tuple[BrowserContext, str]]:
    """A browser, and the address at which it finds the site. Raises Error if there is none."""
    with sync_playwright() as playwright, served(site.folder, site.base) as address:
        browser = launch(playwright)
        yield context(browser), address
        browser.close()


def context(browser: Browser) -> BrowserContext:
    made = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    made.add_init_script(REPORT)
    return made


def check(site: Site, made: BrowserContext, address: str) -> Findings:
    made.clear_cookies()
    tab = made.new_page()
    complaints: list[str] = []
    watch(tab, complaints, address)
    seen, phrases = set(), expected.phrases(site.definition).values()
    wanted = {phrase.text: phrase.copied for phrase in phrases}
    for page in site.pages:
        complaints.clear()
        yield from open_page(tab, page, address)
        yield from press_buttons(tab, page, wanted)
        yield from fits_a_phone(tab, page)
        yield from fits_a_sheet(tab, page)
        html = str(page.soup)
        for complaint in dict.fromkeys(complaints):
            # What its HTML names and is not there, `links` has found. What is wrong everywhere is
            # told once.
            found = complaint.startswith(LOST) and complaint.removeprefix(LOST) in html
            if not found and complaint not in seen:
                seen.add(complaint)
                yield Finding(page.name, f"in a browser: {excerpt(complaint, 160)}", CURE)
    if made.cookies():
        yield Finding("docs", "a page sets a cookie", "remove what does")
    tab.close()


def watch(tab: Tab, complaints: list[str], address: str) -> None:
    """Note whatever goes wrong in a tab."""

    def on_console(message) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    def on_dialog(dialog) -> None:
        complaints.append(f"opens “{dialog.message}”")
        dialog.dismiss()

    def on_request(request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in ("data", "blob") and url.netloc != urlsplit(address).netloc:
            complaints.append(f"asks {url.netloc} for {url.path}")

    def on_response(response) -> None:
        if response.status >= 400:
            complaints.append(LOST + urlsplit(response.url).path.rpartition("/")[2])

    tab.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
    tab.on("console", on_console)
    tab.on("dialog", on_dialog)
    tab.on("request", on_request)
    tab.on("response", on_response)


def open_page(tab: Tab, page: Page, address: str) -> Findings:
    """Open a page and wake the theme, whose script waits for a reader."""
    tab.set_viewport_size({"width": 1280, "height": 800})
    if not page.source:
        tab.goto(address + page.web_path)
        return
    try:
        # The last that the theme asks for.
        with tab.expect_response("**/search_index.json", timeout=PATIENCE):
            tab.goto(address + page.web_path)
            tab.keyboard.press("Shift")
    except Error:
        yield Finding(page.name, "in a browser: the theme’s script does not start", CURE)


def press_buttons(tab: Tab, page: Page, wanted: dict[str, str]) -> Findings:
    phrases = [phrase for phrase, button in page.boxes if button]
    if not phrases:
        return
    selectors = {"box": f"article {markup.BOX}", "button": markup.BUTTON, "status": markup.STATUS}
    copied, said = tab.evaluate(COPY, {**selectors, "patience": PATIENCE})
    if len(copied) != len(phrases):
        message = f"shows {len(copied)} buttons, and {len(phrases)} are in its file"
        yield Finding(page.name, f"in a browser: {message}", CURE)
    for phrase, got in zip(phrases, copied, strict=False):
        want = wanted.get(phrase.text, phrase.text)
        if got != want:
            instead = f"“{excerpt(got)}” instead of “{excerpt(want)}”" if got else "nothing"
            yield Finding(page.name, f"button “{phrase.button}”: copies {instead}", CURE)
    if not said:
        message = f"button “{phrases[-1].button}”: its page does not say “{phrases[-1].done}”"
        yield Finding(page.name, f"{message} once it has copied", CURE)


def fits_a_phone(tab: Tab, page: Page) -> Findings:
    for width in PHONES:
        tab.set_viewport_size({"width": width, "height": 664})
        if (widest := tab.evaluate(WIDEST, width)) is not None:
            message = f"is wider than a phone of {width} pixels, perhaps by “{excerpt(widest, 40)}”"
            yield Finding(page.name, message, "shorten a long word or line", is_advice=True)
            return


def fits_a_sheet(tab: Tab, page: Page) -> Findings:
    groups = page.select(markup.GROUP)
    sheets = len(re.findall(rb"/Type\s*/Page\b", tab.pdf(format="A4"))) if groups else 1
    if sheets > 1:
        message = f"prints on {sheets} sheets, not on one that can lie on a desk"
        few = "shorten phrases or signs if you want one"
        cure = few if len(groups) <= ON_A_SHEET else "more than three kinds seldom fit"
        yield Finding(page.name, message, cure, is_advice=True)
