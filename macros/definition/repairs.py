"""Find the one line whose change makes a broken definition right, and say what to write there."""

import re
from collections.abc import Callable, Iterable, Iterator

# A dash that is lost, too many or another sign, a key in bold, a comma as in JSON, a text beside >-
# and a colon that is lost or another sign: what is typed, and what is meant.
_MEANT = (
    (r"(?:[-–—•·*] *)?(\S.*)", r"- \1"),
    (r"- (\w+:.*)", r"\1"),
    (r"((?:- )?)[*`]+(\w+)[*`:]+ *(.*)", r"\1\2: \3"),
    (r"((?:- )?(?:\w+: )?)(?:[>|][-+]? +)?(.*?),?", r"\1\2"),
    (r"((?:- )?\w+)[ :;.=,\uff1a]*(.*)", r"\1: \2"),
)
STEP = 2  # spaces
# Quotes around a text, in which others may stand around words.
_PAIR = re.compile(r"""["'“„\u2018]([^"“”]*(?:(?<=[ (])["“„].*)?)["'“”\u2019]""")


def repair(
    text: str, line: int, is_right: Callable[[str], bool], names: Iterable[str]
) -> tuple[int, int, str] | None:
    """The line, column and change that make `text` right; None where no single change does.

    Tries the given line, the one above, the first two of its group, and the next; all count from 1.
    At last, a key above the given line, what stands together with it, or its group: one of `names`.
    """
    lines, first = text.split("\n"), line - 1
    above = [n for n in range(first - 1, -1, -1) if lines[n].strip()]
    head = next((n for n in above if _indent(lines[n]) < _indent(lines[first])), 0)
    suspects = [n for n in (first, *above[:1], head, head + 1, first + 1) if n < len(lines)]
    changes = [change for n in dict.fromkeys(suspects) for change in _changes(lines, n, first)]
    # The nearest indent first, then the fewest lines; another line is moved rather than written.
    changes.sort(key=lambda change: (change[3] and change[0] != first, change[4]))
    top = next((n + 1 for n in range(first - 1, 0, -1) if not lines[n].strip()), first)
    for number in dict.fromkeys((first, top, min(head + 1, first))):
        behind = " " * max(0, _indent(lines[number]) - 2)
        entry = "- {}: …" if number != first and lines[first].lstrip()[:1] == "-" else "{}:"
        for key in map(entry.format, names):
            headed = f"{behind}{key.replace('…', 'x')}\n{lines[number]}"
            changes.append((number, [headed], f'add a line "{key}" above', True, 99))
    for number, come, cure, *_ in changes:
        if is_right("\n".join([*lines[:number], *come, *lines[number + len(come) :]])):
            return number + 1, _indent(lines[number]) + 1, cure
    return None


def _changes(
    lines: list[str], number: int, first: int
) -> Iterator[tuple[int, list[str], str, bool, float]]:
    """What may be meant by a line, its cure, whether it is written anew, how far it is moved."""
    typed, here = lines[number].strip(), _indent(lines[number])
    below = range(number + 1, len(lines))
    end = next((n for n in below if lines[n] and _indent(lines[n]) <= here), number + 1)
    edge = next((n for n in below if lines[n] and _indent(lines[n]) < here), len(lines) - 1)
    run = next((n for n in below if lines[n] and _indent(lines[n]) != here), number + 1)
    for indent in range(0, 13, 2):
        far, behind = abs(indent - here), f"{indent or 'no'} spaces"
        usual = number + 1, end, run, max(first, number + 1)
        ends = range(number + 2, edge + 1) if far == STEP else ()  # any block may have been moved
        whole = (n for n in ends if _indent(lines[n]) <= max(here, indent))
        for last in dict.fromkeys((*usual, *whole)):
            block = lines[number:last]
            moved = [" " * (_indent(one) - here + indent) + one.lstrip() for one in block]
            along = f", and the lines down to {last} move along" * bool(block[1:])
            cure = f"this line should begin with {behind}{along}"
            yield number, moved, cure, False, far + len(block[1:]) / 99
        for meant in _meant(typed):
            cure = f"write this line{f', behind {behind},' * bool(far)} as: {meant}"
            yield number, [" " * indent + meant], cure, True, far


def _meant(typed: str) -> Iterator[str]:
    for pattern, meant in _MEANT:
        if match := re.fullmatch(pattern, typed):
            yield match.expand(meant).rstrip()
    if text := re.fullmatch(r"((?:- )?(?:\w+: )?)(\S.+)", typed):
        yield text[1] + _in_quotes(text[2])


def _in_quotes(text: str) -> str:
    """A text in quotes that YAML reads; a pair that was typed around it, or a lone one, goes."""
    if pair := _PAIR.fullmatch(text):
        text = pair[1]
    elif text[0] == "'":
        text = text[1:]
    elif len(re.findall(r'["“”„]', text)) == 1:
        text = text.strip('"“”„')
    return f"""'{text.replace("'", "''")}'""" if re.search(r'["\\]', text) else f'"{text}"'


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
