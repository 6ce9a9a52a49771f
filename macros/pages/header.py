"""Check the header of a page, whose texts the theme prints as they are."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

NEEDED = ("title", "description")


def header_mistakes(header: dict[str, Any], above: str, text: str) -> Iterator[tuple[int, str]]:
    """A header that MkDocs takes for text, or one that lacks what every page needs."""
    if not above and text.startswith("---\n"):
        if not re.search(r"^---\s*$", text[3:], re.MULTILINE):
            yield 1, 'the header has no end, add a line "---" below it'
            return
        try:
            yaml.safe_load(text.removeprefix("---").partition("\n---")[0])
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position + 3) + 1
            yield line, "an invisible character stands here, remove it"
            return
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            yield line, f"the header cannot be read: {error.problem}; put the text in quotes"
            return
    for key in NEEDED:
        if not header.get(key):
            cure = f'add a line "{key}: …" between two lines "---" at the very top'
            yield line_of(key, above), f'the header has no "{key}", {cure}'
        elif not isinstance(header[key], str):
            message = f'"{key}" is read as no text, put what stands there in quotes'
            yield line_of(key, above), message


def line_of(key: str, above: str) -> int:
    """The line of a key in a header, from 1; the first where it has none."""
    found = re.search(rf"^{re.escape(str(key))}\s*:", above, re.MULTILINE)
    return above.count("\n", 0, found.start()) + 1 if found else 1
