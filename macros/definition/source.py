"""Read a file of YAML into nodes; what cannot be read raises UnreadableError with a cure."""

from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node

from . import syntax
from .syntax import UnreadableError


def read(path: Path) -> tuple[str, Node]:
    """The text of a file, and its root, which is a group of keys."""
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except FileNotFoundError:
        raise UnreadableError("file not found, it holds the definition of the site") from None
    except OSError as error:
        raise UnreadableError(f"cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        message = "not UTF-8 text, save the file with the encoding UTF-8"
        at = syntax.place(raw.decode("latin-1"), error.start)  # a sign for each byte
        raise UnreadableError(message, at) from None
    root = parse(text)
    if root is None or str(root.tag).endswith(":null"):
        raise UnreadableError("is empty, it holds the definition of the site")
    if not isinstance(root, MappingNode):
        raise UnreadableError('should be a group of keys, such as "manager: Mike"')
    return text, root


def parse(text: str) -> Any:
    """The root of a text, None if it is empty."""
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        syntax.reject_unwanted_characters(number, line)
    yaml = YAML(typ="safe", pure=True)
    yaml.max_depth = 10  # otherwise deep nesting ends in a RecursionError, after seconds
    try:
        return yaml.compose(StringIO(text))
    except MarkedYAMLError as error:
        raise syntax.syntax_error(error, lines) from None
