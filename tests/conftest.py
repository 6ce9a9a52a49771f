"""The site under test, and its definition read raw: what is expected never comes from `macros`."""

import os
import re
import shutil
import subprocess
import sys
import threading
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, SoupStrainer
from filelock import FileLock
from playwright.sync_api import sync_playwright
from ruamel.yaml import YAML

import browser as browsers
from hostile import spoil

ROOT = Path(__file__).parents[1]
SUB_PATH = "http://127.0.0.1:8000/manager-readme/"


def copy_project(target: Path, docs: Path = ROOT / "docs") -> Path:
    """What a build reads, so that it can be changed."""
    shutil.copytree(
        ROOT / "macros", target / "macros", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(docs, target / "docs")
    shutil.copy(ROOT / "mkdocs.yml", target)
    return target


def build(
    project: Path, address: str = SUB_PATH, **environment: str
) -> subprocess.CompletedProcess:
    """Build `project` into its folder `site`, as `make build` does on one's own machine, even if this one is GitHub's."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=project,
        env={
            **os.environ,
            "SITE_URL": address,
            "NO_MKDOCS_2_WARNING": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "GITHUB_ACTIONS": "",
            **environment,
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


def built(project: Path, address: str = SUB_PATH) -> Path:
    result = build(project, address)
    assert result.returncode == 0, result.stderr
    return project / "site"


# Pages such as an adopter may add, with everything that mkdocs.yml switches on.
SAMPLES = sorted((ROOT / "tests/pages").glob("*.md"))


def add_samples(project: Path) -> Path:
    path, yaml = project / "docs/modes.yml", YAML()
    tree = yaml.load(path.read_text(encoding="utf-8"))
    for sample in SAMPLES:
        shutil.copy(sample, project / "docs")
        tree["site"]["pages"].append(sample.name)
    yaml.dump(tree, path)
    return project


def read_yaml(path: Path) -> dict:
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def read_pages(site: Path) -> dict[str, BeautifulSoup]:
    """Every page of a built site by its path, such as `phrases/index.html`."""
    files = sorted(site.rglob("*.html"))
    assert files, f"no page in {site}"
    return {
        file.relative_to(site).as_posix(): BeautifulSoup(
            file.read_text(encoding="utf-8"), "html.parser"
        )
        for file in files
    }


# The site's own manager and the samples, each through the whole suite.
MANAGERS = [ROOT / "docs", *sorted((ROOT / "tests/managers").iterdir())]


def pytest_xdist_auto_num_workers():
    """More than there are processors: a test often waits for its browser."""
    return 2 * os.cpu_count()


def pytest_generate_tests(metafunc):
    """What holds for one manager has to hold for all; a test that asks for `path` runs for each page of each."""
    # But what the words and their direction do not touch need not be tried again.
    managers = MANAGERS[:1] if metafunc.definition.get_closest_marker("any_manager") else MANAGERS
    if "path" in metafunc.fixturenames:
        cases = [
            (docs, web_path(file))
            for docs in managers
            for file in [*read_yaml(docs / "modes.yml")["site"]["pages"], "404.html"]
        ]
        metafunc.parametrize(
            ("docs", "path"),
            cases,
            indirect=["docs"],
            ids=[f"{docs.name}-{path}" for docs, path in cases],
            scope="session",
        )
    elif "docs" in metafunc.fixturenames:
        metafunc.parametrize(
            "docs", managers, indirect=True, ids=[docs.name for docs in managers], scope="session"
        )


@pytest.fixture(scope="session")
def docs(request) -> Path:
    """The folder of each manager in turn."""
    return request.param


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """Make a folder once for all workers: `once(name, make)`, where `make` fills the folder that it is given."""
    root = tmp_path_factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root

    def folder(name: str, make) -> Path:
        made = root / "once" / name
        made.parent.mkdir(exist_ok=True)
        with FileLock(f"{made}.lock"):
            if not made.exists():
                make(made.with_suffix(".part"))
                made.with_suffix(".part").rename(made)
        return made

    return folder


@pytest.fixture(scope="session")
def definition(docs) -> dict:
    return read_yaml(docs / "modes.yml")


@pytest.fixture(scope="session")
def built_here(docs, once) -> Path:
    return once(f"site-{docs.name}", lambda folder: built(copy_project(folder, docs))) / "site"


@pytest.fixture(scope="session")
def site(docs, request) -> Path:
    """The folder that SITE_DIR names, which is then the one to deploy, or a build of one's own."""
    given = os.environ.get("SITE_DIR")
    if given and docs == ROOT / "docs":
        return (ROOT / given).resolve()
    return request.getfixturevalue("built_here")


@pytest.fixture(scope="session")
def pages(site) -> dict[str, BeautifulSoup]:
    return read_pages(site)


def web_path(file: str) -> str:
    """Where the browser finds a page: `phrases.md` and `phrases/index.html` at `phrases/`."""
    if file.endswith(".md"):
        file = re.sub(r"(?<!index)$", "/index", file.removesuffix(".md")) + ".html"
    return re.sub(r"(^|/)index\.html$", r"\1", file)


@pytest.fixture(scope="session")
def place(pages):
    """Where the browser finds the page that holds a thing, since a manager may put any thing on any page."""

    def find(selector: str) -> str:
        return next(web_path(path) for path, page in pages.items() if page.article.select(selector))

    return find


def all_articles(pages: dict[str, BeautifulSoup]) -> BeautifulSoup:
    """All that is on the pages, wherever it stands, as one."""
    return BeautifulSoup("".join(str(page.article) for page in pages.values()), "html.parser")


@pytest.fixture(scope="session")
def article(pages) -> BeautifulSoup:
    return all_articles(pages)


def source_with(project: Path, text: str) -> Path:
    """The page of a project's docs/ in which a text stands."""
    return next(
        path
        for path in sorted((project / "docs").rglob("*.md"))
        if text in path.read_text(encoding="utf-8")
    )


@pytest.fixture(scope="session")
def hostile(docs, once) -> Path:
    """The site of a manager who writes whatever could break it."""

    def make(folder: Path) -> None:
        project = copy_project(folder, docs)
        spoil(project, source_with(project, "{{ switches() }}"))
        built(project)

    return once(f"hostile-{docs.name}", make) / "site"


@pytest.fixture
def project(tmp_path) -> Path:
    """A copy of the project to break: a mistake is the same whoever makes it."""
    return copy_project(tmp_path / "project")


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder as GitHub Pages does: what is not there gets the site's 404 page."""

    def end_headers(self):
        self.send_header(
            "LinkChecker", "may hurry"
        )  # it keeps to a few requests a second otherwise
        super().end_headers()

    def send_error(self, code, message=None, explain=None):
        page = Path(self.directory, self.base.lstrip("/"), "404.html")
        if code != 404 or not page.is_file():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def serve(tmp_path_factory):
    """Serve a built site at the path that it was built for; gives its address."""
    servers = []

    def start(site: Path) -> str:
        home = BeautifulSoup(
            (site / "index.html").read_text(encoding="utf-8"),
            "html.parser",
            parse_only=SoupStrainer("link"),
        )
        canonical = home.find("link", rel="canonical")["href"]
        base = urlsplit(canonical).path
        root = tmp_path_factory.mktemp("served")
        if base == "/":
            root = site
        else:
            (root / base.strip("/")).symlink_to(site, target_is_directory=True)
        handler = partial(type("Handler", (_Handler,), {"base": base}), directory=str(root))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}{base}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def address(serve, site) -> str:
    return serve(site)


@pytest.fixture(scope="session")
def samples(docs, serve, once) -> str:
    """The address of the site with the samples."""
    return serve(
        once(f"samples-{docs.name}", lambda folder: built(add_samples(copy_project(folder, docs))))
        / "site"
    )


@pytest.fixture(scope="session")
def paths(pages) -> list[str]:
    """Where the browser finds the pages, those of the samples last."""
    return [*map(web_path, pages), *(web_path(sample.name) for sample in SAMPLES)]


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = browsers.launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def contexts(browser):
    """Browser contexts by their options: what one has in its cache, the next page need not fetch.

    The site's policy forbids what Playwright waits and styles with; test_policy.py is where it holds.
    """
    return cache(
        lambda **options: browser.new_context(
            bypass_csp=True,
            **{
                key: list(value) if isinstance(value, tuple) else value
                for key, value in options.items()
            },
        )
    )


@pytest.fixture
def visit(contexts, address):
    """Open a page of the site: `visit("phrases/", width=390, scheme="dark", ...)`; whatever goes wrong on it is an error."""
    opened, errors = [], []

    def open_page(
        path="",
        *,
        width=1280,
        height=800,
        at=None,
        before=None,
        block=None,
        scheme="light",
        motion=None,
        colors=None,
        **options,
    ):
        page = contexts(**options).new_page()
        page.set_default_timeout(10_000)
        opened.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme, reduced_motion=motion, forced_colors=colors)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("dialog", lambda dialog: errors.append(dialog.message))
        if before:
            page.add_init_script(before)
        if block:
            page.route(block, lambda route: route.abort())
        page.goto((at or address) + path)
        return page

    yield open_page
    for page in opened:
        page.evaluate("try { localStorage.clear(); sessionStorage.clear() } catch {}")
        page.close()
    assert errors == []
