"""Put what the definition says of the site into the configuration: name, menu, language, foot."""

import re
from pathlib import Path
from typing import Any

from markupsafe import escape
from pathspec import GitIgnoreSpec

from .definition import Definition, load
from .definition.templates import fill

COLORS = "colors.css"
# A copy's own logo; of two, the first is shown, and a phone takes the second.
LOGOS = ("assets/logo.svg", "assets/logo.png")
# By their names, which Zensical can read as well; the project's folder is on Python's path by now.
OWN_EXTENSIONS = ("macros.github:GitHub", "macros.pages.braces:Braces")


def load_definition(conf: Any) -> Definition:
    """The definition of the site with this configuration, MkDocs' or Zensical's.

    Raises PluginError with a line for each problem.
    """
    docs = _docs(conf)
    # The languages of the theme; none where the configuration has been read as plain YAML.
    themes = conf.get("theme_dirs") or getattr(conf["theme"], "dirs", [])
    languages = [path.stem for theme in themes for path in Path(theme).glob("partials/languages/*")]
    found = [path.relative_to(docs).as_posix() for path in docs.rglob("*.md") if path.is_file()]
    pages = [page for page in found if "/." not in f"/{page}"]  # MkDocs leaves out what is hidden
    return load(docs / "modes.yml", f"{docs.name}/modes.yml", languages, pages)


def _docs(conf: Any) -> Path:
    return Path(conf.get("root_dir", ""), conf["docs_dir"])


def apply_site_settings(conf: Any, definition: Definition) -> None:
    """Put the name, menu, language and switch of the definition into the configuration."""
    site, theme = definition.site, conf["theme"]
    is_mkdocs = hasattr(theme, "dirs")
    # MkDocs' templates print these as they are, Zensical's escape them.
    text = escape if is_mkdocs else str
    conf["site_name"] = text(fill(site.name, {"manager": definition.manager}))
    # A copy's own colors, which an update of mkdocs.yml would take away.
    if (_docs(conf) / COLORS).is_file() and COLORS not in conf["extra_css"]:
        conf["extra_css"].append(COLORS)
    if own := [logo for logo in LOGOS if (_docs(conf) / logo).is_file()]:
        theme["logo"] = theme["favicon"] = own[0]
    conf["extra"]["own_logos"] = own
    conf["nav"] = list(site.pages)
    titles = {"titles": dict(definition.labels.callouts)}
    if "mdx_configs" in conf:  # Zensical calls this once for each page, so add them only once.
        added = [name for name in OWN_EXTENSIONS if name not in conf["markdown_extensions"]]
        conf["markdown_extensions"] += added
        conf["mdx_configs"][OWN_EXTENSIONS[0]] = titles
    else:  # as it is read from mkdocs.yml
        conf["markdown_extensions"] += [{OWN_EXTENSIONS[0]: titles}, *OWN_EXTENSIONS[1:]]
    # Pages at the foot are in no menu: exempt them in both engines (MkDocs has read its setting).
    at_foot = ["/" + re.sub(r"([][*?!#\\ ])", r"\\\1", link.page) for link in site.footer]
    conf["not_in_nav"] = GitIgnoreSpec.from_lines(at_foot) if is_mkdocs else "\n".join(at_foot)
    theme["language"] = site.language
    names = (site.switch_to_dark, site.switch_to_light)
    for palette, name in zip(theme["palette"], names, strict=True):
        palette["toggle"]["name"] = text(name)
    # The theme's templates see the configuration only; Zensical's can read plain data only.
    conf["extra"]["definition"] = definition.model_dump(mode="json")
    conf["extra"]["footer"] = [
        {"page": link.page, "text": link.text, "url": _address(link.page)} for link in site.footer
    ]


def keep_out_of_search(page: str, meta: dict[str, Any], conf: Any) -> None:
    """Leave the pages at the foot out of the search: they are not for the readers."""
    at_foot = page in (link["page"] for link in conf["extra"]["footer"])
    search = {"exclude": True} if at_foot else meta.get("search")
    meta["search"] = search if isinstance(search, dict) else {}


def _address(page: str) -> str:
    """Where a page in docs/ is published, from the root of the site."""
    return re.sub(r"\.md$", "/", re.sub(r"(?:^|(?<=/))(?:index|README)\.md$", "", page))
