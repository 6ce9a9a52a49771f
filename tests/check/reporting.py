"""What a check yields: a fault or a piece of advice, on one line, and the line it stands in."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from macros.problems import Problem

Problems = Iterator[Problem]
REBUILD = "build it again; if it stays, the fault is in the template"


def fault(file: str, message: str, cure: str = REBUILD) -> Problem:
    """What keeps a page from being published; `file` is its source in docs/, else its own name.

    Words of the page or of the definition stand in “ ” in the message: they lead to the line.
    """
    return Problem(file, None, None, f"{squeeze(message)}; {cure}")


def advice(file: str, message: str, cure: str) -> Problem:
    """The same for what is a weakness and is published all the same."""
    return replace(fault(file, message, cure), is_advice=True)


def located(problem: Problem, root: Path) -> Problem:
    """The problem with its line, where the words that it quotes stand once in its file."""
    source = root / problem.file
    if problem.line or source.suffix not in (".md", ".yml", ".css") or not source.is_file():
        return problem
    lines = source.read_text(encoding="utf-8", errors="replace").split("\n")
    for words in re.findall("“(.+?)…?”", problem.message):
        found = [number for number, line in enumerate(lines, 1) if words in line]
        if len(found) == 1:
            return replace(problem, line=found[0])
    return problem


def counted(problems: Iterable[Problem]) -> list[Problem]:
    """The problems in their order; what is said of several places is said once, with a count."""
    places: dict[tuple[str, bool], list[Problem]] = {}
    for problem in dict.fromkeys(problems):
        places.setdefault((problem.message, problem.is_advice), []).append(problem)
    found = []
    for first, *others in places.values():
        more = f" (and in {len(others)} more places, such as {others[-1].file})" if others else ""
        found.append(replace(first, message=first.message + more))
    return found


def squeeze(text: object) -> str:
    """A text with one space wherever there is a gap."""
    return " ".join(str(text).split())


def excerpt(text: object, length: int = 70) -> str:
    """A text as it is quoted in a message."""
    text = squeeze(text)
    return text if len(text) <= length else f"{text[: length - 1]}…"
