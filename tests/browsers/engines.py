"""A window of any engine, behind a few verbs; Chromium behind them, by Playwright."""

import json
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser

TIMEOUT = 30


class Engine:
    """A window of a browser.

    It can `go` to an address and wait until that has loaded; take a `size`, as far as the browser
    lets it shrink; `click` at a point of the page that is in view; and press `keys` one after the
    other, each a sign, a name, or `Control+v`.
    """

    name: str

    def begin(self) -> None:
        """Be ready for another reader."""

    def type(self, text: str) -> None:
        """Type a text in any script."""
        self.keys(*text)

    def evaluate(self, function: str, *arguments: Any) -> Any:
        """What a JavaScript function of the page returns, awaited."""
        call = f"({function})(...{json.dumps(arguments)})"
        return json.loads(self._evaluate(f"(async () => JSON.stringify(await {call} ?? null))()"))


class PlaywrightEngine(Engine):
    def __init__(self, browser: Browser) -> None:
        name = browser.browser_type.name
        self.name = f"{name} {browser.version} by Playwright"
        granted = ["clipboard-write", "clipboard-read"] if name == "chromium" else None
        self._page = page = browser.new_context(permissions=granted).new_page()
        self.go, self.click, self._evaluate = page.goto, page.mouse.click, page.evaluate

    def size(self, width: int, height: int) -> None:
        self._page.set_viewport_size({"width": width, "height": height})

    def keys(self, *keys: str) -> None:
        for key in keys:
            self._page.keyboard.press(key)

    def type(self, text: str) -> None:
        self._page.keyboard.type(text)
        self._page.keyboard.press("Shift")  # what its keyboard lacks is put in without any key


def wait(find: Callable[[], Any], explain: Callable[[], str]) -> Any:
    """What a function gives, as soon as it is something."""
    deadline = time.monotonic() + TIMEOUT
    while True:
        try:
            if value := find():
                return value
        except Exception as error:  # noqa: BLE001  # each engine's own, while a page gives way to the next
            value = error
        assert time.monotonic() < deadline, f"never true, but {value}: {explain()}"
        time.sleep(0.02)
