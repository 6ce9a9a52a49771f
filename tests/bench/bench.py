"""What do the macros cost, and what does a page weigh? Writes the tables of RESULTS.md anew.

Times are ratios within one run: on a busy machine no second means anything by itself. They are the
processor's, since waiting for it is what other programs do to us. Needs a Unix.
"""

import filecmp
import gzip
import json
import os
import re
import shutil
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
from macros.definition import load
from macros.settings import apply_site_settings
from tests.browser import launch
from tests.check import Site
from tests.check.serving import served
from tests.projects import add_modes, call, copy_project, edit_yaml, yaml

# How many pages, and how often each is built: the shorter a build, the more it takes to be sure.
RUNS = {4: 21, 100: 15, 1000: 5}
MODES = (3, 6, 12)
KINDS = ("document", "stylesheet", "script", "image", "font", "other")
KEPT = "KEEP_MARKDOWN_IN"
TIME, MEMORY = 0, 1
# In a process of its own: the peak memory of a child counts from that of its parent on.
TIMED = """
import json, resource, subprocess, sys
subprocess.run([sys.executable, "-m", "mkdocs", "build"], check=True, stdout=sys.stderr)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss]))
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


def build(project: Path, **environment: str) -> list[float]:
    """Build once: seconds of the processor, peak memory."""
    command = [sys.executable, "-c", TIMED]
    result = call(*command, cwd=project, env={**os.environ, **environment}, timeout=None)
    return json.loads(result.stdout) if result.returncode == 0 else sys.exit(result.stderr)


def in_turns(projects: list[Path], runs: int) -> list[list[list[float]]]:
    """The measures of each run and project, so that a busy moment hits all of them."""
    return [[build(project) for project in projects] for _ in range(runs)]


def ratio(rounds: list[list[list[float]]], project: int, to: int, measure: int) -> float:
    """The median of the turns' ratios: what slows the machine for longer slows both."""
    return median(builds[project][measure] / builds[to][measure] for builds in rounds)


def with_pages(project: Path, count: int) -> Path:
    copy_project(project)
    own = sorted((project / "docs").glob("*.md"))
    for number in range(count - len(own)):
        page = own[number % len(own)]
        text = f"{page.read_text(encoding='utf-8')}\n\n{number}\n"
        page.with_stem(f"{page.stem}-{number:04}").write_text(text, encoding="utf-8")
    edit_yaml(project / "mkdocs.yml", lambda config: config.update(not_in_nav="*-[0-9]*.md"))
    return project


def without_macros(project: Path) -> Path:
    """The same site as plain Markdown, with what the macros gave pasted in."""
    plain = Path(shutil.copytree(project, project.with_name("plain")))
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    edit_yaml(project / "mkdocs.yml", lambda config: config["hooks"].append(__file__))
    build(project, **{KEPT: str(plain / "docs")})
    (project / "mkdocs.yml").write_text(config, encoding="utf-8")

    def paste(config):
        config["plugins"] = [plugin for plugin in config["plugins"] if "macros" not in plugin]
        config["hooks"].remove("macros/pages/hooks.py")
        config["docs_dir"] = str(plain / "docs")
        apply_site_settings(config, load(plain / "docs/modes.yml", ""))

    edit_yaml(plain / "mkdocs.yml", paste)
    return plain


def differences(one: Path, other: Path) -> list[str]:
    """The files that differ; a compressed one holds the minute of its making."""
    found = (path for site in (one, other) for path in site.rglob("*"))
    files = {path for path in found if path.is_file() and path.suffix != ".gz"}
    names = {str(path.relative_to(one if one in path.parents else other)) for path in files}
    _, differ, lost = filecmp.cmpfiles(one, other, names, shallow=False)
    return differ + lost


def macros_against_plain(folder: Path) -> str:
    rows = [("pages", "runs", "time", "peak memory", "more for each page")]
    for pages, runs in RUNS.items():
        project = with_pages(folder / f"{pages}/macros", pages)
        plain = without_macros(project)
        rounds = in_turns([project, plain], runs)
        if differ := differences(project / "site", plain / "site"):
            sys.exit(f"The two sites differ, so that their builds cannot be compared: {differ[:5]}")
        more = median(ours[TIME] - theirs[TIME] for ours, theirs in rounds) / pages
        ratios = (f"**{ratio(rounds, 0, 1, measure):.2f}**" for measure in (TIME, MEMORY))
        rows.append((pages, runs, *ratios, f"{more * 1000:.1f} ms"))
        shutil.rmtree(folder / str(pages))
    return table(*rows)


def more_modes(folder: Path) -> str:
    """The site with copies of its last mode: its pages may name any of its own."""
    projects = [add_modes(copy_project(folder / f"modes-{count}"), count) for count in MODES]
    rounds = in_turns(projects, RUNS[100])
    sizes = []
    for project in projects:
        texts = (page.read_bytes() for page in project.glob("site/**/*.html"))
        phrases, book = max((text.count(b'class="phrase"'), text) for text in texts)
        sizes.append((phrases, len(book), len(gzip.compress(book))))
    rows = [("modes", "build time", "phrases in the book", "its size", "its size after gzip")]
    for n, count in enumerate(MODES):
        grown = (size / first for size, first in zip(sizes[n], sizes[0], strict=True))
        rows.append((count, *(f"{v:.2f}" for v in (ratio(rounds, n, 0, TIME), *grown))))
    return table(*rows)


def weights(folder: Path) -> str:
    project = copy_project(folder / "weights")
    build(project)
    site = Site(project / "site", project / "docs")
    rows = [("page", *KINDS, "all")]
    with sync_playwright() as playwright, served(site.folder, site.base) as address:
        chromium = launch(playwright)
        for page in site.pages:
            tab, answers, sizes = chromium.new_context().new_page(), [], defaultdict(list)
            tab.on("response", lambda answer, answers=answers: answers.append(answer))
            tab.goto(address + page.web_path, wait_until="networkidle")
            for answer in answers:
                body, kind = answer.body(), answer.request.resource_type
                size = min(len(body), len(gzip.compress(body)))
                sizes[kind if kind in KINDS else "other"].append(size)
            tab.context.close()
            every = [size for kind in KINDS for size in sizes[kind]]
            cells = (shown(sizes[kind]) for kind in KINDS)
            rows.append((f"`{page.path}`", *cells, f"**{shown(every)}**"))
        chromium.close()
    return table(*rows)


def shown(sizes: list[int]) -> str:
    return f"{len(sizes)}: {sum(sizes) / 1000:.1f}" if sizes else ""


def table(*rows: tuple) -> str:
    head, *body = [" | ".join(map(str, row)) for row in rows]
    rule = " | ".join("---" for _ in rows[0])
    return "".join(f"| {line} |\n" for line in (head, rule, *body))


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        makers = (macros_against_plain, more_modes, weights)
        tables = [maker(Path(name)) for maker in makers]
    text = RESULTS.read_text(encoding="utf-8")
    text = re.sub(r"(?m)(?:^\|.*\n)+", lambda _: tables.pop(0), text)
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
