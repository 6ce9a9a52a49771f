"""Adds to each dead link that MkDocs finds its line, and what to write instead."""

import logging
import posixpath
import re
from typing import Any
from urllib.parse import unquote

from macros.problems import Problem, suggest

_LINK = re.compile(r"Doc file '(.+?)' contains an? .*?link '(.*?)'")
_OTHER = "write the file of a page, the #anchor of a heading, or a whole address, https://…"


class LinkWarnings:
    """A filter of MkDocs' log, which lets everything through but what was said already."""

    files: Any = ()  # those of the build that runs

    def __init__(self) -> None:
        self.said: set[tuple[str, ...]] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        """Called by `logging` with each message."""
        link = _LINK.match(record.getMessage())
        if not link or link.groups() in self.said:
            return not link
        self.said.add(link.groups())
        page, address = link.groups()
        lines = self.files.get_file_from_path(page).content_string.split("\n")
        number, *others = [n for n, line in enumerate(lines, 1) if address in line] or [1]
        also = f" (also in line {', '.join(map(str, others))})" if others else ""
        cure = self._near(page, unquote(address)) or _OTHER
        message = f'"{address}" leads to no heading or file of docs/; {cure}{also}'
        problem = Problem(f"docs/{page}", number, None, message)
        record.msg, record.args = str(problem), ()
        problem.annotate()
        return True

    def _near(self, page: str, address: str) -> str:
        """The heading or the file that is close to an address."""
        path, _, anchor = address.partition("#")
        here = posixpath.dirname(page)
        file = self.files.get_file_from_path(posixpath.join(here, path) if path else page)
        if anchor and file:
            anchors = map("#{}".format, file.page.present_anchor_ids)
            return suggest(f"#{anchor}", anchors, or_all=False)
        known = [posixpath.relpath(file.src_uri, here or ".") for file in self.files]
        wrong = path.strip("/")
        return suggest(wrong if "." in wrong else f"{wrong}.md", known, or_all=False)
