"""Check the header of a page, and escape its texts, which the theme prints as they are."""

import re
from collections.abc import Callable
from difflib import get_close_matches
from html import unescape
from typing import Any

from markupsafe import escape
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent

from ..definition.source import parse
from ..definition.syntax import UnreadableError, odd_quote, place
from ..definition.validate import Reading
from ..problems import Mistakes

_NEEDED = ("title", "description")
# Other keys that the theme reads, and would stumble over.
_SHAPES: dict[str, tuple[type, str]] = {
    "hide": (list, "should be a list, such as [navigation]"),
    "tags": (list, "should be a list, such as [one, two]"),
    "search": (dict, "should be a group, such as {exclude: true}"),
    "template": (str, "should be the name of a file"),
    "icon": (str, "should be the name of a picture"),
    # What the theme prints without escaping it.
    **dict.fromkeys(("author", "subtitle", "status", "location"), (str, "should be text")),
}
_JINJA = re.compile(
    r"""\{\{-?\s*(?:manager|(?:name|noun)\(\s*["'][\w-]+["']"""
    r"""(?:\s*,\s*(?:form\s*=\s*)?["']\w+["'])?\s*\))\s*-?\}\}"""
)
# A key, or what goes on with it, on a line of its own.
_OF_HEADER = re.compile(r"[\w-]+:|[ #-]")
_DEPTH = 10
_FENCE = 'a line "---" has to stand above and below'


def header_mistakes(header: dict[str, Any], above: str, text: str) -> Mistakes:
    """What is wrong with a header; `above` is how it is written, empty where MkDocs sees none."""
    if not above and text.startswith("---"):
        yield _unreadable(text)
        return
    odd_dashes = not above and re.match(r"[-\u2010-\u2015]+\s*\n[\w-]+:", text)
    if odd_dashes or (above[:3] not in ("", "---") and text.startswith("---")):
        yield 1, f"the header: {_FENCE}, the first at the very top"
        return
    for key in _NEEDED:
        value = header.get(key)
        if not isinstance(value, str) or not value.strip():
            other = next(iter(get_close_matches(key, map(str, header.keys() - {key}), n=1)), None)
            where = 'below the first "---"' if above else 'between two lines "---" at the very top'
            add = f'add a line "{key}: …" {where}'
            cure = f'write "{key}" in place of "{other}"' if other else add
            yield line_of(other or key, above), f'the header has no text as "{key}", {cure}'
    for key, (kind, cure) in _SHAPES.items():
        if key in header and not isinstance(header[key], kind):
            yield line_of(key, above), f"{key} {cure}"
    yield from _line_mistakes(above)


def endless_header(text: str) -> Mistakes:
    """What whoever reads the header of a page would not come to an end with."""
    header = text.removeprefix("\ufeff")
    header = header.partition("\n---")[0] if header.startswith("---") else ""
    if "*" not in header and sum(map(header.count, ("[", "{", "-", "\n "))) <= _DEPTH:
        return  # it cannot hold either, and reading it as YAML takes longer
    depth = 0
    try:
        for event in YAML(typ="safe", pure=True).parse(header):
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            if depth > _DEPTH or isinstance(event, AliasEvent):
                cure = "repeats another part or is nested too deep, write plain texts"
                yield event.start_mark.line + 1, f"the header {cure}"
                return
    except (YAMLError, ValueError):
        return  # named when the page is read


def _line_mistakes(above: str) -> Mistakes:
    """What is read without a word, and otherwise than it stands there."""
    seen: set[str] = set()
    for number, line in enumerate(above.split("\n"), 1):
        if key := re.match(r"([\w-]+)\s*:", line):
            if key[1] in seen:
                yield number, f'"{key[1]}" stands here a second time, remove one of the two'
            seen.add(key[1])
        if sign := re.search("[\\x85\\u2028\\u2029]", line):
            yield number, f"has an invisible control character (U+{ord(sign[0]):04X}), remove it"
        plain = re.match(r"""\w+: +([^"'\s].*?)\s*$""", line)
        if plain and (cure := odd_quote(plain[1])):
            yield number, cure
        if re.match(r"""\w+: +[^"'].* #""", line):
            yield number, "what follows the # is not published, put the whole text in quotes"
        if re.match(r'\w+: +"(?:[^"\\]|\\["\\/])*\\[^"\\/]', line):
            cure = "write it twice or use single quotes (')"
            yield number, f"a backslash inside double quotes is not read as it stands, {cure}"


def _unreadable(text: str) -> tuple[int, str]:
    """Where a header that MkDocs takes for text stops being one, and what to do."""
    header, fence, _ = text.removeprefix("---").partition("\n---")
    lines = header.split("\n")
    if not fence:
        ends = (n for n, line in enumerate(lines[1:], 2) if not _OF_HEADER.match(line))
        return next(ends, 1), f"the header cannot be read: {_FENCE}"
    if lines[1:2] and lines[1].startswith(" "):
        return 2, "the header: this line is indented, begin it at the margin"
    try:
        if root := parse(header):
            Reading(header, root)
    except UnreadableError as error:
        return error.position[0], f"the header: {error}"
    return 1, "the header cannot be read: each line needs a key, a colon and a text"


def more_than_names(value: str) -> bool:
    """Whether a text of a header holds more of Jinja than `{{ manager }}`, a name or a noun."""
    return bool(re.search(r"\{[{%#]", _JINJA.sub("", value)))


def fill_header(header: dict[str, Any], above: str, fill: Callable[[str, int], str]) -> None:
    """Fill the macros in, with `fill(text, line)`, and escape what the theme prints unescaped."""
    header.pop("ignore_macros", None)  # mkdocs-macros would end with a traceback
    for key, value in header.items():
        if isinstance(value, str):
            filled = fill(value, line_of(key, above)) if key in _NEEDED else value
            header[key] = escape(unescape(filled))
    # What is no text is a mistake by now.
    header.update({key: "" for key in _NEEDED if not isinstance(header.get(key), str)})


def line_of(key: str, above: str) -> int:
    """The line of a key in a header, from 1; the first where it has none."""
    found = re.search(rf"^{re.escape(key)}\s*:", above, re.MULTILINE)
    return place(above, found.start())[0] if found else 1
