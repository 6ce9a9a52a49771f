"""The anchors of headings, by which links lead there."""

import unicodedata
from collections import Counter


class Anchors:
    """Gives out the anchors of one page, with the names of its emoji where they were typed."""

    def __init__(self) -> None:
        self._given = Counter[str]()
        self.emoji: dict[str, str] = {}

    def __call__(self, heading: str, _separator: str) -> str:
        """Letters with their marks, digits, hyphens for spaces; a number where it is taken."""
        for sign, name in self.emoji.items():
            heading = heading.replace(sign, name)
        words = unicodedata.normalize("NFC", heading).strip().lower().replace(" ", "-")
        kinds = {sign: unicodedata.category(sign) for sign in words} | {"-": "Pc"}
        anchor = "".join(s for s in words if kinds[s][0] in "LM" or kinds[s] in {"Nd", "Pc"})
        self._given[anchor] += 1
        times = self._given[anchor] - 1
        return f"{anchor}-{times}" if times else anchor
