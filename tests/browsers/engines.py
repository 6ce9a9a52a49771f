"""The engines that can be had here, each behind the same few verbs.

Playwright's own builds serve where they are installed, as on GitHub's runners. A Debian machine has
none, and Playwright's protocols drive no other build: there Firefox is driven by WebDriver BiDi,
and WebKitGTK by its WebDriver on a screen that nobody sees.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Playwright, sync_playwright
from selenium import webdriver
from selenium.common import WebDriverException
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service
from websocket import create_connection

from tests import browser as chromium

ERRORS = (Error, WebDriverException, RuntimeError)
TIMEOUT = 30
MINI_BROWSER = "webkit2gtk-4.*/MiniBrowser"  # below /usr/lib, in a folder named for the processor
# As WebDriver writes the keys that are not letters.
KEYS = {
    "Control": "\ue009",
    "Enter": "\ue007",
    "Escape": "\ue00c",
    "Shift": "\ue008",
    "Tab": "\ue004",
}
# What would call home, or ask the reader something.
FIREFOX_PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


class Engine(ABC):
    """A window of a browser."""

    name: str

    def begin(self) -> None:  # noqa: B027  # most engines need nothing
        """Be ready for another reader."""

    @abstractmethod
    def go(self, address: str) -> None:
        """Open an address and wait until it has loaded."""

    @abstractmethod
    def size(self, width: int, height: int) -> None:
        """Change the window, as far as the browser lets it shrink."""

    @abstractmethod
    def click(self, x: float, y: float) -> None:
        """Press and release the mouse at a point of the page that is in view."""

    @abstractmethod
    def keys(self, *keys: str) -> None:
        """Press keys one after the other, each a sign, a name, or `Control+v`."""

    def type(self, text: str) -> None:
        """Type a text in any script."""
        self.keys(*text)

    def evaluate(self, function: str, *arguments: Any) -> Any:
        """What a JavaScript function of the page returns, awaited."""
        call = f"({function})(...{json.dumps(arguments)})"
        return json.loads(self._evaluate(f"(async () => JSON.stringify(await {call} ?? null))()"))

    @abstractmethod
    def _evaluate(self, expression: str) -> str: ...


class PlaywrightEngine(Engine):
    def __init__(self, browser: Browser) -> None:
        self.name = f"{browser.browser_type.name} {browser.version} by Playwright"
        is_chromium = browser.browser_type.name == "chromium"
        self._page = browser.new_context(
            permissions=["clipboard-write", "clipboard-read"] if is_chromium else None
        ).new_page()

    def go(self, address: str) -> None:
        self._page.goto(address)

    def size(self, width: int, height: int) -> None:
        self._page.set_viewport_size({"width": width, "height": height})

    def click(self, x: float, y: float) -> None:
        self._page.mouse.click(x, y)

    def keys(self, *keys: str) -> None:
        for key in keys:
            self._page.keyboard.press(key)

    def type(self, text: str) -> None:
        self._page.keyboard.type(text)
        self._page.keyboard.press("Shift")  # what its keyboard lacks is put in without any key

    def _evaluate(self, expression: str) -> str:
        return self._page.evaluate(expression)


class WebDriverEngine(Engine):
    """What both of WebDriver's protocols write in the same way."""

    def click(self, x: float, y: float) -> None:
        move = {"type": "pointerMove", "x": round(x), "y": round(y)}
        press, release = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        self._act({"type": "pointer", "id": "mouse", "actions": [move, press, release]})

    def keys(self, *keys: str) -> None:
        actions = []
        for key in keys:
            held = [KEYS.get(part, part) for part in re.split(r"(?<=.)\+", key)]
            actions += [{"type": "keyDown", "value": value} for value in held]
            actions += [{"type": "keyUp", "value": value} for value in reversed(held)]
        self._act({"type": "key", "id": "keyboard", "actions": actions})

    @abstractmethod
    def _act(self, source: dict[str, Any]) -> None: ...


class BidiFirefox(WebDriverEngine):
    def __init__(self, address: str) -> None:
        self._socket = create_connection(address, timeout=TIMEOUT, suppress_origin=True)
        self._sent = 0
        capabilities = self.send("session.new", capabilities={})["capabilities"]
        self.name = f"firefox {capabilities['browserVersion']} by WebDriver BiDi"
        self._window = self.send("browsingContext.getTree")["contexts"][0]["context"]

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Give a command and wait for its answer. Raises RuntimeError with what Firefox refuses."""
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": parameters}))
        while (answer := json.loads(self._socket.recv())).get("id") != self._sent:
            pass
        if answer["type"] == "error":
            raise RuntimeError(f"{method}: {answer['message']}")
        return answer["result"]

    def begin(self) -> None:
        # A window whose own bar has the keyboard does not give it back, as at the start.
        left, self._window = (
            self._window,
            self.send("browsingContext.create", type="tab")["context"],
        )
        self.send("browsingContext.activate", context=self._window)
        self.send("browsingContext.close", context=left)

    def go(self, address: str) -> None:
        self.send("browsingContext.navigate", context=self._window, url=address, wait="complete")

    def size(self, width: int, height: int) -> None:
        size = {"width": width, "height": height}
        self.send("browsingContext.setViewport", context=self._window, viewport=size)

    def _act(self, source: dict[str, Any]) -> None:
        self.send("input.performActions", context=self._window, actions=[source])

    def _evaluate(self, expression: str) -> str:
        target = {"context": self._window}
        answer = self.send(
            "script.evaluate", expression=expression, target=target, awaitPromise=True
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return answer["result"]["value"]


class WebKitGtk(WebDriverEngine):
    def __init__(self, driver: webdriver.WebKitGTK) -> None:
        self._driver = driver
        driver.set_page_load_timeout(TIMEOUT)
        self.name = f"WebKitGTK {driver.capabilities['browserVersion']} by WebDriver"

    def go(self, address: str) -> None:
        self._driver.get(address)

    def size(self, width: int, height: int) -> None:
        # The window has a bar of the browser's own above the page.
        self._driver.set_window_size(width, height)

    def _act(self, source: dict[str, Any]) -> None:
        self._driver.execute("actions", {"actions": [source]})

    def _evaluate(self, expression: str) -> str:
        return self._driver.execute_script(f"return {expression}")


@contextmanager
def _playwright(start: Callable[[Playwright], Browser]) -> Iterator[Engine]:
    with sync_playwright() as playwright:
        browser = start(playwright)
        yield PlaywrightEngine(browser)
        browser.close()


@contextmanager
def _firefox(program: str) -> Iterator[Engine]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        preferences = FIREFOX_PREFERENCES.items()
        lines = (
            f"user_pref({json.dumps(key)}, {json.dumps(value)});\n" for key, value in preferences
        )
        Path(profile, "user.js").write_text("".join(lines), encoding="utf-8")
        command = [program, "--headless", "--no-remote", "--profile", profile]
        command += ["--remote-debugging-port", "0"]
        with (
            Path(profile, "said").open("w+", encoding="utf-8") as said,
            _running(command, stdout=said, stderr=said),
        ):
            yield BidiFirefox(_announced(Path(said.name)) + "/session")


def _announced(said: Path) -> str:
    """The address at which Firefox listens, as soon as it says so."""
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline:
        if match := re.search(r"BiDi listening on (ws://\S+)\n", said.read_text(encoding="utf-8")):
            return match[1]
        time.sleep(0.05)
    raise TimeoutError(f"Firefox does not listen: {said.read_text(encoding='utf-8')}")


@contextmanager
def _webkit(driver: str, browser: str) -> Iterator[Engine]:
    reading, writing = os.pipe()
    screen = [
        "Xvfb",
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        "1600x1200x24",
        "-nolisten",
        "tcp",
    ]
    with _running(screen, pass_fds=[writing], stderr=subprocess.DEVNULL):
        display = os.read(reading, 9).decode().strip()
        options = Options()
        options.binary_location = browser
        options.add_argument("--automation")
        service = Service(driver, env={**os.environ, "DISPLAY": f":{display}"})
        engine = webdriver.WebKitGTK(options=options, service=service)
        yield WebKitGtk(engine)
        engine.quit()
    os.close(reading)
    os.close(writing)


@contextmanager
def _running(command: list[str], **options: Any) -> Iterator[subprocess.Popen]:
    with subprocess.Popen(command, **options) as process:
        try:
            yield process
        finally:
            process.terminate()


def find() -> dict[str, Callable[[], Any]]:
    """How to start each engine that can be had here, by its name; one that cannot is left out."""
    found: dict[str, Callable[[], Any]] = {}
    with sync_playwright() as playwright:
        for name in ("firefox", "webkit"):
            if Path(getattr(playwright, name).executable_path).exists():
                found[name] = lambda name=name: _playwright(lambda of: getattr(of, name).launch())
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if "firefox" not in found and program:
        found["firefox"] = lambda: _firefox(program)
    if "webkit" not in found:
        driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
        browsers = [
            *Path("/usr").glob(f"lib*/{MINI_BROWSER}"),
            *Path("/usr/lib").glob(f"*/{MINI_BROWSER}"),
        ]
        if driver and screen and browsers:
            found["webkit"] = lambda: _webkit(driver, str(browsers[0]))
    # Beside others only: what it does alone, the other tests try.
    if found and chromium.found():
        found["chromium"] = lambda: _playwright(chromium.launch)
    return found
