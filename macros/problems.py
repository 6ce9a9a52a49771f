"""Report what is wrong in docs/: a line for each problem, and an annotation on GitHub."""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

try:
    from mkdocs.exceptions import PluginError
except ImportError:  # Zensical builds without MkDocs
    from click import ClickException as PluginError  # type: ignore[assignment]  # serves as well

__all__ = ["PluginError", "Problem", "refuse", "suggest"]


@dataclass(frozen=True)
class Problem:
    """One mistake: its place, line and column from 1, and what is wrong there."""

    file: str
    line: int
    column: int | None
    message: str

    def __str__(self) -> str:
        column = f":{self.column}" if self.column else ""
        return f"{self.file}:{self.line}{column}: {self.message}"

    def annotate(self) -> None:
        """On GitHub Actions, show the problem beside its line in the pull request, too.

        In GitHub's workflow commands `%`, line ends, `:` and `,` are written as `%` and two digits.
        """
        if os.environ.get("GITHUB_ACTIONS") == "true":
            in_text = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
            in_value = in_text | str.maketrans({":": "%3A", ",": "%2C"})
            column = f",col={self.column}" if self.column else ""
            place = f"file={self.file.translate(in_value)},line={self.line}{column}"
            sys.stdout.write(f"::error {place}::{self.message.translate(in_text)}\n")


def suggest(wrong: str, known: Iterable[str], *, or_all: bool = True) -> str:
    """What to write in place of a wrong name: the known one that is close to it, or any."""
    by_folded = {name.casefold(): name for name in known}
    for close in get_close_matches(wrong.casefold(), by_folded, n=1, cutoff=0.7):
        return f'did you mean "{by_folded[close]}"?'
    return f"use one of: {', '.join(by_folded.values())}" if or_all else ""


def refuse(problems: Iterable[Problem]) -> None:
    """End the build if there are any problems. Raises PluginError with a line for each."""
    problems = list(problems)
    for problem in problems:
        problem.annotate()
    if problems:
        raise PluginError("\n".join(["fix this first:", *map(str, problems)])) from None
