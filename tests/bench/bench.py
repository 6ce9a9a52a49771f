"""What do the macros cost, and what does a page weigh? Writes RESULTS.md beside this file.

Times are ratios within one run: on a busy machine no second means anything by itself. They are the processor's, since
waiting for it is what other programs do to us. Needs a Unix.
"""

import copy
import filecmp
import gzip
import json
import mimetypes
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright
from ruamel.yaml import YAML

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
import browser as browsers
from conftest import ROOT, copy_project

# How many pages, and how often each is built: the shorter a build, the more it takes to be sure.
RUNS = {4: 21, 100: 9, 1000: 3}
MODES = (6, 12)
KINDS = ("document", "style", "script", "image", "font", "other")
KEPT = "KEEP_MARKDOWN_IN"
TIME, MEMORY = 0, 1
# In a process of its own: the peak memory of a child counts from that of its parent on.
TIMED = """
import json, resource, subprocess, sys
subprocess.run([sys.executable, "-m", "mkdocs", "build"], check=True, stdout=sys.stderr)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""
REPORT = """\
# What the site costs

Made by `make bench`. Ratios count; seconds depend on the machine and on what else it does.

## The macros, against the same pages with their output pasted in

Processor time and peak memory, as ratios, of builds that took turns; both sites came out the same. Further pages are
copies of the site's own, each with a line of its own, and left out of the menu: its cost is the theme's, and grows
with the square of the pages.

{macros}

## More modes

Against the first row. Every mode adds a call-out for every other.

{modes}

## What a first view fetches

How many requests, and their KB after gzip, until a page that nobody has touched yet is at rest.

{pages}
"""
yaml = YAML()
yaml.width = 4096  # as it is written, not folded anew


def on_page_markdown(markdown, page, **_):
    """Called by MkDocs, to which this file is a hook too: keeps a page as the macros left it."""
    with Path(os.environ[KEPT], page.file.src_uri).open("w", encoding="utf-8") as kept:
        kept.write("---\n")
        yaml.dump(dict(page.meta), kept)
        kept.write(f"---\n\n{markdown}")


def on_env(env, **_):
    """All pages are kept: the rest of the build is not needed."""
    sys.exit()


def edit(path: Path, change) -> None:
    tree = yaml.load(path.read_text(encoding="utf-8"))
    change(tree)
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(tree, file)


def build(project: Path, **environment: str) -> list[float]:
    """Build once: seconds of the processor, peak memory."""
    command = [sys.executable, "-c", TIMED]
    result = subprocess.run(
        command, cwd=project, env={**os.environ, **environment}, capture_output=True, text=True
    )
    return json.loads(result.stdout) if result.returncode == 0 else sys.exit(result.stderr)


def in_turns(projects: list[Path], runs: int) -> list[list[list[float]]]:
    """The measures of each run and project, so that a busy moment hits all of them."""
    return [[build(project) for project in projects] for _ in range(runs)]


def ratio(rounds: list[list[list[float]]], project: int, to: int, measure: int) -> float:
    """The median of the turns' ratios: what slows the machine for longer than a turn slows both."""
    return median(builds[project][measure] / builds[to][measure] for builds in rounds)


def ratio_of_fastest(rounds: list[list[list[float]]], project: int, to: int) -> float:
    ours, theirs = (min(builds[n][TIME] for builds in rounds) for n in (project, to))
    return ours / theirs


def with_pages(project: Path, count: int) -> Path:
    copy_project(project)
    own = sorted((project / "docs").glob("*.md"))
    for number in range(count - len(own)):
        page = own[number % len(own)]
        text = page.read_text(encoding="utf-8")
        page.with_stem(f"{page.stem}-{number:04}").write_text(
            f"{text}\n\n{number}\n", encoding="utf-8"
        )
    edit(project / "mkdocs.yml", lambda config: config.update(not_in_nav="*-[0-9]*.md"))
    return project


def without_macros(project: Path) -> Path:
    """The same site as plain Markdown, with what the macros gave pasted in."""
    plain = Path(shutil.copytree(project, project.with_name("plain")))
    edit(
        project / "mkdocs.yml",
        lambda config: config.setdefault("hooks", []).append(str(HERE / "bench.py")),
    )
    build(project, **{KEPT: str(plain / "docs")})
    shutil.copy(plain / "mkdocs.yml", project)

    definition = yaml.load((plain / "docs/modes.yml").read_text(encoding="utf-8"))
    site = definition["site"]

    def paste(config):
        config["plugins"] = [plugin for plugin in config["plugins"] if "macros" not in plugin]
        config["site_name"], config["nav"] = site["name"], site["pages"]
        config["theme"]["language"] = site["language"]
        for palette, name in zip(
            config["theme"]["palette"], (site["switch_to_dark"], site["switch_to_light"])
        ):
            palette["toggle"]["name"] = name
        config["extra"]["definition"] = definition

    edit(plain / "mkdocs.yml", paste)
    return plain


def differences(one: Path, other: Path) -> list[str]:
    """The files that differ; a compressed one holds the minute of its making."""
    files = {
        str(path.relative_to(site))
        for site in (one, other)
        for path in site.rglob("*")
        if path.is_file() and path.suffix != ".gz"
    }
    _, *rest = filecmp.cmpfiles(one, other, files, shallow=False)
    return sum(rest, [])


def macros_against_plain(folder: Path) -> str:
    rows = [("pages", "runs", "time, median", "time, fastest", "peak memory", "more for each page")]
    for pages, runs in RUNS.items():
        project = with_pages(folder / f"{pages}/macros", pages)
        plain = without_macros(project)
        rounds = in_turns([project, plain], runs)
        if differ := differences(project / "site", plain / "site"):
            sys.exit(
                f"The two sites differ, so that comparing their builds would say nothing: {differ[:5]}"
            )
        more = median(ours[TIME] - theirs[TIME] for ours, theirs in rounds) / pages
        ratios = (
            ratio(rounds, 0, 1, TIME),
            ratio_of_fastest(rounds, 0, 1),
            ratio(rounds, 0, 1, MEMORY),
        )
        rows.append(
            (pages, runs, *(f"**{value:.2f}**" for value in ratios), f"{more * 1000:.1f} ms")
        )
        shutil.rmtree(folder / str(pages))
    return table(*rows)


def more_modes(folder: Path) -> str:
    """The site with copies of its last mode: its pages may name any of its own, so none can go."""

    def add(count):
        def change(definition):
            modes = definition["modes"]
            for number in range(len(modes), count):
                mode = copy.deepcopy(modes[-1])
                mode["id"] += f"-{number}"
                for key in ("name", "noun", "session"):
                    mode[key] += f" {number}"
                mode.pop("call_outs", None)
                modes.append(mode)

        return change

    own = len(yaml.load((ROOT / "docs/modes.yml").read_text(encoding="utf-8"))["modes"])
    counts = [own, *(count for count in MODES if count > own)]
    projects = [copy_project(folder / f"modes-{count}") for count in counts]
    for project, count in zip(projects, counts):
        edit(project / "docs/modes.yml", add(count))
    rounds = in_turns(projects, RUNS[100])
    sizes = []
    for project in projects:
        pages = (page.read_bytes() for page in project.glob("site/**/*.html"))
        phrases, book = max((page.count(b'class="phrase"'), page) for page in pages)
        sizes.append((phrases, len(book), len(gzip.compress(book))))
    rows = [("modes", "build time", "phrases in the book", "its size", "its size after gzip")]
    for n, count in enumerate(counts):
        values = (
            ratio(rounds, n, 0, TIME),
            *(size / first for size, first in zip(sizes[n], sizes[0])),
        )
        rows.append((count, *(f"{value:.2f}" for value in values)))
    return table(*rows)


def weights(folder: Path) -> str:
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            path = urlsplit(self.path).path.lstrip("/")
            file = site / (path if path and not path.endswith("/") else f"{path}index.html")
            body = (file if file.is_file() else site / "404.html").read_bytes()
            asked.append((self.headers["Sec-Fetch-Dest"], min(len(body), len(gzip.compress(body)))))
            self.send_response(200 if file.is_file() else 404)
            self.send_header("Content-Type", mimetypes.guess_type(file)[0] or "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    project = copy_project(folder / "weights")
    build(project, SITE_URL=address)
    site = project / "site"
    rows = [("page", *KINDS, "all")]
    with sync_playwright() as playwright:
        chromium = browsers.launch(playwright)
        for file in sorted(site.rglob("*.html")):
            name = file.relative_to(site).as_posix()
            asked.clear()
            page = chromium.new_page()
            page.goto(address + name.removesuffix("index.html"), wait_until="networkidle")
            page.close()
            sizes = defaultdict(list)
            for wanted, size in asked:
                sizes[
                    wanted if wanted in KINDS else "script" if wanted == "worker" else "other"
                ].append(size)
            rows.append(
                (
                    f"`{name}`",
                    *(shown(sizes[kind]) for kind in KINDS),
                    f"**{shown(sum(sizes.values(), []))}**",
                )
            )
        chromium.close()
    server.shutdown()
    return table(*rows)


def shown(sizes: list[int]) -> str:
    return f"{len(sizes)}: {sum(sizes) / 1000:.1f}" if sizes else ""


def table(*rows: tuple) -> str:
    head, *body = [" | ".join(map(str, row)) for row in rows]
    return "\n".join(f"| {line} |" for line in (head, " | ".join("---" for _ in rows[0]), *body))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        macros, modes, pages = (
            measure(Path(folder)) for measure in (macros_against_plain, more_modes, weights)
        )
    text = REPORT.format(macros=macros, modes=modes, pages=pages)
    (HERE / "RESULTS.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
