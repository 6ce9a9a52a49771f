"""Adds to each dead link that MkDocs finds its line, and what to write instead."""

import logging
import posixpath
import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any
from urllib.parse import unquote

from macros.problems import Problem

_LINK = re.compile(r"Doc file '(.+?)' contains an? (.*?)link '(.*?)'")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}(/|$)")
_FILE = re.compile(r"\.(md|png|jpe?g|svg|gif|webp|pdf)$", re.IGNORECASE)


class LinkWarnings:
    """A filter of MkDocs' log, which lets everything through but what was said already."""

    files: Any  # those of the build that runs

    def __init__(self) -> None:
        self.said: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        """Called by `logging` with each message."""
        if not (link := _LINK.match(record.getMessage())):
            return True
        page, kind, address = link.groups()
        lines = self.files.get_file_from_path(page).content_string.split("\n")
        number, *others = [n for n, line in enumerate(lines, 1) if address in line] or [1]
        message = self._message(page, unquote(address), is_absolute="absolute" in kind)
        also = f" (also in line {', '.join(map(str, others))})" if others else ""
        problem = Problem(f"docs/{page}", number, None, message + also)
        record.msg, record.args = str(problem), ()
        is_new = record.msg not in self.said
        self.said.add(record.msg)
        if is_new:
            problem.annotate()
        return is_new

    def _message(self, page: str, address: str, *, is_absolute: bool) -> str:
        path, _, anchor = address.partition("#")
        here = posixpath.dirname(page)
        target = posixpath.normpath(posixpath.join("" if is_absolute else here, path.lstrip("/")))
        file = self.files.get_file_from_path(target if path else page)
        if anchor and file and not is_absolute:
            near = _nearest(anchor, file.page.present_anchor_ids)
            cure = f"write #{near}" if near else "write the anchor of a heading, or delete the link"
            return f'"{address}" leads to no heading of {file.src_uri}; {cure}'
        if _HOST.match(path) and not _FILE.search(path):
            return f'"{address}" leads to no file of docs/; write https://{address} if it is a site'
        known = {posixpath.relpath(file.src_uri, here or "."): file for file in self.files}
        near = _nearest(posixpath.relpath(target, here or "."), known)
        what = "begins with /, which is no file" if is_absolute else "leads to no file of docs/"
        other = "write the whole address, https://…" if is_absolute else "put the file there"
        return f'"{address}" {what}; {f"write {near}" if near else other}, or delete this link'


def _nearest(wrong: str, known: Iterable[str]) -> str:
    """The known name that is close; blanks, other signs, the case and an ending .md are ignored."""

    def bare(name: str) -> str:
        return re.sub(r"[\W_]", "", re.sub(r"\.md$", "", name.casefold()))

    by_bare = {bare(name): name for name in known}
    return next((by_bare[near] for near in get_close_matches(bare(wrong), by_bare, 1, 0.7)), "")
