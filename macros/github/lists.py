"""Lists.

What belongs to an entry is indented as far as the first letter of its text, or goes on with its
paragraph. Right below text only a list that begins with 1 may follow.
"""

import re
from collections.abc import Iterable
from itertools import takewhile
from xml.etree.ElementTree import Element, SubElement

from markdown.blockprocessors import BlockProcessor

from .lines import CODE, RULE, Mark, goes_on, indent, is_text, mark_of

NO_TEXT = "\ue000"  # stands for the text of an entry that begins with fenced code
_BOX = r'(?:!!!|\?\?\?|===[!+]* ")'
_IS_BOX = re.compile(f"^{_BOX}", re.MULTILINE)
_IS_DEFINITION = re.compile("^: {3}", re.MULTILINE)
# Material's forms, whose inside is indented by 4 though the text of the entry stands nearer.
_MATERIAL = re.compile(f" {{1,3}}(?:{_BOX}|:  )")
_TAG = re.compile(" {0,3}</?[a-zA-Z]")


class Lists(BlockProcessor):
    """Makes lists of lines, and reads what is in each entry as a page of its own."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002  # the parser passes both
        return _begin(block.split("\n")) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        lines = blocks[0].split("\n")
        if begin := _begin(lines) or 0:
            self.parser.parseBlocks(parent, ["\n".join(lines[:begin])])
            blocks[0] = "\n".join(lines[begin:])
        entries = _take(blocks)
        # A free line below an entry stands between it and the next.
        gaps = ([*entry, "x"] if entry[1:] and not entry[-1] else entry for entry in entries[:-1])
        is_loose = any(map(_has_gap, [*gaps, entries[-1]]))
        mark = mark_of(lines[begin])
        number = mark and mark.number
        start = {} if number in {None, "1"} else {"start": str(number)}
        element = SubElement(parent, "ol" if number else "ul", start)
        for entry in entries:
            self._fill(SubElement(element, "li"), entry, is_loose=is_loose)

    def _fill(self, li: Element, entry: list[str], *, is_loose: bool) -> None:
        first, *below = entry
        if any(map(_MATERIAL.match, below)):
            nearest = min(indent(line) for line in below if line)
            below = [line[nearest:] for line in below]
        lines = ["" if first == NO_TEXT else first, *below]
        tag = next((number for number, line in enumerate(lines) if _TAG.match(line)), None)
        if tag is not None:  # it stood too far in to be seen before
            far = 0 if any(map(mark_of, lines[:tag])) else indent(lines[tag])
            lines[tag:] = [line[min(far, indent(line)) :] for line in lines[tag:]]
            for name in ("github_in_html", "html_block"):
                lines = self.parser.md.preprocessors[name].run(lines)
        text = "\n".join(lines)
        # In a tight entry, text below code would be lost.
        is_loose = is_loose or indent(first) >= CODE
        self.parser.state.set("looselist" if is_loose else "list")
        self.parser.parseChunk(li, text.rstrip("\n"))
        self.parser.state.reset()


class WholeBoxes(BlockProcessor):
    """Hands a box, a tab or a definition over as a whole, so that lists in it may go on."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002  # the parser passes both
        return bool(_IS_BOX.search(block) or _IS_DEFINITION.search(block))

    def run(self, parent: Element, blocks: list[str]) -> bool:  # noqa: ARG002  # it makes no element
        inside = [*takewhile(lambda block: indent(block) >= CODE, blocks[1:])]
        whole = [blocks[0], *inside]
        begins_with_list = re.search(r"^: {3}(?=[-+*] |\d+[.)] )", blocks[0], re.MULTILINE)
        is_whole = _IS_BOX.search(blocks[0]) or begins_with_list
        parts = [whole] if is_whole else [whole[:1], inside]
        blocks[: len(whole)] = ["\n\n".join(part) for part in parts if part]
        if begins_with_list:  # a line of spaces, since def_list takes an empty one for the end
            blocks[0] = blocks[0].replace("\n\n", "\n    \n", 1)
        return False


def _begin(lines: list[str]) -> int | None:
    """The first line that begins a list."""
    in_text = False
    for number, line in enumerate(lines):
        mark = mark_of(line)
        if mark and not (in_text and (mark.is_empty or mark.number not in {None, "1"})):
            return number
        in_text = is_text(line) and (in_text or indent(line) < CODE)
    return None


def _take(blocks: list[str]) -> list[list[str]]:
    """The entries of the list that the blocks begin with, taken off them."""
    entries, count = _read(line for block in blocks for line in (*block.split("\n"), ""))
    while count > 0:
        first = blocks.pop(0).split("\n")
        if first[count:]:
            blocks.insert(0, "\n".join(first[count:]))
        count -= len(first) + 1
    return entries


def _read(lines: Iterable[str]) -> tuple[list[list[str]], int]:
    """The entries of the list that the lines begin with, and how many lines it takes."""
    entries: list[list[str]] = []
    last, taken = Mark("", 0), 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            entries[-1].append("")
            continue
        mark = mark_of(line)
        if entries and indent(line) >= last.width:
            entries[-1].append(line[last.width :])
        elif mark and mark.kind == (last.kind or mark.kind):
            last = mark
            entries.append([line[mark.width :]])
        elif not mark and is_text(line) and goes_on(entries[-1][-1]):
            entries[-1].append(line.lstrip(" "))
        else:
            break
        taken = number
    return entries, taken


def _has_gap(entry: list[str]) -> bool:
    """Whether a free line stands between two parts of an entry, and not inside of one of them.

    As in cmark, one below a line across the page does not count.
    """
    inner, above, is_free, is_rule = None, "", False, False
    for line in entry:
        mark = mark_of(line)
        if line and indent(line) < (inner.width if inner else 99):  # it is inside of no part
            is_next = inner and mark and mark.kind == inner.kind
            if is_free and not is_next and not is_rule:
                return True
            inner = mark or inner
            is_rule = bool(RULE.match(line)) and (is_free or not is_text(above))
        is_free, above = not line, line or above
    return False
