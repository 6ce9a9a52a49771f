"""Is a good definition read as it is, and a bad one refused with a line for every problem?"""

import re
import time
from collections.abc import Callable

import pytest
from pydantic import ValidationError

from macros.definition import PluginError, load
from tests.check.expected import read_yaml
from tests.helpers.definitions import GOOD, read
from tests.helpers.projects import ROOT

BAD = read_yaml(ROOT / "tests/cases/definition.yml")


@pytest.fixture
def problems(tmp_path) -> Callable[..., list[str]]:
    def lines(text: str | bytes) -> list[str]:
        with pytest.raises(PluginError) as caught:
            read(tmp_path, text)
        return str(caught.value).split("\n")[1:]

    return lines


def test_a_good_definition_is_read_as_it_is_and_cannot_be_changed(tmp_path):
    text = GOOD.replace("name: Telling", "name: no").replace("onus: On me", "onus: on")
    folded = "about: >\n      Vous\u00a0:  oui,\n      et moi.\n    #example: x"
    listen, tell = read(tmp_path, text.replace("about: You talk.", folded)).modes
    assert (listen.id, tell.id) == ("listen", "tell"), "in the order of the file"
    assert listen.signs == ("I am silent.",)
    assert (tell.name, tell.onus) == ("no", "on"), "these are words"
    assert listen.about == "Vous\u00a0: oui, et moi.", "one line that keeps its no-break spaces"
    with pytest.raises(ValidationError, match="frozen"):
        listen.name = "Other"


def changed(case: str) -> tuple[str, list[str]]:
    """The good definition with the changes of a case, and what is to be said of its lines."""
    good, made, said = GOOD.split("\n"), [], []
    for line in case.splitlines():
        typed, *messages = line[1:].split("  #! ")
        if line[0] != "+":
            found = good.index(typed)
            made += good[:found]
            good = good[found + 1 :]
        if line[0] != "-":
            made.append(typed)
            said += [f"docs/modes.yml:{len(made)}: {message}" for message in messages]
    return "\n".join([*made, *good]), said


@pytest.mark.parametrize("case", BAD.values(), ids=BAD)
def test_a_mistake_is_named_with_its_line_and_what_to_do(problems, case):
    """What Windows writes, with a mark at the beginning and its own line ends, is read as well."""
    text, said = changed(case)
    found = problems(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert [re.sub(r"(:\d+):\d+: ", r"\1: ", problem, count=1) for problem in found] == said


def test_thirteen_modes_are_too_many(problems):
    """That twelve are not, tests/test_any_modes.py shows."""
    mode = GOOD[GOOD.index("  - id: tell") : GOOD.index("phrases:\n")]
    more = [mode.replace("tell", f"tell{n}").replace("Tell", f"Tell{n}") for n in range(11)]
    (said,) = problems(GOOD.replace(mode, mode + "".join(more)))
    assert said.endswith("modes: has 13 entries, it can hold 12")


@pytest.mark.parametrize("more", [GOOD * 3, "".join(f"more{n}: x\n" for n in range(500))])
def test_hundreds_of_mistakes_are_told_in_three_seconds(problems, more):
    began = time.process_time()
    assert problems(f"{GOOD}{more}") and time.process_time() - began < 3


NO_GROUP = '1:1: should be a group of keys, such as "manager: Mike"'
NONE = {
    b"": NO_GROUP,
    b"only a text": NO_GROUP,
    b"- a list": NO_GROUP,
    b"x: y\nmodes: \xff": "1:1: not UTF-8 text, save the file as UTF-8",
    "x: y\n# \uffff\n": "2:3: an invisible character stands here, remove it",
}


@pytest.mark.parametrize(("text", "line"), NONE.items(), ids=map(str, NONE))
def test_what_is_no_definition_at_all_is_refused(problems, text, line):
    assert problems(text) == [f"docs/modes.yml:{line}"]


def test_a_missing_file_is_named(tmp_path):
    said = r"docs/modes\.yml:1:1: file not found, it holds the definition of the site$"
    with pytest.raises(PluginError, match=said):
        load(tmp_path / "modes.yml", "docs/modes.yml")


def test_pages_are_those_that_lie_in_docs(tmp_path):
    """One that is listed twice, is not there or not listed, or has another's address, is named."""
    path = tmp_path / "modes.yml"
    pages = "footer: [{page: index.md}], pages: [index.md, index.md, README.md,"
    path.write_text(GOOD.replace("pages: [index.md,", pages), encoding="utf-8")
    with pytest.raises(PluginError) as caught:
        load(path, "docs/modes.yml", pages=["README.md", "index.md", "own.md", "phrase.md"])
    said = [line.partition("site.")[2] for line in str(caught.value).split("\n")[1:]]
    assert said == [
        'footer[0].page: "index.md" is in the list already, remove one of the two',
        'pages: "own.md" lies in docs/ and is not in the list, add it here or under footer, or '
        "remove the file",
        'pages[1]: "index.md" is in the list already, remove one of the two',
        'pages[2]: "README.md" would be published where index.md is, rename the file',
        'pages[3]: docs/ holds no "phrases.md", remove this entry, or did you mean "phrase.md"?',
    ]
