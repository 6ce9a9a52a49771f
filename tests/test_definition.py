"""Is a good definition read as it is, and a bad one refused with a line for every problem?"""

import pytest
from macros.definition import DefinitionError, load

from tests.definitions import GOOD


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
    with pytest.raises(ValueError, match="frozen"):
        definition.modes[0].name = "Other"


def test_no_and_on_are_words(write):
    definition = load(
        write(GOOD.replace("name: Telling", "name: no").replace("onus: On me", "onus: on")), ""
    )
    assert (definition.modes[1].name, definition.modes[1].onus) == ("no", "on")


def test_folded_text_is_one_line_and_keeps_its_no_break_spaces(write):
    folded = "    about: >\n      Vous\u00a0: oui,\n      et moi.\n"
    definition = load(write(GOOD.replace("    about: You talk.\n", folded)), "")
    assert definition.modes[0].about == "Vous\u00a0: oui, et moi."


# What is changed in the good definition, and the line that says so.
BAD = {
    "unknown key": (
        "    meaning: I tell.\n",
        "    meaning: I tell.\n    use_wen: Now\n",
        '17:5: modes[1].use_wen: unknown key, did you mean "use_when"?',
    ),
    "unknown key like no other": (
        "manager: Ada\n",
        "manager: Ada\nxyzzy: 1\n",
        "2:1: xyzzy: unknown key, use one of: manager, manager_addressed, site, modes, phrases, table, labels, copying, not_found",
    ),
    "missing key": (
        "    session: a telling session\n",
        "",
        '12:5: modes[1].session: missing, add a line "session: …"',
    ),
    "missing group": (
        "labels:\n",
        "labelz:\n",
        '32:1: labelz: unknown key, did you mean "labels"?',
    ),
    "key twice": (
        "    onus: On me\n",
        "    onus: On me\n    onus: On us\n",
        '18:5: "onus" stands here a second time, remove one of the two',
    ),
    "empty text": ("manager: Ada", "manager:", "1:1: manager: is empty, write something"),
    "blank text": ("manager: Ada", 'manager: " "', "1:10: manager: is empty, write something"),
    "number for text": (
        "manager: Ada",
        "manager: 7",
        "1:10: manager: should be text, put it in quotes",
    ),
    "list for text": (
        "manager: Ada",
        "manager: [Ada]",
        "1:1: manager: should be text, put it in quotes",
    ),
    "text for list": (
        "    signs: [I talk.]\n",
        "    signs: I talk.\n",
        '19:5: modes[1].signs: should be a list, each entry on a line of its own that starts with "- "',
    ),
    "text for group": (
        '  request: {button: "Copy {noun}", done: "{noun} copied"}\n',
        "  request: Copy\n",
        '37:3: copying.request: should be a group of keys, each on a line of its own, such as "name: …"',
    ),
    "empty list": (
        "    signs: [I talk.]\n",
        "    signs: []\n",
        "19:5: modes[1].signs: has no entries, it needs 1 or more",
    ),
    "id with capitals": (
        "id: tell",
        "id: Tell",
        '12:9: modes[1].id: use small letters, digits and single hyphens, such as "code-review"',
    ),
    "id twice": (
        "id: tell",
        "id: listen",
        '12:9: modes[1].id: "listen" is the id of an earlier mode, use another',
    ),
    "unknown slot": (
        "a telling session\n",
        "a telling session\n    request: Give me {sesion}\n",
        '16:14: modes[1].request: unknown slot {sesion}, did you mean "session"?',
    ),
    "slot of the wrong kind": (
        "not {got} {topic}",
        "not {got} {noun}",
        "24:13: phrases.call_out: unknown slot {noun}, use one of: got, got.name, got.session, manager, topic, wanted, wanted.name, wanted.session",
    ),
    "slot with a format": (
        "{manager}, which",
        "{manager!r}, which",
        '26:13: phrases.not_sure: unknown slot {manager!r}, did you mean "manager"?',
    ),
    "needed slot absent": (
        "not {got} {topic}",
        "not that {topic}",
        "24:13: phrases.call_out: lacks {got}, so that every mode would get the same words",
    ),
    "open brace": (
        "{manager}, which",
        "{manager, which",
        "26:13: phrases.not_sure: a brace is open or closed alone, write a slot as one of {manager}, {topic}, and a brace itself as {{ or }}",
    ),
    "topic twice": (
        "on {topic}",
        "on {topic} or {topic}",
        "22:12: phrases.request: has {topic} more than once, keep one",
    ),
    "topic on a button": (
        '"Copy {noun}"',
        '"Copy {noun} {topic}"',
        "37:21: copying.request.button: unknown slot {topic}, use one of: manager, name, noun, session",
    ),
    "call-out of itself": (
        "    signs: [I talk.]\n",
        "    signs: [I talk.]\n    call_outs:\n      tell: Stop\n",
        "21:7: modes[1].call_outs.tell: is the mode itself, name the one that was got instead",
    ),
    "call-out of nobody": (
        "    signs: [I talk.]\n",
        "    signs: [I talk.]\n    call_outs:\n      lissen: Stop\n",
        '21:7: modes[1].call_outs.lissen: unknown mode id, did you mean "listen"?',
    ),
    "row of nothing": (
        "field: meaning",
        "field: meening",
        '31:14: table.rows[0].field: no such field of a mode, did you mean "meaning"?',
    ),
    "row twice": (
        "      field: meaning\n",
        "      field: meaning\n    - heading: Again\n      field: meaning\n",
        '33:14: table.rows[1].field: "meaning" has a row already, remove one of the two',
    ),
    "control character": (
        "manager: Ada",
        'manager: "A\\x07da"',
        "1:10: manager: has an invisible control character, remove it",
    ),
    "two documents": (
        "manager: Ada",
        "manager: Ada\n---\nmanager: Bob",
        '2:1: a second document begins here, remove the line "---"',
    ),
    "repetition": (
        "manager: Ada",
        "manager: &a Ada\nmanager_addressed: *a",
        "1:10: a text cannot begin with & unless it stands in quotes",
    ),
    "tag": (
        "manager: Ada",
        "manager: !!python/name:os.system x",
        '1:10: "tag:yaml.org,2002:python/name:os.system" stands for something special in YAML, put the text in quotes',
    ),
    "key that is no text": (
        "manager: Ada",
        "manager: Ada\n1: Bob",
        "2:1: a key has to be text, put it in quotes",
    ),
    "nested without end": (
        "manager: Ada",
        "manager: " + "[" * 5000,
        "1:19: is nested too deep, write it as the comments in the file show",
    ),
    "form that the mode lacks": (
        "    noun: listening\n",
        "    noun: listening\n    forms: {genitive: of listening}\n    request: Some {genitiv}\n",
        '8:14: modes[0].request: unknown slot {genitiv}, did you mean "genitive"?',
    ),
    "comment behind a text": (
        "onus: On me\n",
        "onus: On me # or us\n",
        "17:17: what follows the # is not published, put the whole text in quotes, or the comment on a line of its own",
    ),
    "optional text empty": (
        "onus: On me\n",
        "onus: On me\n    request:\n",
        "18:5: modes[1].request: is empty, write something, or remove the line",
    ),
    "tab": (
        "    onus: On me\n",
        "\tonus: On me\n",
        "17:1: a tab stands here, which cannot be seen, write usual spaces",
    ),
    "tab behind a colon": (
        "    onus: On me\n",
        "    onus:\tOn me\n",
        "17:10: a tab stands here, which cannot be seen, write usual spaces",
    ),
    "text behind a quote": (
        "heading: In a line",
        'heading: "In" a line',
        "30:16: this cannot be read: a quote is opened here, and the line does not end with one",
    ),
    "slot of a page in a plain text": (
        "about: I talk.",
        'about: "{{ manager }} talks."',
        "18:12: modes[1].about: {{ manager }} is not filled in here, only in phrases and on buttons; write the words themselves",
    ),
    "noun twice": (
        "noun: telling",
        "noun: listening",
        '14:11: modes[1].noun: "listening" is the noun of an earlier mode, use another',
    ),
    "odd space": (
        "    onus: On me\n",
        "  \u00a0 onus: On me\n",
        "17:3: an unusual space stands here, which cannot be seen, write usual spaces",
    ),
    "half a merge": (
        "manager: Ada\n",
        "<<<<<<< HEAD\nmanager: Ada\n=======\nmanager: Bob\n>>>>>>> other\n",
        "1:1: a merge was left half done here, keep one of the two versions and remove the lines that mark them",
    ),
    "colon in a text": (
        "about: I talk.",
        "about: I talk: a lot.",
        '18:18: this cannot be read: a text holds ": ", or this line is indented too far; put the text in quotes, or move the line',
    ),
    "no space behind the colon": (
        "about: I talk.",
        "about:I talk.",
        '18:5: this cannot be read: a line lacks the colon and the usual space behind its key, or the "- " of an entry, or a long text is not indented',
    ),
    "indent": (
        "    about: I talk.",
        "   about: I talk.",
        "18:4: this cannot be read: this line does not fit those above: look for a wrong indent, or for a quote inside a quoted text",
    ),
    "quote not closed": (
        "heading: In a line",
        'heading: "In a line',
        "30:16: this cannot be read: a quote is opened here, and the line does not end with one",
    ),
    "quote in quotes": (
        "heading: In a line",
        'heading: "In "a" line"',
        "30:21: this cannot be read: this line does not fit those above: look for a wrong indent, or for a quote inside a quoted text",
    ),
    "brace without quotes": (
        "heading: In a line",
        "heading: {In} a line",
        "30:21: this cannot be read: a text that begins with { or [ needs quotes, and so does one that goes on behind a quoted part",
    ),
    "sign without quotes": (
        "heading: In a line",
        "heading: @line",
        "30:16: this cannot be read: a text cannot begin with this sign unless it stands in quotes",
    ),
    "backslash": (
        "heading: In a line",
        'heading: "C:\\qed"',
        "30:16: this cannot be read: a backslash inside double quotes has to be written twice, or use single quotes (')",
    ),
    "entry without its hyphen": (
        "  - id: tell",
        "    id: tell",
        '12:5: "id" stands here a second time, remove one of the two, or begin the next entry with "- "',
    ),
    "name twice": (
        "name: Telling",
        "name: listening",
        '13:11: modes[1].name: "listening" is the name of an earlier mode, use another',
    ),
    "form with a slot's name": (
        "    about: I talk.\n",
        "    about: I talk.\n    forms: {topic: x}\n",
        "19:13: modes[1].forms.topic: is a slot already, use another name",
    ),
    "form of two words": (
        "    about: I talk.\n",
        "    about: I talk.\n    forms: {the genitive: x}\n",
        "19:13: modes[1].forms.the genitive: use one word of letters, such as genitive",
    ),
    "slot in a plain text": (
        "about: I talk.",
        'about: "{manager} talks."',
        "18:12: modes[1].about: {manager} is not filled in here, only in phrases and on buttons; write the words themselves",
    ),
    "slot as in a page": (
        "{manager}, which",
        "{{ manager }}, which",
        "26:13: phrases.not_sure: a slot has single braces here: {manager}",
    ),
    "two buttons of one name": (
        '"Copy {noun} title"',
        '"Copy {noun}"',
        '38:28: copying.calendar_title.button: gives a button the words "Copy listening", and so does copying.request; each needs its own',
    ),
    "row that nothing fills": (
        "field: meaning",
        "field: i_do",
        '31:14: table.rows[0].field: no mode has "i_do", write it in a mode or remove the row',
    ),
    "text that no row shows": (
        "    about: I talk.\n",
        "    about: I talk.\n    i_do: Talk\n",
        "19:5: modes[1].i_do: no row of the table shows it, add one under table: rows, or remove this",
    ),
    "label that nothing needs": (
        "  signs: You see\n",
        "  signs: You see\n  not_the_same_as: Not\n",
        "36:3: labels.not_the_same_as: no mode has a text of that name, write one or remove this line",
    ),
    "label that something needs": (
        "    about: I talk.\n",
        "    about: I talk.\n    not_the_same_as: A talk\n",
        '33:1: labels.not_the_same_as: missing, add a line "not_the_same_as: …": modes have a text of that name',
    ),
}


@pytest.mark.parametrize(("good", "bad", "line"), BAD.values(), ids=BAD)
def test_a_mistake_is_named_with_its_line_and_what_to_do(problems, good, bad, line):
    assert good in GOOD
    assert problems(GOOD.replace(good, bad, 1)) == [f"docs/modes.yml:{line}"]


def test_buttons_of_one_kind_are_told_apart_by_their_words(problems):
    text = GOOD.replace("session: a telling session", "session: a listening session").replace(
        'Copy {noun}"', 'Copy {session}"'
    )
    assert problems(text) == [
        'docs/modes.yml:37:21: copying.request.button: gives a button the words "Copy a listening session", and so does itself, for another kind; each needs its own'
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
        '2:34: site.pages: "phrases.md" lies in docs/ and is not in the list: add it, or remove the file',
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
        DefinitionError, match="2:34: site.pages: docs/ holds no index.md, which is the home page"
    ):
        load(write(GOOD), "docs/modes.yml", pages=["phrases.md"])


def test_a_form_has_to_be_brought_by_every_mode_that_a_template_asks(problems):
    text = GOOD.replace(
        "    noun: listening\n", "    noun: listening\n    forms: {genitive: of listening}\n"
    )
    text = text.replace("not {got} {topic}", "not {got.genitive} {topic}")
    assert problems(text) == [
        'docs/modes.yml:13:5: modes[1]: lacks the form "genitive" that phrases.call_out asks for, add it under forms'
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
        "docs/modes.yml:48:3:",
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
        (b"manager: A\x07da", "1:1: has an invisible control character, remove it"),
    ],
    ids=["empty", "comment", "text", "list", "not UTF-8", "control character"],
)
def test_what_is_no_definition_at_all_is_refused(problems, text, line):
    assert problems(text) == [f"docs/modes.yml:{line}"]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(
        DefinitionError,
        match="^docs/modes.yml:1:1: file not found, it holds the definition of the site$",
    ):
        load(tmp_path / "modes.yml", "docs/modes.yml")


def test_what_is_not_yaml_is_named_with_its_place(problems):
    (line,) = problems(GOOD.replace('"{manager}, which one? {topic}"', "{manager}, which one"))
    assert line.startswith("docs/modes.yml:26:22: this cannot be read: a text that begins with {")
