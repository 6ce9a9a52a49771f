"""Is a good definition read as it is, and a bad one refused with a line for every problem?"""

from collections.abc import Callable

import pytest

from macros.definition import DefinitionError, load
from macros.definition.syntax import odd_quote, published_signs
from tests.check.expected import read_yaml
from tests.definitions import GOOD, PAGES, read
from tests.projects import ROOT

BAD = read_yaml(ROOT / "tests/cases/definition.yml")
PLAIN_TEXTS = read_yaml(ROOT / "tests/cases/plain_texts.yml")


@pytest.fixture
def problems(tmp_path) -> Callable[..., list[str]]:
    def lines(text: str | bytes, pages: tuple[str, ...] = PAGES) -> list[str]:
        with pytest.raises(DefinitionError) as caught:
            read(tmp_path, text, pages)
        return str(caught.value).splitlines()

    return lines


def test_a_good_definition_is_read_as_it_is_and_cannot_be_changed(tmp_path):
    text = GOOD.replace("name: Telling", "name: no").replace("onus: On me", "onus: on")
    folded = "about: >\n      Vous\u00a0:  oui,\n      et moi."
    listen, tell = read(tmp_path, text.replace("about: You talk.", folded)).modes
    assert (listen.id, tell.id) == ("listen", "tell"), "in the order of the file"
    assert listen.signs == ("I am silent.",)
    assert (tell.name, tell.onus) == ("no", "on"), "these are words"
    assert listen.about == "Vous\u00a0: oui, et moi.", "one line that keeps its no-break spaces"
    with pytest.raises(AttributeError, match="immutable"):
        listen.name = "Other"


@pytest.mark.parametrize("case", BAD.values(), ids=BAD)
def test_a_mistake_is_named_with_its_line_and_what_to_do(problems, case):
    changes, *said = case
    text = GOOD
    for good, bad in changes.items():
        assert good in text
        text = text.replace(good, bad, 1)
    assert problems(text) == [f"docs/modes.yml:{line}" for line in said]


@pytest.mark.parametrize("count", [12, 13])
def test_thirteen_modes_are_too_many_and_a_mistake_in_one_is_named_as_well(problems, count):
    mode = GOOD[GOOD.index("  - id: tell") : GOOD.index("phrases:\n")]
    more = [mode.replace("tell", f"tell{n}").replace("Tell", f"Tell{n}") for n in range(count - 2)]
    more[-1] = more[-1].replace("meaning", "meanin")
    said = problems(GOOD.replace(mode, mode + "".join(more)))
    if count > 12:
        assert said.pop(0).endswith("modes: has 13 entries, it can hold 12")
    (named,) = said
    assert named.endswith(f': modes[{count - 1}].meanin: unknown key, did you mean "meaning"?')


def test_the_home_page_has_to_be_there(problems):
    said = problems(GOOD.replace("index.md, ", ""), ("phrases.md",))
    assert said == [
        "docs/modes.yml:2:34: site.pages: docs/ holds no index.md, which is the home page"
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"", "1:1: is empty, it holds the definition of the site"),
        (b"# only a comment\n", "1:1: is empty, it holds the definition of the site"),
        (b"only a text", '1:1: should be a group of keys, such as "manager: Mike"'),
        (b"- a list", '1:1: should be a group of keys, such as "manager: Mike"'),
        (b"x: y\nmodes: \xff", "2:8: not UTF-8 text, save the file with the encoding UTF-8"),
    ],
    ids=["empty", "comment", "text", "list", "not UTF-8"],
)
def test_what_is_no_definition_at_all_is_refused(problems, text, line):
    assert problems(text) == [f"docs/modes.yml:{line}"]


def test_a_missing_file_is_named(tmp_path):
    said = r"^docs/modes\.yml:1:1: file not found, it holds the definition of the site$"
    with pytest.raises(DefinitionError, match=said):
        load(tmp_path / "modes.yml", "docs/modes.yml")


@pytest.mark.parametrize("case", PLAIN_TEXTS.values(), ids=PLAIN_TEXTS)
def test_markup_in_a_text_is_noticed(case):
    line, *signs = case
    noticed = [message.partition(" is published")[0] for _, message in published_signs([line])]
    assert noticed == signs


def test_a_quote_that_closes_another_is_none_too_many():
    assert odd_quote('„Ada"') is None
    assert odd_quote('an "Ada"') is None
