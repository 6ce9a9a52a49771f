"""Find the one line whose change makes a broken definition right, and say what to write there."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product

# A dash that is lost, too many or another sign, and a colon that is lost or another sign: what is
# typed, and what is meant.
_REWRITTEN = (
    (r"( *)(?:[-–—•·*] *)?(\S.*)", r"\1- \2"),
    (r"( *)  ([^- ].*)", r"\1- \2"),
    (r"( *)- (\w+:.*)", r"\1  \2"),
    (r"( *)- (\w+:.*)", r"\1\2"),
    (r"( *(?:- )?\w+)[ :;.=,\uff1a]*(.*)", r"\1: \2"),
)
Change = tuple[int, int, list[str], str]  # from which line, how many go, what comes, what is said


def repair(
    text: str, line: int, is_right: Callable[[str], bool], names: Iterable[str]
) -> tuple[int, int, str] | None:
    """The line, column and change that make `text` right; None where no single change does.

    Tries the given line, the next, the one above and the first of its group; all count from 1. At
    last, a line with one of the `names` of keys above the given line.
    """
    lines, first = text.split("\n"), line - 1
    above = [n for n in range(first - 1, -1, -1) if lines[n].strip()]
    head = next((n for n in above if _indent(lines[n]) < _indent(lines[first])), 0)
    suspects = [
        n for n in dict.fromkeys([first, *above[:1], head, head + 1, first + 1]) if n < len(lines)
    ]
    rewritten = _rewritten(lines, suspects)
    changes = [*_rewritten(lines, [first]), *_indented(lines, suspects, first), *rewritten]
    begin = next((n for n in range(first, 0, -1) if not lines[n - 1].strip()), 0)
    for number, gone, come, cure in [*changes, *_headed(lines, [first, begin], names)]:
        if is_right("\n".join([*lines[:number], *come, *lines[number + gone :]])):
            return number + 1, _indent(lines[number]) + 1, cure
    return None


def _headed(lines: list[str], suspects: list[int], names: Iterable[str]) -> Iterator[Change]:
    """A line with a key above each, which begins what the key holds."""
    for number, name in product(suspects, names):
        head = lines[number][: max(0, _indent(lines[number]) - 2)] + f"{name}:"
        yield number, 0, [head], f'add a line "{head}" above'


def _indented(lines: list[str], suspects: list[int], first: int) -> Iterator[Change]:
    """Each line with another indent, the nearest first; alone, and with what belongs to it."""
    moves = product(suspects, range(0, 13, 2))
    for number, indent in sorted(moves, key=lambda move: abs(_indent(lines[move[0]]) - move[1])):
        here, below = _indent(lines[number]), lines[number + 1 :]
        count = next((n for n, one in enumerate(below) if one and _indent(one) <= here), 0)
        is_above = number < first and here < _indent(lines[first])
        above = below[: first - number - 1] if is_above else []
        for block in ([], below[:count], above):
            moved = [" " * (_indent(one) - here + indent) + one.lstrip() for one in block]
            end = number + 1 + len(block)
            whole = f", and the lines down to {end} move along" * bool(block)
            is_prose = not re.match(r"\s*(- |\w+:)", lines[number])
            other = ", or be removed, if it is no part of the text above" * is_prose
            cure = f"this line should begin with {indent or 'no'} spaces{whole}{other}"
            come = [" " * indent + lines[number].lstrip(), *moved]
            yield number, len(come), come, cure


def _rewritten(lines: list[str], suspects: list[int]) -> Iterator[Change]:
    for number in suspects:
        typed = lines[number]
        found = [(re.fullmatch(pattern, typed), meant) for pattern, meant in _REWRITTEN]
        come = [match.expand(meant).rstrip() for match, meant in found if match]
        if text := re.fullmatch(r"( *(?:- )?(?:\w+: )?)(\S.+)", typed):
            come.append(text[1] + _in_quotes(text[2].rstrip()))
        for line in come:
            indent = _indent(line)
            moved = f", behind {indent or 'no'} spaces," * (indent != _indent(typed))
            yield number, 1, [line], f"write this line{moved} as: {line.strip()}"


def _in_quotes(text: str) -> str:
    """A text in quotes that YAML reads; what was typed for them is taken out."""
    single = text[0] + text[-1] in {"''", "\u2018\u2019"}
    begins, ends = text[0] in "\"'“„”\u2018", single or text[-1] in '"“”'
    inner = text[begins : len(text) - ends]
    other = re.search(r'["“”]', inner)
    if not other or (begins and ends and inner[: other.start()][-1:] in {"", " ", "("}):
        text = inner
    elif begins and not ends:
        # Quotes that the text before needs, or that hold most of it, are no part of what is said.
        quoted, behind = inner[: other.start()], inner[other.end() :]
        if re.search(": | #|{", quoted) or len(quoted) > len(behind):
            text = quoted + behind
    elif ends and text.count('"') % 2:
        text = inner
    return f"""'{text.replace("'", "''")}'""" if re.search(r'["\\]', text) else f'"{text}"'


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
