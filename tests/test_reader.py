"""Does a reader find the words at once, once, and in every circumstance?"""

import json
import re
import struct
from functools import cache
from itertools import product

import pytest

from tests.check import expected, markup
from tests.helpers.interactions import KINDS, SCHEME
from tests.helpers.pictures import pixels
from tests.helpers.projects import ASSETS, web_path

PHONE, DESKTOP = {"width": 390, "height": 664}, {"width": 1280, "height": 800}
BOTTOMS = "elements => elements.map(element => element.getBoundingClientRect().bottom)"
MARKED = """items => items.filter(item => {
    const { outlineWidth, outlineStyle } = getComputedStyle(item);
    return parseFloat(outlineWidth) >= 2 && outlineStyle === "solid";
}).map(item => item.id)"""
MIRRORED = "h3 => getComputedStyle(h3, '::after').transform.includes('-1')"
RIGHT = "element => Math.round(element.getBoundingClientRect().right)"
# As they are painted, as red, green and blue.
COLORS = """names => names.map(name => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.fillStyle = getComputedStyle(name).color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
})"""
BAR = """() => [getComputedStyle(document.body).backgroundColor,
    ...[...document.querySelectorAll("meta[name=theme-color]")].map(meta => meta.content)]"""
# As from memory, where Chromium keeps no page for a test.
BACK = """index => {
    __md_set("__palette", { index });
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
}"""


def bottoms(page, selector: str) -> list[float]:
    found = page.locator(selector).evaluate_all(BOTTOMS)
    assert found, selector
    return found


def test_first_screens_show_the_words(visit, place):
    """In large text, in a wide font and on a narrow phone, too."""
    page = visit(place(markup.CARDS), **PHONE)
    widths = page.locator(".heard").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().width)"
    )
    assert widths and max(widths) <= 1, "a button shows one word, the rest of its name is heard"
    assert len(page.locator("article").inner_text().split()) <= 650, "the whole page is short"
    assert page.evaluate("document.documentElement.scrollHeight") <= 3900
    for screen, screens in ((PHONE, 2), (DESKTOP, 1)):
        page.set_viewport_size(screen)
        shown = bottoms(page, f"{markup.CARDS} {markup.BOX}")
        assert len(shown) == 3 and max(shown) <= screen["height"]
        assert bottoms(page, "article a[href$='#call-me-out']")[0] <= screens * screen["height"]
    ends = {page.locator(part).evaluate(RIGHT) for part in (".md-search__form", markup.CARDS)}
    assert len(ends) == 1, "the field of the search ends with the grid"
    ends = page.locator(".ask .box, #not-sure .box").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect()).map(({ left, right }) => left + right)"
    )
    assert len(ends) > 3 and len(set(ends)) == 1, "what to say stands in one column"
    page.set_viewport_size(PHONE)
    large = page.add_style_tag(content="html { font-size: 200% }")
    assert bottoms(page, f"{markup.CARDS} {markup.PHRASE}")[0] <= PHONE["height"]
    large.evaluate("style => style.remove()")
    page.set_viewport_size({"width": 320, "height": 640})
    heads = page.locator(f"{markup.CARDS} .head").evaluate_all(
        "heads => heads.map(head => [head.offsetHeight, head.firstElementChild.offsetHeight])"
    )
    assert {head - name for head, name in heads} == {0}, "the label ends the line of the name"
    page.set_viewport_size({"width": 375, "height": 667})
    page.add_style_tag(content="* { font-family: 'DejaVu Sans', Verdana !important }")
    title = page.locator("h1").evaluate("h1 => [h1.offsetHeight, getComputedStyle(h1).fontSize]")
    assert title[0] < 1.5 * float(title[1].removesuffix("px")), "one line"


@pytest.mark.managers("docs", "noa")
def test_each_mode_has_its_stop_on_the_line(visit, definition, place):
    """In its own color; where modes stand side by side, as far from one to the next."""
    page = visit(place(markup.CARDS))
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 1400})
        figure = page.locator(markup.CARDS).bounding_box()
        names = page.locator(f"{markup.CARDS} .name a")
        boxes = [name.bounding_box() for name in names.all()]
        is_rtl = definition["site"]["language"] == "he"
        if len({box["y"] for box in boxes}) == 1:
            onus = page.locator(f"{markup.CARDS} .onus").first.bounding_box()
            y = onus["y"] + onus["height"] + 12
            step = (figure["width"] - 14) / (len(boxes) - 1)
            places = [figure["x"] + 7 + step * number for number in range(len(boxes))]
            points = [[place, y] for place in places[:: -1 if is_rtl else 1]]
        else:
            x = figure["x"] + (figure["width"] - 2 if is_rtl else 2)
            points = [[x, box["y"] + box["height"] / 2] for box in boxes]
        points = [[round(part) for part in point] for point in points]
        wanted = names.evaluate_all(COLORS)
        assert pixels(page, page.screenshot(), points) == wanted, width


def test_the_address_of_a_mode_leads_to_its_words(visit, definition, place):
    page = visit(place(markup.CARDS))
    wanted = zip(definition["modes"], expected.phrases_of(definition, "request"), strict=True)
    for screen, (mode, request) in product((PHONE, DESKTOP), wanted):
        page.set_viewport_size(screen)
        page.evaluate("id => { scrollTo(0, 0); location.hash = id }", mode["id"])
        page.wait_for_function("scrollY > 0")
        section = page.locator(f"section:has(#{mode['id']})")
        phrase, button = section.locator(markup.PHRASE), section.locator(markup.BUTTON)
        assert phrase.inner_text() == request.text
        for part in (page.locator(f"#{mode['id']}"), phrase, button):
            box = part.bounding_box()
            assert box["y"] >= 48
            assert box["y"] + box["height"] <= screen["height"], mode["id"]


def test_a_phrase_that_a_link_points_at_is_marked_and_seen(visit, definition, place):
    """It is whole, and the heading of its group is seen above it, unless too much is between."""
    page = visit(place(markup.GROUP))
    anchors = [a for a in expected.phrases(definition) if a.startswith(("wanted-", "afterwards-"))]
    for screen, anchor in product((PHONE, DESKTOP), anchors[::3]):
        page.set_viewport_size(screen)
        page.evaluate("anchor => { scrollTo(0, 0); location.hash = anchor }", anchor)
        page.wait_for_function("scrollY > 0")
        assert page.locator("li[id]").evaluate_all(MARKED) == [anchor]
        heading = page.locator(f".group:has(#{anchor}) h3")
        is_last = screen is PHONE and anchor.startswith("afterwards-")
        for part in (page.locator(f"#{anchor}"), *([] if is_last else [heading])):
            box = part.bounding_box()
            assert box["y"] >= 48, anchor
            assert box["y"] + box["height"] <= screen["height"], anchor


@pytest.mark.managers("docs", "noa")
def test_a_mode_has_a_color_of_its_own_wherever_it_stands(visit, definition, place):
    opened = cache(visit)
    home, table, book = (opened(place(p)) for p in (markup.CARDS, markup.TABLE, markup.GROUP))
    color_of = "element => getComputedStyle(element).color"
    value_of = "element => getComputedStyle(element).getPropertyValue('--mode')"
    colors = set()
    for number, mode in enumerate(definition["modes"]):
        name = home.locator(f"{markup.CARDS} .name a").nth(number)
        found = [
            name,
            home.locator(f"[id='{mode['id']}']"),
            book.locator(f"#wanted-{mode['id']}"),
            book.locator(f"#request-{mode['id']} {markup.BUTTON}"),
            book.locator(f"#afterwards-{mode['id']} {markup.BUTTON}"),
            book.locator(f"[id^='wanted-{mode['id']}-got-'] {markup.BUTTON}").first,
        ]
        (color,) = {each.evaluate(color_of) for each in found}
        assert found[2].evaluate(MIRRORED) == (definition["site"]["language"] == "he")
        colors.add(color)
        cells = table.locator(f"{markup.TABLE} tr > :nth-child({number + 2})")
        assert set(cells.evaluate_all(f"cells => cells.map({value_of})")) == {
            name.evaluate(value_of)
        }
    assert len(colors) == len(definition["modes"])


def test_the_search_leaves_out_the_pages_at_the_foot_and_the_buttons(site, definition):
    index = (site.folder / "search/search_index.json").read_text(encoding="utf-8")
    entries = json.loads(index)["docs"]
    found = {entry["location"].partition("#")[0] for entry in entries}
    assert found == set(map(web_path, definition["site"]["pages"]))
    text = " ".join(entry["text"] for entry in entries)
    phrases = expected.phrases(definition).values()
    assert [phrase.button for phrase in phrases if phrase.button in text] == []


def test_no_page_is_fetched_ahead_of_its_time(site):
    assert [p.name for p in site.pages if p.soup.select("link[rel=next], link[rel=prev]")] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_switch_and_the_browsers_bar_tell_the_scheme(visit, definition, site, scheme):
    words, other = definition["site"], {"light": "dark", "dark": "light"}[scheme]
    page = visit(media={"color_scheme": scheme})
    assert page.evaluate(SCHEME) == KINDS[scheme], "before the theme has loaded"

    def states() -> list[bool]:
        names = (words[f"switch_to_{kind}"] for kind in (scheme, other))
        return [page.get_by_role("radio", name=name, exact=True).is_checked() for name in names]

    assert states() == [True, False]
    before = page.evaluate(BAR)
    assert len(before) >= 3
    assert len(set(before)) == 1
    (meta,) = site.pages[0].soup.select(f"meta[media='(prefers-color-scheme: {scheme})']")
    written = bytes.fromhex(meta["content"].removeprefix("#"))
    assert before[0] == "rgb({}, {}, {})".format(*written)
    plain = visit(media={"color_scheme": scheme}, java_script_enabled=False)
    assert plain.evaluate(BAR)[0] == before[0], "without a script, too"
    label = page.locator(".md-option + label:visible")
    assert label.get_attribute("title") == words[f"switch_to_{other}"], "what a click gives"
    label.click()
    page.wait_for_function(f"before => ({BAR})().every(color => color !== before)", arg=before[0])
    assert states() == [False, True]
    assert len(set(page.evaluate(BAR))) == 1
    page.evaluate(BACK, [*KINDS].index(scheme))
    assert states() == [True, False], "what another page has chosen since"


def test_icons_show_the_logo(visit, site):
    logo = (ASSETS / "logo.svg").read_text(encoding="utf-8")
    dots = [(int(x) / 24, fill) for x, fill in re.findall(r'cx="(\d+)".*?fill="(#\w+)"', logo)]
    assert len(dots) == 3
    # The picture on a phone's home screen has a margin.
    kinds = {"apple-touch-icon": (180, 0.14), "icon": (48, 0)}
    links = site.pages[0].soup.select("link[rel=apple-touch-icon], link[rel=icon][sizes]")
    assert {link["rel"][0] for link in links} == kinds.keys()
    in_chats = site.pages[0].soup.select_one("meta[property='og:image']")["content"]
    assert in_chats == f"{site.address}assets/icon-180.png"
    page = visit("blank", at="about:")
    for link in links:
        size, margin = kinds[link["rel"][0]]
        png = (site.folder / link["href"]).read_bytes()
        assert struct.unpack(">II", png[16:24]) == (size, size)
        places = [round(size * (margin + x * (1 - 2 * margin))) for x, _ in dots]
        points = [[x, size // 2] for x in places]
        shown = pixels(page, png, points)
        assert shown == [[*bytes.fromhex(fill[1:])] for _, fill in dots]


def test_lists_stay_lists_where_their_markers_go(site):
    lists = [
        t for p in site.pages for t in p.soup.select(":is(ul, ol):is(.modes, .phrases, .jumps)")
    ]
    assert lists
    assert {tag.get("role") for tag in lists} == {"list"}


def test_no_two_texts_run_together(site):
    """When they are read aloud, and in the search, which drops their tags."""
    parts = ".signs, .example, .aside, .comparison"
    written = [str(part) for page in site.pages for part in page.soup.select(parts)]
    assert written
    assert [w for w in written if re.search("</(b|span|t[dh]|caption)>(?! |</p>)", w)] == []


@pytest.mark.managers("docs", "eleni")  # with the pages beside the name, and in a menu
def test_the_open_page_is_told_and_the_name_leads_home(site):
    parts = ".home, .pages a, .md-tabs a, .md-nav--primary a.md-nav__link, .foot a"
    for page in site.pages:
        links = [a for a in page.soup.select(parts) if "#" not in a["href"]]
        here = [a for a in links if page.leads_to(a["href"], site.base) == page.path]
        assert [a for a in links if a.get("aria-current") == "page"] == here, page.name
        assert page.leads_to(page.soup.select_one(".home")["href"], site.base) == "index.html"
    assert here == [], "the 404 page comes last, and nothing leads to it"
