"""Reads Markdown as GitHub's Preview shows it: one extension of Python-Markdown.

Lists follow CommonMark: what belongs to an entry is indented as far as the first letter of its
text, or goes on with its paragraph; right below text only a list that begins with 1 may follow.
Material's own forms (!!!, ???, ===, definition lists, footnotes, attributes) stay as they are.
"""

import re
import string
import unicodedata
from collections import Counter
from itertools import pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import SubstituteTagInlineProcessor
from markdown.preprocessors import Preprocessor

_CODE = 4  # a line that is indented as far is code, unless it goes on with a paragraph
_MARK = re.compile(r"( {0,3})([-+*]|(\d{1,9})[.)])(?=( *)(.?))(?: |$)")
_RULE = re.compile(r" {0,3}([-_*])[ ]*(?:\1[ ]*){2,}$")
# What ends a paragraph: a heading, a quote, a row; fenced code and HTML, which are stashed.
_OTHER = re.compile(r" {0,3}(?:#{1,6}(?: |$)|>|\||\x02)")
# Material's forms, whose inside is indented by 4 though the text of the entry stands nearer.
_MATERIAL = re.compile(r" {1,3}(?:!!!|\?\?\?|===|:  )")
_STASHED = re.compile(r" {0,3}\x02wzxhzdk:\d+\x03 *$")  # code and HTML, as Python-Markdown keeps it
_ALIGN = re.compile(r" {0,3}\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?$")
_HEADING = re.compile(r" {1,3}#{1,6} ")
# The five alerts of GitHub; any other [!word] stays a quote, as it does there.
_ALERT = re.compile(r"> *\[!((?i:note|tip|important|warning|caution))]()( *)(?:\n|$)")


class _Mark(NamedTuple):
    """The sign of an entry: a list holds signs of one kind; the text begins at the width."""

    kind: str
    width: int
    number: str | None = None
    is_empty: bool = False


def _mark(line: str) -> _Mark | None:
    found = None if _RULE.match(line) else _MARK.match(line)
    if not found:
        return None
    indent, sign, number, gap, text = found.groups()
    spaces = len(gap) if text and len(gap) <= _CODE else 1  # with more, the entry begins with code
    return _Mark(sign[-1], len(indent + sign) + spaces, number and str(int(number)), not text)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_text(line: str) -> bool:
    """Whether a paragraph may go on below the line."""
    return bool(line.strip()) and not _OTHER.match(line) and not _RULE.match(line)


def _begin(lines: list[str]) -> int | None:
    """The first line that begins a list."""
    in_text = False
    for number, line in enumerate(lines):
        mark = _mark(line)
        if mark and not (in_text and (mark.is_empty or mark.number not in {None, "1"})):
            return number
        in_text = _is_text(line) and (in_text or _indent(line) < _CODE)
    return None


def _read(lines: list[str], above: _Mark | None = None) -> tuple[list[list[str]], int, _Mark]:
    """The entries of the list that the lines begin with, how many lines it takes, its last mark."""
    entries = [["", ""]] if above else []  # the list goes on: what comes first is the mark's above
    last, taken, is_over = above or _Mark("", 0), 0, False
    for number, line in enumerate(lines):
        if not line.strip():
            is_over = is_over or entries[-1] == [""]  # an entry without text ends here
            entries[-1].append("")
            continue
        mark = _mark(line)
        if entries and not is_over and _indent(line) >= last.width:
            entries[-1].append(line[last.width :])
        elif mark and mark.kind == (last.kind or mark.kind):
            last, is_over = mark, False
            entries.append([line[mark.width :]])
        elif not mark and _is_text(line) and _is_text(entries[-1][-1]):
            entries[-1].append(_as_text(line))
        else:
            break
        taken = number + 1
    return entries, taken, last


def _as_text(line: str) -> str:
    """A line that goes on with a paragraph: so far in, a sign that begins something is none."""
    text = line.lstrip(" ")
    return text if _indent(line) < _CODE else re.sub(r"^(\d*)([-+*.)#>])", r"\1\\\2", text)


def _has_gap(entry: list[str]) -> bool:
    """Whether a free line stands between two parts of an entry, and not inside of one of them."""
    inner, above, is_free = None, "", False
    for line in entry:
        mark, code = _mark(line), _CODE if _indent(above) >= _CODE else 99
        if line and _indent(line) < (inner.width if inner else code):  # it is inside of no part
            goes_on = inner and mark and mark.kind == inner.kind
            if is_free and above and not goes_on:
                return True
            inner = mark or (None if is_free else inner)
        is_free, above = not line, line or above
    return False


class Lists(BlockProcessor):
    """Lists, with all that belongs to them."""

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        # Boxes and tabs hand over a part at a time, so that a list may go on: its last mark.
        self._last: dict[Element | None, _Mark] = {}

    def test(self, parent: Element, block: str) -> bool:
        """Called by the parser."""
        return _begin(block.split("\n")) is not None or self._above(parent, block) is not None

    def _above(self, parent: Element, block: str) -> _Mark | None:
        """The last mark of the list above, if the block goes on with it."""
        last = self._last.get(self.lastChild(parent))
        return last if last and _read(block.split("\n"), last)[1] else None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Called by the parser."""
        above = self._above(parent, blocks[0])
        first = blocks[0].split("\n")
        if begin := 0 if above else _begin(first) or 0:
            self.parser.parseBlocks(parent, ["\n".join(first[:begin])])
            blocks[0] = "\n".join(first[begin:])
        entries, last = self._take(blocks, above)
        is_loose = any(not e[-1] for e in entries[:-1] if e[1:]) or any(map(_has_gap, entries))
        if above:
            parts = parent[-1]
            for li in parts:
                _wrap(li, 0, li.text)
                li.text = ""
            self._fill(parts[-1], entries.pop(0), is_loose=True)
        else:
            number = (_mark(first[begin]) or last).number
            start = {} if number in {None, "1"} else {"start": str(number)}
            parts = SubElement(parent, "ul" if number is None else "ol", start)
        self._last[parts] = last
        for entry in entries:
            self._fill(SubElement(parts, "li"), entry, is_loose=is_loose)

    def _take(self, blocks: list[str], above: _Mark | None) -> tuple[list[list[str]], _Mark]:
        """The entries and the last mark of the list that the blocks begin with, taken off them."""
        count = 1
        while True:
            lines = "\n\n".join(blocks[:count]).split("\n")
            entries, taken, last = _read(lines, above)
            if any(lines[taken:]) or count >= len(blocks):
                rest = "\n".join(lines[taken:])
                blocks[:count] = rest.split("\n\n") if rest else []
                return entries, last
            count *= 2

    def _fill(self, li: Element, entry: list[str], *, is_loose: bool) -> None:
        if any(map(_MATERIAL.match, entry[1:])):
            nearest = min(_indent(line) for line in entry[1:] if line)
            entry = [*entry[:1], *(line[nearest:] for line in entry[1:])]
        self.parser.state.set("looselist" if is_loose else "list")
        self.parser.parseBlocks(li, "\n".join(entry).rstrip("\n").split("\n\n"))
        self.parser.state.reset()
        for number, code in reversed(list(enumerate(li, 1))):
            if code.tag == "pre":  # its tail would go with it
                _wrap(li, number, code.tail)
                code.tail = ""


def _wrap(li: Element, place: int, text: str | None) -> None:
    if text and text.strip():
        p = Element("p")
        p.text = text.strip()
        li.insert(place, p)


class Splits(BlockProcessor):
    """A table, code or HTML below text, and a heading a little further in, are their own block."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002  # the parser passes both
        """Called by the parser."""
        return self._place(block.split("\n")) is not None

    def _place(self, lines: list[str]) -> int | None:
        """The first line that begins a block of its own."""
        for number, (line, below) in enumerate(pairwise([*lines, ""])):
            is_head = number and _ALIGN.match(below) and line.count("|") == below.count("|")
            is_below = _indent(line) >= _CODE and number > 1 and _ALIGN.match(lines[1])  # a table
            is_alone = _STASHED.match(line) and len(lines) > 1
            if is_head or is_below or is_alone or _HEADING.match(line):
                return number
        return None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Called by the parser."""
        lines = blocks.pop(0).split("\n")
        if number := self._place(lines) or 0:
            self.parser.parseBlocks(parent, ["\n".join(lines[:number])])
        rest = [re.sub("^ {1,3}(?! )", "", lines[number]), *lines[number + 1 :]]
        own = 1 if _STASHED.match(rest[0]) else len(rest)
        blocks[:0] = ["\n".join(part) for part in (rest[:own], rest[own:]) if part]


class InHtml(Preprocessor):
    """Markdown between HTML tags is read where a free line stands before the closing tag."""

    _TAG = re.compile(
        r"^( {0,3}<(details|div|section|figure|center)\b(?![^>]*\bmarkdown\b)[^>]*)>"
        r"(?=(?:(?!</\2).)*?\n *\n.*?</\2)",
        re.MULTILINE | re.IGNORECASE | re.DOTALL,
    )

    def run(self, lines: list[str]) -> list[str]:
        """Called by the parser."""
        return self._TAG.sub(r'\1 markdown="block">', "\n".join(lines)).split("\n")


class GitHub(Extension):
    """Registers the parts, and takes away what they replace."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        """Called by Python-Markdown, after the extensions that are listed above this one."""
        blocks = md.parser.blockprocessors
        for name in ("indent", "olist", "ulist"):
            blocks.deregister(name)
        blocks["defindent"].ITEM_TYPES, blocks["defindent"].LIST_TYPES = ["dd"], ["dl"]
        blocks["quote"].RE_CALLOUT = _ALERT
        blocks.register(Lists(md.parser), "github_lists", 95)
        blocks.register(Splits(md.parser), "github_splits", 85)
        md.preprocessors.register(InHtml(md), "github_in_html", 22)
        md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "github_break", 181)
        md.ESCAPED_CHARS = list(string.punctuation)
        md.treeprocessors["toc"].slugify = self._anchor
        md.registerExtension(self)

    def reset(self) -> None:
        """Called by Python-Markdown before each page."""
        self._given = Counter[str]()

    def _anchor(self, heading: str, _separator: str) -> str:
        """Letters with their marks, digits, hyphens for spaces; a number where it is taken."""
        words = unicodedata.normalize("NFC", heading).strip().lower().replace(" ", "-")
        kinds = {sign: unicodedata.category(sign) for sign in words} | {"-": "Pc"}
        anchor = "".join(sign for sign in words if re.match("[LM]|Nd|Pc", kinds[sign]))
        self._given[anchor] += 1
        times = self._given[anchor] - 1
        return f"{anchor}-{times}" if times else anchor
