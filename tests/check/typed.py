"""Is anything published as it was typed, though more was meant by it? Told as advice, never silent.

What GitHub reads is read here, too. This is what its Preview shows as it is typed, or what only
other programs know. The published text is searched, code left out: no second reader of Markdown.
"""

import re
from collections.abc import Iterator
from copy import copy
from pathlib import Path

from bs4 import Tag

from . import expected, markup
from .reporting import Problems, advice, excerpt
from .site import Site

CASES = expected.read_yaml(Path(__file__).with_suffix(".yml"))
MACRO = f"(?:{'|'.join([*markup.PARTS, *expected.LISTS, 'fields', 'name', 'noun'])})"
TYPED = re.compile(
    "|".join(f"(?P<_{n}>{sign})" for n, sign in enumerate(CASES["lines"])).replace("MACRO", MACRO)
)
CURES = [*CASES["lines"].values()]
SLOT = re.compile(r"%(?:manager|noun|name|wanted|got)%")
IN_QUOTES = re.compile("[“„”‘‚’«»]([^“„”«»]+)[“”‘’«»]")
OF_A_LIST = re.compile(r"^[ ]*(?:[-*+]|\d+[.)]) .*", re.MULTILINE)


def shown(site: Site) -> Problems:
    """The first of each kind on a page, and how many more there are."""
    for page in site.framed:
        for key in ("title", "description"):
            if quoted := IN_QUOTES.fullmatch(str(site.headers[page.path].get(key))):
                message = f"the quotes around “{excerpt(quoted[1])}” are shown"
                yield advice(page.name, message, "remove them, unless they are meant")
        found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        for message, cure, *quoted in marks(page):
            found.setdefault((message, cure), []).append(tuple(map(excerpt, quoted)))
        for (message, cure), (first, *others) in found.items():
            more = f", and {len(others)} more of this page" if others else ""
            yield advice(page.name, message.format(*first) + more, cure)


def marks(page: markup.Page) -> Iterator[tuple[str, ...]]:
    """What is shown as typed: a message, its cure, and what it quotes."""
    for tag in page.select(f":is(p, li, td, th, h1, h2, h3, dd, summary):not({markup.PHRASE})"):
        for typed in (typed for line in lines(tag) for typed in TYPED.finditer(line)):
            yield (
                "“{}” is shown as typed",
                CURES[int(typed.lastgroup[1:])],
                typed["entry"] or typed[0],
            )
    for selector, (pattern, message, cure) in CASES["tags"].items():
        for tag in page.select(selector):
            if found := re.match(pattern, written(tag)):
                yield message, cure, *found.groups()


def lines(tag: Tag) -> Iterator[str]:
    """The text of a block, line by line, without the code in it and the blocks in it."""
    tag = copy(tag)
    for part in tag.select("code, pre, svg, ul, ol, table, p, blockquote, .keys"):
        part.replace_with("\n" if part.name != "code" else "`")
    yield from filter(None, map(str.strip, tag.get_text().split("\n")))


def written(tag: Tag) -> str:
    """What was written for a tag, as far as the tag still tells it."""
    if tag.name in ("em", "strong"):  # with a sign from either side
        before, after = str(tag.previous_sibling or ""), str(tag.next_sibling or "")
        return f"{before[-1:]}<{tag.get_text()}>{after[:1]}"
    of_attributes = {"img": tag.get("src"), "div": " ".join(tag.get("class", ()))}
    return of_attributes.get(tag.name) or tag.get_text().strip()


def definition(site: Site) -> Problems:
    for text in expected.flat(expected.read_yaml(site.docs / "modes.yml")):  # with its line breaks
        if quoted := IN_QUOTES.fullmatch(text):
            message = f"the quotes around “{excerpt(quoted[1])}” are shown and copied"
            yield advice("docs/modes.yml", message, "remove them, unless they are meant")
        for slot in SLOT.findall(text):
            cure = f"write {{{slot.strip('%')}}}"
            yield advice("docs/modes.yml", f"“{slot}” is shown as typed", cure)
        if "\n" in text and (entry := OF_A_LIST.search(text)):
            message = f"“{excerpt(entry[0])}”: a text is one paragraph, a list in it is no list"
            yield advice("docs/modes.yml", message, "write sentences")
