"""What every build loads, and nothing of a project: a build in a test is a fork of this process."""

from importlib import import_module

import jinja2
import markdown
from mkdocs.theme import Theme
from mkdocs.utils.yaml import yaml_load

from tests.helpers.projects import ROOT

for name in (
    "material.plugins.search.plugin",
    "mkdocs.__main__",
    "mkdocs.commands.build",
    "mkdocs_macros.plugin",
    "pydantic",
    "tinycss2",
):
    import_module(name)
# An extension loads the rest when it reads a page, such as the names of all emoji.
settings: dict = {}
for entry in yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["markdown_extensions"]:
    settings |= entry if isinstance(entry, dict) else {entry: {}}
page = "x :smile:\n\n```yaml\nx: y\n```"
markdown.markdown(page, extensions=list(settings), extension_configs=settings)


# The theme's templates are compiled once for all builds.
compiled = jinja2.FileSystemBytecodeCache()
get_env = Theme.get_env


def get_env_with_cache(theme: Theme) -> jinja2.Environment:
    env = get_env(theme)
    env.bytecode_cache = compiled
    return env


Theme.get_env = get_env_with_cache
