"""Adds to each dead link that MkDocs finds its line, and what to write instead."""

import logging
import posixpath
import re
from typing import Any
from urllib.parse import unquote

from macros.problems import Problem, suggest

_LINK = re.compile(r"Doc file '(.+?)' contains an? .*?link '(.*?)'")
# What an address that leads nowhere looks like, and what to do.
_CURES = {
    r"^[^/]+@": "write mailto: before it",
    r"^(?!www\.).*\.(?!md$|html?$)\w{3,4}$": "put the file into docs/, beside the page",
}
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
        cure = self._near(page, unquote(address))
        if cure.endswith(f'"{unquote(address)}"?'):  # as a browser reads it, it leads there
            return False
        lines = self.files.get_file_from_path(page).content_string.split("\n")
        as_link = rf"""(?:[(<"']|\]:)\s*{re.escape(address)}(?=[\s)>"']|$)"""  # and not as code
        number, *others = [n for n, line in enumerate(lines, 1) if re.search(as_link, line)] or [1]
        also = f" (also in line {', '.join(map(str, others))})" if others else ""
        message = f'"{address}" leads to no heading or file of docs/; {cure or _OTHER}{also}'
        problem = Problem(f"docs/{page}", number, None, message)
        record.msg, record.args = str(problem), ()
        problem.annotate()
        return True

    def _near(self, page: str, address: str) -> str:
        """What to write in place of an address: what is close to it, or fits its kind."""
        path, _, anchor = address.partition("#")
        here = posixpath.dirname(page)
        target = posixpath.normpath(posixpath.join(here, path)) if path else page
        file = self.files.get_file_from_path(target)
        if anchor and file:
            anchors = {*file.page.present_anchor_ids, "top"}  # which each browser knows
            longer = [known for known in anchors if f"-{known}".endswith(f"-{anchor}")]
            wrong = min(longer, key=len, default=anchor)  # such as heart-rest, for rest
            near = suggest(f"#{wrong}", map("#{}".format, anchors), or_all=False)
            found = re.findall(r'<h\d[^>]* id="(.+?)"', file.page.content)
            headings = ", ".join(f"{path}#{heading}" for heading in found)
            return near.replace('"#', f'"{path}#') or (headings and f"its headings are {headings}")
        paths = (posixpath.relpath(file.src_uri, here or ".") for file in self.files)
        known = [path.replace(" ", "%20") for path in paths]  # or GitHub shows no link
        wrong = path.strip("/").replace(" ", "%20")
        near = suggest(wrong if "." in wrong else f"{wrong}.md", known, or_all=False)
        return near or next((cure for sign, cure in _CURES.items() if re.search(sign, path)), "")
