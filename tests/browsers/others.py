"""The engines beside Chromium that can be had here: `make browsers` alone loads what drives them.

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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from selenium import webdriver
from selenium.webdriver import Keys
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service
from websocket import create_connection

from tests.browsers.engines import TIMEOUT, Engine, PlaywrightEngine, wait

# Below /usr/lib, perhaps in a folder named for the processor.
MINI_BROWSER = "webkit2gtk-4.*/MiniBrowser"
# What would call home, or ask the reader something.
FIREFOX_PREFERENCES = """\
user_pref("app.normandy.enabled", false);
user_pref("app.update.disabledForTesting", true);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "data:,");
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
"""


class WebDriverEngine(Engine):
    """What both of WebDriver's protocols write in the same way."""

    def click(self, x: float, y: float) -> None:
        move = {"type": "pointerMove", "x": round(x), "y": round(y)}
        press, release = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        self._act({"type": "pointer", "id": "mouse", "actions": [move, press, release]})

    def keys(self, *keys: str) -> None:
        actions = []
        for key in keys:
            held = [getattr(Keys, part.upper(), part) for part in re.split(r"(?<=.)\+", key)]
            actions += [{"type": "keyDown", "value": value} for value in held]
            actions += [{"type": "keyUp", "value": value} for value in reversed(held)]
        self._act({"type": "key", "id": "keyboard", "actions": actions})


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
        left = self._window
        self._window = self.send("browsingContext.create", type="tab")["context"]
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
        call = {"expression": expression, "target": {"context": self._window}}
        answer = self.send("script.evaluate", **call, awaitPromise=True)
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return answer["result"]["value"]


class WebKitGtk(WebDriverEngine):
    def __init__(self, driver: webdriver.WebKitGTK) -> None:
        self._driver = driver
        driver.set_page_load_timeout(TIMEOUT)
        self.name = f"WebKitGTK {driver.capabilities['browserVersion']} by WebDriver"
        # The window has a bar of the browser's own above the page.
        self.go, self.size = driver.get, driver.set_window_size

    def _act(self, source: dict[str, Any]) -> None:
        self._driver.execute("actions", {"actions": [source]})

    def _evaluate(self, expression: str) -> str:
        return self._driver.execute_script(f"return {expression}")


@contextmanager
def _playwright(name: str) -> Iterator[Engine]:
    with sync_playwright() as playwright:
        browser = getattr(playwright, name).launch()
        yield PlaywrightEngine(browser)
        browser.close()


@contextmanager
def _firefox(program: str) -> Iterator[Engine]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        Path(profile, "user.js").write_text(FIREFOX_PREFERENCES, encoding="utf-8")
        command = [program, "--headless", "--no-remote", "--profile", profile]
        command += ["--remote-debugging-port", "0"]
        output = Path(profile, "output")
        with output.open("w") as file, _running(command, stdout=file, stderr=file):
            listening = r"BiDi listening on (ws://\S+)\n"
            address = wait(lambda: re.search(listening, output.read_text()), output.read_text)
            yield BidiFirefox(address[1] + "/session")


@contextmanager
def _webkit(driver: str, browser: str) -> Iterator[Engine]:
    # So small that each window covers its middle, where the mouse is: the keyboard follows it.
    screen = ["Xvfb", "-displayfd", "1", "-screen", "0", "480x360x24", "-nolisten", "tcp"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with _running(screen, **pipes) as process:
        display = process.stdout.readline().decode().strip()
        options = Options()
        options.binary_location = browser
        options.add_argument("--automation")
        service = Service(driver, env={**os.environ, "DISPLAY": f":{display}"})
        with webdriver.WebKitGTK(options=options, service=service) as engine:
            yield WebKitGtk(engine)


@contextmanager
def _running(command: list[str], **options: Any) -> Iterator[subprocess.Popen]:
    with subprocess.Popen(command, **options) as process:
        try:
            yield process
        finally:
            process.terminate()


@cache
def find() -> dict[str, Callable[[], Any]]:
    """How to start each engine beside Chromium, by its name; one that cannot be had is left out."""
    found: dict[str, Callable[[], Any]] = {}
    with sync_playwright() as playwright:
        for name in ("firefox", "webkit"):
            if Path(getattr(playwright, name).executable_path).exists():
                found[name] = partial(_playwright, name)
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if "firefox" not in found and program:
        found["firefox"] = partial(_firefox, program)
    driver = shutil.which("WebKitWebDriver") if shutil.which("Xvfb") else None
    folders = [*Path("/usr").glob("lib*"), *Path("/usr/lib").glob("*")]
    browsers = [path for folder in folders for path in folder.glob(MINI_BROWSER)]
    if "webkit" not in found and driver and browsers:
        found["webkit"] = partial(_webkit, driver, str(browsers[0]))
    return found
