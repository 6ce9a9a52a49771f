"""What a check finds: the page, what is wrong there and what to do, on one line."""

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
    is_advice: bool = False

    def __str__(self) -> str:
        kind = "advice: " if self.is_advice else ""
        return f"{kind}{self.page}: {' '.join(self.message.split())}"

    def annotation(self) -> str:
        """The same as a command of GitHub Actions, which shows it beside the file."""
        kind = "notice" if self.is_advice else "error"
        text = " ".join(self.message.split()).translate(_SIGNS)
        return f"::{kind} file={self.page.translate(_SIGNS_OF_A_NAME)}::{self.page}: {text}"


def excerpt(text: str, length: int = 70) -> str:
    """A text as it is quoted in a message."""
    text = " ".join(str(text).split())
    return text if len(text) <= length else f"{text[: length - 1]}…"
