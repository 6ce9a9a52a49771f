"""Does a broken definition or page end the build, with lines that a manager can act on and nothing published?"""

import pytest
from conftest import build, source_with


def refused(project) -> str:
    """What the build says when it refuses."""
    result = build(project)
    said = result.stdout + result.stderr
    assert result.returncode != 0, said
    assert "Traceback" not in said
    assert not list(project.glob("site/**/*.html")), "half of a site is there to be published"
    return said


def change(path, old: str, new: str) -> int:
    """Replace the first `old`; gives the number of its line."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_a_misspelt_key_is_named_with_its_line(project):
    path = project / "docs/modes.yml"
    line = change(path, "    meaning:", "    meening:")
    said = [said for said in refused(project).splitlines() if "docs/modes.yml" in said]
    assert said == [f'docs/modes.yml:{line}:5: modes[0].meening: unknown key, did you mean "meaning"?']


def test_all_problems_are_named_at_once(project):
    path = project / "docs/modes.yml"
    lines = [change(path, "    meaning:", "    meening:"), change(path, "field:", "feeld:")]
    said = [said for said in refused(project).splitlines() if "docs/modes.yml" in said]
    assert [int(line.split(":")[1]) for line in said] == lines


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (None, "docs/modes.yml:1:1: file not found"),
        (b"manager: \xff", "docs/modes.yml:1:10: not UTF-8"),
    ],
    ids=["missing", "not UTF-8"],
)
def test_what_is_no_definition_is_refused(project, content, line):
    path = project / "docs/modes.yml"
    path.unlink() if content is None else path.write_bytes(content)
    assert line in refused(project)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{{ reqests() }}", 'unknown macro or variable "reqests", did you mean "requests"?'),
        ('{{ noun("no-such-mode") }}', 'unknown mode id "no-such-mode"'),
        ("{% if %}", "check the braces"),
    ],
)
def test_a_mistake_in_a_page_is_named_with_page_and_line(project, text, problem):
    page = source_with(project, "{{ requests() }}")
    line = page.read_text(encoding="utf-8").count("\n") + 2
    with page.open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")
    said = refused(project)
    assert f"docs/{page.name}:{line}: " in said and problem in said


def test_on_github_actions_each_problem_is_shown_beside_its_line(project):
    definition, page = project / "docs/modes.yml", source_with(project, "{{ requests() }}")
    line = change(definition, "    meaning:", "    100%,:")
    shown = [said for said in build(project, GITHUB_ACTIONS="true").stdout.splitlines() if said.startswith("::")]
    assert any(said.startswith(f"::error file=docs/modes.yml,line={line},col=5::modes[0].100%25,: unknown key") for said in shown)
    change(definition, "    100%,:", "    meaning:")
    line = change(page, "{{ requests() }}", "{{ reqests() }}")
    shown = [said for said in build(project, GITHUB_ACTIONS="true").stdout.splitlines() if said.startswith("::")]
    assert shown == [f'::error file=docs/{page.name},line={line}::unknown macro or variable "reqests", did you mean "requests"?']


def test_all_mistakes_of_all_pages_are_named_at_once(project):
    page = source_with(project, "{{ requests() }}")
    change(project / "docs/index.md", "title: ", "title: a: ")
    change(page, "description: ", "descripton: ")
    line = change(page, "{{ requests() }}", '{{ requests }} {{ name("x") }}')
    said = [said for said in refused(project).splitlines() if said.startswith("docs/")]
    assert [said.split(": ")[0] for said in said] == ["docs/index.md:1", f"docs/{page.name}:1", *[f"docs/{page.name}:{line}"] * 2]


def test_a_language_that_the_theme_does_not_know_is_refused(project):
    line = change(project / "docs/modes.yml", "  language: ", "  language: x")
    assert f'docs/modes.yml:{line}:13: site.language: the theme has no words for "x' in refused(project)


def test_a_page_that_no_menu_names_is_refused(project):
    (project / "docs/forgotten.md").write_text("# Forgotten\n", encoding="utf-8")
    assert 'site.pages: "forgotten.md" lies in docs/ and is not in the list' in refused(project)


def test_a_macro_on_no_page_is_refused(project):
    page = source_with(project, "{{ switches() }}")
    change(page, "{{ switches() }}", "")
    assert "docs/index.md:1: neither this page nor another shows {{ switches() }}" in refused(project)
