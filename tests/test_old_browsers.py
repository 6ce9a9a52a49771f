"""Does an old browser get readable words: is all that it may not know left out without harm?

Known to every browser means Chrome 80, Firefox 78 and Safari 14, all of 2020.
"""

import re

import tinycss2

from tests.helpers.projects import ASSETS, ROOT

SHEET = ASSETS / "site.css"
SCRIPTS = [ASSETS / "site.js", *(ROOT / "macros/publish").glob("*.js")]
# A custom property takes every value, and is void where it is used: a plain one before is no help.
# And a layout of which a part is dropped may hold words under the wrong head.
ASK_FIRST = {"oklch", "subgrid", "layout by :is"}
# Without these a page loses a mark or a size: its scroll bar, its breaks, the theme's own spacing.
HARMLESS = {":has", ":focus-visible", ":is", "scripting", "text-wrap", "@container"}
# A list of selectors is dropped whole, nested rules with what follows, these without a sign.
NEVER = {"&", ":dir", "color-mix", "light-dark", "@layer", "@scope"}
FEATURES = ASK_FIRST | HARMLESS | NEVER


def used(rules: list, asked: str = "") -> set[str]:
    """Each feature in use, unless @supports asks for it around that place."""
    found = set()
    for rule in rules:
        assert rule.type != "error", rule.message
        text, head = (tinycss2.serialize(part or []) for part in (rule.content, rule.prelude))
        keyword = f"@{rule.at_keyword}" if rule.type == "at-rule" else ""
        if keyword in {"@supports", "@media", "@container"}:
            inside = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
            found |= used(inside, f"{asked} {head}" if keyword == "@supports" else asked)
            text = ""
        head = "" if keyword == "@supports" else head
        code = re.sub(r'(?s)/\*.*?\*/|"[^"]*"', "", f"{head} {text}")
        names = {keyword, *re.findall(r"(?=(:?[\w-]+))", code), *("&" * ("{" in text))}
        names |= {"layout by :is"} if {":is", "display"} <= names and not asked else set()
        found |= {name for name in FEATURES & names if name not in asked}
    return found


def test_what_an_old_browser_does_not_know_is_asked_for_or_left_out_without_harm():
    text = SHEET.read_text(encoding="utf-8")
    assert all(name.split()[-1] in text for name in ASK_FIRST | HARMLESS), "each is in use"
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    assert used(rules) == HARMLESS


def test_the_dark_colors_are_the_same_where_no_script_runs():
    text = SHEET.read_text(encoding="utf-8")
    dark, unscripted, _ = re.findall(r'(?:="slate"\]|-scheme\]) \{\s*(--ink[^}]*)', text)
    assert dark.split() == unscripted.split()


def test_no_script_ends_at_a_selector_that_an_old_browser_does_not_know():
    text = "".join(script.read_text(encoding="utf-8") for script in SCRIPTS)
    assert [name for name in FEATURES if name[0] == ":" and name in text] == []
