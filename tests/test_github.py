"""Does a page show what GitHub's own reader of Markdown, cmark-gfm, shows?"""

import re
import time
from collections import Counter
from functools import cache
from random import Random

import cmarkgfm
import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from cmarkgfm.cmark import Options
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from mkdocs.config import load_config

from macros.pages.hooks import on_config
from macros.settings import OWN_EXTENSIONS
from tests.helpers.projects import ROOT
from tests.helpers.random_pages import WORDS, page, several

ALERTS = {"note", "tip", "important", "warning", "caution"}
BLOCKS = {"ul", "ol", "li", "p", "pre", "blockquote", "table", "tr", "th", "td", "hr", "details"}
BLOCKS |= {"summary", "div", *(f"h{level}" for level in range(1, 7))}
MARKS = {"strong", "em", "del", "code", "a"}
ON_PURPOSE = {
    "it is Material's box": '!!! note "Title"\n    Text',
    "== marks text, ++ presses keys, {: } holds attributes": "==a== ++ctrl+c++\n{: .wide }",
    "two ~ strike, one is none": "~one~",
    "a table right below an entry is a table": "- a\n| b | c |\n|---|---|\n| d | e |",
    "a converter's backslash is no part of an address": r"https://example.org/a\_b",
    "an address with a blank is an address": "[a](my page.md)",
    "Python-Markdown's own mistake: a * between letters in bold text": "**a b*c**",
}


@cache
def reader() -> Markdown:
    conf = load_config(str(ROOT / "mkdocs.yml"))
    on_config(conf)
    extensions = [*conf.markdown_extensions, *OWN_EXTENSIONS]
    return Markdown(extensions=extensions, extension_configs=conf.mdx_configs)


def ours(text: str) -> list[tuple[str, str]]:
    return blocks(reader().reset().convert(text))


def githubs(text: str) -> list[tuple[str, str]]:
    html = cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE)
    soup = BeautifulSoup(html, "html.parser")
    for box in soup("input"):  # where entries are loose, it stands above the text
        below = box.find_next_sibling(["p", "h1", "h2"])
        if below and not str(box.next_sibling).strip():
            below.insert(0, box)
    for quote in soup("blockquote"):  # GitHub's website makes the alerts
        first = quote.select_one(":scope > p:first-child")
        text = first.find(string=True) if first else ""
        found = re.fullmatch(r"\[!(\w+)\]\n(.*)", text or "", re.DOTALL)
        if found and found[1].lower() in ALERTS:
            quote.name, quote["class"] = "div", [found[1].lower()]
            text.replace_with(found[2])
    return blocks(str(soup))


def blocks(html: str) -> list[tuple[str, str]]:  # noqa: C901  # one walk
    """Each block by the way to it (a list with its first number), with its text and its marks."""
    soup = BeautifulSoup(html, "html.parser")
    for box in soup("input"):
        box.replace_with("[x] " if box.has_attr("checked") else "[ ] ")
    for title in soup.select(".admonition-title"):
        title.decompose()
    found, text = [], []

    def close(way: str) -> None:
        if words := " ".join("".join(text).split()):
            found.append((way, words))
        text.clear()

    def walk(tag: Tag, way: str) -> None:
        for child in tag.children:
            if isinstance(child, NavigableString):
                text.append(child)
            elif child.name in BLOCKS and "highlight" not in child.get("class", []):
                close(way)
                kinds = ALERTS & set(child.get("class", []))
                inner = f"{way}/{child.name}{child.get('start', '')}{''.join(kinds)}"
                found.append((inner, ""))
                if child.name == "pre":
                    code = re.sub(r" +$", "", child.get_text().strip("\n"), flags=re.MULTILINE)
                    text.append(code.replace(" ", "\xb7").replace("\n", "\u23ce "))
                else:
                    walk(child, inner)
                close(inner)
            elif child.name in MARKS:
                text.append(f"<{child.name}>")
                walk(child, way)
                text.append("</>")
            else:
                text.append(" \u23ce " if child.name == "br" else child.get("alt", ""))
                walk(child, way)

    walk(soup, "")
    close("")
    return [(way, words) for way, words in found if words or not way.endswith("/p")]


IN_HTML = [
    "<details><summary>x</summary>\n<p>\n\n*y*\n\n</p>\n</details>",
    "<details>\n    <summary>x</summary>\n\n*y*\n\n</details>",
    "<table>\n  <tr>\n    <td>\n\n*x*\n\n</td>\n</tr>\n</table>",
    "<div>\n<div>x</div>\n\n*y*\n\n</div>",
    "- x\n\n    <details>\n    <summary>y</summary>\n\n    - z\n\n    </details>\n\n- x",
    "1. x\n    <aside>\n\n    **y**\n\n    </aside>\n2. x",
    "- x\n\n      code\n\n    y\n\n    <b>z</b>",
    "- x\n    1. y\n\n       <details>\n       <p>y</p>\n\n       *z*\n\n       </details>\n",
    "- x\n\n    - y\n\n        <details>\n\n        *z*\n\n        </details>\n\n    *x*",
    "<pre>\n    <b>x</b></pre>",
    "    <b>\n        <i>",
]


OF_ALL_SCRIPTS = ["报\uff1ahttps://example.org", "(https://example.org)", "\u06f1. x\n\n\u06f2. y"]


@pytest.mark.parametrize("text", IN_HTML + OF_ALL_SCRIPTS)
def test_html_and_any_script_are_read_as_github_reads_them(text):
    assert ours(text) == githubs(text)


def words(read: list[tuple[str, str]]) -> Counter:
    """The words that the page was made of."""
    text = re.sub(r"</?\w*>", " ", " ".join(words for _, words in read))
    return Counter(word for word in re.findall(r"[^\W\d_]{2,}", text) if word in WORDS)


@settings(max_examples=80, derandomize=True, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_page_is_read_as_github_reads_it(r):
    """Lists with first numbers, what stands in them, quotes, alerts, tables, headings, code."""
    text = "\n\n".join("\n".join(several(r, depth)) for depth in (1, 2)).replace("x*y", "x")
    assert ours(text) == githubs(text), text


def test_a_jumbled_page_is_mostly_read_so_and_loses_no_word():
    """Blocks right below each other, fences that nothing closes, lists four deep: 96 of 100."""
    pages = [page(Random(number)) for number in range(200)]  # noqa: S311  # the same each time
    read = [(ours(text), githubs(text)) for text in pages]
    assert sum(mine == theirs for mine, theirs in read) >= 0.96 * len(pages)
    for text, (mine, theirs) in zip(pages, read, strict=True):
        assert words(mine) == words(theirs), text


@pytest.mark.parametrize("text", ON_PURPOSE.values(), ids=ON_PURPOSE)
def test_what_differs_does_so_on_purpose(text):
    assert ours(text) != githubs(text)


FORMS = ['!!! note "x"', '??? note "x"', '=== "x"', "x\n:   x", "[^1]\n\n[^1]: x"]


@pytest.mark.parametrize("form", FORMS)
def test_a_list_in_a_form_of_materials_is_one_list(form):
    """Though free lines stand between its entries."""
    items = "    - a\n\n    - b\n\n        - c\n\n    - d"
    soup = BeautifulSoup(reader().reset().convert(f"{form}\n\n{items}\n"), "html.parser")
    assert [len(ul.find_all("li", recursive=False)) for ul in soup("ul")] == [3, 1]
    assert not soup("pre")


def test_a_definition_may_begin_with_a_list():
    soup = BeautifulSoup(reader().reset().convert("x\n\n:   - y\n\n        - z\n"), "html.parser")
    assert soup.select_one("dd > ul > li > ul > li").get_text() == "z"


@pytest.mark.parametrize("indent", [2, 4])
def test_a_box_in_an_entry_is_a_box(indent):
    text = f'- x\n\n{" " * indent}!!! note "x"\n{" " * indent}    y\n'
    soup = BeautifulSoup(reader().reset().convert(text), "html.parser")
    assert soup.select_one("li > .admonition > p + p").text == "y"


def test_many_lists_take_no_longer_each_than_few():
    def seconds(lists: int) -> float:
        text = "Text:\n- one\n  - two\n\n1. three\n\n" * lists
        begin = time.process_time()
        reader().reset().convert(text)
        return (time.process_time() - begin) / lists

    seconds(10)
    few, many = (min(seconds(lists) for _ in range(2)) for lists in (100, 800))
    assert many <= 3 * few


ANCHORS = {
    "\U0001f3af Values": "-values",
    "Q&A: who, what?": "qa-who-what",
    "Ζωή & τέχνη!": "ζωή--τέχνη",
    "हिन्दी में": "हिन्दी-में",
    "`code` and *more*": "code-and-more",
    "snake_case 2.0": "snake_case-20",
    ":tada: Party :thumbsup:": "tada-party-thumbsup",
}


@pytest.mark.parametrize(("heading", "anchor"), ANCHORS.items())
def test_an_anchor_is_githubs(heading, anchor):
    html = reader().reset().convert(f"## {heading}\n\n## {heading}\n")
    assert re.findall('id="(.*?)"', html) == [anchor, f"{anchor}-1"]


def test_an_emoji_that_is_typed_as_a_sign_leaves_the_anchor():
    html = reader().reset().convert("## \U0001f680 Goals\n\n:rocket:\n")
    assert 'id="-goals"' in html


# What a converter writes for a Word document, and what is published.
CONVERTED = {
    r"Dana <dana\_doe@example.org>": '<a href="mailto:dana_doe@example.org">dana_doe@example.org<',
    r"dana\_doe@example\.org": '<a href="mailto:dana_doe@example.org">dana_doe@example.org<',
    r"See https://example.org/on\_call.": '<a href="https://example.org/on_call">https',
    r"in \< 5 hours \~ \$5": "in &lt; 5 hours ~ $5",
    '![A](a.png){width="1.0in" height="0.5in"}': '<img alt="A" src="a.png" />',
    "![A](a.png){ width=40 }": '<img alt="A" src="a.png" width="40" />',
    "## The {topic}": "The {topic}</h2>",
    "## Wide { .wide }": 'class="wide"',
    "| a |\n|---|\n| `b \\| c` |": "<code>b | c</code>",
    "| a {id} |\n|---|\n| {x} |": "<th>a {id}</th>",
    "-     code\n  text": "<p>text</p>",
    "````\n```\nx\n````": "```\nx",
    "> [!IMPORTANT]\n> x": "admonition important info",
}


@pytest.mark.parametrize(("text", "shown"), CONVERTED.items())
def test_what_a_converter_writes_is_what_was_meant(text, shown):
    assert shown in reader().reset().convert(text)
