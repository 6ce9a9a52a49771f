"""Read docs/modes.yml: a checked, frozen Definition, or every problem with its line and column."""

from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from ..problems import PluginError, Problem, refuse
from .model import Definition
from .rules import rule_problems
from .source import Loc, UnreadableError, format_path, position, read
from .words import shape_problems

__all__ = ["Definition", "PluginError", "load"]


def load(path: Path, file: str, languages: Iterable[str] = ()) -> Definition:
    """Read and check a definition; `file` is its name in messages.

    If any are given, its language has to be one of `languages`. Raises PluginError with all
    problems at once: first those of shape, and where there are none, those of meaning.
    """
    try:
        data = read(path)
    except UnreadableError as error:
        refuse([Problem(file, *error.args)])
        raise

    def refuse_at(problems: Iterable[tuple[Loc, str]]) -> None:
        placed = {(*position(data, loc), f"{format_path(loc)}: {said}") for loc, said in problems}
        refuse(Problem(file, *each) for each in sorted(placed))

    try:
        definition = Definition.model_validate(data)
    except ValidationError as error:
        refuse_at(shape_problems(error))
        raise
    refuse_at(rule_problems(definition, list(languages)))
    return definition
