"""Is a mistake in a page named with its line and what to write instead, and is a page without one filled as Jinja would?"""

from types import SimpleNamespace

import macros
import pytest
from jinja2 import Environment
from macros import render
from macros.definition import load
from macros.pages import Pages
from test_definition import GOOD

HEADER = {"title": "Title", "description": "Description"}
READ = "this cannot be read, check the braces, brackets and quotes; a macro is written like {{ requests() }}"

# The text of a page, and what is said of it.
BAD = {
    "macro misspelt": ("\n{{ reqests() }}", ['2: unknown macro or variable "reqests", did you mean "requests"?']),
    "macro like no other": (
        "{{ zzz() }}",
        ['1: unknown macro or variable "zzz", use one of: mode_cards, comparison_table, mode_sections, requests, calendar_titles, '
         "switches, not_sure, call_outs, fields, name, noun, manager"],
    ),
    "no brackets": ("{{ requests }}", ["1: a macro needs its brackets, write {{ requests() }}"]),
    "something in the brackets": ('{{ requests("listen") }}', ["1: requests has the wrong things between its brackets, write {{ requests() }}"]),
    "nothing in the brackets": ("{{ name() }}", ['1: name has the wrong things between its brackets, write {{ name("listen") }}']),
    "unknown mode": ('{{ name("lisen") }}\n\n{{ noun("x") }}', ['1: unknown mode id "lisen", did you mean "listen"?; if that kind is gone, so should this be', '3: unknown mode id "x", use one of: listen, tell; if that kind is gone, so should this be']),
    "unknown form": ('{{ noun("tell", "sesion") }}', ['1: mode "tell" has no form "sesion", did you mean "session"?']),
    "id without quotes": ("{{ name(tell) }}", ['1: what stands in the brackets needs quotes, write {{ name("tell") }}']),
    "id of two words without quotes": ("{{ noun(code-review) }}", ['1: what stands in the brackets needs quotes, write {{ noun("listen") }}']),
    "one brace": ("I am {manager}.\n{ requests() }", ["1: one brace is not enough, write {{ manager }}", "2: one brace is not enough, write {{ requests() }}"]),
    "braces not closed": ("{{ requests()\n\ntext", [f"1: {READ}"]),
    "one brace too few": ("text\n{{ requests() }", [f"2: {READ}"]),
    "curly quotes": ("{{ name(“tell”) }}", [f"1: {READ}"]),
    "unknown filter": ("{{ manager | upperr }}", ['1: there is no "upperr" to put behind a |; a macro is written like {{ requests() }}']),
    "another's name in the brackets": ("{{ name(id=manager) }}", ['1: what stands between the braces does not work: unknown mode id "Ada", use one of: listen, tell; if that kind is gone, so should this be']),
    "no macro": ("{{ manager() }}", ["1: what stands between the braces does not work: 'str' object is not callable"]),
    "nothing to be worked out": ("\n{{ 1 / 0 }}", ["2: what stands between the braces does not work: division by zero"]),
    "name typed": ("Ask *Ada* for\na Listening session", [
        '1: "Ada" is typed here, write {{ manager }} so that it follows the definition',
        '2: "a Listening session" is typed here, write {{ noun("listen", "session") }} so that it follows the definition',
    ]),
    "macro twice": ("{{ requests() }}\n\n{{ requests() }}", [
        "3: {{ requests() }} stands on this page already, and an address has to be clear; remove one of the two"
    ]),
    "cards without sections": ("{{ mode_cards() }}", ["1: the cards lead to the sections of the modes, put {{ mode_sections() }} on the same page"]),
    "cards with requests": ("{{ mode_cards() }}\n{{ mode_sections() }}\n{{ requests() }}", [
        "3: the cards on this page hold the requests already, put one of the two on another page"
    ]),
}


@pytest.fixture
def check(tmp_path):
    path = tmp_path / "modes.yml"
    path.write_text(GOOD, encoding="utf-8")
    definition = load(path, "")
    return Pages(definition, render.macros(definition), {"manager": "Ada"}, {})


def lines(problems) -> list[str]:
    return [f"{line}: {what}" for line, what in problems]


@pytest.mark.parametrize(("text", "said"), BAD.values(), ids=BAD)
def test_a_mistake_is_named_with_its_line_and_what_to_do(check, text, said):
    assert lines(check.problems(HEADER, "", text)) == said


def test_lines_are_those_of_the_file(check):
    assert lines(check.problems(HEADER, "---\n\n\n---\n\n", "\n{{ requests }}")) == ["7: a macro needs its brackets, write {{ requests() }}"]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (None, '1: the header cannot be read: a text that holds ": " or a quote needs quotes around it, and a line "---" has to stand above and below'),
        ({"title": "Title"}, '1: the header has no text as "description", add a line "description: …" between two lines "---"'),
        ({**HEADER, "title": 2026}, '1: the header has no text as "title", add a line "title: …" between two lines "---"'),
        ({**HEADER, "title": "What Ada does"}, '1: the title says "Ada", which does not follow the definition there; say it without'),
    ],
)
def test_a_mistake_in_the_header_is_named(check, header, said):
    assert lines(check.problems(header, "", "text")) == [said]


def test_what_a_comment_would_swallow_in_the_header_is_named(check):
    above = '---\ntitle: Kind # 1\ndescription: "Kind # 2"\n---\n'
    assert lines(check.problems(HEADER, above, "text")) == ["2: what follows the # is not published, put the whole text in quotes"]


def test_what_is_no_prose_may_hold_a_name(check):
    text = '[x](https://ada.example/telling) `telling` <a href="telling">x</a> https://x.example/telling\n\n```\ntelling\n```\n{{ noun("tell") }}\n\n## X { #telling }\n'
    assert check.problems(HEADER, "", text) == []


def test_a_macro_that_no_page_shows_is_named(check):
    assert check.problems(HEADER, "", "{{ mode_cards() }}{{ mode_sections() }}{{ switches() }}{{ call_outs() }}") == []
    assert check.problems(HEADER, "", "{{ requests() }}") == []
    assert check.absent() == ["comparison_table", "calendar_titles", "not_sure"]


MACROS = [
    "text\n",
    '{{ manager }} and {{ noun("tell", form="session") }} {{ 1 }}\n\n{{ requests() }}\n\n',
    '{# note #} {{- name("tell") -}} {% raw %}{{ manager }}{% endraw %}',
]
MORE = ["{{ manager | upper }}", '{% for id in ["tell"] %}{{ name(id) }}{% endfor %}', "{{ page.title }}", "{{ page }}"]


@pytest.mark.parametrize("text", [*MACROS, *MORE])
def test_a_page_of_macros_alone_is_filled_as_jinja_would(check, text):
    assert check.problems(HEADER, "", text) == []
    jinja = Environment().from_string(text)
    assert check.filled == ({text: jinja.render(check._environment.globals)} if text in MACROS else {})


@pytest.mark.parametrize(("meta", "title", "left"), [({}, "Title", False), ({"render_macros": True}, "Title", True), ({}, "{{ manager }}", True)])
def test_what_is_filled_the_plugin_need_not_read_again(meta, title, left):
    page = SimpleNamespace(meta=dict(meta), title=title)
    env = SimpleNamespace(checked=SimpleNamespace(filled={"a": "b"}), markdown="a", page=page, has_j2=lambda text: "{{" in text)
    macros.on_pre_page_macros(env)
    assert (env.markdown, page.meta) == (("a", meta) if left else ("b", {"render_macros": False}))
