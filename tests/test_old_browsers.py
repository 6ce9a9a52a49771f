"""Does an old browser get readable words: is all that it may not know left out without harm?

Known to every browser means Chrome 80, Firefox 78 and Safari 14, all of 2020.
"""

import re
from collections.abc import Iterator

import tinycss2

from tests.projects import ROOT

SHEET = ROOT / "macros/theme/assets/site.css"
SCRIPTS = [ROOT / "macros/theme/assets/site.js", *(ROOT / "macros/publish").glob("*.js")]
# Younger, and what is left of the page without it.
YOUNGER = {
    "oklch": "the plain colors before the rules that ask for it",
    "subgrid": "cards and phrases that stand one below the other",
    ":has": "a light scroll bar on a dark page",
    ":focus-visible": "the theme's own mark of what has the focus",
    "scripting": "buttons that move the page when they appear",
    "text-wrap": "lines that break as they always did",
    "@container": "what a kind is above its phrase, in large text as well",
    ":is": "the theme's own spacing and sizes, and no marks beside the color",
}
# A list of selectors is dropped whole, nested rules with what follows, these without a sign.
NEVER = {"&", ":dir", "color-mix", "light-dark", "@layer", "@scope"}
FEATURES = YOUNGER.keys() | NEVER
# A layout of which a part is dropped may hold words under the wrong head.
LAYOUT = "layout by :is"
# A custom property takes every value, and is void where it is used: a plain one before is no help.
ASK_FIRST = {"oklch", "subgrid", LAYOUT}


def features(nodes: list | None) -> set[str]:
    code = re.sub(r"(?s)/\*.*?\*/|\"[^\"]*\"", "", tinycss2.serialize(nodes or []))
    words = re.findall(r":?[\w-]+", code)
    found = FEATURES & {*words, *(word.lstrip(":") for word in words)}
    # A block within a rule is a rule of its own.
    return found | {"&" for node in nodes or [] if node.type == "{} block"}


def used(css: str, asked: frozenset[str] = frozenset()) -> Iterator[tuple[str, bool]]:
    """Each feature in use, and whether @supports asks for it around that place."""
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        assert rule.type != "error", rule.message
        keyword = f"@{rule.lower_at_keyword}" if rule.type == "at-rule" else ""
        names, inside = features(rule.prelude), asked
        if keyword == "@supports":
            names, inside = set(), asked | names
        if keyword == "@container":
            yield keyword, bool(asked)
        if keyword in {"@supports", "@media", "@container"}:
            yield from used(tinycss2.serialize(rule.content), inside)
        else:
            names |= features(rule.content) | ({keyword} & FEATURES)
            words = [getattr(token, "value", "") for token in rule.content or ()]
            if ":is" in names and "display" in words:
                yield LAYOUT, bool(asked)
        yield from ((name, name in asked) for name in names)


def test_what_an_old_browser_does_not_know_is_asked_for_or_left_out_without_harm():
    found = {*used(SHEET.read_text(encoding="utf-8"))}
    assert {name for name, _ in found} == {*YOUNGER, LAYOUT}, "none is forbidden or not needed"
    assert [name for name, is_asked in found if name in ASK_FIRST and not is_asked] == []


def test_no_script_ends_at_a_selector_that_an_old_browser_does_not_know():
    text = "".join(script.read_text(encoding="utf-8") for script in SCRIPTS)
    assert [name for name in FEATURES if name[0] == ":" and name in text] == []
