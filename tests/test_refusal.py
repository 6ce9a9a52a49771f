"""Does a broken definition, page or link end the build, with lines to act on, and nothing else?"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from macros.pages.header import line_of
from tests.check.expected import read_yaml
from tests.projects import ROOT, build, change, source_with, write_files

BELOW_HOME = read_yaml(ROOT / "tests/cases/home.yml")
BEGIN = "---\ntitle: x\ndescription: x\n---\n\n# x\n\n"
# Would end in a traceback or never, or write over another page.
ODD_PAGES = {
    "template.md": BEGIN.replace("title", "template: nope.html\ntitle"),
    "partial.md": BEGIN.replace("title", "template: partials/nav.html\ntitle"),
    "address.md": f"{BEGIN}[x](http://[z)",
    "deep.md": f"{BEGIN}- x\n\n{'- ' * 1000}x",
    "numbers.md": f"{BEGIN}- x\n\n{'1. ' * 1000}x",
    "endless.md": f"{BEGIN}{{{{ range(10**9) | sum }}}}",
    "blocks.md": f"{BEGIN}<script></script>\n\n{{% if manager %}}",
    "control.md": f"---\ntitle: x\na: {'-' * 20}\a\n---\n",
    "phrases/index.md": BEGIN,
}
# Before a page is read.
ODD_FILES = {
    "a.md": "---\na: &a [x]\nb: *a\ntitle: x\n---\n",
    "b.md": f"---\na:\nb: {'[' * 2000}{']' * 2000}\ntitle: x\n---\n",
    "c.md": f"{BEGIN}\n".encode() + b"\xe9",
    "x.css": b"\n/* \xe9 */",
}


@pytest.fixture
def refused(project) -> Callable[[], list[str]]:
    """What the build says when it refuses; GitHub shows the same beside each line."""

    def lines() -> list[str]:
        result = build(project, GITHUB_ACTIONS="true")
        assert result.returncode != 0, result.stderr
        assert "Traceback" not in result.stdout + result.stderr
        assert not list(project.glob("site/**/*.html")), "half of a site could be published"
        said = result.stderr.partition("ERROR   -  fix this first:\n")[2].strip().split("\n")
        shown = [line for line in result.stdout.splitlines() if line.startswith("::")]
        assert shown == list(map(annotation, said))
        return said

    return lines


def annotation(problem: str) -> str:
    """GitHub's command for a problem: its place, and a text in which % is written as %25."""
    file, line, column, message = re.fullmatch(r"(.+?):(\d+)(?::(\d+))?: (.*)", problem).groups()
    place = f"file={file},line={line}" + (f",col={column}" if column else "")
    return f"::error {place}::{message.replace('%', '%25')}"


def assert_named(said: list[str], wanted: list[tuple[str, ...]]) -> None:
    """Each place in docs/ is named, with words that say what is wrong there, and no other."""
    for place, *words in wanted:
        parts = [f"docs/{place}: ", *words]
        assert any(all(part in line for part in parts) for line in said), parts
    assert sum("docs/" in line for line in said) == len(wanted)


def add_pages(project: Path, files: dict[str, str | bytes]) -> None:
    """Files of docs/; pages are put into the menu."""
    write_files(project / "docs", files)
    names = ", ".join(name for name in files if name.endswith(".md"))
    change(project / "docs/modes.yml", "[index.md", f"[index.md, {names}")


def write_below(page: Path, texts: Iterable[str]) -> list[int]:
    """Write each text at the end of a page, on a line of its own; gives these lines."""
    lines = []
    for text in texts:
        above = page.read_text(encoding="utf-8")
        page.write_text(f"{above}\n{text}\n", encoding="utf-8")
        lines.append(above.count("\n") + 2)
    return lines


def set_text(path: Path, key: str, text: str) -> int:
    """Give the first such key of a file another text; gives its line."""
    whole = path.read_text(encoding="utf-8")
    path.write_text(re.sub(f"(?m)^{key}: .*", f"{key}: {text}", whole, count=1), encoding="utf-8")
    return line_of(key, whole)


def test_all_problems_of_the_definition_are_named_at_once_in_their_order(project, refused):
    names = ("forgotten.md", "How.MD", "README.md", ".hidden.md", "templates/x.md", "a#b.md")
    write_files(project / "docs", dict.fromkeys(names, BEGIN))
    (project / "docs/folder.md").mkdir()
    path = project / "docs/modes.yml"
    language = change(path, "  language: ", "  language: x")
    pages = change(path, "phrases.md]", "phrases.md, README.md, .hidden.md, 'a#b.md']")
    mode = change(path, "  - id:", "  - id:")
    key = change(path, "    meaning:", "    100%,:")
    field = change(path, "field:", "feeld:")
    wanted = [
        (f"{language}:13", 'site.language: the theme has no words for "x'),
        (f"{pages}:3", 'site.pages: "README.md" and "index.md" would have one address'),
        (f"{pages}:3", 'site.pages: "a#b.md" holds #'),
        (f"{pages}:3", 'site.pages: "forgotten.md" lies in docs/ and is not in the list: add it'),
        (f"{pages}:3", 'site.pages: the name of "How.MD" has to end with .md in small letters'),
        (f"{pages}:44", "site.pages[3]: there is no such page in docs/"),
        (f"{mode}:5", "modes[0].meaning: missing"),
        (f"{key}:5", "modes[0].100%,: unknown key"),
        (f"{field}:7", 'table.rows[0].feeld: unknown key, did you mean "field"?'),
    ]
    said = refused()
    assert len(said) == len(wanted)
    for line, (place, words) in zip(said, wanted, strict=True):
        assert line.startswith(f"docs/modes.yml:{place}: {words}")


def test_all_mistakes_of_all_pages_are_named_at_once(project, refused):
    home, book = project / "docs/index.md", source_with(project, "{{ requests() }}")
    change(home, "title: ", "title: a: ")
    change(book, "description: ", "descripton: ")
    line = change(book, "{{ requests() }}", '{{ reqests() }} {{ name("x") }}')
    texts = BELOW_HOME["refused"]
    lines = write_below(home, texts)
    css = "/* url(//x.example/x)\n*/\n@import 'https://x.example/x.css';\n"
    add_pages(project, {**ODD_PAGES, "colors.css": css})
    wanted = [
        ("index.md:2", "the header: this cannot be read"),
        (f"{book.name}:3", 'write "description" in place of "descripton"'),
        (f"{book.name}:{line}", 'unknown macro or variable "reqests", did you mean "requests"?'),
        (f"{book.name}:{line}", 'unknown mode id "x"'),
        ("template.md:2", 'the theme has no template "nope.html", remove the line'),
        ("partial.md:2", 'the theme has no template "partials/nav.html", remove the line'),
        ("address.md:8", "Markdown cannot read this (", "), check the brackets of the address"),
        ("deep.md:10", "Markdown cannot read this (", "), nest it less deep"),
        ("numbers.md:10", "Markdown cannot read this (", "), nest it less deep"),
        ("blocks.md:8", "<script> is blocked"),
        ("blocks.md:10", "{% if … %} has no end"),
        ("control.md:3", "has an invisible control character (U+0007) in column 24, remove it"),
        ("endless.md:8", "what stands between the braces does not work"),
        ("phrases/index.md:1", f"has the address of {book.name}"),
        ("colors.css:3", "https://x.example/x.css is at another host, "),
        *((f"index.md:{line}", words) for line, words in zip(lines, texts.values(), strict=True)),
    ]
    said = refused()
    assert_named(said, wanted)
    first = [f"docs/{place}" for place, *_ in wanted[:4]]
    assert [line.split(": ")[0] for line in said if line.split(": ")[0] in first] == first


def test_what_nothing_could_be_built_from_or_written_to_is_named(project, refused):
    definition = (project / "docs/modes.yml").rename(project / "modes.yml")
    assert refused() == ["docs/modes.yml:1:1: file not found, it holds the definition of the site"]
    definition.rename(project / "docs/modes.yml")
    write_files(project, {"site": "x"})
    cure = "rename or remove it"
    assert refused() == [f"site:1: a file stands where the site's folder is to be, {cure}"]


def test_what_cannot_be_read_is_named(project, refused):
    add_pages(project, ODD_FILES)
    (project / "docs/x.png").symlink_to("nowhere.png")
    wanted = [
        ("a.md:3", "the header repeats another part or is nested"),
        ("b.md:3", "the header repeats another part or is nested"),
        ("c.md:9", "not UTF-8 text, save the file with the encoding UTF-8"),
        ("x.css:2", "not UTF-8 text, save the file with the encoding UTF-8"),
        ("x.png:1", "is a link that leads to no file, put the file itself here"),
    ]
    assert_named(refused(), wanted)


def test_a_macro_on_no_page_is_refused(project, refused):
    page = source_with(project, "{{ switches() }}")
    change(source_with(project, "{{ call_outs() }}"), "{{ call_outs() }}", "")
    line = change(page, "{{ switches() }}", "`{{ switches() }}`")
    near = change(page, "\n## Call", "\n## Call") + 1
    wanted = [
        (f"{page.name}:{near}", "no page shows {{ call_outs() }}"),
        (f"{page.name}:{line}", "{{ switches() }} stands in a comment or in code"),
    ]
    assert_named(refused(), wanted)


def test_dead_links_in_markdown_end_the_build_and_are_named_with_their_lines(project):
    home, book = project / "docs/index.md", source_with(project, "{{ call_outs() }}").name
    links = ["nowhere.md", f"{book}#no-such-phrase", "/nowhere/", "#no-such-anchor", "."]
    links += ["www.x.example"]
    lines = write_below(home, [f"[x]({link})" for link in links])
    (again,) = write_below(home, ["[y](nowhere.md)"])
    result = build(project, GITHUB_ACTIONS="true")
    assert result.returncode != 0
    wanted = [(f"index.md:{line}", link) for line, link in zip(lines, links, strict=True)]
    wanted[0] += (f"It stands in line {again} as well.",)
    wanted[-1] += ("documentation files. Write https:// before it.",)
    assert_named(result.stderr.splitlines(), [*wanted, wanted[0]])  # once for each of the two
    for line in lines:
        assert f"\n::error file=docs/index.md,line={line}::" in f"\n{result.stdout}"


def test_what_shows_as_it_is_typed_is_noticed_with_its_line_and_published(project):
    home, definition = project / "docs/index.md", project / "docs/modes.yml"
    quoted, tag = "the quotes around this text are published", "<b> is published as it is typed"
    wanted = [
        (f"modes.yml:{set_text(definition, 'manager', '„Mike“')}", quoted),
        (f"modes.yml:{set_text(definition, '    onus', 'On <b>you</b>')}", tag),
        (f"index.md:{set_text(home, 'title', '“A title”')}", quoted),
    ]
    texts = BELOW_HOME["noticed"]
    for above, (line, cure) in zip(write_below(home, texts), texts.values(), strict=True):
        wanted.append((f"index.md:{above + line - 1}", f"shows as it is typed: {cure}"))
    result = build(project)
    assert result.returncode == 0
    assert_named(result.stderr.splitlines(), wanted)


def test_a_header_does_not_change_what_the_definition_says(variant):
    site = variant("hostile")
    assert "manager: Nobody\nignore_macros: true\n" in (site.docs / "index.md").read_text("utf-8")
    text = site.pages[0].soup.get_text()
    assert "Nobody" not in text
    assert f"I’m {site.definition['manager']}." in text
