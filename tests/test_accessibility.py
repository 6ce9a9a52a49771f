"""Can everybody use it: with a screen reader, with the keyboard alone, with colours forced?"""

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from conftest import web_path

WIDTHS = [320, 768, 1280]
SCHEMES = ["light", "dark"]


def violations(page, **options) -> list:
    """What axe finds with all its rules for WCAG A and AA and its best practices, but for what its `options` say."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    return page.evaluate(
        """async options => (await axe.run({ resultTypes: ["violations"], preload: false, ...options })).violations
            .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => [id, html, failureSummary]))""",
        options,
    )


def test_axe_finds_nothing_but_for_colours(visit, path):
    page = visit(path, motion="reduce")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page, rules={"color-contrast": {"enabled": False}}) == [], width


@pytest.mark.any_manager
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_the_colours(visit, path, scheme):
    """They take most of axe's time, no word has one of its own, and what lies between the widths shares those of an end."""
    page = visit(path, scheme=scheme, motion="reduce")
    for width in (WIDTHS[0], WIDTHS[-1]):
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page, runOnly=["color-contrast", "link-in-text-block"]) == [], width


@pytest.mark.any_manager
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_the_opened_search(visit, definition, scheme):
    page = visit("", scheme=scheme, motion="reduce")
    search(page, definition["modes"][0]["noun"])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page) == [], width


@pytest.mark.any_manager
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_the_opened_menu(visit, scheme):
    page = visit("", scheme=scheme, width=390, motion="reduce")
    page.locator(".md-header button[for=__drawer]").click()
    assert violations(page) == []


def search(page, word: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(word)
    page.keyboard.press(
        "End"
    )  # a letter that is on no American keyboard comes without a key, for which the theme waits
    page.locator(".md-search-result__link").first.wait_for()


def test_the_search_finds_a_mode_by_keyboard(visit, definition):
    page = visit("")
    mode = definition["modes"][0]
    search(page, mode["name"])
    assert (
        mode["name"].casefold() in page.locator(".md-search-result__list").inner_text().casefold()
    )
    page.keyboard.press("Escape")
    assert not page.locator(".md-search-result__list").is_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_keyboard_reaches_everything_in_reading_order_and_shows_where_it_is(visit, path, width):
    page = visit(path, width=width, motion="reduce")  # the theme fades its search away
    page.mouse.move(1, 1)
    page.wait_for_function("'component$' in window")  # it may not arrive midway
    reached = []
    for _ in range(200):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """async () => {
                const e = document.activeElement;
                if (e === document.body) return null;
                const shown = e.matches('.md-option') ? e.nextElementSibling : e.matches('.md-search__input') ? e.form : e;
                const style = getComputedStyle(shown);
                let inside, covered;
                for (let tries = 0; tries < 50; tries++) {  // the search opens, the page scrolls
                    const box = shown.getBoundingClientRect();
                    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                    inside = box.width > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
                    covered = !(shown.contains(top) || top?.contains(shown));
                    if (inside && !covered) break;
                    await new Promise(done => setTimeout(done, 20));
                }
                return {
                    index: [...document.body.querySelectorAll('*')].indexOf(e),
                    what: e.outerHTML.slice(0, 200),
                    inside,
                    covered,
                    marked: style.outlineStyle !== 'none' || e.matches('.md-search__input, .md-skip'),
                };
            }"""
        )
        if stop is None:
            break
        reached.append(stop)
    assert [
        stop for stop in reached if not stop["inside"] or stop["covered"] or not stop["marked"]
    ] == []
    assert [stop["index"] for stop in reached] == sorted(stop["index"] for stop in reached)
    # All that a mouse can press is there: links, buttons, fields, and no label that only a mouse can use.
    pressable = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input')].filter(e =>
            e.checkVisibility({ visibilityProperty: true }) && !e.matches('.md-toggle, .md-option, [tabindex="-1"]') && e.getBoundingClientRect().width)
            .map(e => [...document.body.querySelectorAll('*')].indexOf(e))"""
    )
    assert pressable
    assert set(pressable) <= {stop["index"] for stop in reached}
    assert any("md-option" in stop["what"] for stop in reached), "the scheme can be switched"


def test_the_menu_works_by_keyboard(visit, definition):
    page = visit("", width=390, height=844)
    button = page.locator(".md-header button[for=__drawer]")
    button.focus()
    assert button.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    inside = "document.activeElement.closest('.md-sidebar--primary') !== null"
    links = page.locator(".md-sidebar--primary").get_by_role("link").filter(visible=True)
    assert links.count() == 1 + len(definition["site"]["pages"]), (
        "the logo and the pages, and nothing that is not to be seen"
    )
    for link in links.all():
        assert page.evaluate(inside)
        page.wait_for_function(
            "link => link === document.activeElement && link.getBoundingClientRect().left >= 0",
            arg=link.element_handle(),
        )
        page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert button.evaluate("button => button === document.activeElement")
    page.keyboard.press("Enter")
    page.locator(".md-sidebar--primary").get_by_role("link").filter(visible=True).last.press(
        "Enter"
    )
    page.wait_for_url("**/" + web_path(definition["site"]["pages"][-1]))


@pytest.mark.any_manager
def test_the_scheme_switches_by_keyboard(visit):
    page = visit("")
    page.locator(".md-option:checked, .md-option").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_table_is_a_table_for_a_screen_reader(visit, definition, place, width):
    page = visit(place(".comparison"), width=width)
    table = page.get_by_role("table", name=definition["table"]["caption"])
    rows = [
        row
        for row in definition["table"]["rows"]
        if any(row["field"] in mode for mode in definition["modes"])
    ]
    assert table.get_by_role("columnheader").all_inner_texts() == [
        mode["name"] for mode in definition["modes"]
    ]
    assert table.get_by_role("rowheader").all_inner_texts() == [row["heading"] for row in rows]
    assert table.get_by_role("row").count() == len(rows) + 1
    assert table.get_by_role("cell").count() >= len(rows) * len(definition["modes"])


def test_the_spectrum_is_a_named_list(visit, definition, place):
    page = visit(place(".modes"))
    figure = page.get_by_role("list", name=definition["labels"]["spectrum"])
    assert figure.get_by_role("listitem").count() == len(definition["modes"])


def test_headings_form_an_outline_without_gaps(pages):
    for path, page in pages.items():
        levels = [
            int(heading.name[1])
            for heading in page.article.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])
        ]
        assert levels[0] == 1 and levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in zip(levels, levels[1:])), (path, levels)


def test_language_is_set(pages):
    assert {page.html["lang"] for page in pages.values()} != {""}
    assert {page.body["dir"] for page in pages.values()} <= {"ltr", "rtl"}


@pytest.mark.any_manager
@pytest.mark.parametrize("scheme", SCHEMES)
def test_forced_colours_lose_nothing(visit, place, scheme):
    page = visit(place(".modes"), scheme=scheme, colors="active")
    for button in page.locator(".copy").all():
        assert button.evaluate("b => getComputedStyle(b).borderTopStyle") == "solid"
    assert page.locator(".onus:visible").count() == page.locator(".modes > li").count()


@pytest.mark.any_manager
def test_reduced_motion_moves_nothing(visit):
    page = visit("", motion="reduce")
    moving = page.evaluate(
        "() => [...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) || parseFloat(getComputedStyle(e).animationDuration)).length"
    )
    assert moving == 0


@pytest.mark.any_manager
def test_the_theme_still_needs_a_name_for_its_search(pages):
    """When this fails, the theme names its search dialog itself: take `replace` out of macros/theme/main.html."""
    import material

    template = next(iter(material.__path__)) + "/templates/partials/search.html"
    with open(template, encoding="utf-8") as file:
        assert 'role="dialog">' in file.read()
