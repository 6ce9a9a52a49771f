"""One reader, who goes the same way in each engine: ENGINES=all asks for others than Chromium."""

import os
import re
import shutil
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.browsers import engines
from tests.check import Site

if ALL := os.environ.get("ENGINES") == "all":
    from tests.browsers.others import find

FRAME = "frame.html"
# Notes what goes wrong on a page, where every engine can be asked for it.
WATCH = """\
window.complaints = JSON.parse(sessionStorage.complaints ?? "[]");
const complain = (...words) => {
  complaints.push([location.pathname, ...words].join(" "));
  sessionStorage.complaints = JSON.stringify(complaints);
};
// A load that ends because the page is left is no fault.
const note = (text) => { if (!/Network error/.test(text)) complain(text); };
addEventListener("error", ({ message }) => note(message));
addEventListener("unhandledrejection", ({ reason }) => note(reason));
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
  complain(violatedDirective, blockedURI, sample));
// As where the reader lets no site keep data.
if (sessionStorage.refuse)
  Object.defineProperty(window, "localStorage", { configurable: true, get() { throw new DOMException("", "SecurityError"); } });
"""
# Where an element is, once it rests there and nothing lies above it.
SPOT = """(selector, index) => {
  const element = [...document.querySelectorAll(selector)].filter(each => each.getClientRects().length)[index];
  if (!element) return null;
  const { x, y, width, height } = element.getBoundingClientRect();
  const spot = [x + width / 2, y + height / 2];
  if (element.contains(document.elementFromPoint(...spot))) return spot;
  element.scrollIntoView({ block: "center", behavior: "instant" });
  return null;
}"""
SHOW_IN_A_FRAME = """async (path, width, sandbox) => {
  const frame = document.createElement("iframe");
  frame.sandbox = sandbox;
  frame.style = `border: 0; inline-size: ${width}px; block-size: 600px`;
  frame.src = path || "./";
  document.body.replaceChildren(frame);
  await new Promise(resolve => frame.addEventListener("load", resolve));
  window.page = frame.contentDocument;
}"""


def pytest_configure(config: pytest.Config) -> None:
    if ALL and not hasattr(config, "workerinput") and not find():
        raise pytest.UsageError(
            "Neither Firefox nor WebKit is here. Install Playwright's (playwright install firefox "
            "webkit), or Debian's: apt-get install firefox-esr webkit2gtk-driver xvfb"
        )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        # A worker for each, so that each is started once.
        names = ["chromium", *(find() if ALL else [])]
        each = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in names]
        metafunc.parametrize("engine", each, indirect=True, scope="session")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    ends = [terminalreporter.stats.get(end, []) for end in ("passed", "failed")]
    calls = [report for reports in ends for report in reports if report.when == "call"]
    tried = Counter(value for call in calls for _, value in call.user_properties)
    for name, count in sorted(tried.items()):
        terminalreporter.write_line(f"{name}: {count} tests")


@pytest.fixture(scope="session")
def engine(request):
    if request.param == "chromium":
        yield engines.PlaywrightEngine(request.getfixturevalue("browser"))
        return
    with find()[request.param]() as started:
        yield started


@pytest.fixture(scope="session")
def watched(site, once, serve) -> str:
    """The address of the site, where each page notes what goes wrong on it."""

    def make(folder: Path) -> None:
        shutil.copytree(site.folder, folder)
        (folder / "watch.js").write_text(WATCH, encoding="utf-8")
        # Its pages open as narrow as one likes, no window shrinks so far; or with no script.
        (folder / FRAME).write_text('<!doctype html><meta charset="utf-8">', encoding="utf-8")
        for page in site.framed:
            html = (folder / page.path).read_text(encoding="utf-8")
            policy = re.search('<meta http-equiv="Content-Security-Policy"[^>]+>', html)[0]
            script = f'<script src="{"../" * page.path.count("/")}watch.js"></script>'
            (folder / page.path).write_text(html.replace(policy, policy + script), encoding="utf-8")

    return serve(Site(once(f"watched-{site.docs.parent.name}-{site.docs.name}", make), site.docs))


class Reader:
    def __init__(self, engine: engines.Engine, address: str) -> None:
        self.engine, self.address = engine, address
        self.evaluate, self.keys, self.size = engine.evaluate, engine.keys, engine.size

    def open(self, path: str) -> None:
        self.engine.go(self.address + path)

    def frame(self, path: str, width: int, sandbox: str) -> None:
        """Before anything else is opened, open a page in a frame; `this.page` is its document."""
        self.evaluate(SHOW_IN_A_FRAME, path, width, sandbox)

    def wait(self, function: str, *arguments: Any) -> Any:
        """What a function returns, as soon as it is something."""
        found = partial(self.evaluate, function, *arguments)
        return engines.wait(found, lambda: f"{function} {arguments}")

    def click(self, selector: str, index: int = 0) -> None:
        spot, before = self.wait(SPOT, selector, index), None
        while spot != before:
            spot, before = self.wait(SPOT, selector, index), spot
        self.engine.click(*spot)


@pytest.fixture
def reader(engine, watched, record_property):
    """Somebody who has never been there. Whatever goes wrong on a page is an error."""
    record_property("engine", engine.name)
    engine.begin()
    engine.size(1280, 800)
    engine.go(watched + FRAME)
    engine.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    reader = Reader(engine, watched)
    yield reader
    noted = "() => [...(window.complaints ?? []), ...JSON.parse(sessionStorage.complaints ?? '[]')]"
    complaints = engine.evaluate(noted)
    engine.go("about:blank")
    assert complaints == []
