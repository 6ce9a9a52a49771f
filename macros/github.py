"""Reads Markdown as GitHub's Preview shows it: one extension of Python-Markdown.

As in CommonMark, a page is lines that belong to what is open. What belongs to an entry of a list is
indented as far as the first letter of its text, or goes on with its paragraph; right below text
only a list that begins with 1 may follow. Fenced code ends with its fence, or with what it is in.
Material's own forms (!!!, ???, ===, definition lists, footnotes, attributes) stay as they are.
"""

import posixpath
import re
import string
import unicodedata
from collections import Counter
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import (
    AutolinkInlineProcessor,
    HtmlInlineProcessor,
    InlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

_CODE = 4  # a line that is indented as far is code, unless it goes on with a paragraph
_MARK = re.compile(r"( {0,3})([-+*]|(\d{1,9})[.)])(?=( *)(.?))(?: |$)")
_RULE = re.compile(r" {0,3}([-_*])[ ]*(?:\1[ ]*){2,}$")
# What ends a paragraph: a heading, a quote, a row; fenced code and HTML, which are stashed.
_OTHER = re.compile(r" {0,3}(?:#{1,6}(?: |$)|>|\||\x02)")
# Material's forms, whose inside is indented by 4 though the text of the entry stands nearer.
_MATERIAL = re.compile(r' {1,3}(?:!!!|\?\?\?|===[!+]* "|:  )')
_STASHED = re.compile(r" {0,3}\x02wzxhzdk:\d+\x03 *$")  # code and HTML, as Python-Markdown keeps it
_AFTER_TABLE = re.compile(rf" {{0,3}}(?:#{{1,6}} |>)|{_RULE.pattern}")
_ALIGN = re.compile(r" {0,3}\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?$")
_QUOTE = re.compile(r" {0,3}>(?: {0,3}>)* ?")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+) *$")
_NOTHING = "\ue000"  # the text of an entry that begins with fenced code
_HASHES = re.compile(r"(?:^|\n) {0,3}(?P<level>#{1,6})(?P<header>(?: [^\n]*?)?)(?: +#+)? *(?:\n|$)")
# An address with a backslash in it that is no part of a link in Markdown or HTML.
_ESCAPED = (
    r"""(?<![\w\\/.@+"'=[-])(?<!\]\()(?P<in><)?(?=[^\s<>]*\\)(?P<address>"""
    r"""(?=(?P<web>h|w))(?:https?://|www\\?\.)[^\s<>]*[\w/]|"""
    r"""[\w.+\\-]+@(?:[\w-]+\\?\.)+[\w-]*\w)(?(in)>)"""
)
_TAG = (
    r"""(?i)(<(?:[a-z][a-z\d-]*(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*"""
    r"""\s*/?|/[a-z][a-z\d-]*\s*|!--.*?--|\?.*?\?)>)"""
)
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


def _goes_on(line: str) -> bool:
    """Whether a paragraph may go on below the line, or within the quote that it is of."""
    quote = _QUOTE.match(line)
    return _is_text(line[quote.end() :] if quote else line)


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
        elif not mark and _is_text(line) and _goes_on(entries[-1][-1]):
            entries[-1].append(_as_text(line))
        else:
            break
        taken = number + 1
    return entries, taken, last


def _as_text(line: str) -> str:
    """A line that goes on with a paragraph: so far in, a sign that begins something is none."""
    text = line.lstrip(" ")
    if _UNDERLINE.match(line):
        return f"\\{text}"
    return text if _indent(line) < _CODE else re.sub(r"^(\d*)([-+*.)#>])", r"\1\\\2", text)


def _has_gap(entry: list[str]) -> bool:
    """Whether a free line stands between two parts of an entry, and not inside of one of them.

    As in cmark, one below a line across the page does not count.
    """
    inner, above, is_free, is_rule = None, "", False, False
    for line in entry:
        mark, code = _mark(line), _CODE if _indent(above) >= _CODE else 99
        if line and _indent(line) < (inner.width if inner else code):  # it is inside of no part
            goes_on = inner and mark and mark.kind == inner.kind
            if is_free and above and not goes_on and not is_rule:
                return True
            inner = mark or (None if is_free else inner)
            is_rule = bool(_RULE.match(line)) and (is_free or not _is_text(above))
        is_free, above = not line, line or above
    return False


class Lists(BlockProcessor):
    """Lists, with all that belongs to them."""

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        # Boxes and tabs hand over a part at a time, so that a list may go on: its last mark.
        self._last: dict[Element | None, _Mark] = {}

    def test(self, parent: Element, block: str) -> bool:
        return _begin(block.split("\n")) is not None or self._above(parent, block) is not None

    def _above(self, parent: Element, block: str) -> _Mark | None:
        """The last mark of the list above, if the block goes on with it."""
        last = self._last.get(self.lastChild(parent))
        return last if last and _read(block.split("\n"), last)[1] else None

    def run(self, parent: Element, blocks: list[str]) -> None:
        above = self._above(parent, blocks[0])
        first = blocks[0].split("\n")
        if begin := 0 if above else _begin(first) or 0:
            self.parser.parseBlocks(parent, ["\n".join(first[:begin])])
            blocks[0] = "\n".join(first[begin:])
        entries, last = self._take(blocks, above)
        # A free line below an entry stands between it and the next.
        gaps = ([*entry, "x"] if entry[1:] and not entry[-1] else entry for entry in entries[:-1])
        is_loose = any(map(_has_gap, [*gaps, entries[-1]]))
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
        entry = ["" if entry[0] == _NOTHING else entry[0], *entry[1:]]
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
        return self._place(block.split("\n")) is not None

    def _place(self, lines: list[str]) -> int | None:
        """The first line that begins a block of its own."""
        is_table = len(lines) > 1 and _ALIGN.match(lines[1])
        for number, (line, below) in enumerate(pairwise([*lines, ""])):
            is_row = _ALIGN.match(below) and line.count("|") == below.count("|")
            is_over = number > 1 and (_indent(line) >= _CODE or _AFTER_TABLE.match(line))
            is_alone = _STASHED.match(line) and len(lines) > 1
            if is_alone or (is_over if is_table else number and is_row):
                return number
            if _QUOTE.match(line) and below and not _QUOTE.match(below) and not _goes_on(line):
                return number + 1
        return None

    def run(self, parent: Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).split("\n")
        if number := self._place(lines) or 0:
            self.parser.parseBlocks(parent, ["\n".join(lines[:number])])
        rest = [re.sub("^ {1,3}(?! )", "", lines[number]), *lines[number + 1 :]]
        own = 1 if _STASHED.match(rest[0]) else len(rest)
        blocks[:0] = ["\n".join(part) for part in (rest[:own], rest[own:]) if part]


class Underlined(BlockProcessor):
    """A heading of all the lines of a paragraph, with a line of = or - below it."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002  # the parser passes both
        return self._place(block.split("\n")) > 0

    def _place(self, lines: list[str]) -> int:
        """The line below the heading; 0 where there is none."""
        for number, line in enumerate(lines):
            if not _is_text(line) or (number and _UNDERLINE.match(line)):
                return number if _UNDERLINE.match(line) else 0
        return 0

    def run(self, parent: Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).split("\n")
        number = self._place(lines)
        heading = SubElement(parent, "h1" if "=" in lines[number] else "h2")
        heading.text = "\n".join(line.lstrip() for line in lines[:number]).rstrip()
        if rest := "\n".join(lines[number + 1 :]):
            blocks.insert(0, rest)


class Fences(Preprocessor):
    """Writes fenced code so that superfences reads it as CommonMark does.

    It may stand a little further in, begin an entry, end with more signs than it began with, or be
    left open: then it goes on to the end of its entry, its quote, or the page.
    """

    _OPEN = re.compile(
        r"((?: *> ?)*)(?P<indent> *)((?:(?:[-+*]|\d{1,9}[.)]) {1,4})*)((?:> ?)*)"
        r"(`{3,}(?=[^`]*$)|~{3,})(.*)"
    )
    # What superfences takes behind the first fence; of anything else the language is kept.
    _INFO = re.compile(
        r" *\.?[\w#.+-]*(?: +(?:title|hl_lines|linenums)=\"[^\"]*\")*(?: *\{ *[.#].*\})? *$"
    )

    def run(self, lines: list[str]) -> list[str]:
        done, number, above = list[str](), 0, ""
        entries: list[int] = []  # how far in the text of the entries begins that a line may be in
        while number < len(lines):
            line = lines[number]
            within = [width for width in entries if width <= _indent(line)]
            entry = max([0, *within])
            opening = self._OPEN.fullmatch(line)
            if opening or _mark(line[entry:]) or (line and not above):
                entries = within
            number, above = number + 1, line
            if opening and len(opening["indent"]) - entry < _CODE:
                code, number = self._code(lines, number, opening, entry)
                done += code
            else:
                done.append(line)
            while mark := _mark(line[entry:]):
                entries.append(entry := entry + mark.width)
        return done

    def _code(
        self, lines: list[str], number: int, opening: re.Match[str], entry: int
    ) -> tuple[list[str], int]:
        """Fenced code whose text begins with a line of this number, and the line behind it."""
        quote, indent, marks, inner, fence, info = opening.groups()
        place = len(indent + marks)
        first = [f"{quote}{indent}{marks}{_NOTHING}"] if marks else []
        inside = place if quote or marks else entry
        if inner:
            quote, place, inside = quote + " " * place + inner, 0, 0
        above = quote + " " * (place if inside else 0)
        language = info if self._INFO.match(info) else (re.match(r" *([\w#.+-]*)", info) or [""])[0]
        within = re.compile(rf"(?: *> ?){{{quote.count('>')}}}(?= {{{inside}}}| *$)")
        last = re.compile(rf" {{0,3}}{fence[0]}{{{len(fence)},}} *$")
        code = [*first, f"{above}{fence}{language}"]
        while number < len(lines) and (found := within.match(lines[number])):
            text = lines[number][found.end() :]
            text = text[min(_indent(text), place) :]
            number += 1
            if last.match(text):
                return [*code, above + fence], number
            code.append(above + text if text else above.rstrip())
        return [*code, above + fence], number


class InHtml(Preprocessor):
    """Markdown between HTML tags is read where a free line stands before the closing tag."""

    _TAG = re.compile(
        r"^( {0,3}<(details|div|section|figure|center)\b(?![^>]*\bmarkdown\b)[^>]*)>"
        r"(?=(?:(?!</\2).)*?\n *\n.*?</\2)",
        re.MULTILINE | re.IGNORECASE | re.DOTALL,
    )

    def run(self, lines: list[str]) -> list[str]:
        return self._TAG.sub(r'\1 markdown="block">', "\n".join(lines)).split("\n")


class Addresses(InlineProcessor):
    """A bare address, or one in < >, in which a converter escaped signs: all of it is the link."""

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # noqa: ARG002, N802  # its name
        text = re.sub(r"\\([^A-Za-z0-9\s])", r"\1", m["address"])
        link = Element("a", href={"h": text, "w": f"http://{text}"}.get(m["web"], f"mailto:{text}"))
        link.text = AtomicString(text)
        return link, m.start(), m.end()


class Pictures(Treeprocessor):
    """A picture as HTML gets the address that one in Markdown gets, and none a size in inches.

    Browsers take width="1.0in", which pandoc writes, for a pixel.
    """

    _ADDRESS = re.compile(r"""(<(?:img\b[^>]*?\bsrc|a\b[^>]*?\bhref)=["'])([^"':#?]+)""")

    def run(self, root: Element) -> None:
        for picture in root.iter("img"):
            for side in ("width", "height"):
                if not re.fullmatch(r"[\d.]+(px|%)?", picture.get(side, "1")):
                    del picture.attrib[side]
        if "relpath" in self.md.treeprocessors:  # that of MkDocs
            stashed = self.md.htmlStash.rawHtmlBlocks
            for number, html in enumerate(stashed):
                if isinstance(html, str):
                    stashed[number] = self._ADDRESS.sub(self._published, html)

    def _published(self, found: re.Match[str]) -> str:
        engine, address = self.md.treeprocessors["relpath"], unquote(found[2])
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(engine.file.src_uri), address))
        is_there = engine.files.get_file_from_path(beside)
        return found[1] + (engine.path_to_url(found[2]) if is_there else found[2])


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
        blocks.register(Underlined(md.parser), "setextheader", 60)
        blocks["hashheader"].RE = _HASHES
        blocks["hr"].SEARCH_RE = re.compile(f"^{_RULE.pattern}", re.MULTILINE)
        reference = blocks["reference"]
        reference.RE = re.compile(rf"\A{reference.RE.pattern}", re.MULTILINE)
        md.preprocessors.register(InHtml(md), "github_in_html", 22)
        md.preprocessors.register(Fences(md), "github_fences", 26)
        md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "github_break", 181)
        md.inlinePatterns.register(Addresses(_ESCAPED), "github_addresses", 185)
        md.inlinePatterns.register(HtmlInlineProcessor(_TAG, md), "html", 90)
        md.inlinePatterns.register(
            AutolinkInlineProcessor(r"<([A-Za-z][A-Za-z\d+.-]+:[^\s<>]*)>", md), "autolink", 120
        )
        for name in ("reference", "image_reference"):  # no space before the second bracket
            md.inlinePatterns[name].RE_LINK = re.compile(r"\[([^\]]*)\]")
        md.treeprocessors.register(Pictures(md), "github_pictures", 1)
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
