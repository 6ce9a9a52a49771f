"""Find the one line whose change makes a broken definition right, and say what to write there."""

import re
from collections.abc import Callable, Iterator
from itertools import product

# A dash that is lost or another sign, a dash too many, a colon that is lost or another sign, and a
# text without quotes or with quotes inside: what is typed, and what is meant.
_REWRITTEN = (
    (r"( *)(?:[-–—•·*] *)?(\S.*)", r"\1- \2"),
    (r"( *)  ([^- ].*)", r"\1- \2"),
    (r"( *)- (\w+:.*)", r"\1  \2"),
    (r"( *)- (\w+:.*)", r"\1\2"),
    (r"( *(?:- )?\w+)[ :;.=,\uff1a]*(.*)", r"\1: \2"),
    (r"( *(?:- )?(?:\w+: )?)([\"']?)([^\"]+?)\2?", r'\1"\3"'),
    (r"( *(?:- )?(?:\w+: )?)([\"']?)([^']+?)\2?", r"\1'\3'"),
)
Change = tuple[int, list[str], str]


def repair(text: str, line: int, is_right: Callable[[str], bool]) -> tuple[int, int, str] | None:
    """The line, column and change that make `text` right; None where no single change does.

    Tries the given line, the next, the one above and the first of its group; all count from 1.
    """
    lines, first = text.split("\n"), line - 1
    above = [n for n in range(first - 1, -1, -1) if lines[n].strip()]
    head = next((n for n in above if _indent(lines[n]) < _indent(lines[first])), 0)
    suspects = [
        n for n in dict.fromkeys([first, *above[:1], head, head + 1, first + 1]) if n < len(lines)
    ]
    changes = [*_rewritten(lines, [first]), *_indented(lines, suspects)]
    for number, changed, cure in [*changes, *_rewritten(lines, suspects)]:
        if is_right("\n".join([*lines[:number], *changed, *lines[number + len(changed) :]])):
            return number + 1, _indent(lines[number]) + 1, cure
    return None


def _indented(lines: list[str], suspects: list[int]) -> Iterator[Change]:
    """Each line with another indent, the smallest first; alone, and with what belongs to it."""
    for indent, number in product(range(0, 13, 2), suspects):
        here, below = _indent(lines[number]), lines[number + 1 :]
        count = next((n for n, one in enumerate(below) if one and _indent(one) <= here), 0)
        for block in ([], below[:count]):
            moved = [" " * (_indent(one) - here + indent) + one.lstrip() for one in block]
            whole = ", and the lines that belong to it move along" if block else ""
            cure = f"this line should begin with {indent or 'no'} spaces{whole}"
            yield number, [" " * indent + lines[number].lstrip(), *moved], cure


def _rewritten(lines: list[str], suspects: list[int]) -> Iterator[Change]:
    for number, (typed, meant) in product(suspects, _REWRITTEN):
        if found := re.fullmatch(typed, lines[number]):
            line = found.expand(meant).rstrip()
            yield number, [line], f"write this line as: {line.strip()}"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
