"""What a check finds: the page, what is wrong there and what to do, on one line."""

from collections.abc import Iterator
from dataclasses import dataclass

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

    @property
    def text(self) -> str:
        return f"{self.page}: {squeeze(self.message)}; {self.cure}"

    def __str__(self) -> str:
        return f"advice: {self.text}" if self.is_advice else self.text

    def annotation(self) -> str:
        """The same as a command of GitHub Actions, which shows it beside the file."""
        kind = "notice" if self.is_advice else "error"
        file = self.page.translate(_SIGNS_OF_A_NAME)
        return f"::{kind} file={file}::{self.text.translate(_SIGNS)}"


Findings = Iterator[Finding]


def squeeze(text: object) -> str:
    """A text with one space wherever there is a gap."""
    return " ".join(str(text).split())


def excerpt(text: object, length: int = 70) -> str:
    """A text as it is quoted in a message."""
    text = squeeze(text)
    return text if len(text) <= length else f"{text[: length - 1]}…"
