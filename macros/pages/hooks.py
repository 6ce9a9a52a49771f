"""MkDocs hooks: end the build if a page has a mistake, and write an emoji as a character."""

import logging
import re
from typing import Any

from mkdocs.exceptions import Abort, BuildError
from pymdownx.emoji import to_alt

from macros.pages.links import LinkWarnings
from macros.problems import Problem, refuse

# What the policy of the published site blocks, or would let run; in code its sign < is escaped.
BLOCKED = re.compile(r"<(script|iframe|frame|object|embed|form|portal|base|meta)\b")
LINKS = LinkWarnings()


def on_files(files: Any, *, config: Any) -> None:  # noqa: ARG001  # MkDocs passes by name
    """Called by MkDocs once it knows all files."""
    LINKS.files = files
    logging.getLogger("mkdocs.structure.pages").addFilter(LINKS)


def on_config(config: Any) -> None:
    """Called by MkDocs before each build: the theme would fetch an emoji from another host."""
    emoji = config.mdx_configs.get("pymdownx.emoji", {})
    if icon := emoji.get("emoji_generator"):
        # Only what is drawn by the theme alone has no code points.
        emoji["emoji_generator"] = lambda *args: (to_alt if args[3] else icon)(*args)


def on_env(env: Any, *, config: Any, files: Any) -> None:  # noqa: ARG001  # MkDocs passes by name
    """Called by MkDocs once, between reading and writing. Raises PluginError."""
    pages = config.plugins["macros"].pages
    for file in files.documentation_pages():
        for tag in BLOCKED.findall(file.page.content or ""):
            line = file.content_string.partition(f"<{tag}")[0].count("\n") + 1
            message = f"<{tag}> is blocked on the published site, remove it"
            pages.problems.append(Problem(f"docs/{file.src_uri}", line, None, message))
    refuse(pages.problems)


def on_build_error(error: Exception) -> None:
    """Called by MkDocs, which has named the page. A traceback would tell a manager nothing."""
    if not isinstance(error, BuildError | Abort):
        raise Abort(f"This cannot be read: {error}") from None
