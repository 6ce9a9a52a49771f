"""A small definition that is good, and the page that its macros make."""

from collections.abc import Callable
from pathlib import Path

import markdown
from mkdocs.config import load_config

from macros.definition import Definition, load
from macros.pages.generated import macros
from tests.check import Site
from tests.check.markup import Page
from tests.helpers.projects import ROOT

GOOD = (ROOT / "tests/cases/good.yml").read_text(encoding="utf-8")
# These name things; nobody reads them.
NAMES = {"id", "field", "language", "pages", "page"}
_CONFIG = load_config(str(ROOT / "mkdocs.yml"))


def read(folder: Path, text: str | bytes = GOOD) -> Definition:
    """A definition that is written like this in a folder; raises PluginError."""
    path = folder / "modes.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(path, "docs/modes.yml", ["en", "pl"])


def with_texts(node: object, change: Callable[[str, str], str], key: str = "") -> object:
    """The same tree, and what `change` makes of each text and its key; what names a thing stays."""
    if isinstance(node, dict):
        return {k: v if k in NAMES else with_texts(v, change, k) for k, v in node.items()}
    if isinstance(node, list):
        return [with_texts(item, change) for item in node]
    return change(node, key)


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
