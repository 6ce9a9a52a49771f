"""Fixtures that are shared: the sites, each built once for all workers, and a browser.

A test runs for the site's own manager alone, unless its mark names others; one that asks for `path`
runs for each page.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser import launch
from tests.check import Site, expected, visits
from tests.check.serving import served
from tests.helpers import hostile
from tests.helpers.projects import (
    ASSETS,
    MANAGERS,
    add_samples,
    built,
    change,
    copy_project,
    source_with,
    switch_off,
    web_path,
    write_files,
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test for the managers that it names, and for each page if it asks for one."""
    if "docs" not in metafunc.fixturenames:
        return
    mark = metafunc.definition.get_closest_marker("managers")
    names = mark.args or [docs.name for docs in MANAGERS] if mark else ["docs"]
    managers = [docs for docs in MANAGERS if docs.name in names]
    assert len(managers) == len(names), names
    if "path" in metafunc.fixturenames:
        cases = [(docs, path) for docs in managers for path in paths_of(docs)]
        ids = [f"{docs.name}-{path}" for docs, path in cases]
        metafunc.parametrize(("docs", "path"), cases, indirect=["docs"], ids=ids, scope="session")
    else:
        ids = [docs.name for docs in managers]
        metafunc.parametrize("docs", managers, indirect=True, ids=ids, scope="session")


def paths_of(docs: Path) -> list[str]:
    files = expected.files(expected.read_yaml(docs / "modes.yml"))
    return [*map(web_path, files), "404.html"]


@pytest.fixture(scope="session")
def docs(request) -> Path:
    """The folder of the manager."""
    return request.param


@pytest.fixture(scope="session")
def once(tmp_path_factory) -> Callable[[str, Callable[[Path], object]], Path]:
    """Make a folder once for all workers: `once(name, make)`, where `make` fills it."""
    root = tmp_path_factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root

    def folder(name: str, make: Callable[[Path], object]) -> Path:
        made = root / "once" / name
        made.parent.mkdir(exist_ok=True)
        with FileLock(f"{made}.lock"):
            if not made.exists():
                make(made.with_suffix(".part"))
                made.with_suffix(".part").rename(made)
        return made

    return folder


@pytest.fixture(scope="session")
def site_of(once) -> Callable[[Path], Site]:
    """The built site of a manager."""

    def site(docs: Path) -> Site:
        made = once(docs.name, lambda folder: built(copy_project(folder, docs)))
        return Site(made / "site", made / "docs")

    return cache(site)


@pytest.fixture(scope="session")
def site(docs, site_of) -> Site:
    return site_of(docs)


def _hostile(folder: Path) -> None:
    """At the root of a host, with texts that could break a page, and its own colors and logo."""
    hostile.spoil(folder, source_with(folder, "{{ switches() }}"))
    # A header is no place for what the definition says, and holds what other programs know.
    others = "icon: hand-wave\ntemplate: splash\nsearch: false\nhide: true\n"
    header = f"manager: Nobody\nignore_macros: true\n{others}title: "
    change(folder / "docs/index.md", "title: ", header)
    rule = '[data-md-color-scheme="default"] { --paper: rgb(255, 250, 240); }'
    logo = (ASSETS / "icon-48.png").read_bytes()
    write_files(folder, {"docs/colors.css": rule, "docs/assets/logo.png": logo})


# What a page is shown on, unless a test says otherwise.
MEDIA = {
    "media": "null",
    "color_scheme": "light",
    "reduced_motion": "null",
    "forced_colors": "null",
    "contrast": "null",
}
# Sites that are made of the site's own: what each does to its project, and how it is built.
VARIANTS = {
    "samples": (add_samples, {}),
    "plain": (lambda folder: switch_off(add_samples(folder)), {}),
    "hostile": (_hostile, {"SITE_URL": "http://127.0.0.1:8000/"}),
}


@pytest.fixture(scope="session")
def variant(once) -> Callable[[str], Site]:
    def make(name: str) -> Site:
        prepare, environment = VARIANTS[name]

        def fill(folder: Path) -> None:
            prepare(copy_project(folder))
            built(folder, **environment)

        made = once(name, fill)
        return Site(made / "site", made / "docs")

    return cache(make)


@pytest.fixture(scope="session")
def definition(site) -> dict:
    return site.definition


@pytest.fixture(scope="session")
def place(site) -> Callable[[str], str]:
    """Where the browser finds the page that holds a thing, since it may stand on any."""
    return cache(lambda selector: next(p.web_path for p in site.pages if p.soup.select(selector)))


@pytest.fixture
def project(tmp_path) -> Path:
    """A copy of the project to break: a mistake is the same whoever makes it."""
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Site], str]]:
    """Serve a site at the path that it was built for; gives its address."""
    with ExitStack() as servers:
        yield cache(lambda site: servers.enter_context(served(site.folder, site.base)))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def contexts(browser):
    """Browser contexts by their options: what one has in its cache, the next page need not fetch.

    The policy forbids what Playwright waits and styles with; tests/check is where it holds.
    """

    def context(clipboard, options: tuple) -> BrowserContext:
        granted = ["clipboard-read", "clipboard-write"] if clipboard else []
        made = browser.new_context(bypass_csp=True, permissions=granted, **dict(options))
        made.set_default_timeout(20_000)
        return made

    return cache(context)


@pytest.fixture(scope="session")
def tabs() -> defaultdict[tuple, list[Page]]:
    """Tabs that wait for their next page, by their contexts: a new one takes as long as a page."""
    return defaultdict(list)


@pytest.fixture(scope="session")
def errors() -> list[str]:
    """What goes wrong on the pages that a test opens."""
    return []


@pytest.fixture(scope="session")
def guarded(browser):
    """A browser context as `make check` has it, with the policy in force."""
    return visits.context(browser)


@pytest.fixture(scope="session")
def seen(guarded, serve) -> Callable[[Site], Site]:
    """The site, visited by the browser that the tests share, so that no check opens another."""

    def visit(site: Site) -> Site:
        word = site.definition["modes"][0]["name"]
        site.__dict__["visits"] = visits.visited(site.pages, word, guarded, serve(site))
        return site

    return visit


@pytest.fixture
def visit(contexts, tabs, errors, serve, site) -> Iterator[Callable[..., Page]]:
    """Open a page: `visit("phrases/", width=390, media={…}, …)`; an error on it is a failure.

    Of the manager's own site, unless `at` names the address of another. If it `is_alone`, nothing
    is in its cache, and its clock is its own.
    """
    opened: list[tuple[Page, list[Page] | None]] = []

    def new_tab(context: BrowserContext) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("dialog", lambda dialog: (errors.append(dialog.message), dialog.dismiss()))
        return page

    def open_page(
        path: str = "",
        *,
        at: str | None = None,
        width: int = 1280,
        height: int = 800,
        before: str | None = None,
        media: dict | None = None,
        clipboard: bool = False,
        is_alone: bool = False,
        **options: object,
    ) -> Page:
        kind = clipboard, tuple(sorted(options.items()))
        waiting = None if is_alone or before else tabs[kind]
        context = (contexts.__wrapped__ if is_alone else contexts)(*kind)
        page = waiting.pop() if waiting else new_tab(context)
        opened.append((page, waiting))
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(**{**MEDIA, **(media or {})})
        if before:
            page.add_init_script(before)
        page.goto((at or serve(site)) + path)
        return page

    yield open_page
    for page, waiting in opened:
        page.evaluate("try { localStorage.clear(); sessionStorage.clear() } catch {}")
        if waiting is None:
            page.close()
            continue
        page.goto("about:blank")
        page.mouse.move(-1, -1)
        waiting.append(page)
    found = [*errors]
    errors.clear()
    assert found == []
