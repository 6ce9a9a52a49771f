"""The theme's script as a test meets it: still away, on its way, or arrived."""

from playwright.sync_api import Page, Route

BUNDLE = "**/bundle.*.js"
ARRIVED = "'component$' in window"
SCHEME = "document.body.dataset.mdColorScheme"
KINDS = {"light": "default", "dark": "slate"}
QUERY = ".md-search__input"
RESULT = ".md-search-result__link"


def wake(page: Page) -> None:
    """Move the mouse as a reader does; a browser takes its first place for no movement."""
    page.mouse.move(1, 1)
    page.mouse.move(2, 2)
    page.wait_for_function(ARRIVED)


def turn(page: Page, scheme: str) -> None:
    """Show a page in this scheme, as the switch does, wherever that is hidden."""
    page.evaluate(f"kind => {{ {SCHEME} = kind }}", KINDS[scheme])


def search(page: Page, word: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(word)
    # A letter that is on no American keyboard comes without a key, for which the theme waits.
    page.keyboard.press("End")
    page.locator(RESULT).first.wait_for()


class Held:
    """Keeps the theme's script on its way: `visit(bundle=held.hold)`, until it may arrive."""

    def __init__(self) -> None:
        self.requests: list[Route] = []

    def hold(self, route: Route) -> None:
        self.requests.append(route)

    def arrive(self, page: Page) -> None:
        with page.expect_response(BUNDLE):
            page.wait_for_function("!document.querySelector('template')")
            while not self.requests:
                page.evaluate("new Promise(requestAnimationFrame)")
            assert not page.evaluate(ARRIVED)
            self.requests[0].continue_()


def away(route: Route) -> None:
    """As an answer to the request for the theme's script: there is none."""
    route.abort()
