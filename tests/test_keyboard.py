"""Can everything be reached and used with the keyboard alone, in reading order, and be seen?"""

import pytest

from tests.projects import web_path
from tests.theme import search, wake

DRAWER = ".md-header button[for=__drawer]"
MENU = ".md-sidebar--primary"
# Where the focus is; what opens or scrolls is given a second.
STOP = """async () => {
    const e = document.activeElement;
    if (e === document.body) return null;
    const shown = e.matches(".md-option") ? e.nextElementSibling
        : e.matches(".md-search__input") ? e.form : e;
    let inside, covered;
    for (const start = performance.now(); performance.now() - start < 5000;) {
        const box = shown.getBoundingClientRect();
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        inside = box.width > 0 && box.right > 0 && box.left < innerWidth
            && box.bottom > 0 && box.top < innerHeight;
        covered = !(shown.contains(top) || top?.contains(shown));
        if (inside && !covered) break;
        await new Promise(requestAnimationFrame);
    }
    return {
        index: [...document.body.querySelectorAll("*")].indexOf(e),
        html: e.outerHTML.slice(0, 200),
        inside,
        covered,
        marked: getComputedStyle(shown).outlineStyle !== "none"
            || e.matches(".md-search__input, .md-skip"),
    };
}"""
# All that a mouse can press: links, buttons, fields, and no label that only a mouse can use.
PRESSABLE = """() => {
    const all = [...document.body.querySelectorAll("*")];
    return all.filter(e => e.matches("a[href], button, input")
        && !e.matches('.md-toggle, .md-option, [tabindex="-1"]')
        && e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().width)
        .map(e => all.indexOf(e));
}"""


def test_the_keyboard_reaches_everything_in_reading_order_and_shows_where_it_is(visit, path):
    page = visit(path, media={"reduced_motion": "reduce"})
    wake(page)  # the theme may not arrive midway
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        stops = []
        for _ in range(200):
            page.keyboard.press("Tab")
            if (stop := page.evaluate(STOP)) is None:
                break
            stops.append(stop)
        unseen = [s for s in stops if not s["inside"] or s["covered"] or not s["marked"]]
        assert unseen == [], width
        indexes = [stop["index"] for stop in stops]
        assert indexes == sorted(indexes), width
        pressable = page.evaluate(PRESSABLE)
        assert pressable
        assert set(pressable) <= set(indexes), width
        assert any("md-option" in stop["html"] for stop in stops), "the scheme can be switched"


def test_the_menu_works_by_keyboard(visit, definition):
    page = visit(width=390, height=844)
    button = page.locator(DRAWER)
    button.focus()
    assert button.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    links = page.locator(MENU).get_by_role("link").filter(visible=True)
    shown = links.count()
    assert shown == 1 + len(definition["site"]["pages"]), "the logo and the pages, and no other"
    in_view = "a => a === document.activeElement && a.getBoundingClientRect().left >= 0"
    for link in links.all():
        page.wait_for_function(in_view, arg=link.element_handle())
        page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert button.evaluate("button => button === document.activeElement")
    page.keyboard.press("Enter")
    links.last.press("Enter")
    page.wait_for_url("**/" + web_path(definition["site"]["pages"][-1]))


@pytest.mark.managers("noa", "zofia", "eleni")
def test_the_search_finds_a_mode_in_any_script(visit, definition):
    page = visit()
    name = definition["modes"][0]["name"]
    search(page, name)
    found = page.locator(".md-search-result__list")
    assert name.casefold() in found.inner_text().casefold()
    page.keyboard.press("Escape")
    found.wait_for(state="hidden")
