"""Check the header of a page, whose texts the theme prints as they are."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from ..definition.repairs import repair
from ..definition.source import UnreadableError, parse

NEEDED = ("title", "description")
# Hyphens too many or too few, and what an editor or a habit makes of them.
_WRONG_END = re.compile(r"^(?:-{1,2}|-{4,}|[—–]+|[*_=]{3,}) *$", re.MULTILINE)
_WRONG_BEGIN = re.compile(rf"\s*(?:{_WRONG_END.pattern}|---$)\s*\w+:", re.MULTILINE)


def header_mistakes(header: dict[str, Any], above: str, text: str) -> Iterator[tuple[int, str]]:
    """A header that MkDocs takes for text, or one that lacks what every page needs."""
    if not above and text.startswith("---\n"):
        yield _unread(text)
        return
    if not above.strip() and _WRONG_BEGIN.match(text):
        yield 1, "the header has to begin in this line, write it as: ---"
        return
    for key in NEEDED:
        if not header.get(key):
            cure = f'add a line "{key}: …" between two lines "---" at the very top'
            yield line_of(key, above), f'the header has no "{key}", {cure}'
        elif not isinstance(header[key], str):
            message = f'"{key}" is read as no text, put what stands there in quotes'
            yield line_of(key, above), message


def _unread(text: str) -> tuple[int, str]:
    """Why the header that a page begins with cannot be read: a line, and what to write there."""
    head, *end = re.split(r"\n---[ \t]*(?:\n|$)", text.removeprefix("---\n"), maxsplit=1)
    above, gap, _ = head.partition("\n\n")
    if wrong := _WRONG_END.search(above):
        return above.count("\n", 0, wrong.start()) + 2, "write this line as: ---"
    if gap or not end:
        line = above.count("\n") + 3 if gap else 1
        return line, 'the header has no end, add a line "---" below it'
    suspects = [n for n, line in enumerate(head.split("\n"), 1) if ": {" in line] or [1]
    said = "the header cannot be read: put its texts in quotes"
    try:
        parse(head)
    except UnreadableError as error:
        suspects, said = [error.args[0]], error.args[2]
    repaired = (repair(head, line, _is_header, NEEDED) for line in suspects)
    line, _, cure = next(filter(None, repaired), (suspects[0], 1, said))
    return line + 1, cure


def _is_header(text: str) -> bool:
    try:
        header = yaml.safe_load(text)
    except yaml.YAMLError:
        return False
    return isinstance(header, dict) and all(isinstance(header.get(key), str) for key in NEEDED)


def line_of(key: str, above: str) -> int:
    """The line of a key in a header, from 1; the first where it has none."""
    found = re.search(rf"^{re.escape(str(key))}\s*:", above, re.MULTILINE)
    return above.count("\n", 0, found.start()) + 1 if found else 1
