"""Does a broken definition, page or link end the build, with lines to act on, and nothing else?"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.projects import build, change, source_with, write_files


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


def assert_named(said: list[str], wanted: list[str]) -> None:
    """Each place in docs/ is named, with words that say what is wrong there, and no other."""
    assert len(said) == len(wanted), said
    assert all(map(str.startswith, said, wanted)), said


def write_below(page: Path, text: str) -> int:
    """Write a text at the end of a page, on a line of its own; gives this line."""
    above = page.read_text(encoding="utf-8")
    page.write_text(f"{above}\n{text}\n", encoding="utf-8")
    return above.count("\n") + 2


def test_all_problems_of_the_definition_are_named_at_once_in_their_order(project, refused):
    path = project / "docs/modes.yml"
    key = change(path, "    meaning:", "    100%,:")
    field = change(path, "field:", "feeld:")
    wanted = [
        f"docs/modes.yml:{key}:5: modes[0].100%,: unknown key",
        f'docs/modes.yml:{field}:7: table.rows[0].feeld: unknown key, did you mean "field"?',
    ]
    assert_named([line for line in refused() if "missing, add" not in line], wanted)


def test_all_mistakes_of_all_pages_are_named_at_once(project, refused):
    home, book = project / "docs/index.md", source_with(project, "{{ requests() }}")
    change(home, "title: ", "title: a: ")
    change(project / "docs/fields.md", "title: ", "title: \ufffe")
    change(project / "docs/adopt.md", "title: Use this for your team", "title: 1:1")
    first = write_below(book, '{{ name("x") }} {{ noun("y") }}')
    then = write_below(book, "{{ reqests() }}")
    wanted = [
        'docs/adopt.md:2: "title" is read as no text, put what stands there in quotes',
        "docs/fields.md:2: an invisible character stands here, remove it",
        'docs/index.md:2: write this line as: title: "a: What I can do for you"',
        f'docs/{book.name}:{first}: unknown mode id "x"',
        f'docs/{book.name}:{first}: unknown mode id "y"',
        f'docs/{book.name}:{then}: unknown macro or variable "reqests" (an id needs quotes), did',
    ]
    assert_named(refused(), wanted)


HEADER = b"---\ntitle: T\ndescription: D\n---\n"
OTHER = "write the file of a page, the #anchor of a heading, or a whole address, https://…"
LINKS = {
    "phrases.md#cal-me-out": 'did you mean "phrases.md#call-me-out"?',
    "phrases.md#xyz": "its headings are phrases.md#phrases, phrases.md#ask-for-a-session, ",
    "#side": 'did you mean "#side-by-side"?',
    "#xyz": "its headings are #what-i-can-do-for-you, #which-one, ",
    "phrase.md": 'did you mean "phrases.md"?',
    "my%20tem.png": 'did you mean "my%20team.png"?',
    "me.png": "put the file into docs/, beside the page",
    "ada@example.org": "write mailto: before it",
    "nowhere.md": OTHER,
    "/nowhere/": OTHER,
    "www.x.com": OTHER,
}


def test_dead_links_in_markdown_end_the_build(project):
    """Each is told where it stands as a link, not as code, with what to write instead."""
    home = project / "docs/index.md"
    write_files(project, {"docs/my team.png": ""})
    texts = "[x]({0})", "`{0}`", "![y](<{0}>)"
    lines = [[write_below(home, text.format(link)) for text in texts] for link in LINKS]
    change(project / "docs/modes.yml", "  pages: [", "  pages: [a/x.md, ")
    write_files(project, {"docs/a/x.md": HEADER + b"[x](phrase.md)\n"})
    result = build(project)
    assert result.returncode != 0
    assert 'did you mean "../phrases.md"?' in result.stderr
    for (link, cure), (line, _, again) in zip(LINKS.items(), lines, strict=True):
        (said,) = re.findall(rf'docs/index.md:{line}: "{re.escape(link)}" .*', result.stderr)
        assert said.partition("; ")[2].startswith(cure)
        assert said.endswith(f" (also in line {again})")


def test_a_dead_anchor_is_told_beside_a_mistake_of_another_page(project):
    write_below(project / "docs/index.md", "{{ reqests() }}")
    line = write_below(project / "docs/fields.md", "[x](#no-such-anchor)")
    said = build(project).stderr
    assert f'docs/fields.md:{line}: "#no-such-anchor" leads to no heading' in said
    assert "reqests" in said


UNREADABLE = {
    "page in Latin-1": ("x.md", HEADER + b"\ncaf\xe9\n", "docs/x.md:6: not UTF-8 text"),
    "HTML in Latin-1": ("x.html", b"<head>\n<p>caf\xe9</p>", "docs/x.html:2: not UTF-8 text"),
    "colors in Latin-1": ("colors.css", b"/* \xe9 */", "docs/colors.css:1: not UTF-8 text"),
    "broken address": ("x.md", HEADER + b"\n[a](http://[x)\n", "page 'x.md': Invalid"),
}


@pytest.mark.parametrize(("file", "text", "said"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_no_program_can_read_is_named_by_its_file(project, file, text, said):
    (project / "docs" / file).write_bytes(text)
    if file.endswith(".md"):
        change(project / "docs/modes.yml", "  pages: [", f"  pages: [{file}, ")
    result = build(project)
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    assert said in result.stdout + result.stderr


def test_a_header_does_not_change_what_the_definition_says(variant):
    site = variant("hostile")
    assert "manager: Nobody\nignore_macros: true\n" in (site.docs / "index.md").read_text("utf-8")
    text = site.pages[0].soup.get_text()
    assert "Nobody" not in text
    assert f"I’m {site.definition['manager']}." in text
