"""Is a mistake in a page named with its line and its cure, and any other filled as Jinja would?"""

import pytest
from jinja2 import Environment
from mkdocs.utils.meta import get_data

from macros.pages.fill import Pages
from macros.pages.generated import macros
from macros.pages.links import Content
from macros.pages.prose import markup_notices
from macros.pages.whole_site import note_absent
from tests.check.expected import read_yaml
from tests.definitions import read
from tests.projects import ROOT

BAD = read_yaml(ROOT / "tests/cases/pages.yml")
BAD_HEADERS = read_yaml(ROOT / "tests/cases/headers.yml")
HEADER = "---\ntitle: Title\ndescription: Description\n---\n"
TEMPLATES = [
    "text\n",
    '{{ manager }} and {{ noun("tell", form="session") }} {{ 1 }}\n\n{{ requests() }}\n\n',
    '{# note #} {{- name("tell") -}} {% raw %}{{ manager }}{% endraw %}',
    "{{ manager | upper }}",
    "a {{- manager }} b",
    "a {{ manager -}} b",
    '{% for id in ["tell"] %}{{ name(id) }}{% endfor %}',
]


@pytest.fixture
def pages(tmp_path):
    definition = read(tmp_path)
    return Pages(definition, macros(definition), "docs")


def fill(pages, source: str, page: str = "x.md", **known: str) -> tuple[str, dict]:
    """A page and its header, filled as when MkDocs builds it."""
    text, header = get_data(source)
    environment = Environment()
    environment.globals.update({"manager": "Ada", **known})
    return pages.fill(page, source, text, header, environment), header


def said(problems: list, above: str = "") -> list[str]:
    """What is said, each with its line below the text that stands above."""
    start = above.count("\n")
    return [f"{problem.line - start}: {problem.message}" for problem in problems]


@pytest.mark.parametrize("case", BAD.values(), ids=BAD)
def test_a_mistake_is_named_with_its_line_and_what_to_do(pages, case):
    text, *mistakes = case
    fill(pages, HEADER + text)
    assert said(pages.problems, HEADER) == mistakes


@pytest.mark.parametrize("case", BAD_HEADERS.values(), ids=BAD_HEADERS)
def test_a_mistake_of_a_header_is_named_with_its_line_and_what_to_do(pages, case):
    source, *mistakes = case
    fill(pages, source)
    assert said(pages.problems) == mistakes


def test_a_header_is_filled_and_escaped_for_the_theme(pages):
    source = "---\ntitle: '{{ manager }} & <b>'\ndescription: '\"{{ noun(\"tell\") }}\"'\n---\n"
    assert fill(pages, source)[1] == {
        "title": "Ada &amp; &lt;b&gt;",
        "description": "&#34;telling&#34;",
    }
    assert pages.problems == []


def test_a_word_that_the_definition_says_is_noticed_and_published(pages):
    header = HEADER.replace("Title", "What Ada does")
    text, _ = fill(pages, f"{header}Ask *Ada* for\na Listening session, ada")
    assert text == "Ask *Ada* for\na Listening session, ada"
    assert pages.problems == []
    ada = '"Ada" is typed here; {{ manager }} would follow the definition'
    session = '"a Listening session" is typed here; {{ noun("listen", "session") }} would follow'
    assert said(pages.notices) == [f"2: {ada}", f"5: {ada}", f"6: {session} the definition"]


def test_a_macro_that_no_page_shows_is_named(pages):
    text = "{{ mode_cards() }}{{ mode_sections() }}{{ switches() }}{{ call_outs() }}"
    fill(pages, HEADER + text)
    shown = Content("".join(pages.lines["x.md"])).parts
    fill(pages, HEADER + "\n<!-- {{ requests() }} -->")
    assert pages.problems == []
    note_absent(pages, shown | Content("".join(pages.lines["x.md"])).parts)
    cure = "put it where readers should find it"
    assert said(pages.problems) == [
        f"1: no page shows {{{{ comparison_table() }}}}, {cure}",
        f"6: {{{{ requests() }}}} stands in a comment or in code, as by an indent, {cure}",
        f"1: no page shows {{{{ calendar_titles() }}}}, {cure}",
        f"1: no page shows {{{{ not_sure() }}}}, {cure}",
    ]


def test_a_macro_that_is_lost_where_each_section_has_one_is_named_at_the_first(pages):
    text = "# x\n\n{{ noun('tell') }}\n\n## A\n\n{{ switches() }}\n\n## B\n\n{{ not_sure() }}"
    fill(pages, HEADER + text)
    note_absent(pages, set())
    assert "5: no page shows {{ requests() }}" in [
        line.partition(",")[0] for line in said(pages.problems, HEADER)
    ]


def test_what_one_page_knows_another_does_not(pages):
    source = HEADER + "{{ mood }}"
    filled = [fill(pages, source, "x.md", mood="good"), fill(pages, source, "y.md", mood="bad")]
    filled.append(fill(pages, source, "z.md"))
    assert [text for text, _ in filled] == ["good", "bad", ""]
    assert [problem.file for problem in pages.problems] == ["docs/z.md"]


@pytest.mark.parametrize("text", TEMPLATES)
def test_a_page_without_a_mistake_is_filled_as_jinja_would(pages, text):
    filled, _ = fill(pages, HEADER + text)
    assert pages.problems == []
    names = {"manager": "Ada", **pages.plain_macros}
    assert filled == Environment().from_string(text, globals=names).render()


def test_an_empty_box_and_code_that_takes_in_other_code_are_noticed():
    box = "!!! note\n\n    in it\n\n!!! note\nnot in it\n\n    !!! note\n        in it"
    assert list(markup_notices("", box.split("\n"))) == [
        (5, "nothing stands in this box: indent by 4 what is to be inside")
    ]
    code = "```yaml\na\n```\n```\nb\n\n```text\n!!! note\n```\n\n````\n```yaml\n```\n````"
    (notice,) = markup_notices("", code.split("\n"))
    assert notice[0] == 4
    assert notice[1].startswith("the code that begins here takes in line 7: ")
