"""What a check finds: the page, what is wrong there and what to do, on one line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

_SIGNS = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_SIGNS_OF_A_NAME = _SIGNS | str.maketrans({":": "%3A", ",": "%2C"})


@dataclass(frozen=True)
class Finding:
    """`page` is the file in docs/ that it comes from, or else the published one.

    Advice names a weakness, and never keeps a page from being published.
    """

    page: str
    message: str
    cure: str = "build it again; if it stays, the fault is in the template"
    is_advice: bool = False
    line: int | None = None

    @property
    def text(self) -> str:
        place = f"{self.page}:{self.line}" if self.line else self.page
        return f"{place}: {squeeze(self.message)}; {self.cure}"

    def __str__(self) -> str:
        return f"advice: {self.text}" if self.is_advice else self.text

    def annotation(self) -> str:
        """The same as a command of GitHub Actions, which shows it beside the file."""
        kind = "notice" if self.is_advice else "error"
        file = self.page.translate(_SIGNS_OF_A_NAME)
        line = f",line={self.line}" if self.line else ""
        return f"::{kind} file={file}{line}::{self.text.translate(_SIGNS)}"


Findings = Iterator[Finding]


def located(finding: Finding, root: Path) -> Finding:
    """The finding with its line, where the words that it quotes stand once in the page's source."""
    source = root / finding.page
    if source.suffix not in (".md", ".yml") or not source.is_file():
        return finding
    lines = source.read_text(encoding="utf-8", errors="replace").split("\n")
    for words in re.findall("“(.+?)…?”", finding.message):
        found = [number for number, line in enumerate(lines, 1) if words in line]
        if len(found) == 1:
            return replace(finding, line=found[0])
    return finding


def squeeze(text: object) -> str:
    """A text with one space wherever there is a gap."""
    return " ".join(str(text).split())


def excerpt(text: object, length: int = 70) -> str:
    """A text as it is quoted in a message."""
    text = squeeze(text)
    return text if len(text) <= length else f"{text[: length - 1]}…"
