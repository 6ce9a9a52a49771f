"""What mkdocs-macros calls: registers the macros, fills each page, applies the site's settings.

Zensical calls `define_env` as well, once for each page; see zensical.py.
"""

import logging
import sys
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import escape

# Zensical's own command runs this file without knowing its package.
sys.path.append(str(Path(__file__).parents[1]))

from .definition import Definition, DefinitionError, load
from .pages import render
from .pages.fill import Pages
from .pages.site import check_site
from .problems import LinkLines, Problem, refuse


def define_env(env: Any) -> None:
    """Called by mkdocs-macros before it reads a page. Raises PluginError for a faulty modes.yml."""
    definition = load_definition(env.conf)
    macros = render.macros(definition)
    if "root_dir" not in env.conf:  # MkDocs
        docs, site = Path(env.conf["docs_dir"]), Path(env.conf["site_dir"])
        if site.is_file():
            message = "a file stands where the site's folder is to be, rename or remove it"
            refuse([Problem(site.name, 1, None, message)])
        refuse(_encoding_problems(docs))
        env.pages = Pages(definition, macros, docs.name)
        env.check_site = partial(check_site, env.pages)
        macros = env.pages.macros
        logging.getLogger("mkdocs.structure.pages").addFilter(LinkLines(docs))
    env.variables["manager"] = render.escape_markdown(definition.manager)
    for name, macro in macros.items():
        env.macro(macro, name)
    apply_site_settings(env.conf, definition)


def on_pre_page_macros(env: Any) -> None:
    """Called by mkdocs-macros with each page. Its own rendering would stop at the first mistake."""
    page, meta = env.page, env.page.meta
    environment = env.env.overlay()
    environment.globals = {**env.env.globals, **env.variables, **meta}
    env.markdown = env.pages.fill(
        page.file.src_uri, page.file.content_string, env.markdown, meta, environment
    )
    meta["render_macros"] = False
    meta.pop("ignore_macros", None)  # mkdocs-macros would end with a traceback


def load_definition(conf: Any) -> Definition:
    """The definition of the site with this configuration, MkDocs' or Zensical's.

    Raises PluginError with a line for each problem.
    """
    docs = Path(conf.get("root_dir", ""), conf["docs_dir"])
    file = f"{docs.name}/modes.yml"
    try:
        return load(docs / "modes.yml", file, _theme_languages(conf), _pages_in(docs, conf))
    except DefinitionError as error:
        refuse(Problem(file, *problem) for problem in error.problems)
        raise


def _theme_languages(conf: Any) -> list[str]:
    """The languages that the theme has words for; none where the configuration is read raw."""
    folders = conf.get("theme_dirs") or getattr(conf["theme"], "dirs", [])
    return [file.stem for folder in folders for file in Path(folder).glob("partials/languages/*")]


def _pages_in(docs: Path, conf: Any) -> list[str]:
    """The pages in docs/, without those that a setting of MkDocs keeps out of the menu."""
    hidden = [
        conf[key] for key in ("exclude_docs", "not_in_nav") if hasattr(conf.get(key), "match_file")
    ]
    found = (path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
    return [page for page in found if not any(spec.match_file(page) for spec in hidden)]


def apply_site_settings(conf: Any, definition: Definition) -> None:
    """Put the name, menu, language and switch of the definition into the configuration."""
    site, theme = definition.site, conf["theme"]
    # MkDocs' templates print these as they are, Zensical's escape them.
    text = str if "root_dir" in conf or not hasattr(theme, "dirs") else escape
    conf["site_name"] = text(site.name)
    conf["nav"] = list(site.pages)
    theme["language"] = site.language
    names = (site.switch_to_dark, site.switch_to_light)
    for palette, name in zip(theme["palette"], names, strict=True):
        palette["toggle"]["name"] = text(name)
    # The theme's templates see the configuration only; Zensical's can read plain data only.
    conf["extra"]["definition"] = definition.model_dump(mode="json", exclude_none=True)


def _encoding_problems(docs: Path) -> list[Problem]:
    """MkDocs would end with a traceback."""
    problems = []
    for path in sorted(path for path in docs.rglob("*.md") if path.is_file()):
        raw = path.read_bytes()
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError as error:
            file = f"{docs.name}/{path.relative_to(docs).as_posix()}"
            message = "not UTF-8 text, save the file with the encoding UTF-8"
            problems.append(Problem(file, raw.count(b"\n", 0, error.start) + 1, None, message))
    return problems
