"""Is a good definition read as it is, and a bad one refused with a line for every problem?"""

import textwrap

import pytest
from macros.definition import DefinitionError, load

GOOD = """\
manager: Ada
site: {name: Site, language: en, pages: [index.md], switch_to_dark: Dark, switch_to_light: Light}
modes:
  - id: listen
    name: Listening
    noun: listening
    session: a listening session
    meaning: I listen.
    onus: On you
    about: You talk.
    signs: [I am silent.]
  - id: tell
    name: Telling
    noun: telling
    session: a telling session
    meaning: I tell.
    onus: On me
    about: I talk.
    signs: [I talk.]
phrases:
  slot: …
  request: "{manager}, I would like {session} on {topic}"
  calendar_title: "{noun}: {topic}"
  call_out: "{manager}, I wanted {wanted}, not {got} {topic}"
  switch: "{manager}, let us go on with {noun}"
  not_sure: "{manager}, which one? {topic}"
table:
  caption: Side by side
  rows:
    - heading: In a line
      field: meaning
labels:
  spectrum: From you to me
  wanted: When you wanted {noun}
  signs: You see
copying:
  request: {button: "Copy {noun}", done: "{noun} copied"}
  calendar_title: {button: "Copy {noun} title", done: "{noun} title copied"}
  call_out: {button: "Copy {wanted} {got}", done: "{wanted} {got} copied"}
  switch: {button: "Copy switch {noun}", done: "switch {noun} copied"}
  not_sure: {button: Copy not sure, done: Not sure copied}
  confirmed: Copied
  refused: Select it
  refused_on_touch: Hold it
not_found:
  title: Gone
  text: Not here.
  home: Home
"""


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
    definition = load(write(GOOD.replace("name: Telling", "name: no").replace("onus: On me", "onus: on")), "")
    assert (definition.modes[1].name, definition.modes[1].onus) == ("no", "on")


def test_folded_text_is_one_line_and_keeps_its_no_break_spaces(write):
    folded = "    about: >\n      Vous\u00a0: oui,\n      et moi.\n"
    definition = load(write(GOOD.replace("    about: You talk.\n", folded)), "")
    assert definition.modes[0].about == "Vous\u00a0: oui, et moi."


# What is changed in the good definition, and the line that says so.
BAD = {
    "unknown key": (
        "    meaning: I tell.\n", "    meaning: I tell.\n    use_wen: Now\n",
        '17:5: modes[1].use_wen: unknown key, did you mean "use_when"?',
    ),
    "unknown key like no other": (
        "manager: Ada\n", "manager: Ada\nxyzzy: 1\n",
        "2:1: xyzzy: unknown key, use one of: manager, manager_addressed, site, modes, phrases, table, labels, copying, not_found",
    ),
    "missing key": ("    session: a telling session\n", "", '12:5: modes[1].session: missing, add a line "session: …"'),
    "missing group": ("labels:\n", "labelz:\n", '32:1: labelz: unknown key, did you mean "labels"?'),
    "key twice": ("    onus: On me\n", "    onus: On me\n    onus: On us\n", '18:5: "onus" stands here a second time, remove one of the two'),
    "empty text": ("manager: Ada", "manager:", "1:1: manager: is empty, write something"),
    "blank text": ("manager: Ada", 'manager: " "', "1:10: manager: is empty, write something"),
    "number for text": ("manager: Ada", "manager: 7", "1:10: manager: should be text, put it in quotes"),
    "list for text": ("manager: Ada", "manager: [Ada]", "1:1: manager: should be text, put it in quotes"),
    "text for list": (
        "    signs: [I talk.]\n", "    signs: I talk.\n",
        '19:5: modes[1].signs: should be a list, each entry on a line of its own that starts with "- "',
    ),
    "text for group": (
        "  request: {button: \"Copy {noun}\", done: \"{noun} copied\"}\n", "  request: Copy\n",
        '37:3: copying.request: should be a group of keys, each on a line of its own, such as "name: …"',
    ),
    "empty list": ("    signs: [I talk.]\n", "    signs: []\n", "19:5: modes[1].signs: has no entries, it needs 1 or more"),
    "id with capitals": ("id: tell", "id: Tell", '12:9: modes[1].id: use small letters, digits and single hyphens, such as "code-review"'),
    "id twice": ("id: tell", "id: listen", '12:9: modes[1].id: "listen" is the id of an earlier mode, use another'),
    "unknown slot": (
        "a telling session\n", "a telling session\n    request: Give me {sesion}\n",
        '16:14: modes[1].request: unknown slot {sesion}, did you mean "session"?',
    ),
    "slot of the wrong kind": (
        "not {got} {topic}", "not {got} {noun}",
        "24:13: phrases.call_out: unknown slot {noun}, use one of: got, got.name, got.session, manager, topic, wanted, wanted.name, wanted.session",
    ),
    "slot with a format": (
        "{manager}, which", "{manager!r}, which", '26:13: phrases.not_sure: unknown slot {manager!r}, did you mean "manager"?'
    ),
    "needed slot absent": (
        "not {got} {topic}", "not that {topic}",
        "24:13: phrases.call_out: lacks {got}, so that every mode would get the same words",
    ),
    "open brace": (
        "{manager}, which", "{manager, which",
        "26:13: phrases.not_sure: a brace is open or closed alone, write a slot as one of {manager}, {topic}, and a brace itself as {{ or }}",
    ),
    "topic twice": ("on {topic}", "on {topic} or {topic}", "22:12: phrases.request: has {topic} more than once, keep one"),
    "topic on a button": ('"Copy {noun}"', '"Copy {noun} {topic}"', '37:21: copying.request.button: unknown slot {topic}, use one of: manager, name, noun, session'),
    "call-out of itself": (
        "    signs: [I talk.]\n", "    signs: [I talk.]\n    call_outs:\n      tell: Stop\n",
        "21:7: modes[1].call_outs.tell: is the mode itself, name the one that was got instead",
    ),
    "call-out of nobody": (
        "    signs: [I talk.]\n", "    signs: [I talk.]\n    call_outs:\n      lissen: Stop\n",
        '21:7: modes[1].call_outs.lissen: unknown mode id, did you mean "listen"?',
    ),
    "row of nothing": ("field: meaning", "field: meening", '31:14: table.rows[0].field: no such field of a mode, did you mean "meaning"?'),
    "row twice": (
        "      field: meaning\n", "      field: meaning\n    - heading: Again\n      field: meaning\n",
        '33:14: table.rows[1].field: "meaning" has a row already, remove one of the two',
    ),
    "control character": ("manager: Ada", 'manager: "A\\x07da"', "1:10: manager: has an invisible control character, remove it"),
    "two documents": ("manager: Ada", "manager: Ada\n---\nmanager: Bob", '2:1: a second document begins here, remove the line "---"'),
    "repetition": ("manager: Ada", "manager: &a Ada\nmanager_addressed: *a", "1:10: a text cannot begin with & unless it stands in quotes"),
    "tag": ("manager: Ada", "manager: !!python/name:os.system x", '1:10: "tag:yaml.org,2002:python/name:os.system" stands for something special in YAML, put the text in quotes'),
    "key that is no text": ("manager: Ada", "manager: Ada\n1: Bob", "2:1: a key has to be text, put it in quotes"),
    "nested without end": ("manager: Ada", "manager: " + "[" * 5000, "1:19: is nested too deep, write it as the comments in the file show"),
    "form that the mode lacks": (
        "    noun: listening\n", "    noun: listening\n    forms: {genitive: of listening}\n    request: Some {genitiv}\n",
        '8:14: modes[0].request: unknown slot {genitiv}, did you mean "genitive"?',
    ),
}


@pytest.mark.parametrize(("good", "bad", "line"), BAD.values(), ids=BAD)
def test_a_mistake_is_named_with_its_line_and_what_to_do(problems, good, bad, line):
    assert good in GOOD
    assert problems(GOOD.replace(good, bad, 1)) == [f"docs/modes.yml:{line}"]


def test_a_form_has_to_be_brought_by_every_mode_that_a_template_asks(problems):
    text = GOOD.replace("    noun: listening\n", "    noun: listening\n    forms: {genitive: of listening}\n")
    text = text.replace("not {got} {topic}", "not {got.genitive} {topic}")
    assert problems(text) == ['docs/modes.yml:13:5: modes[1]: lacks the form "genitive" that phrases.call_out asks for, add it under forms']


def test_all_problems_come_at_once_in_file_order(problems):
    text = GOOD.replace("manager: Ada", "manager: 7").replace("id: tell", "id: listen").replace("home: Home", "hom: Home")
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
        (b"manager: Ada\nmodes: \xff\xfe", "2:8: not UTF-8 text, save the file with the encoding UTF-8"),
        (b"manager: A\x07da", "1:1: has an invisible control character, remove it"),
    ],
    ids=["empty", "comment", "text", "list", "not UTF-8", "control character"],
)
def test_what_is_no_definition_at_all_is_refused(problems, text, line):
    assert problems(text) == [f"docs/modes.yml:{line}"]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DefinitionError, match="^docs/modes.yml:1:1: file not found, it holds the definition of the site$"):
        load(tmp_path / "modes.yml", "docs/modes.yml")


def test_what_is_not_yaml_is_named_with_its_place(problems):
    (line,) = problems(GOOD.replace('"{manager}, which one? {topic}"', "{manager}, which one"))
    assert line.startswith("docs/modes.yml:26:22: this cannot be read: a text that begins with {")


def test_a_fourth_mode_gives_twelve_call_outs(write):
    from macros.render import macros

    mode = textwrap.dedent(GOOD.split("modes:\n")[1].split("  - id: tell")[0])
    more = "".join(textwrap.indent(mode.replace("listen", name).replace("Listen", name), "  ") for name in ("ask", "show"))
    rendered = macros(load(write(GOOD.replace("phrases:\n", more + "phrases:\n", 1)), ""))
    assert rendered["call_outs"]().count("-got-") == 12
