"""One shape for every mistake, of the build and of the check: a place and a message."""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

try:
    from mkdocs.exceptions import PluginError
except ImportError:  # Zensical builds without MkDocs
    from click import ClickException as PluginError  # type: ignore[assignment]  # serves as well

__all__ = ["PluginError", "Problem", "ProblemsError", "refuse", "suggest"]


@dataclass(frozen=True)
class Problem:
    """One mistake: its file, line and column from 1 where they are known, and what is wrong there.

    Advice names a weakness, and never keeps a page from being published.
    """

    file: str
    line: int | None
    column: int | None
    message: str
    is_advice: bool = False

    def __str__(self) -> str:
        numbers = "".join(f":{number}" for number in (self.line, self.column) if number)
        return f"{'advice: ' * self.is_advice}{self.file}{numbers}: {self.message}"

    def annotate(self) -> None:
        """On GitHub Actions, show the problem beside its line in the pull request, too."""
        if os.environ.get("GITHUB_ACTIONS") == "true":
            kind = "notice" if self.is_advice else "error"
            place = {"file": self.file, "line": self.line, "col": self.column}
            known = ",".join(f"{key}={value}" for key, value in place.items() if value)
            message = self.message.replace("%", "%25")  # GitHub would read what follows as a sign
            sys.stdout.write(f"::{kind} {known}::{message}\n")


class ProblemsError(PluginError):
    """Ends the build with a line for each of the `problems`."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(["fix this first:", *map(str, problems)]))
        self.problems = problems


def suggest(wrong: str, known: Iterable[str], *, or_all: bool = True) -> str:
    """What to write in place of a wrong name: the known one that is close to it, or any."""
    by_folded = {name.casefold(): name for name in known}
    for close in get_close_matches(wrong.casefold(), by_folded, n=1, cutoff=0.7):
        return f'did you mean "{by_folded[close]}"?'
    return f"use one of: {', '.join(by_folded.values())}" if or_all else ""


def refuse(problems: Iterable[Problem]) -> None:
    """End the build if there are any problems. Raises ProblemsError, which is a PluginError."""
    problems = list(problems)
    for problem in problems:
        problem.annotate()
    if problems:
        raise ProblemsError(problems) from None
