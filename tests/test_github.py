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

from macros.settings import OWN_EXTENSIONS
from tests.projects import ROOT

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


def words(read: list[tuple[str, str]]) -> Counter:
    """The words that the page was made of."""
    text = re.sub(r"</?\w*>", " ", " ".join(words for _, words in read))
    return Counter(word for word in re.findall(r"[^\W\d_]{2,}", text) if word in WORDS)


GAPS = 0.8
WORDS = (
    "tea, rest. week plan (maybe) 3 2026 a_b & co ¿qué? ждать 会议 – it’s “so” #1 3.5 C++ x*y < 6"
)
FORMS = (
    "**{}** *{}* _{}_ `{}` ~~{}~~ [{}](x.md) \\*{}\\* {}\\\nmore {}␣␣\nmore https://example.org/{} "
    "**{}:**␣so ***{}*** <kbd>{}</kbd> 1\\.␣{} 2026.␣{} ![{}](x.png) <me@example.org> {}␣|␣so"
)


def inline(r: Random) -> str:
    form = r.choice(["{}"] * 12 + FORMS.replace("␣", "\0").split())
    words = [word for word in WORDS.split() if "*" not in word or "**" not in form]
    words = " ".join(r.choices(words, k=r.randint(1, 4)))
    return form.replace("\0", " ").format(words)


def paragraph(r: Random) -> list[str]:
    return "\n".join(inline(r) for _ in range(r.randint(1, 3))).split("\n")


def heading(r: Random) -> list[str]:
    if r.random() < 0.3:
        return [*paragraph(r), r.choice(["===", "---", "-"])]
    text = inline(r).split("\n")[0]
    return [
        r.choice(["", "", " ", "   "])
        + "#" * r.randint(1, 7)
        + r.choice([" ", " ", ""])
        + text.replace("https:", "so:")
    ]


def fenced(r: Random) -> list[str]:
    sign, indent = r.choice(["```", "~~~", "````"]), r.choice(["", "", "", "  "])
    code = r.choices(["x = 1", "", "  y", "- no list", "# no heading", "> no quote", "<b>"], k=3)
    end = r.choice([sign] * 14 + [sign + sign, ""])
    info = r.choice(["", "python", " text", "js {1,3}"])
    return [indent + line if line else "" for line in [sign + info, *code, end]]


def table(r: Random) -> list[str]:
    rows = [
        [inline(r).split("\n")[0].replace("|", "-") for _ in "ab"] for _ in range(r.randint(2, 3))
    ]
    lines = [f"| {left} | {right} |" for left, right in rows]
    return [lines[0], r.choice(["|---|---|", "| :-- | --: |"]), *lines[1:]]


def entries(r: Random, depth: int) -> list[str]:
    number, is_loose = r.choice([None, None, 1, 1, 3, 0]), r.random() < 0.3
    sign, lines = r.choice("-*+" if number is None else ".)"), []
    indent, gap = r.choice(["", "", "", " ", "   "]), r.choice([" ", " ", "  ", "   "])
    for place in range(r.randint(1, 4)):
        mark = indent + (sign if number is None else f"{number + place}{sign}") + gap
        own = several(r, depth + 1)
        mark = mark.rstrip() + " " if own[0].startswith(" ") else mark
        if r.random() < 0.2 and own[0][:1].isalpha():
            own[0] = r.choice(["[ ] ", "[x] "]) + own[0]
        further = " " * (len(mark) + r.choice([0, 0, 0, 0, 1]))
        lines += [mark + own[0], *(further + line if line else "" for line in own[1:])]
        lines += [""] * is_loose
    return lines


def quote(r: Random, depth: int) -> list[str]:
    lines = several(r, depth + 1)
    if kind := r.choice(["", "", "[!NOTE]", "[!warning]", "[!OTHER]"]):
        lines = [kind, "so", "", *lines]
    return [f"> {line}" if line else ">" for line in lines]


def details(r: Random, depth: int) -> list[str]:
    return ["<details>", "<summary>More</summary>", "", *several(r, 3), "", "</details>", "", "so"]


def several(r: Random, depth: int = 0) -> list[str]:
    lines = []
    for _ in range(r.randint(1, 2 if depth else 4)):
        kinds = [paragraph] * 4 + [
            heading,
            fenced,
            table,
            lambda _: ["---"],
            *[lambda _: ["    code"]] * (not depth),
        ]
        if depth < 3:
            kinds += [entries] * (3 - depth) + [quote] * (depth < 2) + [details] * (not depth)
        kind = r.choice(kinds)
        lines += kind(r, depth) if kind in (entries, quote, details) else kind(r)
        lines += [""] * (r.random() < GAPS)
    while lines and not lines[-1]:
        lines.pop()
    return lines or ["x"]


def page(r: Random) -> str:
    return "\n".join(several(r))


@settings(max_examples=120, derandomize=True, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_page_is_read_as_github_reads_it(r):
    """Lists with first numbers, what stands in them, quotes, alerts, tables, headings, code."""
    text = "\n\n".join("\n".join(several(r, depth)) for depth in (1, 2)).replace("x*y", "x")
    assert ours(text) == githubs(text), text


def test_a_jumbled_page_is_mostly_read_so_and_loses_no_word():
    """Blocks right below each other, fences that nothing closes, lists four deep: 96 of 100."""
    pages = [page(Random(number)) for number in range(400)]  # noqa: S311  # the same each time
    read = [(ours(text), githubs(text)) for text in pages]
    assert sum(mine == theirs for mine, theirs in read) >= 0.96 * len(pages)
    for text, (mine, theirs) in zip(pages, read, strict=True):
        assert words(mine) == words(theirs), text


@pytest.mark.parametrize("text", ON_PURPOSE.values(), ids=ON_PURPOSE)
def test_what_differs_does_so_on_purpose(text):
    assert ours(text) != githubs(text)


def test_many_lists_take_no_longer_each_than_few():
    def seconds(lists: int) -> float:
        text = "Text:\n- one\n  - two\n\n1. three\n\n" * lists
        begin = time.process_time()
        reader().reset().convert(text)
        return (time.process_time() - begin) / lists

    seconds(10)
    few, many = (min(seconds(lists) for _ in range(3)) for lists in (150, 1500))
    assert many <= 1.5 * few


ANCHORS = {
    "\U0001f3af Values": "-values",
    "Q&A: who, what?": "qa-who-what",
    "Ζωή & τέχνη!": "ζωή--τέχνη",
    "हिन्दी में": "हिन्दी-में",
    "`code` and *more*": "code-and-more",
    "snake_case 2.0": "snake_case-20",
}


@pytest.mark.parametrize(("heading", "anchor"), ANCHORS.items())
def test_an_anchor_is_githubs(heading, anchor):
    html = reader().reset().convert(f"## {heading}\n\n## {heading}\n")
    assert re.findall('id="(.*?)"', html) == [anchor, f"{anchor}-1"]


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
    "| a {id} |\n|---|\n| {x} |": "<th>a {id}</th>",
}


@pytest.mark.parametrize(("text", "shown"), CONVERTED.items())
def test_what_a_converter_writes_is_what_was_meant(text, shown):
    assert shown in reader().reset().convert(text)
