"""What the theme's pages are asked for in a browser: the scheme, the search, its own script."""

from playwright.sync_api import Page

# The theme's script, which is on those pages alone that need it.
ARRIVED = "'component$' in window"
SCHEME = "document.body.dataset.mdColorScheme"
KINDS = {"light": "default", "dark": "slate"}
QUERY = ".md-search__input"
RESULT = ".md-search-result__link"
# The site's own search, which comes once a page is painted.
CAN_SEARCH = "typeof searcher === 'function'"
# Where the reader lets no page write to the clipboard.
REFUSED = (
    "navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
)


def turn(page: Page, scheme: str) -> None:
    """Show a page in this scheme, as the switch does, wherever that is hidden."""
    page.evaluate(f"kind => {{ {SCHEME} = kind }}", KINDS[scheme])


def search(page: Page, word: str) -> None:
    page.wait_for_function(CAN_SEARCH)
    page.keyboard.press("/")
    page.keyboard.type(word)
    page.locator(RESULT).first.wait_for()
