"""Fenced code, which ends with its fence or with what it is in."""

import re

from markdown.preprocessors import Preprocessor

from .lines import CODE, indent, mark_of
from .lists import NO_TEXT

_OPEN = re.compile(
    r"((?: *> ?)*)(?P<indent> *)((?:(?:[-+*]|\d{1,9}[.)]) {1,4})*)((?:> ?)*)"
    r"(`{3,}(?=[^`]*$)|~{3,})"
    # The language, and what superfences takes behind it; anything else is left out.
    r"( *\.?[\w#.+-]*(?:(?: +(?:title|hl_lines|linenums)=\"[^\"]*\")*(?: *\{ *[.#].*\})? *$)?).*"
)


class Fences(Preprocessor):
    """Writes fenced code so that superfences reads it as CommonMark does.

    It may stand a little further in, begin an entry, end with more signs than it began with, or be
    left open: then it goes on to the end of its entry, its quote, or the page.
    """

    def run(self, lines: list[str]) -> list[str]:
        if not any("```" in line or "~~~" in line for line in lines):
            return lines
        done, number = list[str](), 0
        entries: list[int] = []  # where the text of each open entry begins
        while number < len(lines):
            line = lines[number]
            within = [width for width in entries if width <= indent(line)]
            entry = max([0, *within])
            opening = _OPEN.fullmatch(line)
            if mark_of(line[entry:]):
                entries = within
            number += 1
            if opening and len(opening["indent"]) - entry < CODE:
                code, number = _code(lines, number, opening, entry)
                done += code
            else:
                done.append(line)
            while mark := mark_of(line[entry:]):
                entries.append(entry := entry + mark.width)
        return done


def _code(
    lines: list[str], number: int, opening: re.Match[str], entry: int
) -> tuple[list[str], int]:
    """The lines of a fenced code that begins above the line `number`, and the line behind it."""
    quote, before, marks, inner, fence, language = opening.groups()
    place = len(before + marks)  # how far in the fence stands
    first = [f"{quote}{before}{marks}{NO_TEXT}"] if marks else []
    inside = place if quote or marks else entry  # how far in a line has to be to belong to it
    if inner:  # a quote within an entry
        quote, place, inside = quote + " " * place + inner, 0, 0
    above = quote + " " * (place if inside else 0)
    within = re.compile(rf"(?: *> ?){{{quote.count('>')}}}(?= {{{inside}}}| *$)")
    last = re.compile(rf" {{0,3}}{fence[0]}{{{len(fence)},}} *$")
    code = [*first, f"{above}{fence}{language}"]
    while number < len(lines) and (found := within.match(lines[number])):
        text = lines[number][found.end() :]
        text = text[min(indent(text), place) :]
        number += 1
        if last.match(text):
            break
        code.append(above + text if text else above.rstrip())
    return [*code, above + fence], number
