"""Is a good definition read as it is, and a bad one refused with a line for every problem?"""

import pytest

from macros.definition import DefinitionError, load
from macros.definition.syntax import odd_quote, published_signs
from tests.check.expected import read_yaml
from tests.definitions import GOOD
from tests.projects import ROOT


@pytest.fixture
def write(tmp_path):
    def written(text: str | bytes):
        path = tmp_path / "modes.yml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


@pytest.fixture
def problems(write):
    def lines(text: str | bytes) -> list[str]:
        with pytest.raises(DefinitionError) as caught:
            load(write(text), "docs/modes.yml")
        return str(caught.value).splitlines()

    return lines


def test_good_definition_is_read_in_file_order(write):
    definition = load(write(GOOD), "docs/modes.yml")
    assert [mode.id for mode in definition.modes] == ["listen", "tell"]
    assert definition.modes[0].signs == ("I am silent.",)


def test_the_definition_cannot_be_changed_once_read(write):
    definition = load(write(GOOD), "docs/modes.yml")
    with pytest.raises(AttributeError, match="immutable"):
        definition.modes[0].name = "Other"


def test_no_and_on_are_words(write):
    definition = load(
        write(GOOD.replace("name: Telling", "name: no").replace("onus: On me", "onus: on")), ""
    )
    assert (definition.modes[1].name, definition.modes[1].onus) == ("no", "on")


def test_folded_text_is_one_line_and_keeps_its_no_break_spaces(write):
    folded = "    about: >\n      Vous\u00a0:  oui,\n      et moi.\n"
    definition = load(write(GOOD.replace("    about: You talk.\n", folded)), "")
    assert definition.modes[0].about == "Vous\u00a0: oui, et moi."


BAD = read_yaml(ROOT / "tests/cases/definition.yml")


@pytest.mark.parametrize(("good", "bad", "said"), BAD.values(), ids=BAD)
def test_a_mistake_is_named_with_its_line_and_what_to_do(problems, good, bad, said):
    assert good in GOOD
    assert problems(GOOD.replace(good, bad, 1)) == [f"docs/modes.yml:{said}"]


@pytest.mark.parametrize("count", [12, 13])
def test_thirteen_modes_are_too_many_and_a_mistake_in_one_is_named_as_well(problems, count):
    mode = GOOD[GOOD.index("  - id: tell") : GOOD.index("phrases:")]
    more = [mode.replace("tell", f"tell{n}").replace("Tell", f"Tell{n}") for n in range(count - 2)]
    more[-1] = more[-1].replace("meaning", "meanin")
    said = problems(GOOD.replace(mode, mode + "".join(more)))
    if count > 12:
        assert said.pop(0).endswith("modes: has 13 entries, it can hold 12")
    (named,) = said
    assert named.endswith(f': modes[{count - 1}].meanin: unknown key, did you mean "meaning"?')


def test_buttons_of_one_kind_are_told_apart_by_their_words(problems):
    text = GOOD.replace("session: a telling session", "session: a listening session").replace(
        'Copy {noun}"', 'Copy {session}"'
    )
    assert problems(text) == [
        "docs/modes.yml:39:21: copying.request.button: gives a button the words "
        '"Copy a listening session", '
        "and so does itself, for another kind; each needs its own"
    ]


SITE = [
    ("en", "EN", '2:30: site.language: the theme has no words for "EN", did you mean "en"?'),
    (
        "index.md]",
        "index.md, phrase.md]",
        '2:52: site.pages[1]: there is no such page in docs/, did you mean "phrases.md"?',
    ),
    (
        "index.md]",
        "index.md, phrases.md, index.md]",
        '2:64: site.pages[2]: "index.md" is in the list already, remove one of the two',
    ),
    (
        "index.md]",
        "index.md]",
        '2:34: site.pages: "phrases.md" lies in docs/ and is not in the list: '
        "add it here or under footer, or remove it",
    ),
]


@pytest.mark.parametrize(("good", "bad", "line"), SITE)
def test_language_and_pages_are_those_that_there_are(write, good, bad, line):
    assert good in GOOD
    with pytest.raises(DefinitionError) as caught:
        load(
            write(GOOD.replace(good, bad, 1)),
            "docs/modes.yml",
            ["en", "pl"],
            ["index.md", "phrases.md"],
        )
    assert f"docs/modes.yml:{line}" in str(caught.value).splitlines()


def test_the_home_page_has_to_be_there(write):
    with pytest.raises(
        DefinitionError, match=r"2:34: site.pages: docs/ holds no index\.md, which is the home page"
    ):
        load(write(GOOD), "docs/modes.yml", pages=["phrases.md"])


def test_a_form_has_to_be_brought_by_every_mode_that_a_template_asks(problems):
    text = GOOD.replace(
        "    noun: listening\n", "    noun: listening\n    forms: {genitive: of listening}\n"
    )
    text = text.replace("not {got} {topic}", "not {got.genitive} {topic}")
    assert problems(text) == [
        'docs/modes.yml:13:5: modes[1]: lacks the form "genitive" '
        "that phrases.call_out asks for, add it under forms"
    ]


def test_all_problems_come_at_once_in_file_order(problems):
    text = (
        GOOD.replace("manager: Ada", "manager: 7")
        .replace("id: tell", "id: listen")
        .replace("home: Home", "hom: Home")
    )
    assert [line.split(" ")[0] for line in problems(text)] == [
        "docs/modes.yml:1:10:",
        "docs/modes.yml:12:9:",
        "docs/modes.yml:52:3:",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"", "1:1: is empty, it holds the definition of the site"),
        (b"# only a comment\n", "1:1: is empty, it holds the definition of the site"),
        (b"only a text", '1:1: should be a group of keys, such as "manager: Mike"'),
        (b"- a list", '1:1: should be a group of keys, such as "manager: Mike"'),
        (
            b"manager: Ada\nmodes: \xff\xfe",
            "2:8: not UTF-8 text, save the file with the encoding UTF-8",
        ),
        (b"manager: A\x07da", "1:11: has an invisible control character (U+0007), remove it"),
    ],
    ids=["empty", "comment", "text", "list", "not UTF-8", "control character"],
)
def test_what_is_no_definition_at_all_is_refused(problems, text, line):
    assert problems(text) == [f"docs/modes.yml:{line}"]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(
        DefinitionError,
        match=r"^docs/modes\.yml:1:1: file not found, it holds the definition of the site$",
    ):
        load(tmp_path / "modes.yml", "docs/modes.yml")


def test_what_is_not_yaml_is_named_with_its_place(problems):
    (line,) = problems(GOOD.replace('"{manager}, which one? {topic}"', "{manager}, which one"))
    assert line.startswith("docs/modes.yml:26:22: this cannot be read: a text that begins with {")


def test_a_page_at_the_foot_is_there_and_listed_once(write):
    foot = "pages: [index.md], footer: [{page: adpt.md}, {page: index.md}]"
    with pytest.raises(DefinitionError) as caught:
        load(write(GOOD.replace("pages: [index.md]", foot)), "X", pages=["index.md", "adopt.md"])
    assert [message for _, _, message in caught.value.problems] == [
        'site.footer[0].page: there is no such page in docs/, did you mean "adopt.md"?',
        'site.footer[1].page: "index.md" is in the list already, remove one of the two',
    ]


@pytest.mark.parametrize(
    ("line", "sign"),
    [
        ("    onus: On <b>you</b>", "<b>"),
        ("  - On *you* alone", "*you*"),
        ("    onus: On [you](index.md)", "[you](index.md)"),
        ("    onus: On you &ndash; me", "&ndash;"),
        ("    request: A session of [noun]", "[noun]"),
        ("    onus: 3 * 4 * 5 and snake_case_words", None),
        ("    # *not* published", None),
    ],
)
def test_markup_in_a_text_is_noticed(line, sign):
    said = [message.partition(" is published")[0] for _, message in published_signs([line])]
    assert said == [sign] * bool(sign)


def test_a_quote_that_closes_another_is_none_too_many():
    assert odd_quote('„Ada"') is None
    assert odd_quote('an "Ada"') is None
