"""Does the page show exactly what a definition says, whatever is written in it, in any script?"""

import os
import re

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from macros.definition import DefinitionError
from tests.check import expected, markup, words
from tests.check.markup import Page
from tests.definitions import page
from tests.hostile import HOSTILE

EXAMPLES = int(os.environ.get("EXAMPLES", "4"))
FACTS = ["use_when", "talks_most", "i_do", "you_do", "you_leave_with"]

# Any sign that can be written but ends of lines; U+FEFF and the like are signs to YAML, not text.
signs = st.characters(
    exclude_categories=["Cs", "Cc", "Cn", "Co", "Zl", "Zp"], exclude_characters="\ufeff"
)
scripts = [
    st.characters(min_codepoint=first, max_codepoint=last, categories=["L", "M", "N"])
    for first, last in [
        (0x61, 0x7A),
        (0x100, 0x17F),
        (0x370, 0x3FF),
        (0x400, 0x4FF),
        (0x590, 0x5FF),
        (0x600, 0x6FF),
        (0x900, 0x97F),
        (0x4E00, 0x4FFF),
        (0xAC00, 0xADFF),
    ]
]
texts = (
    st.one_of(
        st.text(signs, min_size=1, max_size=20),
        *(st.text(script, min_size=1, max_size=30) for script in scripts),
        st.sampled_from(list(HOSTILE.values())),
        st.just("long " * 400),
    )
    .map(lambda text: re.sub(r"[ \t\r\n]+", " ", text).strip())
    .filter(lambda text: text and not re.search(r"\{ *[\w.]+ *\}", text))
)
ids = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)


@st.composite
def templates(draw, needed: list[str], others: list[str]):
    """Slots in any order with any text between them; a brace in the text is written twice."""
    slots = draw(
        st.permutations(
            [*needed, *draw(st.lists(st.sampled_from(others), max_size=2, unique=True))]
        )
    )
    parts = [draw(texts).replace("{", "{{").replace("}", "}}") for _ in range(len(slots) + 1)]
    return " ".join(
        part
        for pair in zip(parts, [*(f"{{{slot}}}" for slot in slots), ""], strict=True)
        for part in pair
    ).strip()


@st.composite
def definitions(draw) -> dict:
    number = draw(st.sampled_from([2, 2, 3, 3, 4, 12]))
    modes = []
    names, nouns = (
        draw(st.lists(texts, min_size=number, max_size=number, unique_by=str.casefold))
        for _ in range(2)
    )
    for id, name, noun in zip(
        draw(st.lists(ids, min_size=number, max_size=number, unique=True)),
        names,
        nouns,
        strict=True,
    ):
        mode = {
            key: draw(texts)
            for key in (
                "session",
                "meaning",
                "onus",
                "about",
                *draw(st.sets(st.sampled_from(FACTS))),
            )
        }
        modes.append(
            {
                "id": id,
                "name": name,
                "noun": noun,
                **mode,
                "forms": {"dative": draw(texts)},
                "signs": draw(st.lists(texts, min_size=1, max_size=3)),
            }
        )
    for mode in modes:
        if draw(st.booleans()):
            mode["request"] = draw(templates([], ["manager", "topic", "noun", "dative"]))
        got = draw(st.sampled_from(modes))
        if got is not mode:
            mode["call_outs"] = {
                got["id"]: draw(templates([], ["manager", "topic", "wanted", "got.dative"]))
            }
    fields = [field for field in FACTS if any(field in mode for mode in modes)] + ["meaning"]
    mode_slots, pair_slots = (
        ["manager", "noun", "session", "dative"],
        ["manager", "wanted.dative", "got.session"],
    )
    label = {key: draw(texts) for key in ("spectrum", "afterwards")}
    if draw(st.booleans()):
        modes[0]["not_the_same_as"], label["not_the_same_as"] = draw(texts), draw(texts)
    return {
        "manager": draw(texts),
        "site": {
            "name": draw(templates([], ["manager"])),
            "language": "en",
            "pages": ["index.md"],
            "switch_to_dark": draw(texts),
            "switch_to_light": draw(texts),
        },
        "modes": modes,
        "phrases": {
            "slot": "…" + draw(texts),
            **{
                kind: draw(templates(["name"], ["topic", *mode_slots]))
                for kind in ("request", "calendar_title", "switch", "afterwards")
            },
            "call_out": draw(templates(["wanted", "got"], ["topic", *pair_slots])),
            "not_sure": draw(templates([], ["manager", "topic"])),
        },
        "table": {
            "caption": draw(texts),
            "rows": [{"heading": draw(texts), "field": field} for field in fields],
        },
        "labels": {
            **label,
            "wanted": draw(templates(["noun"], ["name"])),
            "signs": draw(templates([], ["noun", "dative"])),
        },
        "copying": {
            **{
                kind: {
                    words: kind + draw(templates(["name"], mode_slots))
                    for words in ("button", "done")
                }
                for kind in ("request", "calendar_title", "switch", "afterwards")
            },
            "call_out": {
                words: draw(templates(["wanted.name", "got.name"], pair_slots))
                for words in ("button", "done")
            },
            "not_sure": {words: draw(templates([], ["manager"])) for words in ("button", "done")},
            **{key: draw(texts) for key in ("button", "confirmed", "refused", "refused_on_touch")},
        },
        "not_found": {key: draw(texts) for key in ("title", "text", "home")},
    }


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
        article = page(path)
    except DefinitionError as error:
        # By chance two buttons carry the same words, or a text needs quotes that it was not given.
        chance = "each needs its own|does not begin with one|begin with this dash"
        assume(not all(re.search(chance, text) for _, _, text in error.problems))
        raise
    assert list(words.parts(Page("page", article), expected.read_definition(path))) == []
    assert len(markup.boxes(article)) > len(expected.phrases(definition))
