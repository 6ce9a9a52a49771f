"""A Chromium for the tests: an installed one, else Playwright's own, else the distribution's."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

# The first has no window, which makes it the fastest; the engine is the same.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
# The browser itself would look for updates and the like; the tests allow no foreign request.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
# Drawn again in parts, the same page would come out a shade different; and one process for all
# pages saves the start of many.
STEADY = ["--disable-partial-raster", "--renderer-process-limit=1"]


def launch(playwright: Playwright) -> Browser:
    """Start the first browser that can be had. Raises Error, which says what to install."""
    installed = [{"executable_path": path} for path in map(shutil.which, NAMES) if path]
    for choice in (*installed, {"channel": "chrome"}, {}):
        try:
            return playwright.chromium.launch(args=[*QUIET, *STEADY], **choice)
        except Error:
            continue
    # The set-up looks for one again, should it have been there once.
    Path(sys.prefix, "browser").unlink(missing_ok=True)
    raise Error("The tests need a browser: install Chromium or Google Chrome, then run them again.")


def found() -> bool:
    try:
        with sync_playwright() as playwright:
            launch(playwright).close()
    except Error:
        return False
    return True


def main() -> None:
    """Install a browser unless there is one; each way is tried only if those before it failed."""
    ways = [[[sys.executable, "-m", "playwright", "install", "chromium"]]]
    if shutil.which("apt-get") and os.geteuid() == 0:
        names = ("chromium-headless-shell", "fonts-dejavu-core"), ("chromium",)
        install = ["apt-get", "install", "--yes"]
        ways += [[["apt-get", "update"], [*install, *packages]] for packages in names]
    for way in ways:
        if found():
            return
        print("Bringing a browser, about 150 MB …", flush=True)
        for command in way:
            subprocess.run(command, capture_output=True, timeout=600, check=False)
    if not found():
        with sync_playwright() as playwright:
            try:
                launch(playwright)
            except Error as error:
                sys.exit(str(error))


if __name__ == "__main__":
    main()
