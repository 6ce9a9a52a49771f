"""Read docs/modes.yml: a checked, frozen Definition, or every problem with its line and column."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import convert, inspect

from .model import Definition
from .phrases import phrase_book
from .rules import address_problems, button_problems, rule_problems, site_problems
from .source import read
from .syntax import UnreadableError
from .validate import Reading

__all__ = ["Definition", "DefinitionError", "load"]


class DefinitionError(ValueError):
    """All problems in the order of the file, each as (line, column, message)."""

    def __init__(self, file: str, problems: Iterable[tuple[int, int, str]]) -> None:
        self.problems = sorted(set(problems))
        lines = (f"{file}:{line}:{column}: {message}" for line, column, message in self.problems)
        super().__init__("\n".join(lines))


def load(
    path: Path, file: str, languages: Iterable[str] = (), pages: Iterable[str] = ()
) -> Definition:
    """Read and check a definition; `file` is its name in messages.

    If any are given, its language has to be one of `languages`, and its pages have to be `pages`.
    Raises DefinitionError with all problems at once.
    """
    try:
        reading = Reading(*read(path), inspect.type_info(Definition))
    except UnreadableError as error:
        raise DefinitionError(file, [(*error.position, str(error))]) from None
    data = reading.data
    problems = [*reading.problems, *rule_problems(data, reading.texts)]
    problems += site_problems(data, list(languages), set(pages))
    if not problems:
        definition = convert(data, Definition)
        book = phrase_book(definition)
        problems = [*button_problems(book), *address_problems(definition, book)]
        if not problems:
            return definition
    named = ((*reading.position(problem), str(problem)) for problem in problems)
    raise DefinitionError(file, named)
