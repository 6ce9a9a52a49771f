"""What a line of Markdown is, as CommonMark has it."""

import re
from typing import NamedTuple

CODE = 4  # a line that is indented as far is code, unless it goes on with a paragraph
QUOTE = re.compile(r"^ {0,3}>(?: {0,3}>)* ?")
UNDERLINE = re.compile(r" {0,3}(?:=+|-+) *$")
RULE = re.compile(r" {0,3}([-_*])[ ]*(?:\1[ ]*){2,}$")
# Code and HTML, as Python-Markdown keeps them.
STASHED = re.compile(r" {0,3}\x02wzxhzdk:\d+\x03 *$")
# What ends a paragraph: a heading, a quote, a row; fenced code and HTML, which are stashed.
_OTHER = re.compile(r" {0,3}(?:#{1,6}(?: |$)|>|\||\x02)")
_MARK = re.compile(r"( {0,3})([-+*]|([0-9]{1,9})[.)])(?=( *)(.?))(?: |$)")


class Mark(NamedTuple):
    """The mark of an entry: a list holds marks of one kind; the text begins at the width."""

    kind: str
    width: int
    number: str | None = None
    is_empty: bool = False


def mark_of(line: str) -> Mark | None:
    """The mark that a line begins with, if it begins an entry of a list."""
    first = line.lstrip(" ")[:1]
    if first not in "-+*" and not first.isdecimal():  # most lines
        return None
    found = None if RULE.match(line) else _MARK.match(line)
    if not found:
        return None
    before, sign, number, gap, text = found.groups()
    spaces = len(gap) if text and len(gap) <= CODE else 1  # with more, the entry begins with code
    return Mark(sign[-1], len(before + sign) + spaces, number and str(int(number)), not text)


def indent(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def is_text(line: str) -> bool:
    """Whether a paragraph may go on below the line."""
    return bool(line.strip()) and not _OTHER.match(line) and not RULE.match(line)


def goes_on(line: str) -> bool:
    """Whether a paragraph may go on below the line, or within the quote that it is of."""
    return is_text(QUOTE.sub("", line))
