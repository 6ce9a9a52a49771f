"""MkDocs hooks: end the build if a page has a mistake, and write an emoji as a character."""

import logging
from typing import Any

from mkdocs.exceptions import Abort, BuildError
from mkdocs.plugins import event_priority
from pymdownx.emoji import to_alt

from macros.pages.links import LinkWarnings
from macros.problems import refuse

LINKS = LinkWarnings()
# Lists of names, which tell a manager nothing; its warnings are shown.
logging.getLogger("mkdocs.plugins.mkdocs_macros").setLevel(logging.WARNING)


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

        def write(*args: Any) -> Any:
            toc, lines = args[8].treeprocessors["toc"], args[8].lines
            if not any("#" in line and args[4] in line for line in lines):  # typed as a sign
                toc.slugify.emoji[args[4]] = args[2] or args[1]
            # Only what is drawn by the theme alone has no code points.
            return (to_alt if args[3] else icon)(*args)

        emoji["emoji_generator"] = write


@event_priority(100)
def on_page_markdown(markdown: str, *, page: Any, config: Any, files: Any) -> None:  # noqa: ARG001  # by name
    """Called by MkDocs before mkdocs-macros, which ends the build at a title that is a number."""
    if not isinstance(page.title, str):
        page.title = str(page.title)


def on_env(env: Any, *, config: Any, files: Any) -> None:  # noqa: ARG001  # MkDocs passes by name
    """Called by MkDocs once, between reading and writing. Raises PluginError."""
    problems = config.plugins["macros"].pages.problems
    faulty = {problem.file for problem in problems}  # pages that may lack what macros give
    for file in files.documentation_pages() if problems else ():
        page = file.page
        anchors = (page.links_to_anchors or {}).items()
        page.links_to_anchors = {to: at for to, at in anchors if f"docs/{to.src_uri}" not in faulty}
        # MkDocs would tell dead anchors at the very end.
        page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
    refuse(sorted(problems, key=lambda problem: (problem.file, problem.line)))


def on_build_error(error: Exception) -> None:
    """Called by MkDocs, which has named the page. A traceback would tell a manager nothing."""
    if isinstance(error, BuildError | Abort):
        return
    said = str(error).split("\n")[0]
    if isinstance(error, UnicodeDecodeError):
        line = error.object.count(b"\n", 0, error.start) + 1
        same = (file.src_uri for file in LINKS.files if file.content_bytes == error.object)
        said = f"docs/{next(same, '…')}:{line}: not UTF-8 text, save the file as UTF-8"
    raise Abort(f"Aborted: {said}") from None
