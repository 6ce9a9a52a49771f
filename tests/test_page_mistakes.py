"""Is a mistake in a page named with its line and its cure, and any other filled as Jinja would?"""

import re
import time

import pytest
from jinja2 import Environment, StrictUndefined
from mkdocs.utils.meta import get_data

from macros.pages.fill import Pages
from macros.pages.generated import macros
from tests.check import CHECKS, Site, problems, typed
from tests.check.expected import read_yaml
from tests.check.markup import Page
from tests.helpers.definitions import read
from tests.helpers.projects import ROOT
from tests.test_github import reader

HEADER = "---\ntitle: Title\ndescription: Description\n---\n"
TYPED = read_yaml(ROOT / "tests/cases/typed.yml")
WORDS = re.compile(" <!-- (.*?) -->")
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
    return Pages(macros(read(tmp_path)), "docs")


def fill(pages, source: str, page: str = "x.md", **known: str) -> tuple[str, dict]:
    """A page and its header, filled as when MkDocs builds it."""
    text, header = get_data(source)
    environment = Environment(undefined=StrictUndefined)
    environment.globals.update({"manager": "Ada", **known})
    return pages.fill(page, source, text, header, environment), header


def cases(name: str, above: str = ""):
    """Pages below what stands above, and what is said of each, with its line."""
    for title, text in read_yaml(ROOT / "tests/cases" / name).items():
        lines = enumerate((above + text).split("\n"), 1)
        said = [(number, words) for number, line in lines for words in WORDS.findall(line)]
        yield pytest.param(above + WORDS.sub("", text), said, id=title)


@pytest.mark.parametrize(("source", "said"), [*cases("pages.yml", HEADER), *cases("headers.yml")])
def test_a_mistake_is_named_with_its_line_and_what_to_do(pages, source, said):
    fill(pages, source)
    found = sorted(pages.problems, key=lambda problem: problem.line)
    assert [(problem.line, problem.message) for problem in found] == said


def test_a_header_is_filled_and_escaped_for_the_theme(pages):
    description = '{{ noun("tell") }}, {{ name("tell") }}'
    source = f"---\ntitle: '{{{{ manager }}}} & <b>'\ndescription: '{description}'\n---\n"
    assert fill(pages, source)[1] == {
        "title": "Ada &amp; &lt;b&gt;",
        "description": "telling, Telling",
    }
    assert pages.problems == []


def test_many_mistakes_take_no_longer_each_than_one(pages):
    """Such as those of a page that was written for another generator."""
    begin = time.process_time()
    fill(pages, HEADER + "{{ foo }} and {{ manager }}\n" * 400)
    assert len(pages.problems) == 400
    assert time.process_time() - begin < 3


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
    names = {"manager": "Ada", **pages.macros}
    assert filled == Environment().from_string(text, globals=names).render()


@pytest.mark.parametrize("case", TYPED.values(), ids=TYPED)
def test_what_is_published_as_typed_is_never_silent(site, case):
    text, *wanted = case
    html = f"<html><body><article>{reader().reset().convert(text)}</article></body></html>"
    page = Page("index.html", html, "docs/index.md")
    found = [
        problem.message
        for problem in problems(site.with_pages([page]), {typed.shown} & CHECKS.keys())
    ]
    assert len(found) == len(wanted), found
    assert all(map(str.startswith, found, wanted)), found


def test_what_a_definition_shows_as_typed_is_never_silent(tmp_path):
    texts = (
        "manager: '%manager%'\nsite: “Mine”\nmodes:\n  - about: |\n      I talk:\n      - a lot\n"
    )
    (tmp_path / "modes.yml").write_text(texts, encoding="utf-8")
    slot, quotes, entry = map(
        str, problems(Site(tmp_path, tmp_path), {typed.definition} & CHECKS.keys())
    )
    assert "“Mine” are shown" in quotes
    assert "“%manager%”" in slot and "a list in it is no list" in entry
