"""Whatever is done to a definition: is it refused with named lines, or shown as it says?"""

import os
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from macros.definition import PluginError, load
from tests.check import problems, words
from tests.helpers.definitions import GOOD, site

# EXAMPLES=1000 takes about half a minute.
EXAMPLES = int(os.environ.get("EXAMPLES", "30"))
ODD = list("{}[]:\t\n1~'\"|#\x00\x07\ufeffé")
ODD += ["- ", "- - -", "*a", "&a ", "!x ", "!!python/name:os.system ", "? ", "<<: ", "null"]
ODD += ["{{", "{topic}", "forms: {1: x}\n", "call_outs: [a]\n"]


def flipped(text: str, at: int, bits: int) -> str:
    raw = bytearray(text.encode("utf-8", errors="surrogateescape"))
    raw[at % len(raw)] ^= bits
    return raw.decode("utf-8", errors="surrogateescape")


# What may be done to a line, at a column, and what it takes beside these.
EDITS = {
    "drop": (st.none(), lambda line, at, _: []),
    "double": (st.none(), lambda line, at, _: [line, line]),
    "indent": (st.integers(1, 4), lambda line, at, by: [" " * by + line]),
    "insert": (st.sampled_from(ODD), lambda line, at, sign: [line[:at] + sign + line[at:]]),
    "value": (st.sampled_from(ODD), lambda line, at, sign: [f"{line.split(':')[0]}: {sign}"]),
    "flip": (st.integers(1, 255), lambda line, at, bits: [flipped(line or " ", at, bits)]),
}
where = st.integers(0, 10_000)
mutation = st.one_of(st.tuples(st.just(kind), where, where, EDITS[kind][0]) for kind in EDITS)


def mutated(text: str, kind: str, line: int, column: int, extra) -> str:
    lines = text.split("\n")
    at = line % len(lines)
    lines[at : at + 1] = EDITS[kind][1](lines[at], column % (len(lines[at]) + 1), extra)
    return "\n".join(lines)


@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=20_000,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(mutation, min_size=1, max_size=3))
def test_a_mutated_definition_is_refused_by_line_or_shown(tmp_path, mutations):
    text = GOOD
    for one in mutations:
        text = mutated(text, *one)
    path = tmp_path / "modes.yml"
    path.write_bytes(text.encode("utf-8", errors="surrogateescape"))
    try:
        made = site(path)
    except PluginError as error:
        said = str(error).split("\n")[1:]
        places = [re.fullmatch(r"docs/modes\.yml:(\d+):(\d+): .+", line) for line in said]
        assert said and all(places), said
        assert all(1 <= int(place[1]) <= text.count("\n") + 2 for place in places)
    else:
        assert problems(made, [words.parts, words.strays, words.buttons]) == []


# What people mistype in a line that begins with a key.
SLIPS = {
    "two to the right": lambda line: f"  {line}",
    "one to the left": lambda line: line.replace(" ", "", 1) if line[0] == " " else f" {line}",
    "no space behind the colon": lambda line: line.replace(": ", ":", 1),
    "a quote that is not closed": lambda line: re.sub(r": [\"']?(?=\w)", ': "', line, count=1),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_slip_is_named_at_its_line(tmp_path, slip):
    """Of 20 lines with a key 19 or more are named, the others one line away at most."""
    lines, away = GOOD.split("\n"), []
    for number, line in enumerate(lines):
        is_key = number % 2 and re.match(r" *(- )?\w+: \w", line)
        changed = slip(line) if is_key else line
        if changed != line:
            path = tmp_path / "modes.yml"
            path.write_text("\n".join([*lines[:number], changed, *lines[number + 1 :]]), "utf-8")
            with pytest.raises(PluginError) as caught:
                load(path, "modes.yml")
            said = str(caught.value).split("\n")[1]
            away.append(abs(int(said.split(":")[1]) - number - 1))
    assert len(away) > 7
    assert away.count(0) >= 0.95 * len(away) and max(away) <= 1
