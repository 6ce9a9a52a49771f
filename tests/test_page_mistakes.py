"""Is a mistake in a page named with its line and what to write instead, and is a page without one filled as Jinja would?"""

import re

import pytest
from jinja2 import Environment
from macros.definition import load
from macros.pages import render
from macros.pages.fill import Pages
from macros.problems import PluginError

from tests.definitions import GOOD

HEADER = {"title": "Title", "description": "Description"}
READ = "this cannot be read, check the braces, brackets and quotes; a macro is written like {{ requests() }}"

# The text of a page, and what is said of it.
BAD = {
    "macro misspelt": (
        "\n{{ reqests() }}",
        ['2: unknown macro or variable "reqests", did you mean "requests"?'],
    ),
    "macro like no other": (
        "{{ zzz() }}",
        [
            '1: unknown macro or variable "zzz", use one of: mode_cards, comparison_table, mode_sections, requests, calendar_titles, '
            "switches, not_sure, call_outs, fields, name, noun, manager"
        ],
    ),
    "no brackets": ("{{ requests }}", ["1: a macro needs its brackets, write {{ requests() }}"]),
    "something in the brackets": (
        '{{ requests("listen") }}',
        ["1: requests has the wrong things between its brackets, write {{ requests() }}"],
    ),
    "nothing in the brackets": (
        "{{ name() }}",
        ['1: name has the wrong things between its brackets, write {{ name("listen") }}'],
    ),
    "unknown mode": (
        '{{ name("lisen") }}\n\n{{ noun("x") }}',
        [
            '1: unknown mode id "lisen", did you mean "listen"?; if that kind is gone, so should this be',
            '3: unknown mode id "x", use one of: listen, tell; if that kind is gone, so should this be',
        ],
    ),
    "unknown form": (
        '{{ noun("tell", "sesion") }}',
        ['1: mode "tell" has no form "sesion", did you mean "session"?'],
    ),
    "id without quotes": (
        "{{ name(tell) }}",
        ['1: what stands in the brackets needs quotes, write {{ name("tell") }}'],
    ),
    "id of two words without quotes": (
        "{{ noun(code-review) }}",
        ['1: what stands in the brackets needs quotes, write {{ noun("listen") }}'],
    ),
    "one brace": (
        "I am {manager}.\n{ requests() }",
        [
            "1: one brace is not enough, write {{ manager }}",
            "2: one brace is not enough, write {{ requests() }}",
        ],
    ),
    "braces not closed": ("{{ requests()\n\ntext", [f"1: {READ}"]),
    "one brace too few": ("text\n{{ requests() }", [f"2: {READ}"]),
    "curly quotes": ("{{ name(“tell”) }}", [f"1: {READ}"]),
    "unknown filter": (
        "{{ manager | upperr }}",
        ['1: there is no "upperr" to put behind a |; a macro is written like {{ requests() }}'],
    ),
    "another's name in the brackets": (
        "{{ name(id=manager) }}",
        [
            '1: unknown mode id "Ada", use one of: listen, tell; if that kind is gone, so should this be'
        ],
    ),
    "no macro": (
        "{{ manager() }}",
        ["1: what stands between the braces does not work: 'str' object is not callable"],
    ),
    "nothing to be worked out": (
        "\n{{ 1 / 0 }}",
        ["2: what stands between the braces does not work: division by zero"],
    ),
    "name typed": (
        "Ask *Ada* for\na Listening session",
        [
            '1: "Ada" is typed here, write {{ manager }} so that it follows the definition',
            '2: "a Listening session" is typed here, write {{ noun("listen", "session") }} so that it follows the definition',
        ],
    ),
    "macro twice": (
        "{{ requests() }}\n\n{{ requests() }}",
        [
            "3: {{ requests() }} stands on this page already, and an address has to be clear; remove one of the two"
        ],
    ),
    "cards without sections": (
        "{{ mode_cards() }}",
        [
            "1: the cards lead to the sections of the modes, put {{ mode_sections() }} on the same page"
        ],
    ),
    "cards with requests": (
        "{{ mode_cards() }}\n{{ mode_sections() }}\n{{ requests() }}",
        ["3: the cards on this page hold the requests already, put one of the two on another page"],
    ),
}


@pytest.fixture
def pages(tmp_path):
    path = tmp_path / "modes.yml"
    path.write_text(GOOD, encoding="utf-8")
    definition = load(path, "")
    return Pages(definition, render.macros(definition), "docs")


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


@pytest.mark.parametrize(("text", "said"), BAD.values(), ids=BAD)
def test_a_mistake_is_named_with_its_line_and_what_to_do(check, text, said):
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
            '1: the header cannot be read: a text that holds ": " or a quote needs quotes around it, and a line "---" has to stand above and below',
        ),
        (
            {"title": "Title"},
            "text",
            '1: the header has no text as "description", add a line "description: …" between two lines "---"',
        ),
        (
            {**HEADER, "title": 2026},
            "text",
            '1: the header has no text as "title", add a line "title: …" between two lines "---"',
        ),
        (
            {**HEADER, "title": "What Ada does"},
            "text",
            '1: the title says "Ada", which does not follow the definition there; say it without',
        ),
    ],
)
def test_a_mistake_in_the_header_is_named(check, header, text, said):
    assert check(text, header=header) == [said]


def test_what_a_comment_would_swallow_in_the_header_is_named(check):
    above = '---\ntitle: Kind # 1\ndescription: "Kind # 2"\n---\n'
    assert check("text", above) == [
        "2: what follows the # is not published, put the whole text in quotes"
    ]


def test_what_is_no_prose_may_hold_a_name(check):
    text = '[x](https://ada.example/telling) `telling` <a href="telling">x</a> https://x.example/telling\n\n```\ntelling\n```\n{{ noun("tell") }}\n\n## X { #telling }\n'
    assert check(text) == []


def test_a_macro_that_no_page_shows_is_named(check, pages):
    assert check("{{ mode_cards() }}{{ mode_sections() }}{{ switches() }}{{ call_outs() }}") == []
    assert check("{{ requests() }}") == []
    with pytest.raises(PluginError) as refusal:
        pages.refuse_mistakes()
    named = re.findall(r"docs/index\.md:1: .* shows \{\{ (\w+)\(\) }}", str(refusal.value))
    assert named == ["comparison_table", "calendar_titles", "not_sure"]


TEMPLATES = [
    "text\n",
    '{{ manager }} and {{ noun("tell", form="session") }} {{ 1 }}\n\n{{ requests() }}\n\n',
    '{# note #} {{- name("tell") -}} {% raw %}{{ manager }}{% endraw %}',
    "{{ manager | upper }}",
    '{% for id in ["tell"] %}{{ name(id) }}{% endfor %}',
]


@pytest.mark.parametrize("text", TEMPLATES)
def test_a_page_without_a_mistake_is_filled_as_jinja_would(pages, text):
    environment = Environment()
    environment.globals["manager"] = "Ada"
    filled = pages.fill("x.md", text, text, HEADER, environment)
    assert pages.problems == []
    assert filled == environment.from_string(text, globals=pages._plain_macros).render()
