"""The theme's script as a test meets it: still away, on its way, or arrived."""

from playwright.sync_api import Page, Route

BUNDLE = "**/bundle.*.js"
ARRIVED = "'component$' in window"
SCHEME = "document.body.dataset.mdColorScheme"
QUERY = ".md-search__input"
RESULT = ".md-search-result__link"


def wake(page: Page) -> None:
    """Move the mouse as a reader does; a browser takes its first place for no movement."""
    page.mouse.move(1, 1)
    page.mouse.move(2, 2)
    page.wait_for_function(ARRIVED)


def search(page: Page, word: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(word)
    # A letter that is on no American keyboard comes without a key, for which the theme waits.
    page.keyboard.press("End")
    page.locator(RESULT).first.wait_for()


class Held:
    """Keeps the theme's script on its way until `arrive` is called."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[Route] = []
        page.route(BUNDLE, lambda route: self.requests.append(route))
        page.reload()  # what is in the cache by now would not be asked for

    def arrive(self) -> None:
        with self.page.expect_response(BUNDLE):
            self.page.wait_for_function("!document.querySelector('template')")
            while not self.requests:
                self.page.evaluate("new Promise(requestAnimationFrame)")
            assert not self.page.evaluate(ARRIVED)
            self.requests[0].continue_()
