"""Does a broken definition, page or link end the build, with lines to act on, and nothing else?"""

import re

import pytest

from macros.pages.header import line_of
from tests.projects import build, change, source_with


@pytest.fixture
def refused(project):
    """What the build says of docs/ when it refuses, and what GitHub shows beside the lines."""

    def lines() -> tuple[list[str], list[str]]:
        result = build(project, GITHUB_ACTIONS="true")
        said = result.stdout + result.stderr
        assert result.returncode != 0, said
        assert "Traceback" not in said
        assert not list(project.glob("site/**/*.html")), "half of a site could be published"
        every = said.splitlines()
        assert "ERROR   -  fix this first:" in every
        shown = [line for line in every if line.startswith("::")]
        return [line for line in every if line.startswith("docs/")], shown

    return lines


def test_all_problems_of_the_definition_are_named_at_once_and_shown_beside_their_lines(
    project, refused
):
    path = project / "docs/modes.yml"
    (project / "docs/forgotten.md").write_text("# Forgotten\n", encoding="utf-8")
    language = change(path, "  language: ", "  language: x")
    pages = change(path, "  pages:", "  pages:")
    mode = change(path, "  - id:", "  - id:")
    key = change(path, "    meaning:", "    100%,:")
    field = change(path, "field:", "feeld:")
    said, shown = refused()
    lines = [int(line.split(":")[1]) for line in said]
    assert lines == sorted([language, pages, key, mode, field])
    for part in (
        'table.rows[0].feeld: unknown key, did you mean "field"?',
        f'docs/modes.yml:{language}:13: site.language: the theme has no words for "x',
        'site.pages: "forgotten.md" lies in docs/ and is not in the list: add it here or under',
    ):
        assert any(part in line for line in said), part
    assert len(shown) == len(said)
    start = f"::error file=docs/modes.yml,line={key},col=5::modes[0].100%25,: unknown key"
    assert any(line.startswith(start) for line in shown)


def test_all_mistakes_of_all_pages_are_named_at_once_and_shown_beside_their_lines(project, refused):
    page = source_with(project, "{{ requests() }}")
    change(project / "docs/index.md", "title: ", "title: a: ")
    change(page, "description: ", "descripton: ")
    line = change(page, "{{ requests() }}", '{{ reqests() }} {{ name("x") }}')
    said, shown = refused()
    places = ["docs/index.md:2", f"docs/{page.name}:3", *[f"docs/{page.name}:{line}"] * 2]
    assert [line.split(": ")[0] for line in said] == places
    problem = 'unknown macro or variable "reqests", did you mean "requests"?'
    assert f"::error file=docs/{page.name},line={line}::{problem}" in shown
    assert len(shown) == len(said)


def test_a_missing_definition_is_refused(project, refused):
    (project / "docs/modes.yml").unlink()
    assert refused()[0] == [
        "docs/modes.yml:1:1: file not found, it holds the definition of the site"
    ]


def test_a_macro_on_no_page_is_refused(project, refused):
    page = source_with(project, "{{ switches() }}")
    change(source_with(project, "{{ call_outs() }}"), "{{ call_outs() }}", "")
    line = change(page, "{{ switches() }}", "`{{ switches() }}`")
    before, heading, _ = page.read_text(encoding="utf-8").partition("\n## Call")
    near = (before + heading).count("\n") + 1
    said = sorted(refused()[0])
    assert len(said) == 2
    for text, start in zip(
        said,
        (
            f"docs/{page.name}:{near}: no page shows {{{{ call_outs() }}}}",
            f"docs/{page.name}:{line}: {{{{ switches() }}}} stands in a comment or in code",
        ),
        strict=True,
    ):
        assert text.startswith(start)


def test_dead_links_in_markdown_are_named_with_their_lines(project):
    book = source_with(project, "{{ call_outs() }}").name
    links = [
        "nowhere.md",
        f"{book}#no-such-phrase",
        "/nowhere/",
        "#no-such-anchor",
        ".",
        "www.x.example",
    ]
    home = project / "docs/index.md"
    text = home.read_text(encoding="utf-8")
    home.write_text(text + "".join(f"\n[x]({link})\n" for link in links), encoding="utf-8")
    home.write_text(f"{home.read_text(encoding='utf-8')}\n[y](nowhere.md)\n", encoding="utf-8")
    result = build(project, GITHUB_ACTIONS="true")
    assert result.returncode != 0
    again = text.count("\n") + 2 + 2 * len(links)
    assert f"It stands in line {again} as well." in result.stderr
    said, shown = result.stderr.splitlines(), result.stdout.splitlines()
    assert "documentation files. Write https:// before it." in result.stderr
    for number, link in enumerate(links):
        place = text.count("\n") + 2 + 2 * number
        start = f"docs/index.md:{place}: "
        assert any(start in line and link in line for line in said), link
        command = f"::error file=docs/index.md,line={place}::"
        assert any(line.startswith(command) for line in shown), link


# What the build would let through and the published page could not keep.
LOST = {
    '<a href="nowhere/">x</a>': 'the link "nowhere/" leads nowhere',
    '<a href="/phrases/">x</a>': 'the link "/phrases/" leads nowhere',
    '<a href="javascript:x()">x</a>': "a link that runs a script is blocked",
    "![x](https://x.example/x.png)": "https://x.example/x.png is at another host",
    '<p style="background: url(//y.example/y.png)">x</p>': "//y.example/y.png is at another host",
    '<iframe src="x.html"></iframe>': "<iframe> is blocked",
    '<p onclick="x()">x</p>': "onclick is blocked",
    '<p id="call-me-out">x</p>': "the address #call-me-out is taken",
    "[*x*][y]": "[x][y] is no link",
    "[x] (phrases.md)": "[x] (phrases.md) is no link",
    "[x](phrases.md for": "[x](phrases.md is no link",
    "text[^1]": "[^1] is no link",
    '<video src="nowhere.mp4"></video>': 'the link "nowhere.mp4" leads nowhere',
    '<img srcset="no.png 2x" alt="x">': 'the link "no.png" leads nowhere',
    "<script>x()</script>": "<script> is blocked",
    '<img src="nope.png" alt="x">': 'the link "nope.png" leads nowhere',
    '<img srcset="https://s.example/b.png 2x" alt="x">': "https://s.example/b.png is at another",
    '<img src="https:/o.example/o.png" alt="x">': "https:/o.example/o.png is at another host",
    # Its ids are no addresses of the page.
    '<svg><g id="u"/><use id="u" xlink:href="https://u.example/#u"></use></svg>': "/#u is at",
    "<style>@import url(//i.example/i.css);</style>": "//i.example/i.css is at another host",
    '<svg><rect fill="url(https://f.example/f.svg#f)"></rect></svg>': "f.svg#f is at another host",
    '<a href="http://[b/">x</a>': 'the link "http://[b/" leads nowhere',
    "Write to <your name>": "<your> and </your> do not stand in pairs",
    '<p id="__search">x</p>': "the address #__search is the theme's own",
    "```text\nx": "```text has no partner",
    "[x](htp://x.example)": 'the link "htp://x.example" leads nowhere, write http: at its',
    "text</div>": "<div> and </div> do not stand in pairs",
    '<kbd class="x>text</kbd>': "<kbd> and </kbd> do not stand in pairs",
    **{
        f"<{tag}></{tag}>": f"<{tag}> is blocked on the published site, write a link instead"
        for tag in ("frame", "object", "embed", "form", "portal")
    },
    **{
        f'<{tag} id="{tag}"/>': f"<{tag}> is blocked on the published site, remove it"
        for tag in ("base", "meta")
    },
}


def test_what_no_published_page_could_keep_is_named_with_its_line(project, refused):
    home = project / "docs/index.md"
    text = home.read_text(encoding="utf-8")
    home.write_text(text + "".join(f"\n{line}\n" for line in LOST), encoding="utf-8")
    css = "/* url(//x.example/x)\n*/\n@import 'https://x.example/x.css';\n"
    (project / "docs/colors.css").write_text(css, encoding="utf-8")
    said, shown = refused()
    first = "docs/colors.css:3: https://x.example/x.css is at another host, "
    assert said.pop(0).startswith(first)
    assert len(shown) == len(said) + 1 == len(LOST) + 1
    above = text
    for source, message in LOST.items():
        place = f"docs/index.md:{above.count(chr(10)) + 2}: "
        above += f"\n{source}\n"
        assert any(line.startswith(place) and message in line for line in said), message


# What shows as it is typed and may be meant so: the line of it, and what to do about it.
TYPED = {
    "text\n- one\n- two": (2, "a list needs a free line above it"),
    "-one\n-four": (1, 'an entry begins with "- "'),
    "1) five": (1, 'an entry begins with "- "'),
    "\u2022 six": (1, 'an entry begins with "- "'),
    "| a | b |\n| c | d |": (1, "a table needs a free line above it and a line |---|---|"),
    " # Heading": (1, "a heading begins at the margin"),
    "=== Tab\n    text": (1, "check what stands behind it"),
    "text\nand __bold": (2, "it needs a partner"),
    "**half* of it": (1, "it needs a partner"),
    "==marked": (1, "it needs a partner"),
    "very ** bold **": (1, "it needs a partner"),
    "**Before? **After": (1, "it needs a partner"),
    "some `code": (1, "it needs a partner"),
    "[a link](https://x.example){ .jumps": (1, "write it like { .class #name }"),
    ":no-such-emoji:": (1, "there is no emoji of this name"),
    "see https://y.example": (1, "an address becomes a link as <https://"),
    "- fine\n\nmore words\n- [a link](https://x.example)": (4, "a list needs a free line above"),
    "words\n- **bold** [a link](https://x.example)": (2, "a list needs a free line above it"),
    "![x] (x.png)": (1, "a picture is written like"),
}


def test_what_shows_as_it_is_typed_is_noticed_with_its_line_and_published(project):
    home = project / "docs/index.md"
    above = home.read_text(encoding="utf-8")
    above = re.sub("(?m)^title: .*", "title: “A title”", above)
    home.write_text(above + "".join(f"\n{text}\n" for text in TYPED), encoding="utf-8")
    definition = project / "docs/modes.yml"
    text = definition.read_text(encoding="utf-8")
    text = re.sub("(?m)^manager: .*", "manager: „Mike“", text)
    text = re.sub("(?m)^    onus: .*", "    onus: On <b>you</b>", text, count=1)
    definition.write_text(text, encoding="utf-8")
    result = build(project)
    assert result.returncode == 0
    quoted = "[^:]*the quotes around this text are published with it"
    assert re.search(rf"docs/modes.yml:{line_of('manager', text)}:{quoted}", result.stderr)
    tag = "[^:]*<b> is published as it is typed"
    assert re.search(rf"docs/modes.yml:{line_of('    onus', text)}:{tag}", result.stderr)
    assert re.search(rf"docs/index.md:{line_of('title', above)}:{quoted}", result.stderr)
    said = [line for line in result.stderr.splitlines() if "shows as it is typed" in line]
    assert len(said) == len(TYPED)
    for text, (line, cure) in TYPED.items():
        place = f"docs/index.md:{above.count(chr(10)) + 1 + line}: "
        above += f"\n{text}\n"
        assert any(place in line and f"typed: {cure}" in line for line in said), text


def add_pages(project, **pages: str | bytes) -> None:
    """Further pages of the menu, each whole, or a text below a header and a heading."""
    for name, text in pages.items():
        path = project / f"docs/{name}.md"
        whole = text if isinstance(text, bytes) else text.encode()
        path.write_bytes(whole if whole.startswith(b"---") else BEGIN.encode() + whole)
    names = ", ".join(f"{name}.md" for name in pages)
    change(project / "docs/modes.yml", "[index.md", f"[index.md, {names}")


BEGIN = "---\ntitle: x\ndescription: x\n---\n\n# x\n\n"
DEEP = "\n".join("    " * depth + "- x" for depth in range(400))


def test_what_would_end_in_a_traceback_is_named(project, refused):
    odd = {
        "a": BEGIN.replace("---\n", "---\ntemplate: nope.html\n", 1),
        "b": BEGIN.replace("---\n", "---\ntemplate: partials/nav.html\n", 1),
        "c": "[x](http://[z)",
        "d": DEEP,
        "e": "{{ range(10**9) | sum }}",
    }
    add_pages(project, **odd)
    said = sorted(refused()[0])
    wanted = [
        ("a.md:2: the theme has no template", ' "nope.html", remove the line'),
        ("b.md:2: the theme has no template", ' "partials/nav.html", remove the line'),
        ("c.md:8: Markdown cannot read", "check the brackets of the address http://[z"),
        ("d.md:407: Markdown cannot read", "nest it less deep"),
        ("e.md:8: what stands between the braces does not work", ""),
    ]
    assert len(said) == len(wanted)
    for line, (start, end) in zip(said, wanted, strict=True):
        assert line.startswith(f"docs/{start}") and line.endswith(end)


def test_what_would_end_in_one_before_a_page_is_read_is_named(project, refused):
    (project / "site").write_text("x", encoding="utf-8")
    assert refused()[1] == [
        "::error file=site,line=1::a file stands where the site's folder is to be, "
        "rename or remove it"
    ]
    (project / "site").unlink()
    odd = {
        "a": "---\na: &a [x]\nb: *a\ntitle: x\n---\n",
        "b": f"---\na:\nb: {'[' * 2000}{']' * 2000}\ntitle: x\n---\n",
        "c": f"{BEGIN}\n".encode() + b"\xe9",
    }
    add_pages(project, **odd)
    (project / "docs/x.css").write_bytes(b"\n/* \xe9 */")
    (project / "docs/x.png").symlink_to("nowhere.png")
    first, second, *said = refused()[0]
    for name, line in (("a", first), ("b", second)):
        assert line.startswith(f"docs/{name}.md:3: the header repeats another part or is nested")
    assert said == [
        "docs/c.md:9: not UTF-8 text, save the file with the encoding UTF-8",
        "docs/x.css:2: not UTF-8 text, save the file with the encoding UTF-8",
        "docs/x.png:1: is a link that leads to no file, put the file itself here",
    ]


def test_a_page_that_no_build_would_publish_for_its_name_is_named(project, refused):
    page = project / "docs/index.md"
    for name in ("How.MD", "README.md", ".hidden.md", "templates/x.md", "a#b.md"):
        (project / "docs" / name).parent.mkdir(exist_ok=True)
        (project / "docs" / name).write_bytes(page.read_bytes())
    (project / "docs/folder.md").mkdir()
    line = change(
        project / "docs/modes.yml", "phrases.md]", "phrases.md, README.md, .hidden.md, 'a#b.md']"
    )
    said, _ = refused()
    place = f"docs/modes.yml:{line}:"
    assert [message.removeprefix(place).split(", ")[0] for message in said] == [
        '3: site.pages: "README.md" and "index.md" would have one address',
        '3: site.pages: "a#b.md" holds #',
        '3: site.pages: the name of "How.MD" has to end with .md in small letters',
        "44: site.pages[3]: there is no such page in docs/",
    ]


def test_two_pages_of_one_address_are_named(project, refused):
    book = source_with(project, "{{ call_outs() }}")
    twin = project / "docs" / book.stem / "index.md"
    twin.parent.mkdir()
    twin.write_bytes(book.read_bytes())
    path = project / "docs/modes.yml"
    text = path.read_text(encoding="utf-8").replace(book.name, f"{book.name}, {book.stem}/index.md")
    path.write_text(text, encoding="utf-8")
    assert f"docs/{book.stem}/index.md:1: has the address of {book.name}" in refused()[0][0]


def test_a_header_does_not_change_what_the_definition_says(variant):
    site = variant("hostile")
    assert "manager: Nobody\nignore_macros: true\n" in (site.docs / "index.md").read_text("utf-8")
    text = site.pages[0].soup.get_text()
    assert "Nobody" not in text
    assert f"I’m {site.definition['manager']}." in text
