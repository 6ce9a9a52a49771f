"""The anchors of headings, by which links lead there."""

import re
import unicodedata
from collections import Counter


class Anchors:
    """Gives out the anchors of one page."""

    def __init__(self) -> None:
        self._given = Counter[str]()

    def __call__(self, heading: str, _separator: str) -> str:
        """Letters with their marks, digits, hyphens for spaces; a number where it is taken."""
        words = unicodedata.normalize("NFC", heading).strip().lower().replace(" ", "-")
        kinds = {sign: unicodedata.category(sign) for sign in words} | {"-": "Pc"}
        anchor = "".join(sign for sign in words if re.match("[LM]|Nd|Pc", kinds[sign]))
        self._given[anchor] += 1
        times = self._given[anchor] - 1
        return f"{anchor}-{times}" if times else anchor
