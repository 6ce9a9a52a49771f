"""What mkdocs-macros calls: registers the macros, fills each page, applies the site's settings.

Zensical calls `define_env` as well, once for each page; see zensical.py.
"""

import logging
import re
import sys
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import escape
from pathspec import GitIgnoreSpec

# Zensical's own command runs this file without knowing its package.
sys.path.append(str(Path(__file__).parents[1]))

from .definition import Definition, DefinitionError, load
from .definition.templates import fill
from .pages import render
from .pages.fill import Pages
from .pages.site import check_site, note_unreadable
from .problems import LinkLines, Problem, refuse

COLORS = "colors.css"


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
    if "root_dir" in env.conf and env.page:  # Zensical
        _keep_out_of_search(env.page.path, env.page.meta, env.conf)


def on_pre_page_macros(env: Any) -> None:
    """Called by mkdocs-macros with each page. Its own rendering would stop at the first mistake."""
    page, meta = env.page, env.page.meta
    _keep_out_of_search(page.file.src_uri, meta, env.conf)
    environment = env.env.overlay()
    environment.globals = {**env.env.globals, **meta, **env.variables}
    env.markdown = env.pages.fill(
        page.file.src_uri, page.file.content_string, env.markdown, meta, environment
    )
    note_unreadable(env.pages, page)
    meta["render_macros"] = False
    meta.pop("ignore_macros", None)  # mkdocs-macros would end with a traceback


def load_definition(conf: Any) -> Definition:
    """The definition of the site with this configuration, MkDocs' or Zensical's.

    Raises PluginError with a line for each problem.
    """
    docs = _docs(conf)
    file = f"{docs.name}/modes.yml"
    try:
        return load(docs / "modes.yml", file, _theme_languages(conf), _pages_in(docs, conf))
    except DefinitionError as error:
        refuse(Problem(file, *problem) for problem in error.problems)
        raise


def _docs(conf: Any) -> Path:
    return Path(conf.get("root_dir", ""), conf["docs_dir"])


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
    conf["site_name"] = text(fill(site.name, {"manager": definition.manager}))
    # A copy's own colors, which an update of mkdocs.yml would take away.
    if (_docs(conf) / COLORS).is_file() and COLORS not in conf["extra_css"]:
        conf["extra_css"].append(COLORS)
    conf["nav"] = list(site.pages)
    _keep_out_of_nav(conf, [link.page for link in site.footer])
    theme["language"] = site.language
    names = (site.switch_to_dark, site.switch_to_light)
    for palette, name in zip(theme["palette"], names, strict=True):
        palette["toggle"]["name"] = text(name)
    # The theme's templates see the configuration only; Zensical's can read plain data only.
    conf["extra"]["definition"] = definition.model_dump(mode="json", exclude_none=True)
    conf["extra"]["footer"] = [
        {"page": link.page, "text": link.text, "url": _address(link.page, conf)}
        for link in site.footer
    ]


def _keep_out_of_search(page: str, meta: dict[str, Any], conf: Any) -> None:
    """Whoever searches is a reader, for whom the pages at the foot are not."""
    if page in (link["page"] for link in conf["extra"]["footer"]):
        search = meta.get("search")
        meta["search"] = {**(search if isinstance(search, dict) else {}), "exclude": True}


def _keep_out_of_nav(conf: Any, pages: list[str]) -> None:
    """MkDocs and Zensical would warn of a page that is in no menu."""
    patterns = ["/" + re.sub(r"([][*?!#\\ ])", r"\\\1", page) for page in pages]
    if "root_dir" in conf or isinstance(conf["theme"], dict):  # Zensical, which takes text
        conf["not_in_nav"] = "\n".join([conf.get("not_in_nav") or "", *patterns])
    else:
        more = GitIgnoreSpec.from_lines(patterns)
        conf["not_in_nav"] = conf["not_in_nav"] + more if conf["not_in_nav"] else more


def _address(page: str, conf: Any) -> str:
    """Where a page in docs/ is published, from the root of the site."""
    path = re.sub(r"(^|/)(index|README)$", r"\1", page.removesuffix(".md"))
    if not conf.get("use_directory_urls", True):
        return f"{page.removesuffix('.md')}.html"
    return f"{path}/" if path and not path.endswith("/") else path


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
