"""MkDocs hooks: end the build if a page has a mistake, and write an emoji as a character."""

import logging
import os
import re
import traceback
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.structure.pages import Page
from pymdownx.emoji import to_alt
from yaml.reader import ReaderError

from macros.pages.links import LinkWarnings
from macros.problems import Problem, refuse

LINKS = LinkWarnings()
# Lists of names, which tell a manager nothing; its warnings are shown.
logging.getLogger("mkdocs.plugins.mkdocs_macros").setLevel(logging.WARNING)
# What `on_build_error` says in plain words.
RAW = re.compile(r"Error (?:reading|building) page|Encoding error")
for name in ("mkdocs.commands.build", "mkdocs.structure.pages"):
    logging.getLogger(name).addFilter(lambda record: not RAW.match(record.getMessage()))


def on_files(files: Any, *, config: Any) -> None:
    """Called by MkDocs once it knows all files."""
    LINKS.files, LINKS.said = files, set()
    if own := config.extra["own_logos"]:  # ours would stand for somebody else
        for icon in {"assets/icon-48.png", "assets/icon-180.png", "assets/logo.svg"} - {*own}:
            files.remove(files.get_file_from_path(icon))
    logging.getLogger("mkdocs.structure.pages").addFilter(LINKS)


def on_config(config: Any) -> None:
    """Called by MkDocs before each build: the theme would fetch an emoji from another host."""
    emoji = config.mdx_configs.get("pymdownx.emoji", {})
    if icon := emoji.get("emoji_generator"):
        # Only what is drawn by the theme alone has no code points.
        emoji["emoji_generator"] = lambda *args: (to_alt if args[3] else icon)(*args)


def on_env(env: Any, *, config: Any, files: Any) -> None:  # noqa: ARG001  # MkDocs passes by name
    """Called by MkDocs once, between reading and writing. Raises PluginError."""
    problems = config.plugins["macros"].pages.problems
    faulty = {problem.file for problem in problems}  # pages whose macros are not filled in
    for file in files.documentation_pages() if problems else ():
        page = file.page
        anchors = (page.links_to_anchors or {}).items()
        page.links_to_anchors = {to: at for to, at in anchors if f"docs/{to.src_uri}" not in faulty}
        # MkDocs would do so at the very end.
        page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
    refuse(problems)


def on_build_error(error: Exception) -> None:
    """Called by MkDocs. A traceback would tell a manager nothing: a file and a sentence do.

    This is for whatever MkDocs, Markdown or Jinja cannot read, and no check has named.
    """
    if isinstance(error, BuildError | Abort):
        return
    file, text = _reading(error)
    line, said = 1, re.split(r"\n| in search path", str(error))[0]
    message = f"this page, or what its header asks for, cannot be read: {said}"
    if isinstance(error, UnicodeDecodeError):
        line = error.object.count(b"\n", 0, error.start) + 1
        message = "not UTF-8 text, save the file as UTF-8"
    elif isinstance(error, ReaderError):
        line = text.partition(chr(error.character))[0].count("\n") + 1
        message = "an invisible character stands here, remove it"
    elif "IPv6" in said:  # what Python takes a bracket in an address for
        line = re.split(r"//\S*[][]", text)[0].count("\n") + 1
        message = "the address of a link holds [ or ], remove it"
    elif isinstance(error, OSError) and error.strerror:
        message = f"cannot be opened: {error.strerror}"
    problem = Problem(file, line, None, message)
    problem.annotate()
    logging.getLogger("mkdocs.commands.build").error("fix this first:\n%s", problem)
    raise Abort("Aborted with a BuildError!") from None


def _reading(error: Exception) -> tuple[str, str]:
    """The file that was being read or written when an error came up, and the text of a page."""
    file, text, docs, site = str(getattr(error, "filename", None) or "mkdocs.yml"), "", "", ""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        for value in frame.f_locals.values():
            if isinstance(value, MkDocsConfig):
                docs, site = value.docs_dir, value.site_dir
            elif isinstance(value, Page):
                path = Path(docs, value.file.src_uri)
                file, text = str(path), path.read_text(encoding="utf-8", errors="replace")
            elif isinstance(value, Path) and value.is_file():
                file = str(value)
    source = file.replace(site, docs, 1) if site else file
    file = source if Path(source).is_file() else file
    return file.removeprefix(f"{Path.cwd()}{os.sep}"), text
