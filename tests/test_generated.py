"""Does the page show exactly what a definition says, whatever is written in it, in any script?"""

import os
import re

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from macros.definition import PluginError
from macros.pages.generated import escape_markdown
from tests.check import expected, problems, words
from tests.definitions import site
from tests.hostile import HOSTILE

EXAMPLES = int(os.environ.get("EXAMPLES", "4"))
# Latin, Greek, Cyrillic, Hebrew, Arabic, Devanagari, Chinese and Korean, by the numbers of Unicode.
SCRIPTS = "61-7A 100-17F 370-3FF 400-4FF 590-5FF 600-6FF 900-97F 4E00-4FFF AC00-ADFF"
FACTS = ["use_when", "talks_most", "i_do", "you_do", "you_leave_with"]
KINDS = ["request", "calendar_title", "switch", "afterwards"]
SLOTS = ["manager", "noun", "session", "dative"]
SLOTS_OF_TWO = ["manager", "wanted.dative", "got.session"]


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


@st.composite
def templates(draw, needed: list[str], others: list[str], start: str = ""):
    """Slots in any order, any text around them; a brace in the text is written twice."""
    escaped = texts.map(lambda text: text.replace("{", "{{").replace("}", "}}"))
    more = draw(st.lists(st.sampled_from(others), max_size=2, unique=True))
    parts = [start + draw(escaped)]
    for slot in draw(st.permutations([*needed, *more])):
        parts += [f"{{{slot}}}", draw(escaped)]
    return " ".join(parts)


def group(*keys: str, **more: st.SearchStrategy) -> st.SearchStrategy[dict]:
    """A group of keys with any text, and of others."""
    return st.fixed_dictionaries({**dict.fromkeys(keys, texts), **more})


def button(needed: list[str], others: list[str], start: str = "") -> st.SearchStrategy[dict]:
    words = templates(needed, others, start)
    return group(button=words, done=words)


# All of a mode but what no other mode may have.
mode = st.fixed_dictionaries(
    {
        **dict.fromkeys(["session", "meaning", "onus", "about"], texts),
        "forms": group("dative"),
        "signs": st.lists(texts, min_size=1, max_size=3),
    },
    optional={
        **dict.fromkeys(FACTS, texts),
        "request": templates([], ["manager", "topic", "noun", "dative"]),
    },
)
# All but what depends on the modes.
frame = group(
    "manager",
    site=group("switch_to_dark", "switch_to_light", name=templates([], ["manager"])),
    phrases=group(
        slot=texts.map("…{}".format),
        call_out=templates(["wanted", "got"], ["topic", *SLOTS_OF_TWO]),
        not_sure=templates([], ["manager", "topic"]),
        **dict.fromkeys(KINDS, templates(["name"], ["topic", *SLOTS])),
    ),
    labels=group(
        "spectrum",
        "afterwards",
        wanted=templates(["noun"], ["name"]),
        signs=templates([], ["noun", "dative"]),
    ),
    copying=group(
        *("button", "confirmed", "refused", "refused_on_touch"),
        call_out=button(["wanted.name", "got.name"], SLOTS_OF_TWO),
        not_sure=button([], ["manager"]),
        **{kind: button(["name"], SLOTS, kind) for kind in KINDS},
    ),
    not_found=group("title", "text", "home"),
)


@st.composite
def definitions(draw) -> dict:
    definition = draw(frame)
    definition["site"] |= {"language": "en", "pages": ["index.md"]}
    number = draw(st.sampled_from([2, 2, 3, 3, 4, 12]))
    modes = [draw(mode) for _ in range(number)]
    for key, strategy in {"id": ids, "name": texts, "noun": texts}.items():
        each = st.lists(strategy, min_size=number, max_size=number, unique_by=str.casefold)
        for one, word in zip(modes, draw(each), strict=True):
            one[key] = word
    for one in modes:
        got = draw(st.sampled_from(modes))
        if got is not one:
            call_out = templates([], ["manager", "topic", "wanted", "got.dative"])
            one["call_outs"] = {got["id"]: draw(call_out)}
    if draw(st.booleans()):
        modes[0]["not_the_same_as"] = draw(texts)
        definition["labels"]["not_the_same_as"] = draw(texts)
    fields = [field for field in FACTS if any(field in one for one in modes)] + ["meaning"]
    rows = [{"heading": draw(texts), "field": field} for field in fields]
    return {**definition, "modes": modes, "table": {"caption": draw(texts), "rows": rows}}


@settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
@given(definitions())
def test_the_page_shows_exactly_what_a_definition_says(tmp_path, definition):
    path = tmp_path / "modes.yml"
    with path.open("w", encoding="utf-8") as file:
        # The compact style of `safe` writes what it cannot read, such as a text that begins with ?
        YAML().dump(definition, file)
    try:
        made = site(path)
    except PluginError as error:
        # By chance two buttons carry the same words, or a text needs quotes that it was not given.
        chance = "each needs its own|does not begin with one|begin with this dash"
        assume(not all(re.search(chance, text) for _, _, text in error.problems))
        raise
    assert problems(made, [words.parts, words.strays, words.buttons]) == []
    assert len(made.pages[0].boxes) > len(expected.phrases(definition))


@pytest.fixture(scope="session")
def article(variant):
    (page,) = [p for p in variant("hostile").pages if p.soup.select("#heading")]
    return page.soup.article


def test_text_in_prose_shows_as_written(article):
    """In a heading, in a list and in an admonition."""
    noun = " ".join(HOSTILE.values())
    assert article.find(id="heading").get_text() == noun
    assert article.select("ul:not([class]) > li")[-1].get_text() == noun
    assert article.select_one(".admonition > p:not([class])").get_text() == noun
    assert article.select_one(".admonition .phrase")


def test_no_markup_gets_in(variant):
    found = []
    for page in variant("hostile").pages:
        found += page.soup.select("article :is(.modes, .comparison, section, .phrases, #heading)")
    assert len(found) > 5
    labels = ":is(.signs, .example, .aside) > b"  # ours
    foreign = f"b:not({labels}), script, img, em, del, mark, .red"
    assert [part for part in found if part.select(foreign)] == []


def test_a_word_is_left_alone_since_code_shows_it_as_typed():
    words = "Jörg-Rüdiger O'Neil Q&A plan_of_action v1.5"
    assert escape_markdown(words) == words
    escaped = "&#45;a&#95; &#38;amp&#59; R&#38;copy&#59; &#95;&#95;b&#95;&#95;"
    assert escape_markdown("-a_ &amp; R&copy; __b__") == escaped
