"""Read docs/modes.yml: a checked, frozen Definition, or every problem with its line and column."""

from collections.abc import Iterable
from pathlib import Path

import yaml
from pydantic import ValidationError
from ruamel.yaml.error import YAMLError

from ..problems import PluginError, Problem, refuse
from .model import Definition
from .repairs import repair
from .rules import rule_problems
from .schema import field_names
from .source import UnreadableError, lost_words, parse, parse_fast, placed, read
from .words import shape_problems

__all__ = ["Definition", "PluginError", "load"]


def load(
    path: Path, file: str, languages: Iterable[str] = (), pages: Iterable[str] = ()
) -> Definition:
    """Read and check a definition; `file` is its name in messages.

    If any are given, its language has to be one of `languages`, and its pages those in `pages`.
    Raises PluginError with all problems at once: first those of shape, and where there are none,
    those of meaning.
    """
    text = ""
    suspects: list[int] = []
    problems: set[tuple[int, int, str]] = set()
    try:
        text = read(path)
        data = parse(text)
        problems.update(lost_words(text, field_names()))
        suspects = [line for line, _, said in problems if "#" not in said]
        definition = Definition.model_validate(data)
        problems |= placed(data, rule_problems(definition, list(languages), list(pages)))
    except UnreadableError as error:
        line, _, said = error.args
        is_in_line = "cannot be read" in said and "remove the line" not in said
        suspects, problems = [line] * is_in_line, {error.args}
    except ValidationError as error:
        shape = placed(data, shape_problems(error))
        problems |= shape
        # Where no message says what to write, a line may stand in a wrong place, but not for 50.
        if not [*shape][50:] and not any("quotes" in said for *_, said in shape):
            suspects += sorted({line for line, _, said in shape if ", write" not in said})[:4]
    repaired = (repair(text, line, _has_shape, sorted(field_names())) for line in suspects)
    if change := next(filter(None, repaired), None):
        problems = {change}
    refuse(Problem(file, *each) for each in sorted(problems))
    return definition


def _has_shape(text: str) -> bool:
    """Whether a text is a definition in which at most the meaning is wrong."""
    try:
        Definition.model_validate(parse_fast(text))
        return not any(lost_words(text, field_names()))
    except (yaml.YAMLError, YAMLError, ValidationError):
        return False
