"""Is anything published as it was typed, though more was meant by it? Told as advice, never silent.

What GitHub reads is read here, too. This is what its Preview shows as it is typed, or what only
other programs know. The published text is searched, code left out: no second reader of Markdown.
"""

import re
from collections.abc import Iterator
from copy import copy

from bs4 import Tag

from . import markup
from .expected import read_yaml
from .finding import Problems, advice, excerpt
from .site import Site

LINK = "write [text](page.md), or ![text](picture.png)"
MACROS = (
    "mode_cards comparison_table mode_sections requests calendar_titles switches not_sure "
    "call_outs fields name noun"
).replace(" ", "|")
# What stands in a line of a paragraph, entry or cell, and what to write instead.
SIGNS = {
    r":::+ ?\w.*": "write a box as > [!NOTE], with the sign > before each of its lines",
    r"(?:!!!|\?\?\?\+?|===) ?\"?\w.*": 'put the title in quotes, as in !!! note "Title"',
    rf"\[\[ ?(?:{MACROS})\(.*?\) ?\]\]|(?<![\w.])(?:{MACROS})\(\)": "write it in {{ and }}",
    r"!?\[\[.+?\]\]": LINK,
    r"\([^()]+\)\[[^]\s]+(?:\.\w+|/)(?:#\S*)?\]": LINK,
    r"\$\$.+|\$(?=[^$ ]*[\\^_={])[^$ ](?:[^$]*[^$ ])?\$(?!\d)": "formulas are not drawn, use words",
    r"(?:[·•▪◦●]|[-–*](?=\xa0| {2}))[\xa0 ]+(?P<entry>.*)": 'begin each entry of a list with "- "',
    r"\+[-=]+\+[-=+]*|\+=.*=\+": "convert the table with pandoc -t gfm, or write it with |",
}
TYPED = re.compile("|".join(f"(?P<_{n}>{sign})" for n, sign in enumerate(SIGNS)))
BEGINS = {0, 1, 6, 7}  # those of the signs that begin a line
DIAGRAM = re.compile(
    r"(graph|flowchart) (TB|TD|BT|RL|LR)\b|(sequence|class|state|er)Diagram|(gantt|mindmap)\n"
)
SLOT = re.compile(r"%(?:manager|noun|name|wanted|got)%")
OF_A_LIST = re.compile(r"^[ ]*(?:[-*+]|\d+[.)]) .*", re.MULTILINE)


def lines(tag: Tag) -> Iterator[str]:
    """The text of a block, line by line, without the code in it and the blocks in it."""
    tag = copy(tag)
    for part in tag.select("code, pre, svg, ul, ol, table, p, blockquote, .keys"):
        part.replace_with("\n" if part.name != "code" else "`")
    yield from filter(None, map(str.strip, tag.get_text().split("\n")))


def signs(site: Site) -> Problems:
    for page in site.framed:
        found: dict[str, list[str]] = {}
        for tag in page.select(f"article :is(p, li, td, th, h1, h2, h3, dd):not({markup.PHRASE})"):
            for line in lines(tag):
                for typed in TYPED.finditer(line):
                    number = next(n for n in range(len(SIGNS)) if typed[f"_{n}"])
                    if number not in BEGINS or not typed.start():
                        shown = typed["entry"] or typed[0]
                        found.setdefault([*SIGNS.values()][number], []).append(shown)
        for cure, typed in found.items():
            more = f" and {len(typed) - 1} more of this page" if typed[1:] else ""
            yield advice(page.name, f"“{excerpt(typed[0])}”{more}: shown as typed", cure)


def emphasis(site: Site) -> Problems:
    for page in site.framed:
        for tag in page.select("article :is(em, strong)"):
            around = [str(tag.previous_sibling or "")[-1:], str(tag.next_sibling or "")[:1]]
            if all(map(str.isalnum, around)) and re.search(r"\s", tag.get_text()):
                words = f"“{excerpt(tag.get_text())}” is slanted or bold from within a word"
                yield advice(page.name, words, r"write \* for the sign * itself")


def blocks(site: Site) -> Problems:
    for page in site.framed:
        for code in page.select("article pre"):
            if DIAGRAM.match(code.get_text().strip()):
                first = excerpt(code.get_text().strip().partition("\n")[0])
                message = f"the diagram “{first}” is shown as its source"
                yield advice(page.name, message, "put a picture of it into docs/")
        for heading in page.select("article hr + h2"):
            keys = heading.get_text().split("\n")
            if all(re.match(r"\w+:( |$)", key) for key in keys):
                message = f"“{excerpt(keys[0])}” begins a second header, which is shown"
                yield advice(
                    page.name, message, "move its lines to the one at the top, or delete it"
                )
        rows = [row.get_text() for row in page.select("article hr + p")]
        for first in [row for row in rows if re.match(r"\S+(?: \S+)* {3,}\S", row)][:1]:
            message = f"“{first.partition('   ')[0]}” begins a table of pandoc, shown as lines"
            yield advice(page.name, message, [*SIGNS.values()][7])
        for box in page.select("article .admonition"):
            kinds = [kind for kind in box["class"][1:] if kind not in {"inline", "end"}]
            if box.name == "div" and kinds[1:]:
                message = (
                    f"a box of the kind “{kinds[0]}” has lost its title “{' '.join(kinds[1:])}”"
                )
                yield advice(page.name, message, [*SIGNS.values()][1])


def pictures(site: Site) -> Problems:
    for page in site.framed:
        for picture in page.select("article img[src^='data:']"):
            if re.search(r"\.\.\.$|^[^,]*$", picture["src"]):
                message = f"the picture “{excerpt(picture['src'])}” is cut off"
                yield advice(
                    page.name, message, "put its file into docs/ and write ![text](file.png)"
                )


def definition(site: Site) -> Problems:
    def texts(part: object) -> Iterator[str]:
        if isinstance(part, dict | list):
            for inner in part.values() if isinstance(part, dict) else part:
                yield from texts(inner)
        elif isinstance(part, str):
            yield part

    for text in texts(read_yaml(site.docs / "modes.yml")):  # with its line breaks
        for slot in SLOT.findall(text):
            cure = f"write {{{slot.strip('%')}}}"
            yield advice("docs/modes.yml", f"“{slot}” is shown as typed", cure)
        if "\n" in text.strip() and (entry := OF_A_LIST.search(text)):
            message = (
                f"“{excerpt(entry[0])}”: a text here is one paragraph, a list in it is no list"
            )
            yield advice("docs/modes.yml", message, "write sentences")
