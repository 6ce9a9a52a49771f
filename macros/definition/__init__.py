"""Read docs/modes.yml: a checked, frozen Definition, or every problem with its line and column."""

from collections.abc import Iterable
from pathlib import Path

from .model import Definition
from .rules import address_problems, button_problems, rule_problems, site_problems
from .source import Document
from .syntax import UnreadableError
from .validate import validate

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
        document = Document.read(path)
    except UnreadableError as error:
        raise DefinitionError(file, [(*error.position, str(error))]) from None
    data = document.data
    definition, problems = validate(data)
    problems += [*rule_problems(data), *site_problems(data, list(languages), set(pages))]
    if definition and not problems:
        problems = [*button_problems(definition), *address_problems(definition)]
    if definition is None or problems:
        named = [(*document.position(p.loc, of_key=p.of_key), str(p)) for p in problems]
        raise DefinitionError(file, named)
    return definition
