"""Adds to MkDocs' warnings of dead links the line, and the nearest heading or file."""

import logging
import posixpath
import re
from typing import Any
from urllib.parse import unquote

from macros.problems import Problem, suggest

_LINK = re.compile(r"Doc file '(.+?)' contains .*?link '(.+?)'")


class LinkWarnings:
    """A filter of MkDocs' log; lets everything through."""

    files: Any  # those of the build that runs

    def filter(self, record: logging.LogRecord) -> bool:
        """Called by `logging` with each message."""
        text = record.getMessage()
        if link := _LINK.match(text):
            page, address = link.groups()
            lines = self.files.get_file_from_path(page).content_string.split("\n")
            number = next((n for n, line in enumerate(lines, 1) if address in line), 1)
            nearest = "" if "you mean" in text else self._nearest(page, unquote(address))
            message = f"{text} {nearest}".strip()
            problem = Problem(f"docs/{page}", number, None, message)
            problem.annotate()
            record.msg, record.args = str(problem), ()
        return True

    def _nearest(self, page: str, address: str) -> str:
        path, _, anchor = address.partition("#")
        here = posixpath.dirname(page)
        target = posixpath.normpath(posixpath.join(here, path)) if path else page
        if file := self.files.get_file_from_path(target):
            return suggest(anchor, file.page.present_anchor_ids, or_all=False)
        known = (posixpath.relpath(file.src_uri, here or ".") for file in self.files)
        return suggest(path, known, or_all=False)
