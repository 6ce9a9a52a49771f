"""The way into MkDocs: checks all that is written in docs/, registers the macros, and hands the theme its words.

Zensical comes in here as well, once for each page; zensical.py hands it the words.
"""

import logging
import os
import re
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

try:
    from mkdocs.exceptions import PluginError
    from mkdocs.utils.meta import get_data
except ImportError:  # Zensical builds without MkDocs
    from click import ClickException as PluginError

# Zensical's own command runs this file without knowing its package.
sys.path.append(str(Path(__file__).parents[1]))

from . import render
from .definition import Definition, DefinitionError, load
from .pages import Pages

# One mistake: the file, its line and column from 1 (None where there is none), what is wrong.
Problem = tuple[str, int, int | None, str]


def define_env(env):
    """Called once by mkdocs-macros; a fault in docs/ ends the build with one line per problem."""
    definition = defined(env.conf)
    macros = render.macros(definition)
    env.variables["manager"] = render.inline(definition.manager)
    for name, macro in macros.items():
        env.macro(macro, name)
    if "root_dir" not in env.conf:  # MkDocs; Zensical would ask again for every page
        docs = Path(env.conf["docs_dir"])
        pages = sorted(files(env.conf, "exclude_docs"), key=(*definition.site.pages, *files(env.conf)).index)
        env.checked = Pages(definition, macros, env.variables, env.filters)
        refuse(page_problems(docs, env.checked, pages))
        logging.getLogger("mkdocs.structure.pages").addFilter(link_lines(docs))
    frame(env.conf, definition)


def on_pre_page_macros(env):
    """Called by mkdocs-macros before it renders a page: what the check has filled, Jinja need not read once more."""
    filled = env.checked.filled.pop(env.markdown, None)
    if filled is not None and "render_macros" not in env.page.meta and not env.has_j2(env.page.title):
        env.markdown, env.page.meta["render_macros"] = filled, False


def defined(conf) -> Definition:
    """The definition of the site with this configuration, MkDocs' or Zensical's. Errors: PluginError."""
    docs = Path(conf.get("root_dir", ""), conf["docs_dir"])
    folders = conf.get("theme_dirs") or conf["theme"].dirs
    languages = [path.stem for folder in folders for path in Path(folder).glob("partials/languages/*.html")]
    file = f"{docs.name}/modes.yml"
    try:
        return load(docs / "modes.yml", file, languages, files(conf, "exclude_docs", "not_in_nav"))
    except DefinitionError as error:
        refuse([(file, line, column, text) for line, column, text in error.problems])


def files(conf, *but: str) -> list[str]:
    """The pages in docs/, but for those that a setting of MkDocs names."""
    docs = Path(conf.get("root_dir", ""), conf["docs_dir"])
    found = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
    hidden = [conf[setting] for setting in but if hasattr(conf.get(setting), "match_file")]
    return [file for file in found if not any(setting.match_file(file) for setting in hidden)]


def frame(conf, definition: Definition) -> None:
    """Put into the configuration what the definition says of the frame around the pages."""
    site, theme = definition.site, conf["theme"]
    conf["site_name"] = site.name
    conf["nav"] = list(site.pages)
    theme["language"] = site.language
    for palette, name in zip(theme["palette"], (site.switch_to_dark, site.switch_to_light)):
        palette["toggle"]["name"] = name
    # The theme's templates see the configuration only; Zensical's can read plain data only.
    conf["extra"]["definition"] = definition.model_dump(mode="json", exclude_none=True)


def page_problems(docs: Path, check: Pages, pages: list[str]) -> list[Problem]:
    problems: list[Problem] = []
    for page in pages:
        file = f"{docs.name}/{page}"
        try:
            whole = (docs / page).read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            problems.append((file, 1, None, "not UTF-8 text, save the file with the encoding UTF-8"))
            continue
        text, header = get_data(whole)
        if not isinstance(header, dict) or (text == whole and whole.startswith("---")):
            header = None
        problems += [(file, line, None, what) for line, what in check.problems(header, whole.removesuffix(text), text)]
    if not problems:
        what = "neither this page nor another shows {{{{ {0}() }}}}, put it where readers should find it"
        problems = [(f"{docs.name}/{pages[0]}", 1, None, what.format(name)) for name in check.absent()]
    return problems


@cache
def link_lines(docs: Path) -> Callable[[logging.LogRecord], bool]:
    """Gives MkDocs' warnings of dead links the line, which MkDocs does not know."""

    def with_line(record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if about := re.match(r"Doc file '(.+?)' contains .*?link '(.+?)'", text):
            lines = (docs / about[1]).read_text(encoding="utf-8").split("\n")
            line = next((number for number, line in enumerate(lines, 1) if about[2] in line), 1)
            file = f"{docs.name}/{about[1]}"
            annotate(file, line, None, text)
            record.msg, record.args = f"{file}:{line}: {text}", ()
        return True

    return with_line


def refuse(problems: list[Problem]) -> None:
    """End the build, if there are any. Errors: PluginError with a line for each."""
    for problem in problems:
        annotate(*problem)
    if problems:
        lines = (f"{file}:{line}:{column}: {text}" if column else f"{file}:{line}: {text}" for file, line, column, text in problems)
        raise PluginError("this has to be mended first:\n" + "\n".join(lines)) from None


def annotate(file: str, line: int, column: int | None, text: str) -> None:
    """On GitHub Actions, show a problem beside its line in the pull request, too.

    Source: GitHub's workflow commands; in their values `%`, line ends, `:` and `,` are written as `%` and two digits.
    """
    if os.environ.get("GITHUB_ACTIONS") == "true":
        escape = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
        escape_place = escape | str.maketrans({":": "%3A", ",": "%2C"})
        place = {"file": file, "line": line, "col": column}
        where = ",".join(f"{key}={str(value).translate(escape_place)}" for key, value in place.items() if value)
        print(f"::error {where}::{text.translate(escape)}")
