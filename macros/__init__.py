"""The way into MkDocs: loads the definition, registers the macros, and hands the theme its words."""

import gc
import os
from functools import lru_cache
from pathlib import Path

from mkdocs.exceptions import PluginError

from . import render
from .definition import DefinitionError, load

# What has been loaded by now stays: looking through it for garbage time and again takes a tenth of a build.
gc.freeze()


def define_env(env):
    """Called once by mkdocs-macros; a faulty definition ends the build with one line per problem."""
    docs, theme = Path(env.conf["docs_dir"]), env.conf["theme"]
    languages = [path.stem for folder in theme.dirs for path in Path(folder).glob("partials/languages/*.html")]
    file = f"{docs.name}/modes.yml"
    try:
        definition = load(docs / "modes.yml", file, languages)
    except DefinitionError as error:
        for line, column, text in error.problems:
            annotate(text, file=file, line=line, col=column)
        raise PluginError(f"the definition has to be mended first:\n{error}") from None
    env.variables["manager"] = render.inline(definition.manager)
    for name, macro in render.macros(definition).items():
        env.macro(macro, name)

    site = definition.site
    env.conf["site_name"] = site.name
    env.conf["nav"] = list(site.pages)
    theme["language"] = site.language
    for palette, name in zip(theme["palette"], (site.switch_to_dark, site.switch_to_light)):
        palette["toggle"]["name"] = name
    # The theme's templates see the configuration only.
    env.conf["extra"]["definition"] = definition


def on_pre_page_macros(env):
    """Render the page once to see that it renders: the plugin's own report is a traceback."""
    file = f"{Path(env.conf['docs_dir']).name}/{env.page.file.src_uri}"
    for key in ("title", "description"):
        if not env.page.meta.get(key):
            what = f'the header has no "{key}", add a line "{key}: …" between two lines "---"; put it in quotes if it holds ": "'
            annotate(what, file=file, line=1)
            raise PluginError(f"{file}:1: {what}")
    if "from_string" not in vars(env.env):
        # The plugin makes the same template right after this, and that takes longer than to render it.
        env.env.from_string = lru_cache(maxsize=1)(env.env.from_string)
    try:
        render.check_page(env.env, env.markdown, {**env.variables, **env.page.meta}, [*env.macros, "manager"])
    except render.PageError as error:
        front_matter = env.page.file.content_string.count("\n") - env.markdown.count("\n")
        line = error.line + front_matter
        annotate(str(error), file=file, line=line)
        raise PluginError(f"{file}:{line}: {error}") from None


def annotate(text: str, **place: str | int) -> None:
    """On GitHub Actions, show a problem beside its line in the pull request, too.

    Source: GitHub's workflow commands; in their values `%`, line ends, `:` and `,` are written as `%` and two digits.
    """
    if os.environ.get("GITHUB_ACTIONS") == "true":
        escape = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
        escape_place = escape | str.maketrans({":": "%3A", ",": "%2C"})
        where = ",".join(f"{key}={str(value).translate(escape_place)}" for key, value in place.items())
        print(f"::error {where}::{text.translate(escape)}")
