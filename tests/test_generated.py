"""Does the page show exactly what a definition says, whatever is written in it, in any script?"""

import os
import re

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from macros.definition import PluginError
from macros.pages.generated import escape_markdown
from tests.check import expected, problems, words
from tests.helpers.definitions import site, with_texts
from tests.helpers.hostile import HOSTILE
from tests.helpers.projects import MANAGERS, write_yaml

EXAMPLES = int(os.environ.get("EXAMPLES", "4"))
# Latin, Greek, Cyrillic, Hebrew, Arabic, Devanagari, Chinese and Korean, by the numbers of Unicode.
SCRIPTS = "61-7A 100-17F 370-3FF 400-4FF 590-5FF 600-6FF 900-97F 4E00-4FFF AC00-ADFF"
# What some modes may leave out.
OPTIONAL = ["use_when", "i_do", "you_do", "example", "not_the_same_as", "call_outs"]
BASES = [expected.read_yaml(folder / "modes.yml") for folder in MANAGERS]


def letters(script: str) -> st.SearchStrategy[str]:
    first, last = (int(number, 16) for number in script.split("-"))
    return st.characters(min_codepoint=first, max_codepoint=last, categories=["L", "M", "N"])


# Any sign that can be written but ends of lines; U+FEFF and the like are signs to YAML, not text.
signs = st.characters(
    exclude_categories=["Cs", "Cc", "Cn", "Co", "Zl", "Zp"], exclude_characters="\ufeff"
)
texts = (
    st.one_of(
        st.text(signs, min_size=1, max_size=20),
        *(st.text(letters(script), min_size=1, max_size=30) for script in SCRIPTS.split()),
        st.sampled_from(list(HOSTILE.values())),
        st.just("long " * 400),
    )
    .map(lambda text: re.sub(r"[ \t\r\n]+", " ", text).strip())
    .filter(lambda text: text and not re.search(r"\{ *[\w.]+ *\}", text))
)
ids = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)


# In a template a brace of the text is written twice; elsewhere two are shown.
escaped = texts.map(lambda text: text.replace("{", "{{").replace("}", "}}"))


@st.composite
def definitions(draw) -> dict:
    """A manager's, with other texts and any number of modes."""

    def other(text: str, key: str) -> str:
        """Another around the same slots in any order."""
        parts = [draw(escaped)]
        for slot in draw(st.permutations(re.findall(r"\{[\w.]+\}", text))):
            parts += [slot, draw(escaped)]
        return "…" * (key == "slot") + " ".join(parts)

    base, number = draw(st.sampled_from(BASES)), draw(st.sampled_from([2, 2, 3, 3, 4, 12]))
    modes = [base["modes"][n % len(base["modes"])] for n in range(number)]
    definition = with_texts({**base, "modes": modes}, other)
    modes, labels, table = (definition[key] for key in ("modes", "labels", "table"))
    for key, strategy in {"id": ids, "name": texts, "noun": texts, "session": texts}.items():
        each = st.lists(strategy, min_size=number, max_size=number, unique_by=str.casefold)
        for one, word in zip(modes, draw(each), strict=True):
            one[key] = word
    for one in modes:
        for key in draw(st.sets(st.sampled_from(OPTIONAL))) | {"call_outs"}:
            one.pop(key, None)
        got = draw(st.sampled_from(modes))
        if got is not one:
            one["call_outs"] = {got["id"]: other(base["phrases"]["call_out"], "")}
    for kind in ("call_out", *expected.LISTS.values(), "afterwards"):
        definition["copying"][kind]["button"] += f" {kind}"
    shown = {key for one in modes for key in one}
    table["rows"] = [row for row in table["rows"] if row["field"] in shown]
    for key in {"example", "not_the_same_as"} - shown:
        labels.pop(key, None)
    return definition


@settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
@given(definitions())
def test_the_page_shows_exactly_what_a_definition_says(tmp_path, definition):
    path = tmp_path / "modes.yml"
    write_yaml(path, definition)
    try:
        made = site(path)
    except PluginError as error:
        # By chance two buttons carry the same words, or a text needs quotes that it was not given.
        chance = "each needs its own|does not begin with one|begin with this dash"
        assume(not all(re.search(chance, problem.message) for problem in error.problems))
        raise
    assert problems(made, [words.parts, words.strays, words.buttons]) == []
    assert len(made.pages[0].boxes) > len(expected.phrases(definition))


@pytest.fixture(scope="session")
def article(variant):
    (page,) = [p for p in variant("hostile").pages if p.soup.select("#heading")]
    return page.soup.article


def test_text_in_prose_shows_as_written(article):
    """In a heading, in a list and in an admonition; of the generated parts tests/check tells."""
    noun = " ".join(HOSTILE.values())
    assert article.find(id="heading").get_text() == noun
    assert article.select("ul:not([class]) > li")[-1].get_text() == noun
    assert article.select_one(".admonition > p:not([class])").get_text() == noun
    assert article.select_one(".admonition .phrase")


def test_a_box_has_the_title_that_the_definition_gives_it(article):
    titles = [title.get_text() for title in article.select(".admonition-title")]
    assert titles == ["Nota", "Nota", "Own", "Caution"]
    assert article.select_one(".admonition.caution.danger")


def test_a_word_is_left_alone_since_code_shows_it_as_typed():
    words = "Jörg-Rüdiger O'Neil Q&A plan_of_action v1.5"
    assert escape_markdown(words) == words
    escaped = "&#45;a&#95; &#38;amp&#59; R&#38;copy&#59; &#95;&#95;b&#95;&#95;"
    assert escape_markdown("-a_ &amp; R&copy; __b__") == escaped
