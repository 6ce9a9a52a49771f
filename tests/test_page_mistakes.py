"""Is a mistake in a page named with its line and its cure, and any other filled as Jinja would?"""

import pytest
from jinja2 import Environment
from ruamel.yaml import YAML

from macros.definition import load
from macros.pages.fill import Pages
from macros.pages.links import Content
from macros.pages.macros import macros
from macros.pages.prose import markup_notices
from macros.pages.site import note_absent
from tests.check.expected import read_yaml
from tests.definitions import GOOD
from tests.projects import ROOT

HEADER = {"title": "Title", "description": "Description"}

BAD = read_yaml(ROOT / "tests/cases/pages.yml")


@pytest.fixture
def pages(tmp_path):
    path = tmp_path / "modes.yml"
    path.write_text(GOOD, encoding="utf-8")
    definition = load(path, "")
    return Pages(definition, macros(definition), "docs")


@pytest.fixture
def check(pages):
    """The mistakes of a page, each as its line and what is said."""

    def mistakes(text: str, above: str = "", header: dict | None = HEADER) -> list[str]:
        environment = Environment()
        environment.globals["manager"] = "Ada"
        before = len(pages.problems)
        pages.fill("x.md", above + text, text, header, environment)
        return [f"{problem.line}: {problem.message}" for problem in pages.problems[before:]]

    return mistakes


@pytest.mark.parametrize("case", BAD.values(), ids=BAD)
def test_a_mistake_is_named_with_its_line_and_what_to_do(check, case):
    text, *said = case
    assert check(text) == said


def test_lines_are_those_of_the_file(check):
    assert check("\n{{ requests }}", "---\n\n\n---\n\n") == [
        "7: a macro needs its brackets, write {{ requests() }}"
    ]


@pytest.mark.parametrize(
    ("header", "text", "said"),
    [
        (
            {},
            "---\ntext",
            '2: the header cannot be read: a line "---" has to stand above and below',
        ),
        (
            {},
            "---\ndescription: x\ntitle: Odd: colon\n---\ntext",
            '3: the header: this cannot be read: a text holds ": ", or this line is indented too '
            "far; put the text in quotes, or move the line",
        ),
        (
            {},
            "---\ntitle: x\n\n# Heading\n\nIt’s text",
            '3: the header cannot be read: a line "---" has to stand above and below',
        ),
        (
            {},
            "---\ntitle: x\n\tdescription: x\n---\ntext",
            "3: the header: a tab stands here, which cannot be seen, write usual spaces",
        ),
        (
            {},
            "---\n title: x\ndescription: x\n---\ntext",
            "2: the header: this line is indented, begin it at the margin",
        ),
        (
            {},
            "---\ntitle; Odd\ndescription: x\n---\ntext",
            "2: the header: this cannot be read: a line lacks the colon and the usual space behind "
            "its key",
        ),
        (
            {},
            "---\n---\ntext",
            "1: the header cannot be read: each line needs a key, a colon and a text",
        ),
        (
            {},
            "---\njust words\n---\ntext",
            "1: the header cannot be read: each line needs a key, a colon and a text",
        ),
        (
            {"title": "Title"},
            "text",
            '1: the header has no text as "description", '
            'add a line "description: …" between two lines "---" at the very top',
        ),
        (
            {**HEADER, "title": 2026},
            "text",
            '1: the header has no text as "title", '
            'add a line "title: …" between two lines "---" at the very top',
        ),
    ],
)
def test_a_mistake_in_the_header_is_named(check, header, text, said):
    assert check(text, header=header) == [said]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('title: "{{ nobody }}"', '2: unknown macro or variable "nobody", use one of: '),
        ('title: "{{ requests() }}"', "2: requests is no text for a header, use it in the page"),
        ("descripton: x", '2: the header has no text as "description", write "description" in '),
        ("hide: 5", "2: hide should be a list, such as [navigation]"),
        ("search: no", "2: search should be a group, such as {exclude: true}"),
        ("author: [x]", "2: author should be text"),
        ('title: "{{ 1 + 1 }}"', "2: a header can hold {{ manager }}, {{ name(…) }} and "),
        ('title: "{% if manager %}x{% endif %}"', "2: a header can hold {{ manager }}, "),
        (r'title: "C:\new"', "2: a backslash inside double quotes is not read as it stands, "),
        ('title: "x \u2028 y"', "2: has an invisible control character (U+2028), remove it"),
        ('title: A kind"', '2: ends with a quote (") and does not begin with one'),
        ("icon: 5", "2: icon should be the name of a picture"),
    ],
)
def test_a_mistake_of_a_headers_line_is_named(check, line, said):
    header = {**HEADER, **YAML(typ="safe", pure=True).load(line)}
    header = {
        key: header[key] for key in header if key != "description" or "descripton" not in header
    }
    (mistake,) = check("text", f"---\n{line}\n---\n", header)
    assert mistake.startswith(said)


def test_a_header_is_filled_and_escaped_for_the_theme(check):
    header = {"title": "{{ manager }} & <b>", "description": '"{{ noun("tell") }}"'}
    assert check("text", "---\ntitle: x\ndescription: x\n---\n", header) == []
    assert header == {"title": "Ada &amp; &lt;b&gt;", "description": "&#34;telling&#34;"}


def test_what_a_comment_would_swallow_in_the_header_is_named(check):
    above = '---\ntitle: Kind # 1\ndescription: "Kind # 2"\n---\n'
    assert check("text", above) == [
        "2: what follows the # is not published, put the whole text in quotes"
    ]


def test_a_header_that_does_not_begin_with_its_line_is_named(check):
    above = "title: x\ndescription: x\n"
    assert check("---\n\ntext", above) == [
        '1: the header: a line "---" has to stand above and below, the first at the very top'
    ]
    assert [said[:13] for said in check(f"\u2014\n{above}---\n\ntext", "", {})] == ["1: the header"]
    assert check("---\n\ntext", f"---\n{above}---\n\n") == []  # a rule below a whole header


def test_a_key_that_stands_in_the_header_twice_is_named(check):
    above = "---\ntitle: x\ndescription: x\ntitle: y\n---\n"
    assert check("text", above) == ['4: "title" stands here a second time, remove one of the two']


def test_what_is_no_prose_may_hold_a_name(check):
    text = '[x](https://ada.example/telling) `telling` <a href="telling">x</a> '
    text += (
        'https://x.example/telling\n\n```\ntelling\n```\n{{ noun("tell") }}\n\n## X { #telling }\n'
    )
    assert check(text) == []


def test_a_word_that_the_definition_says_is_noticed_and_published(check, pages):
    header = {**HEADER, "title": "What Ada does"}
    above = "---\ntitle: What Ada does\ndescription: Description\n---\n"
    assert check("Ask *Ada* for\na Listening session, ada", above, header) == []
    assert [(notice.line, notice.message) for notice in pages.notices] == [
        (2, '"Ada" is typed here; {{ manager }} would follow the definition'),
        (5, '"Ada" is typed here; {{ manager }} would follow the definition'),
        (
            6,
            '"a Listening session" is typed here; {{ noun("listen", "session") }} would follow '
            "the definition",
        ),
    ]


def test_a_macro_that_no_page_shows_is_named(check, pages):
    assert check("{{ mode_cards() }}{{ mode_sections() }}{{ switches() }}{{ call_outs() }}") == []
    shown = Content("".join(pages.lines["x.md"])).parts
    assert check("\n<!-- {{ requests() }} -->") == []
    note_absent(pages, shown | Content("".join(pages.lines["x.md"])).parts)
    cure = "put it where readers should find it"
    assert [(problem.line, problem.message) for problem in pages.problems] == [
        (1, f"no page shows {{{{ comparison_table() }}}}, {cure}"),
        (2, f"{{{{ requests() }}}} stands in a comment or in code, as by an indent, {cure}"),
        (1, f"no page shows {{{{ calendar_titles() }}}}, {cure}"),
        (1, f"no page shows {{{{ not_sure() }}}}, {cure}"),
    ]


def test_a_macro_that_is_lost_where_each_section_has_one_is_named_at_the_first(check, pages):
    check("# x\n\n{{ noun('tell') }}\n\n## A\n\n{{ switches() }}\n\n## B\n\n{{ not_sure() }}")
    note_absent(pages, set())
    assert "5: no page shows {{ requests() }}" in [
        f"{problem.line}: {problem.message}".partition(",")[0] for problem in pages.problems
    ]


TEMPLATES = [
    "text\n",
    '{{ manager }} and {{ noun("tell", form="session") }} {{ 1 }}\n\n{{ requests() }}\n\n',
    '{# note #} {{- name("tell") -}} {% raw %}{{ manager }}{% endraw %}',
    "{{ manager | upper }}",
    "a {{- manager }} b",
    "a {{ manager -}} b",
    '{% for id in ["tell"] %}{{ name(id) }}{% endfor %}',
]


def test_what_one_page_knows_another_does_not(pages):
    text = "{{ mood }}"
    filled = []
    for page, known in (("x.md", {"mood": "good"}), ("y.md", {"mood": "bad"}), ("z.md", {})):
        environment = Environment()
        environment.globals.update(known)
        filled.append(pages.fill(page, text, text, HEADER, environment))
    assert filled == ["good", "bad", ""]
    assert [problem.file for problem in pages.problems] == ["docs/z.md"]


@pytest.mark.parametrize("text", TEMPLATES)
def test_a_page_without_a_mistake_is_filled_as_jinja_would(pages, text):
    environment = Environment()
    environment.globals["manager"] = "Ada"
    filled = pages.fill("x.md", text, text, HEADER, environment)
    assert pages.problems == []
    assert filled == environment.from_string(text, globals=pages.plain_macros).render()


def test_an_empty_box_and_code_that_takes_in_other_code_are_noticed():
    box = "!!! note\n\n    in it\n\n!!! note\nnot in it\n\n    !!! note\n        in it"
    assert list(markup_notices("", box.split("\n"))) == [
        (5, "nothing stands in this box: indent by 4 what is to be inside")
    ]
    code = "```yaml\na\n```\n```\nb\n\n```text\n!!! note\n```\n\n````\n```yaml\n```\n````"
    (said,) = markup_notices("", code.split("\n"))
    assert said[0] == 4
    assert said[1].startswith("the code that begins here takes in line 7: ")
