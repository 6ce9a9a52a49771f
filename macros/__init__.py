"""The way into MkDocs: loads the definition, registers the macros, and hands the theme its words."""

from pathlib import Path

from mkdocs.exceptions import PluginError

from . import render
from .definition import DefinitionError, load


def define_env(env):
    """Called once by mkdocs-macros; a faulty definition ends the build with one line per problem."""
    docs, theme = Path(env.conf["docs_dir"]), env.conf["theme"]
    languages = [path.stem for folder in theme.dirs for path in Path(folder).glob("partials/languages/*.html")]
    try:
        definition = load(docs / "modes.yml", f"{docs.name}/modes.yml", languages)
    except DefinitionError as error:
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
    try:
        render.check_page(env.env, env.markdown, {**env.variables, **env.page.meta}, [*env.macros, "manager"])
    except render.PageError as error:
        front_matter = env.page.file.content_string.count("\n") - env.markdown.count("\n")
        where = f"{Path(env.conf['docs_dir']).name}/{env.page.file.src_uri}:{error.line + front_matter}"
        raise PluginError(f"{where}: {error}") from None
