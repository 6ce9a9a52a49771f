"""Tables, headings, quotes, and HTML with Markdown in it."""

import re
from collections.abc import Callable
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from .lines import CODE, QUOTE, RULE, STASHED, UNDERLINE, goes_on, indent, is_text

_ALIGN = re.compile(r" {0,3}\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?$")
_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_AFTER_TABLE = re.compile(rf" {{0,3}}(?:#{{1,6}} |>)|{RULE.pattern}")
# A heading, which may stand a little further in.
HASHES = re.compile(r"(?:^|\n) {0,3}(?P<level>#{1,6})(?P<header>(?: [^\n]*?)?)(?: +#+)? *(?:\n|$)")
# The five alerts of GitHub; any other [!word] stays a quote, as it does there.
ALERT = re.compile(r" {0,3}> *\[!((?i:note|tip|important|warning|caution))]()( *)(?:\n|$)")


class Splits(BlockProcessor):
    """Makes blocks of their own of a table, code or HTML below text, and of what ends a table."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002  # the parser passes both
        return self._place(block.split("\n")) is not None

    def _place(self, lines: list[str]) -> int | None:
        """The first line that begins a block of its own."""
        is_table = len(lines) > 1 and _ALIGN.match(lines[1])
        for number, (line, below) in enumerate(pairwise([*lines, ""])):
            is_head = number and _ALIGN.match(below)
            is_over = number > 1 and (indent(line) >= CODE or _AFTER_TABLE.match(line))
            if (is_over if is_table else is_head) or (lines[1:] and STASHED.match(line)):
                return number
            if QUOTE.match(line) and below and not QUOTE.match(below) and not goes_on(line):
                return number + 1
        return None

    def run(self, parent: Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).split("\n")
        if number := self._place(lines) or 0:
            self.parser.parseBlocks(parent, ["\n".join(lines[:number])])
        rest = lines[number:]
        own = 1 if STASHED.match(rest[0]) else len(rest)
        blocks[:0] = ["\n".join(part) for part in (rest[:own], rest[own:]) if part]


def keep_pipes(split: Callable[[str], list[str]]) -> Callable[[str], list[str]]:
    """The cells of a row, as `split` gives them, without the backslash of a | in code."""
    return lambda row: [
        _SPAN.sub(lambda code: code[0].replace("\\|", "|"), cell) for cell in split(row)
    ]


class Underlined(BlockProcessor):
    """A heading of all the lines of a paragraph, with a line of = or - below it."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002  # the parser passes both
        return self._place(block.split("\n")) > 0

    def _place(self, lines: list[str]) -> int:
        """The line below the heading; 0 where there is none."""
        for number, line in enumerate(lines):
            if number and UNDERLINE.match(line):
                return number
            if not is_text(line):
                break
        return 0

    def run(self, parent: Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).split("\n")
        number = self._place(lines)
        heading = SubElement(parent, "h1" if "=" in lines[number] else "h2")
        heading.text = "\n".join(line.lstrip() for line in lines[:number]).rstrip()
        if rest := "\n".join(lines[number + 1 :]):
            blocks.insert(0, rest)


class InHtml(Preprocessor):
    """Markdown between HTML tags is read where a free line stands before the closing tag."""

    _TAG = re.compile(
        r"(?ims)^( {0,3}<(details|div|section|article|aside|blockquote|figure|center|p|table|thead"
        r"|tbody|tr|t[dh])\b(?![^>]*\bmarkdown\b)[^>]*)>"
        r"(?=(?:(?:(?!</?\2\b).)*<\2\b(?:(?!</?\2\b).)*</\2>)*(?>(?:(?!</\2\b).)*?\n *\n).*?</\2\b)"
    )

    def run(self, lines: list[str]) -> list[str]:
        for number, line in enumerate(lines[1:], 1):  # a tag right below another is no code
            if line.lstrip().startswith("<") and re.match(" {0,3}<(?!pre)", lines[number - 1]):
                lines[number] = line.lstrip()
        return self._TAG.sub(r'\1 markdown="block">', "\n".join(lines)).split("\n")


class Boxes(Treeprocessor):
    """Gives boxes titles in the page's language, and a look to the two that the theme lacks."""

    def __init__(self, md: Markdown, titles: dict[str, str]) -> None:
        super().__init__(md)
        self._titles = titles

    def run(self, root: Element) -> None:
        for box in root.iter("div"):
            name, *kinds = box.get("class", "").split()[:2] or [""]
            if name == "admonition" and kinds:
                if len(box) and box[0].text == kinds[0].title():
                    box[0].text = self._titles.get(kinds[0], box[0].text)
                if look := {"important": "info", "caution": "danger"}.get(kinds[0]):
                    box.set("class", f"{box.get('class')} {look}")
