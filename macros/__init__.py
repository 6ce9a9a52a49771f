"""What mkdocs-macros calls: registers the macros, fills each page.

Zensical calls `define_env` as well, once for each page; see zensical.py.
"""

import gc
import logging
import sys
from functools import partial
from pathlib import Path
from typing import Any

from jinja2.sandbox import safe_range  # a build ends, however much a page counts

# Zensical's own command runs this file without knowing its package.
sys.path.append(str(Path(__file__).parents[1]))

from .pages.fill import Pages
from .pages.generated import escape_markdown, macros
from .pages.header import endless_header
from .pages.whole_site import check_site, note_unreadable
from .problems import LinkLines, Problem, refuse
from .settings import apply_site_settings, keep_out_of_search, load_definition

# All that is loaded by now stays, and the garbage collector need not look through it again and
# again, which took a tenth of a build.
gc.freeze()


def define_env(env: Any) -> None:
    """Called by mkdocs-macros before it reads a page. Raises PluginError for a faulty modes.yml."""
    definition = load_definition(env.conf)
    by_name = macros(definition)
    if "root_dir" not in env.conf:  # MkDocs
        docs, site = Path(env.conf["docs_dir"]), Path(env.conf["site_dir"])
        if site.is_file():
            message = "a file stands where the site's folder is to be, rename or remove it"
            refuse([Problem(site.name, 1, None, message)])
        refuse(_unreadable_files(docs))
        env.pages = Pages(definition, by_name, docs.name)
        env.check_site = partial(check_site, env.pages)
        by_name = env.pages.macros
        logging.getLogger("mkdocs.structure.pages").addFilter(LinkLines(docs))
    env.variables["manager"] = escape_markdown(definition.manager)
    for name, macro in by_name.items():
        env.macro(macro, name)
    apply_site_settings(env.conf, definition)
    if "root_dir" in env.conf and env.page:  # Zensical
        keep_out_of_search(env.page.path, env.page.meta, env.conf)


def on_pre_page_macros(env: Any) -> None:
    """Called by mkdocs-macros with each page. Its own rendering would stop at the first mistake."""
    page, meta = env.page, env.page.meta
    keep_out_of_search(page.file.src_uri, meta, env.conf)
    environment = env.env.overlay()
    environment.globals = {**env.env.globals, "range": safe_range, **meta, **env.variables}
    env.markdown = env.pages.fill(
        page.file.src_uri, page.file.content_string, env.markdown, meta, environment
    )
    note_unreadable(env.pages, page)
    meta["render_macros"] = False


def _unreadable_files(docs: Path) -> list[Problem]:
    """Files with which MkDocs would end in a traceback, or never."""
    problems = []
    for path in sorted(docs.rglob("*")):
        found: list[tuple[int, str]] = []
        if path.is_symlink() and not path.is_file():
            found = [(1, "is a link that leads to no file, put the file itself here")]
        elif path.suffix in {".md", ".css"} and path.is_file():
            raw = path.read_bytes()
            try:
                text = raw.decode("utf-8")
                found = list(endless_header(text)) if path.suffix == ".md" else []
            except UnicodeDecodeError as error:
                message = "not UTF-8 text, save the file with the encoding UTF-8"
                found = [(raw.count(b"\n", 0, error.start) + 1, message)]
        file = f"{docs.name}/{path.relative_to(docs).as_posix()}"
        problems += [Problem(file, line, None, message) for line, message in found]
    return problems
