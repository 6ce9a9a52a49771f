"""Read YAML: its data and the place of each part; what cannot be read is said in plain words."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import AliasEvent, ScalarEvent
from ruamel.yaml.nodes import MappingNode

# Keys and indexes from the root, such as ("modes", 0, "id").
Loc = tuple[str | int, ...]


class _TextLoader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]  # one of two
    def construct_mapping(self, node: Any, *deep: bool) -> Any:
        if len(made := super().construct_mapping(node, *deep)) < len(node.value):
            raise yaml.YAMLError("a key stands in a group twice")
        return made


def parse_fast(text: str) -> Any:
    """The data without its places, each value a text, in C where the platform has it.

    Raises YAMLError, also for a key that stands in a group twice.
    """
    return yaml.load(text, _TextLoader)  # noqa: S506  # makes texts alone


_FILE = Path(__file__).with_name("messages.yml")
MESSAGES: dict[str, dict[str, str]] = parse_fast(_FILE.read_text(encoding="utf-8"))
_NARROW = 64  # nobody goes on below a line that is shorter, if the next word still fits


class UnreadableError(Exception):
    """What stands at a line and column cannot be read, and what to do about it."""


def read(path: Path) -> str:
    """The text of a file. Raises UnreadableError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        message = "file not found, it holds the definition of the site"
    except UnicodeDecodeError:
        message = "not UTF-8 text, save the file as UTF-8"
    raise UnreadableError(1, 1, message)


def parse(text: str) -> CommentedMap:
    """The data of a text, which is a group of keys. Raises UnreadableError."""
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        for odd, cure in MESSAGES["odd_lines"].items():
            if found := re.match(odd, line):
                raise UnreadableError(number, found.end(), cure)
    try:
        data = _yaml("rt").load(text)
    except MarkedYAMLError as error:
        raise _unreadable(error, lines) from None
    except Exception:  # noqa: BLE001  # the parser raises others for odd directives and tags
        message = "look for a text that begins with % or ! and needs quotes"
        raise UnreadableError(1, 1, f"this cannot be read: {message}") from None
    if not isinstance(data, CommentedMap):
        raise UnreadableError(1, 1, 'should be a group of keys, such as "manager: Mike"')
    return data


def lost_words(text: str, keys: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Where a text that can be read loses words, or takes in what begins like a key or an entry."""
    lines = text.split("\n")
    like_part = re.compile(rf"\s*(-(?= )|(?:{'|'.join(keys)}):(?= |$))")
    for event in _yaml().parse(text):
        start, end, style = event.start_mark, event.end_mark, getattr(event, "style", None)
        if getattr(event, "anchor", None) and not isinstance(event, AliasEvent):
            cure = "a text with this sign at its beginning needs quotes"
            yield start.line + 1, start.column + 1, cure
        is_block = style in {"|", ">"}
        is_entry = not style and lines[start.line][: start.column].strip() == "-"
        below = range(start.line + 1, end.line + 1 - is_block)
        for number in below if isinstance(event, ScalarEvent) else ():
            word = lines[number].strip().partition(" ")[0]
            if part := like_part.match(lines[number]):
                cure = f'indent it as its neighbours, or end the line above with "{part[1]}"'
                yield number + 1, part.start(1) + 1, f"is part of the text above, {cure}"
            elif is_entry and word and len(lines[number - 1].rstrip() + word) < _NARROW:
                cure = "begin it with a dash as its neighbours, or put both in quotes"
                yield number + 1, 1, f"is part of the text above, {cure}"
        if not is_block and re.match(r"\s+#\w", lines[end.line][end.column :]):
            cure = 'put the text in quotes, or a space behind the "#"'
            yield end.line + 1, end.column + 2, f'what follows "#" is left out, {cure}'


def _yaml(kind: str = "safe") -> YAML:
    yaml = YAML(typ=kind, pure=True)
    yaml.max_depth = 10  # nesting without an end would be a RecursionError
    return yaml


def _unreadable(error: MarkedYAMLError, lines: list[str]) -> UnreadableError:
    """The parser's error in plain words, at the line behind the longest beginning that is fine."""
    mark = error.problem_mark or error.context_mark
    line, error = _first_unread(error, lines[: mark.line + 1])
    column = len(lines[line]) - len(lines[line].lstrip())
    message = f"{error.problem} {error.context}"
    cure = next(cure for part, cure in MESSAGES["unread"].items() if re.search(part, message))
    return UnreadableError(line + 1, column + 1, f"this cannot be read: {cure}")


def _first_unread(error: MarkedYAMLError, lines: list[str]) -> tuple[int, MarkedYAMLError]:
    """The line behind the longest beginning that parses into a group of keys, and its error."""
    for count in range(len(lines) - 1, -1, -1):
        try:
            beginning = _yaml().compose("\n".join(lines[:count]))
        except MarkedYAMLError as shorter:
            error = shorter
        else:
            if beginning is None or isinstance(beginning, MappingNode):
                return count, error
    return 0, error


def placed(data: Any, problems: Iterable[tuple[Loc, str]]) -> set[tuple[int, int, str]]:
    """Each problem by its line and column, with its location in words."""
    return {(*_position(data, loc), f"{format_path(loc)}: {said}") for loc, said in problems}


def _position(data: Any, loc: Loc) -> tuple[int, int]:
    """Line and column of a key or entry, from 1; for what is missing, where its parent stands."""
    line, column = data.lc.line, data.lc.col
    for key in loc:
        places = getattr(data, "lc", None)
        if not places or key not in (places.data or ()):
            break
        (line, column), data = places.data[key][:2], data[key]
    return line + 1, column + 1


def format_path(loc: Loc) -> str:
    """A location as people read it, such as `modes[1].use_when`."""
    path = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in loc)
    return path.lstrip(".")
