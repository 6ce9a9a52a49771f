"""What mkdocs-macros calls: registers the macros, fills each page.

Zensical calls `define_env` as well, once for each page; see zensical.py.
"""

import gc
import sys
from pathlib import Path
from typing import Any

# Zensical's own command runs this file without knowing its package.
sys.path.append(str(Path(__file__).parents[1]))

from .definition import Definition
from .pages.fill import Pages
from .pages.generated import escape_markdown, macros
from .problems import Problem, ProblemsError
from .settings import apply_site_settings, keep_out_of_search, load_definition

_last_good: list[Definition] = []
# Keep the garbage collector away from what is loaded by now; that took a tenth of a build.
gc.freeze()


def define_env(env: Any) -> None:
    """Called by mkdocs-macros before it reads a page. Raises PluginError for a faulty modes.yml."""
    is_mkdocs = "root_dir" not in env.conf
    problems: list[Problem] = []
    try:
        definition = load_definition(env.conf)
    except ProblemsError as error:
        if not (is_mkdocs and _last_good):
            raise
        # The preview goes on with the last one, so that the mistakes of all pages are told as well.
        definition, problems = _last_good[0], error.problems
    _last_good[:] = [definition]
    by_name = macros(definition)
    if is_mkdocs:
        env.pages = Pages(by_name, Path(env.conf["docs_dir"]).name)
        env.pages.problems += problems
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
    jinja = env.env.overlay()
    jinja.globals = {**env.env.globals, **meta, **env.variables}
    source = page.file.content_string
    env.markdown = env.pages.fill(page.file.src_uri, source, env.markdown, meta, jinja)
    meta["render_macros"] = False
