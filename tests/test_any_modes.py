"""Does the look hold for any number of modes and for words of any length?"""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.check import Site, expected, markup, problems
from tests.helpers.definitions import GOOD, with_texts
from tests.helpers.definitions import site as site_of_macros
from tests.helpers.fitting import misfits
from tests.helpers.projects import built, copy_project, multiplied, source_with, write_yaml

WIDTHS = [320, 390, 768, 960, 1280]
LONG = "W" + "örterverkettung" * 4  # sixty letters, and nowhere to break
# All that is generated, directly below one another.
HOME = ("mode_cards", "not_sure", "comparison_table", "mode_sections")
BOOK = ("requests", "calendar_titles", "call_outs", "switches")
GAPS = """() => {
    const blocks = [...document.querySelectorAll("article > *")].map(e => e.getBoundingClientRect());
    const seen = blocks.filter(box => box.height > 2);
    return seen.slice(1).map((box, n) => box.top - seen[n].bottom);
}"""
DISPLAY = "table => getComputedStyle(table).display"
# The words of the table that would not fit whole.
BROKEN = """() => {
    const table = document.querySelector(".comparison");
    table.classList.add("whole");
    const broken = [...table.querySelectorAll("td, th")].filter(e => e.scrollWidth > e.clientWidth);
    table.classList.remove("whole");
    return broken.map(e => e.textContent);
}"""
WHOLE = ".comparison.whole * { overflow-wrap: normal !important }"


def bared(definition: dict) -> dict:
    """Two modes, with nothing that may be left out."""
    optional = {"use_when", "talks_most", "you_do", "you_leave_with", "example", "not_the_same_as"}

    def without(group: dict) -> dict:
        return {key: text for key, text in group.items() if key not in optional}

    modes, table = definition["modes"], definition["table"]
    rows = [row for row in table["rows"] if row["field"] not in optional]
    both = [without(modes[0]), without(modes[-1])]
    labels = without(definition["labels"])
    return {**definition, "modes": both, "labels": labels, "table": {**table, "rows": rows}}


CASES = {
    "bare": bared,
    # Each text with a word that no phone holds.
    "twelve-long": lambda d: with_texts(multiplied(d, 12), lambda text, _: f"{text} {LONG}"),
}


@pytest.fixture(params=CASES)
def case(request, docs, once) -> Site:
    def make(folder: Path) -> None:
        project = copy_project(folder, docs)
        path = project / "docs/modes.yml"
        write_yaml(path, CASES[request.param](expected.read_yaml(path)))
        for macros in (HOME, BOOK):
            page = source_with(project, f"{{{{ {macros[0]}() }}}}")
            head = page.read_text(encoding="utf-8").split("\n# ")[0]
            parts = [f"{{{{ {name}() }}}}" for name in macros]
            text = "\n\n".join([head, f"# {LONG}", *parts, f"## {LONG} {{ #call-me-out }}"])
            page.write_text(f"{text}\n", encoding="utf-8")
        built(project)

    made = once(f"any-{request.param}-{docs.name}", make)
    return Site(made / "site", made / "docs")


def test_the_check_finds_no_fault(seen, case):
    """The browser looks at the cards of few alone: a button more is a button again."""
    opened = case.pages[:1] if len(case.definition["modes"]) < 6 else []
    case.__dict__["visits"] = seen(case.with_pages(opened)).visits
    assert [str(problem) for problem in problems(case) if not problem.is_advice] == []


@pytest.mark.parametrize(
    ("number", "word", "is_stacked"),
    [(6, "x" * 12, False), (6, "x" * 13, True), (6, "字" * 99, False), (7, "x", True)],
    ids=["fits", "too long", "breaks anywhere", "too many"],
)
def test_the_table_stacks_where_its_columns_would_break_words(tmp_path, number, word, is_stacked):
    definition = multiplied(YAML().load(GOOD), number)
    definition["modes"][0]["meaning"] = word
    write_yaml(tmp_path / "modes.yml", definition)
    table = site_of_macros(tmp_path / "modes.yml").pages[0].soup.select_one(markup.TABLE)
    assert table.has_attr("data-stacked") == is_stacked


def test_nothing_overflows_and_blocks_keep_their_distance(visit, serve, place, case):
    modes = len(case.definition["modes"])
    for part in (markup.CARDS, markup.GROUP):
        page = visit(place(part), at=serve(case), media={"reduced_motion": "reduce"})
        page.add_style_tag(content=WHOLE)
        for width in WIDTHS:
            assert misfits(page, width) == [], width
            gaps = page.evaluate(GAPS)
            assert len(gaps) >= 4
            assert min(gaps) >= 15, width
            if part == markup.CARDS and width in (768, 1280):
                display = page.locator(markup.TABLE).evaluate(DISPLAY)
                assert display == "block" or modes <= 6, "it stacks"
                assert display == "block" or page.evaluate(BROKEN) == [], width
    heads = page.locator(markup.GROUP)
    colors = heads.evaluate_all("all => all.map(h3 => getComputedStyle(h3).color)")
    assert len(set(colors)) == len(colors) == modes
