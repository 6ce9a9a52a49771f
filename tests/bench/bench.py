"""What does the site cost, against plain Material and Zensical? Writes RESULTS.md's tables anew.

Times are ratios within one run: on a busy machine no second means anything by itself. They are the
processor's, since waiting for it is what other programs do to us. Needs a Unix.
"""

import gzip
import json
import mimetypes
import os
import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
from macros.definition import load
from macros.settings import apply_site_settings
from tests.browser import launch
from tests.check import Site
from tests.helpers.projects import call, copy_project, edit_yaml, yaml

# How many pages, and how often each is built: the shorter a build, the more it takes to be sure.
RUNS = {5: 7, 100: 5, 500: 3}
KEPT = "KEEP_MARKDOWN_IN"
# In a process of its own: the peak memory of a child counts from that of its parent on.
TIMED = """
import json, resource, subprocess, sys, time
start = time.monotonic()
subprocess.run([sys.executable, "-m", *sys.argv[1:]], check=True, stdout=sys.stderr)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, time.monotonic() - start, used.ru_maxrss]))
"""
ENGINES = {"ours": "mkdocs", "plain Material": "mkdocs", "Zensical": "macros.zensical"}
# A phone: how many times slower than this processor, milliseconds of latency, bytes a second.
PHONES = {"wifi": (4, 40, 1_000_000), "slow": (6, 400, 50_000)}
TURNS = 5
# Of commit e6ccd91, the same pages against the same plain Material, measured once.
BEFORE = {5: "1.51, 1.30", 100: "1.55, 2.12", 500: "1.98, 9.43"}
VISIT_BEFORE = {
    "wifi": {"found": 1.70, "longest": 1.46, "heap": 1.06, "requests": 1.00, "KB": 1.18},
    "slow": {"found": 1.02, "longest": 1.13, "heap": 1.06, "requests": 1.00, "KB": 1.18},
}
# From the first touch of the search to the first result, and what the longest input took.
WATCH = """
addEventListener("pointerdown", ({ timeStamp }) => { window.began ??= timeStamp }, true);
new MutationObserver(() => {
    if (window.began && !window.found && document.querySelector(".md-search-result__link"))
        requestAnimationFrame(() => { window.found = performance.now() - began });
}).observe(document, { childList: true, subtree: true });
new PerformanceObserver(list => {
    window.longest = Math.max(window.longest ?? 0, ...list.getEntries().map(e => e.duration));
}).observe({ type: "event", durationThreshold: 16, buffered: true });
"""
RESULTS = Path(__file__).with_name("RESULTS.md")


def on_page_markdown(markdown, page, **_):
    """Called by MkDocs, to which this file is a hook too: keeps a page as the macros left it."""
    with Path(os.environ[KEPT], page.file.src_uri).open("w", encoding="utf-8") as kept:
        kept.write("---\n")
        meta = {k: str(v) if isinstance(v, str) else v for k, v in page.meta.items()}
        yaml().dump(meta, kept)
        kept.write(f"---\n\n{markdown}")


def on_env(env, **_):
    """All pages are kept: the rest of the build is not needed."""
    sys.exit()


def build(project: Path, engine: str = "mkdocs", **environment: str) -> list[float]:
    """Build once: seconds of the processor and of the clock, peak memory."""
    shutil.rmtree(project / ".cache", ignore_errors=True)
    command = [sys.executable, "-c", TIMED, engine, "build"]
    result = call(*command, cwd=project, env={**os.environ, **environment}, timeout=None)
    return json.loads(result.stdout) if result.returncode == 0 else sys.exit(result.stderr)


def with_pages(project: Path, count: int) -> Path:
    copy_project(project)
    own = sorted((project / "docs").glob("*.md"))
    added = []
    for number in range(count - len(own)):
        page = own[number % len(own)]
        text = f"{page.read_text(encoding='utf-8')}\n\n{number}\n"
        added.append(page.with_stem(f"{page.stem}-{number:04}"))
        added[-1].write_text(text, encoding="utf-8")
    names = [page.name for page in added]
    edit_yaml(project / "docs/modes.yml", lambda tree: tree["site"]["pages"].extend(names))
    return project


def without_macros(project: Path) -> Path:
    """The same pages for plain Material: what the macros gave is in them, no hook, no macros."""
    plain = Path(shutil.copytree(project, project.with_name("plain")))
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    edit_yaml(project / "mkdocs.yml", lambda config: config["hooks"].append(__file__))
    build(project, **{KEPT: str(plain / "docs")})
    (project / "mkdocs.yml").write_text(config, encoding="utf-8")

    def paste(config):
        config["docs_dir"] = str(plain / "docs")
        apply_site_settings(config, load(plain / "docs/modes.yml", ""))
        config["plugins"] = ["search"]
        del config["hooks"]
        own = [name for name in config["markdown_extensions"] if "macros." in str(name)]
        for name in own:
            config["markdown_extensions"].remove(name)

    edit_yaml(plain / "mkdocs.yml", paste)
    return plain


def builds(folder: Path) -> str:
    rows = [("pages", "against", "processor", "wall", "peak memory", "processor and memory before")]
    for pages, runs in RUNS.items():
        project = with_pages(folder / f"{pages}/ours", pages)
        moved = Path(shutil.copytree(project, folder / f"{pages}/zensical"))
        projects = [project, without_macros(project), moved]
        turns = [[*map(build, projects, ENGINES.values())] for _ in range(runs)]
        for other, name in enumerate(list(ENGINES)[1:], 1):
            ratios = [median(t[0][n] / t[other][n] for t in turns) for n in range(3)]
            before = BEFORE[pages] if other == 1 else ""
            rows.append((pages, name, *(f"**{ratio:.2f}**" for ratio in ratios), before))
        shutil.rmtree(folder / str(pages))
    return table(*rows)


@contextmanager
def zipped(folder: Path, base: str) -> Iterator[str]:
    """Serve a folder as GitHub Pages does: compressed, and kept for ten minutes."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = folder / self.path.partition("?")[0].removeprefix(base)
            path = path / "index.html" if path.is_dir() else path
            body = gzip.compress(path.read_bytes()) if path.is_file() else b""
            self.send_response(200 if path.is_file() else 404)
            self.send_header("Content-Type", mimetypes.guess_type(path)[0] or "text/plain")
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Cache-Control", "max-age=600")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{base}"
        server.shutdown()


def slowed(page: Page, phone: str) -> CDPSession:
    processor, latency, speed = PHONES[phone]
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": processor})
    session.send("Network.enable")
    network = {"offline": False, "latency": latency}
    network |= {"downloadThroughput": speed, "uploadThroughput": speed}
    session.send("Network.emulateNetworkConditions", network)
    return session


def visit(chromium: Browser, address: str, phone: str) -> dict[str, float]:
    """Home, copy, search three seconds after loading, phrases, switch."""
    page = chromium.new_context(viewport={"width": 390, "height": 664}, has_touch=True).new_page()
    session, got = slowed(page, phone), []
    session.on("Network.loadingFinished", lambda event: got.append(event["encodedDataLength"]))
    page.add_init_script(WATCH)
    page.goto(address)
    page.locator("button.copy").first.tap()
    page.wait_for_timeout(3000)
    page.evaluate("delete window.began")  # it counts from the touch of the search, not of the copy
    page.locator(".md-header label[for=__search]").first.tap()
    page.locator(".md-search__input").press_sequentially("coaching")
    page.wait_for_function("window.found", polling=50)
    measured = {name: page.evaluate(name) for name in ("found", "longest")}
    session.send("HeapProfiler.collectGarbage")
    measured["heap"] = session.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    page.goto(f"{address}phrases/")
    page.locator(".md-option + label:visible").tap()
    page.wait_for_load_state("networkidle")
    page.context.close()
    return {**measured, "requests": sum(map(bool, got)), "KB": sum(got) / 1000}


def visits(folder: Path) -> str:
    project = copy_project(folder / "visits")
    plain = without_macros(project)
    for each in (project, plain):
        build(each)
    base = Site(project / "site", project / "docs").base
    rows = [("phone", "what", "ours", "plain Material", "ratio", "before")]
    with sync_playwright() as playwright, ExitStack() as stack:
        chromium = launch(playwright)
        at = [stack.enter_context(zipped(each / "site", base)) for each in (project, plain)]
        for phone in PHONES:
            turns = [[visit(chromium, address, phone) for address in at] for _ in range(TURNS)]
            for name in turns[0][0]:
                ours, theirs = (median(turn[n][name] for turn in turns) for n in (0, 1))
                texts = f"{ours:.1f}", f"{theirs:.1f}", f"**{ours / theirs:.2f}**"
                rows.append((phone, name, *texts, f"{VISIT_BEFORE[phone][name]:.2f}"))
        chromium.close()
    return table(*rows)


def table(*rows: tuple) -> str:
    head, *body = [" | ".join(map(str, row)) for row in rows]
    rule = " | ".join("---" for _ in rows[0])
    return "".join(f"| {line} |\n" for line in (head, rule, *body))


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        tables = [maker(Path(name)) for maker in (builds, visits)]
    text = RESULTS.read_text(encoding="utf-8")
    text = re.sub(r"(?m)(?:^\|.*\n)+", lambda _: tables.pop(0), text)
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
