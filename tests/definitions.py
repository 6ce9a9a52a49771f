"""A small definition that is good, and the page that its macros make."""

from pathlib import Path

import markdown
from mkdocs.config import load_config

from macros.definition import Definition, load
from macros.pages.generated import macros
from tests.check import Site
from tests.check.markup import Page
from tests.projects import ROOT

GOOD = (ROOT / "tests/cases/good.yml").read_text(encoding="utf-8")
_CONFIG = load_config(str(ROOT / "mkdocs.yml"))


def read(folder: Path, text: str | bytes = GOOD) -> Definition:
    """A definition that is written like this in a folder; raises PluginError."""
    path = folder / "modes.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(path, "docs/modes.yml", ["en", "pl"])


def site(path: Path) -> Site:
    """What the macros give, inside and outside of an admonition, as the only page of a site.

    Raises PluginError for a definition that is refused.
    """
    rendered = macros(load(path, "docs/modes.yml"))
    outside = sorted(rendered.keys() - {"switches", "fields", "name", "noun"})
    parts = [rendered[name]() for name in outside]
    text = "\n\n".join([*parts, f"!!! note\n\n    {rendered['switches']()}"])
    extensions = _CONFIG.markdown_extensions
    html = markdown.markdown(text, extensions=extensions, extension_configs=_CONFIG.mdx_configs)
    return Site(path.parent, path.parent).with_pages([Page("page", html)])
