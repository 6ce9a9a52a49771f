"""Does a broken definition or page end the build, with lines that a manager can act on and nothing published?"""

from conftest import build, source_with


def refused(project) -> tuple[list[str], list[str]]:
    """What the build says of docs/ when it refuses, and what it has GitHub show beside the lines."""
    result = build(project, GITHUB_ACTIONS="true")
    said = result.stdout + result.stderr
    assert result.returncode != 0, said
    assert "Traceback" not in said
    assert not list(project.glob("site/**/*.html")), "half of a site is there to be published"
    lines = said.splitlines()
    return [line for line in lines if line.startswith("docs/")], [
        line for line in lines if line.startswith("::")
    ]


def change(path, old: str, new: str) -> int:
    """Replace the first `old`; gives the number of its line."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_all_problems_of_the_definition_are_named_at_once_and_shown_beside_their_lines(project):
    path = project / "docs/modes.yml"
    (project / "docs/forgotten.md").write_text("# Forgotten\n", encoding="utf-8")
    language = change(path, "  language: ", "  language: x")
    pages = change(path, "  pages:", "  pages:")
    mode = change(path, "  - id:", "  - id:")
    key = change(path, "    meaning:", "    100%,:")
    field = change(path, "field:", "feeld:")
    said, shown = refused(project)
    assert [int(line.split(":")[1]) for line in said] == sorted([language, pages, key, mode, field])
    assert any(
        line.endswith('table.rows[0].feeld: unknown key, did you mean "field"?') for line in said
    )
    assert any(
        line.startswith(
            f'docs/modes.yml:{language}:13: site.language: the theme has no words for "x'
        )
        for line in said
    )
    assert any(
        line.endswith(
            'site.pages: "forgotten.md" lies in docs/ and is not in the list: add it, or remove the file'
        )
        for line in said
    )
    assert len(shown) == len(said)
    assert any(
        line.startswith(
            f"::error file=docs/modes.yml,line={key},col=5::modes[0].100%25,: unknown key"
        )
        for line in shown
    )


def test_all_mistakes_of_all_pages_are_named_at_once_and_shown_beside_their_lines(project):
    page = source_with(project, "{{ requests() }}")
    change(project / "docs/index.md", "title: ", "title: a: ")
    change(page, "description: ", "descripton: ")
    line = change(page, "{{ requests() }}", '{{ reqests() }} {{ name("x") }}')
    said, shown = refused(project)
    assert [line.split(": ")[0] for line in said] == [
        "docs/index.md:1",
        f"docs/{page.name}:1",
        *[f"docs/{page.name}:{line}"] * 2,
    ]
    assert (
        f'::error file=docs/{page.name},line={line}::unknown macro or variable "reqests", did you mean "requests"?'
        in shown
    )
    assert len(shown) == len(said)


def test_a_missing_definition_is_refused(project):
    (project / "docs/modes.yml").unlink()
    assert refused(project)[0] == [
        "docs/modes.yml:1:1: file not found, it holds the definition of the site"
    ]


def test_a_macro_on_no_page_is_refused(project):
    change(source_with(project, "{{ switches() }}"), "{{ switches() }}", "")
    (said,), _ = refused(project)
    assert said.startswith("docs/index.md:1: neither this page nor another shows {{ switches() }}")
