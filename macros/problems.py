"""Report what is wrong in docs/: a line for each problem, and an annotation on GitHub."""

import logging
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

try:
    from mkdocs.exceptions import PluginError
except ImportError:  # Zensical builds without MkDocs
    from click import ClickException as PluginError  # type: ignore[assignment]  # serves as well

__all__ = ["LinkLines", "Mistakes", "PluginError", "Problem", "advise", "refuse", "suggest"]

# A line of a file from 1, and what is wrong there.
Mistakes = Iterator[tuple[int, str]]
log = logging.getLogger("mkdocs.docs")


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

    def annotate(self, level: str = "error") -> None:
        """On GitHub Actions, show the problem beside its line in the pull request, too.

        The level is error, warning or notice.

        Source: GitHub's workflow commands; in them `%`, line ends, `:` and `,` are written as `%`
        and two digits.
        """
        if os.environ.get("GITHUB_ACTIONS") == "true":
            in_text = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
            in_value = in_text | str.maketrans({":": "%3A", ",": "%2C"})
            column = f",col={self.column}" if self.column else ""
            place = f"file={self.file.translate(in_value)},line={self.line}{column}"
            sys.stdout.write(f"::{level} {place}::{self.message.translate(in_text)}\n")


def suggest(wrong: str, known: Iterable[str]) -> str:
    """What to write in place of a wrong name: the known one that is close to it, or any."""
    by_folded = {name.casefold(): name for name in known}
    for close in get_close_matches(wrong.casefold(), by_folded, n=1, cutoff=0.7):
        return f'did you mean "{by_folded[close]}"?'
    return f"use one of: {', '.join(by_folded.values())}"


def refuse(problems: Iterable[Problem]) -> None:
    """End the build if there are any problems. Raises PluginError with a line for each."""
    problems = list(problems)
    for problem in problems:
        problem.annotate()
    if problems:
        raise PluginError("\n".join(["fix this first:", *map(str, problems)])) from None


def advise(notices: Iterable[Problem]) -> None:
    """Tell what may be meant as it is, and goes on to be published."""
    for notice in notices:
        notice.annotate("notice")
        log.info("%s", notice)


@dataclass(frozen=True)  # equal to another of the same folder, so that a logger keeps one
class LinkLines:
    """A filter for MkDocs' warnings of dead links: adds the line, which MkDocs does not know."""

    docs: Path

    def filter(self, record: logging.LogRecord) -> bool:
        """Called by `logging` with each warning; lets all of them through."""
        text = record.getMessage()
        if link := re.match(r"Doc file '(.+?)' contains .*?link '(.+?)'", text):
            lines = (self.docs / link[1]).read_text(encoding="utf-8").split("\n")
            as_link = re.compile(rf"""[(<"'=:]\s*{re.escape(link[2])}""")
            found = [n for n, words in enumerate(lines, 1) if as_link.search(words)] or [1]
            cure = " Write https:// before it." if link[2].startswith("www.") else ""
            again = "".join(f" It stands in line {number} as well." for number in found[1:])
            problem = Problem(f"{self.docs.name}/{link[1]}", found[0], None, text + cure + again)
            problem.annotate()
            record.msg, record.args = str(problem), ()
        return True
