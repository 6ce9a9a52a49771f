"""Does a reader find the words at once, once, and in every circumstance?"""

import base64
import re
import struct
from pathlib import Path

import expected
import pytest
from conftest import ROOT, built, copy_project, read_yaml, source_with, web_path
from ruamel.yaml import YAML
from test_accessibility import search, violations

from macros.definition import DefinitionError, load

GRANTED = {"permissions": ("clipboard-read", "clipboard-write")}
PHONE, DESKTOP = {"width": 390, "height": 664}, {"width": 1280, "height": 800}
WIDTHS = [320, 390, 768, 960, 1280, 1920]
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbe"[:60]
BOTTOMS = "elements => elements.map(element => element.getBoundingClientRect().bottom)"


def bottoms(page, selector: str) -> list[float]:
    found = page.locator(selector).evaluate_all(BOTTOMS)
    assert found, selector
    return found


def plain(text: str) -> str:
    return " ".join(text.split())


# First screens.


def test_a_phones_first_screen_shows_two_modes_whole_and_begins_the_third(visit, definition, place):
    page = visit(place(".modes"), **PHONE)
    assert all(bottom <= PHONE["height"] for bottom in bottoms(page, ".modes .box")[:2])
    assert all(bottom <= PHONE["height"] for bottom in bottoms(page, ".modes .name")[:3])
    assert page.locator(".modes .box .copy").count() == len(definition["modes"])


def test_a_desktops_first_screen_shows_every_mode(visit, definition, place):
    page = visit(place(".modes"), **DESKTOP)
    shown = bottoms(page, ".modes .box")
    rows = 1 if len(definition["modes"]) <= 4 else len(shown)
    assert len({round(bottom) for bottom in shown}) == rows, "in a row, or stacked"
    assert all(bottom <= DESKTOP["height"] for bottom in shown[: len(shown) if rows == 1 else 4])


@pytest.mark.any_manager
@pytest.mark.parametrize(
    ("screen", "screens"), [(DESKTOP, 1), (PHONE, 2)], ids=["desktop", "phone"]
)
def test_the_way_to_call_out_is_near(visit, place, screen, screens):
    page = visit(place(".modes"), **screen)
    assert bottoms(page, "article a[href$='#call-me-out']")[0] <= screens * screen["height"]


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_address_of_a_mode_leads_to_its_words(visit, definition, place, screen):
    for mode, request in zip(definition["modes"], expected.requests(definition).values()):
        page = visit(f"{place('.modes')}#{mode['id']}", **screen)
        page.wait_for_function("scrollY > 0")
        section = page.locator(f"section:has(#{mode['id']})")
        assert section.locator(".phrase").inner_text() == request
        for part in (
            page.locator(f"#{mode['id']}"),
            section.locator(".phrase"),
            section.locator(".copy"),
        ):
            box = part.bounding_box()
            assert box["y"] >= 48 and box["y"] + box["height"] <= screen["height"], mode["id"]


# Said once.


@pytest.mark.any_manager
def test_the_home_page_is_short(visit, place):
    page = visit(place(".modes"), **PHONE)
    assert len(page.locator("article").inner_text().split()) <= 650
    assert page.evaluate("document.documentElement.scrollHeight") <= 4000


@pytest.mark.any_manager
def test_cards_table_and_sections_share_no_sentence(article):
    parts = {
        "card": [p.get_text() for p in article.select(".meaning")],
        "table": [cell.get_text() for cell in article.select(".comparison td")],
        "section": [p.get_text() for p in article.select(".about, .example, .aside")],
    }
    sentences = {
        name: {
            plain(part).casefold()
            for text in texts
            for part in re.split(r"[.;:?!]", text)
            if part.strip()
        }
        for name, texts in parts.items()
    }
    assert all(len(said) >= 3 for said in sentences.values())
    for name, said in sentences.items():
        for other in sentences.keys() - {name}:
            whole = plain(" ".join(parts[other])).casefold()
            assert [sentence for sentence in said if sentence in whole] == [], (name, other)


# The phrase box.


def test_every_phrase_stands_in_a_box_with_its_button(pages):
    phrases = [phrase for page in pages.values() for phrase in page.select(".phrase")]
    assert phrases
    for phrase in phrases:
        assert phrase.parent["class"] == ["box"]
        assert [child.get("class") for child in phrase.parent.find_all(recursive=False)] == [
            ["phrase"],
            ["copy"],
        ]


def test_the_box_is_the_same_everywhere(visit, place):
    styles = set()
    for path in (place(".modes"), place("[id^=afterwards-]")):
        styles |= set(
            visit(path)
            .locator(".box")
            .evaluate_all(
                """boxes => boxes.map(box => [...box.children].map(child => {
                const { margin, padding, fontSize, lineHeight } = getComputedStyle(child);
                return [margin, padding, fontSize, lineHeight].join();
            }).join(" "))"""
            )
        )
    assert len(styles) == 1


def test_a_button_shows_one_word_and_its_whole_name_begins_with_it(visit, definition, pages):
    names, counted = expected.button_names(definition), 0
    requests = dict(zip(expected.requests(definition).values(), expected.requests(definition)))
    for path, source in pages.items():
        page, by_name = visit(web_path(path), motion="reduce"), {}
        for box in page.locator(".box").all():
            phrase = box.locator(".phrase").inner_text()
            id = box.evaluate("box => box.closest('li[id]')?.id") or requests[phrase]
            button = box.get_by_role("button", name=names[id], exact=True)
            assert button.count() == 1, names[id]
            seen = button.evaluate(
                "button => button.querySelector('.heard').previousSibling.data.trim()"
            )
            assert seen == definition["copying"]["button"] and names[id].startswith(seen)
            assert button.locator(".heard").bounding_box()["width"] <= 1
            target = button.bounding_box()
            assert target["width"] >= 44 and target["height"] >= 44
            assert by_name.setdefault(names[id], phrase) == phrase, "one name, two phrases"
            counted += 1
        assert len(by_name) == len(set(by_name.values())), "a phrase has one name"
    assert counted


# Words for afterwards.


def test_each_group_of_call_outs_ends_with_the_words_for_afterwards(article, definition):
    wanted = expected.afterwards(definition)
    shown = {}
    for mode in definition["modes"]:
        *_, last = article.select_one(f"#wanted-{mode['id']}").find_next("ul").find_all("li")
        shown[last["id"]] = last.select_one(".phrase").get_text()
        assert last.select_one(".signs").get_text() == definition["labels"]["afterwards"]
    assert shown == wanted
    assert len(article.select("li[id^=afterwards-]")) == len(wanted)


def test_the_words_for_afterwards_copy_up_to_their_slot(visit, definition, place):
    page = visit(place("[id^=afterwards-]"), **GRANTED)
    for id, phrase in expected.afterwards(definition).items():
        button = page.locator(f"#{id} .copy")
        button.focus()
        page.keyboard.press("Enter")
        page.wait_for_function(
            "text => document.querySelector('[role=status]').textContent === text",
            arg=button.get_attribute("data-done"),
        )
        assert page.evaluate("navigator.clipboard.readText()") == phrase.removesuffix(
            definition["phrases"]["slot"]
        )


def test_an_example_is_marked_as_one(article, definition):
    label = definition["labels"]["example"]
    shown = {
        section.h2["id"]: plain(p.get_text())
        for section in article.select("section[data-place]")
        for p in section.select(".example")
    }
    assert shown == {
        mode["id"]: f"{label} {mode['example']}"
        for mode in definition["modes"]
        if "example" in mode
    }
    assert shown


# The phrase book.


def test_jumps_lead_to_the_group_of_each_mode(article, definition):
    label = definition["labels"]["wanted"]
    jumps = [(a["href"], a.get_text()) for a in article.select("ul.jumps a")]
    assert jumps == [
        (f"#wanted-{m['id']}", expected.fill(label, **expected.forms(m)))
        for m in definition["modes"]
    ]


def test_a_heading_of_the_phrase_book_has_the_color_of_its_mode(visit, definition, place):
    page = visit(place("[id^=afterwards-]"))
    colors = [
        page.evaluate(
            "id => [`#wanted-${id}`, `#request-${id} .copy`].map(s => getComputedStyle(document.querySelector(s)).color)",
            mode["id"],
        )
        for mode in definition["modes"]
    ]
    assert all(heading == button for heading, button in colors)
    assert len({heading for heading, _ in colors}) == len(colors)


def test_a_phrase_that_a_link_points_at_is_marked(visit, definition, place):
    book = place("[id^=afterwards-]")
    for id in [*expected.call_outs(definition), *expected.switches(definition)][::3]:
        page = visit(f"{book}#{id}")
        marked = page.locator("li[id]").evaluate_all(
            "items => items.filter(item => parseFloat(getComputedStyle(item).outlineWidth) >= 2 && getComputedStyle(item).outlineStyle === 'solid').map(item => item.id)"
        )
        assert marked == [id]


def test_paper_holds_the_phrase_book_on_one_sheet_without_its_jumps(visit, definition, place):
    page = visit(place("[id^=afterwards-]"))
    page.emulate_media(media="print")
    assert (
        page.locator(".jumps").count()
        and page.locator(".jumps:visible, .foot:visible, .copy:visible").count() == 0
    )
    styles = page.locator("li[id^=afterwards-] .signs").evaluate_all(
        "signs => signs.map(sign => getComputedStyle(sign).borderInlineStartStyle)"
    )
    assert len(set(styles)) == min(len(definition["modes"]), 4)
    if len(definition["modes"]) <= 3:
        for paper in ("A4", "Letter"):
            assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper))) == 1, paper


# The frame.


def test_titles_and_previews_say_whose_readme_it_is(pages, definition):
    name = expected.site_name(definition)
    assert "{" not in name and definition["manager"] in name
    for path, page in pages.items():
        assert page.title.get_text().strip().endswith(f" - {name}"), path
        assert page.select_one(".md-header__topic").get_text().strip() == name, path
        if path != "404.html":
            assert page.find("meta", property="og:site_name")["content"] == name, path


def test_the_tabs_are_the_readers_and_say_which_is_open(visit, definition, pages):
    site = definition["site"]
    for path in expected.files(definition):
        page = visit(web_path(path), motion="reduce")
        tabs = page.locator(".md-tabs__link")
        assert tabs.count() == len(site["pages"])
        current = [
            index
            for index, tab in enumerate(tabs.all())
            if tab.get_attribute("aria-current") == "page"
        ]
        assert current == [index for index, listed in enumerate(site["pages"]) if listed == path]
        in_menu = page.locator(".md-nav--primary [aria-current=page]")
        assert in_menu.count() == len(current)


def test_the_foot_of_every_page_leads_to_the_other_pages(visit, address, definition, pages):
    footer = definition["site"].get("footer", [])
    for path in pages:
        page = visit(web_path(path))
        links = page.get_by_role("contentinfo").get_by_role("link")
        shown = [
            (link.evaluate("a => a.href").partition("/manager-readme/")[2], link.inner_text())
            for link in links.all()
        ]
        assert shown == [(web_path(link["page"]), link["text"]) for link in footer], path


def test_no_page_is_fetched_ahead_of_its_time(pages):
    for path, page in pages.items():
        assert not page.select("link[rel=next], link[rel=prev]"), path


@pytest.mark.any_manager
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_browsers_bar_has_the_color_of_the_page(visit, pages, scheme):
    page = visit("", scheme=scheme)
    colors = "() => [getComputedStyle(document.body).backgroundColor, ...[...document.querySelectorAll('meta[name=theme-color]')].map(meta => meta.content)]"
    before = page.evaluate(colors)
    assert len(before) >= 3 and len(set(before)) == 1
    page.locator(".md-option + label:visible").click()
    page.wait_for_function(
        f"before => {{ const now = ({colors})(); return now[0] !== before && new Set(now.slice(0, 3)).size === 1 }}",
        arg=before[0],
    )
    metas = {
        meta["media"]: meta["content"]
        for meta in pages["index.html"].select("meta[name=theme-color]")
    }
    rgb = "rgb({}, {}, {})".format(
        *bytes.fromhex(metas[f"(prefers-color-scheme: {scheme})"].lstrip("#"))
    )
    assert rgb == before[0], "without the script, too"


@pytest.mark.any_manager
def test_icons_show_the_logo(visit, pages, site):
    logo = (ROOT / "macros/theme/assets/logo.svg").read_text(encoding="utf-8")
    dots = [(int(x) / 24, fill) for x, fill in re.findall(r'cx="(\d+)".*?fill="(#\w+)"', logo)]
    assert len(dots) == 3
    icons = {
        link["rel"][0]: site / link["href"]
        for link in pages["index.html"].select(
            "link[rel=apple-touch-icon], link[rel=icon][type='image/png']"
        )
    }
    assert icons.keys() == {"apple-touch-icon", "icon"}
    for kind, path in icons.items():
        png = path.read_bytes()
        size = struct.unpack(">II", png[16:24])
        assert size == {"apple-touch-icon": (180, 180), "icon": (48, 48)}[kind]
        # The picture on the phone's home screen has a margin.
        margin = 0.14 if kind == "apple-touch-icon" else 0
        points = [(round(size[0] * (margin + x * (1 - 2 * margin))), size[1] // 2) for x, _ in dots]
        assert pixels(visit(""), png, points) == [[*bytes.fromhex(fill[1:])] for _, fill in dots]


def pixels(page, png: bytes, points: list[tuple[int, int]]) -> list[list[int]]:
    return page.evaluate(
        """async ([png, points]) => {
            const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
            const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
            canvas.drawImage(picture, 0, 0);
            return points.map(([x, y]) => [...canvas.getImageData(x, y, 1, 1).data].slice(0, 3));
        }""",
        [base64.b64encode(png).decode(), points],
    )


@pytest.mark.any_manager
def test_the_search_field_ends_with_the_grid(visit):
    page = visit("")
    ends = page.evaluate(
        "() => ['.md-search__form', '.modes'].map(selector => Math.round(document.querySelector(selector).getBoundingClientRect().right))"
    )
    assert ends[0] == ends[1]


# What is typed, and the place that is found first.
FOUND = {
    "1:1": "",
    "calendar": "phrases/#title-the-calendar-invite",
    "invite": "phrases/#title-the-calendar-invite",
    "not sure": "#which-one",
    "drift": "phrases/#call-me-out",
    "advice": "#which-one",
}


@pytest.mark.any_manager
@pytest.mark.parametrize("query", FOUND)
def test_the_search_finds_the_right_place_first(visit, address, query):
    page = visit("")
    search(page, query)
    # A page comes with the sections that fit, but for those that wait below "more on this page".
    first = page.locator(".md-search-result__item").first.locator("a:visible").last
    assert (
        re.sub(r"\?[^#]*", "", first.evaluate("a => a.href")).removeprefix(address) == FOUND[query]
    )


def test_the_search_leaves_out_the_pages_at_the_foot(site, definition):
    index = (site / "search/search_index.json").read_text(encoding="utf-8")
    found = {location.partition("#")[0] for location in re.findall(r'"location":"(.*?)"', index)}
    assert found == {web_path(path) for path in definition["site"]["pages"]}


# Everybody.


@pytest.mark.any_manager
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_a_contrast_of_seven_to_one(visit, definition, pages, scheme):
    for path in pages:
        page = visit(web_path(path), scheme=scheme, motion="reduce")
        assert violations(page, runOnly=["color-contrast-enhanced"]) == [], path
    page = visit("", scheme=scheme, motion="reduce")
    search(page, definition["modes"][0]["noun"])
    assert violations(page, runOnly=["color-contrast-enhanced"]) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colors_keep_the_line_and_an_edge_for_every_phrase(visit, place, scheme):
    for path, selector in ((place(".modes"), ".modes"), (place("[id^=afterwards-]"), "li[id]")):
        page = visit(path, scheme=scheme, colors="active", motion="reduce")
        whole = page.screenshot(full_page=True)
        boxes = page.locator(f"{selector} .box").evaluate_all(
            "boxes => boxes.map(box => { const { left, top, right, bottom } = box.getBoundingClientRect(); return [left, top + scrollY, right, bottom + scrollY] })"
        )
        assert boxes
        ground, *edges = pixels(
            page,
            whole,
            [
                (1, 300),
                *(
                    (round(x), round(y))
                    for left, top, right, bottom in boxes
                    for x, y in (
                        ((left + right) / 2, bottom - 1),
                        (left, (top + bottom) / 2),
                        (right - 1, (top + bottom) / 2),
                    )
                ),
            ],
        )
        assert ground not in edges
        if selector == ".modes":
            line = page.evaluate(
                "() => { const { left, top, right, width } = document.querySelector('.modes').getBoundingClientRect(); const y = getComputedStyle(document.querySelector('.modes'), '::before').gridRowStart === '2' ? document.querySelector('.onus').getBoundingClientRect().bottom + 8 : top + 20; return [[Math.round(left + 2), Math.round(y)], [Math.round(right - 3), Math.round(y)]] }"
            )
            start, end = pixels(page, whole, line)
            assert ground not in (
                [start, end]
                if page.locator(".head").first.evaluate("head => getComputedStyle(head).display")
                == "contents"
                else [start, end][:1]
            ) or (page.evaluate("document.body.dir") == "rtl" and ground != end)


def test_lists_stay_lists_where_their_markers_go(pages):
    lists = [tag for page in pages.values() for tag in page.select(".modes, .phrases, .jumps")]
    assert {tag.name for tag in lists if tag.name != "p"} == {"ol", "ul"}
    assert all(tag["role"] == "list" for tag in lists if tag.name != "p")


def test_the_outline_leads_to_the_words_of_each_mode(article, definition):
    assert [h2["id"] for h2 in article.select("h2:has(+ .ask .phrase)")] == [
        mode["id"] for mode in definition["modes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_switch_tells_its_state(visit, definition, scheme):
    names = {
        "light": definition["site"]["switch_to_light"],
        "dark": definition["site"]["switch_to_dark"],
    }
    other = {"light": "dark", "dark": "light"}[scheme]
    page = visit("", scheme=scheme, block="**/bundle.*.js")
    assert page.get_by_role("radio", name=names[scheme], exact=True, checked=True).count() == 1
    assert page.get_by_role("radio", name=names[other], exact=True, checked=False).count() == 1
    label = page.locator(".md-option + label:visible")
    assert label.get_attribute("title") == names[other], "what a click gives"
    label.click()
    assert page.get_by_role("radio", name=names[other], exact=True, checked=True).count() == 1


# Any number of modes, any length of words.


def lengthened(node):
    """Each text with a word that no screen of a phone holds; what names a thing stays."""
    if isinstance(node, dict):
        return {
            key: value if key in ("id", "field", "language", "pages", "page") else lengthened(value)
            for key, value in node.items()
        }
    return [lengthened(item) for item in node] if isinstance(node, list) else f"{node} {LONG}"


def multiplied(definition: dict, number: int) -> dict:
    modes = definition["modes"]
    more = [
        {
            **modes[n % len(modes)],
            "id": f"{modes[n % len(modes)]['id']}-{n}",
            **{key: f"{modes[n % len(modes)][key]} {n}" for key in ("name", "noun")},
        }
        for n in range(number - len(modes))
    ]
    for mode in more:
        mode.pop("call_outs", None)
    return {**definition, "modes": [*modes, *more]}


def bared(definition: dict) -> dict:
    """Two modes, with nothing that may be left out."""
    optional = {"use_when", "talks_most", "you_do", "you_leave_with", "example", "not_the_same_as"}
    modes = [
        {key: value for key, value in mode.items() if key not in optional | {"call_outs"}}
        for mode in definition["modes"]
    ]
    labels = {key: value for key, value in definition["labels"].items() if key not in optional}
    table = {
        **definition["table"],
        "rows": [row for row in definition["table"]["rows"] if row["field"] not in optional],
    }
    return {**definition, "modes": [modes[0], modes[-1]], "labels": labels, "table": table}


CASES = {
    "long": lengthened,
    "five": lambda definition: multiplied(definition, 5),
    "twelve": lambda definition: multiplied(definition, 12),
    "twelve-long": lambda definition: lengthened(multiplied(definition, 12)),
    "bare": bared,
}
# All that is generated, directly below one another.
ALL = "\n\n".join(
    f"{{{{ {name}() }}}}"
    for name in ("mode_cards", "not_sure", "comparison_table", "mode_sections")
)
BOOK = "\n\n".join(
    f"{{{{ {name}() }}}}"
    for name in ("requests", "calendar_titles", "call_outs", "switches", "not_sure")
)


@pytest.fixture(params=CASES)
def case(request, docs, once) -> tuple[str, Path]:
    if request.param == "five" and len(read_yaml(docs / "modes.yml")["modes"]) > 5:
        raise ValueError("the sample has more modes than the case")

    def make(folder: Path) -> None:
        project = copy_project(folder, docs)
        path = project / "docs/modes.yml"
        with path.open("w", encoding="utf-8") as file:
            yaml = YAML()
            yaml.representer.ignore_aliases = lambda _: True
            yaml.dump(CASES[request.param](read_yaml(docs / "modes.yml")), file)
        for text, macros in (("{{ mode_cards() }}", ALL), ("{{ call_outs() }}", BOOK)):
            page = source_with(project, text)
            head = page.read_text(encoding="utf-8").split("\n# ")[0]
            below = f"\n## {LONG}\n" if "long" in request.param else ""
            page.write_text(
                f"{head}\n# {LONG if 'long' in request.param else 'Title'}\n\n{macros}\n{below}\n## Title {{ #call-me-out }}\n",
                encoding="utf-8",
            )
        built(project)

    return request.param, once(f"{request.param}-{docs.name}", make) / "site"


def test_any_number_of_modes_and_any_word_fits(visit, serve, definition, place, case):
    name, site = case
    modes = len(read_yaml(site / "modes.yml")["modes"])
    for path in (place(".modes"), place("[id^=afterwards-]")):
        page = visit(path, at=serve(site), motion="reduce")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            outside = page.evaluate(
                """() => [...document.querySelectorAll('article *, .foot *, .md-tabs *')].filter(e => {
                    const { left, right, width } = e.getBoundingClientRect();
                    return width && !e.closest('.status, .heard, .md-tabs__list, thead, caption') && (right > innerWidth + .5 || left < -.5);
                }).map(e => e.outerHTML.slice(0, 200))"""
            )
            assert outside == [], (path, width)
            clipped = page.evaluate(
                """() => [...document.querySelectorAll('article :is(p, li, h1, h2, h3, td, th, .box, .copy)')].filter(e =>
                    !e.matches('.status') && !e.closest('thead') && e.clientWidth && e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML.slice(0, 200))"""
            )
            assert clipped == [], (path, width)
            gaps = page.evaluate(
                """() => { const blocks = [...document.querySelectorAll('article > *')].filter(e => e.getBoundingClientRect().height > 2);
                    return blocks.slice(1).map((e, n) => [e.getBoundingClientRect().top - blocks[n].getBoundingClientRect().bottom, e.className]) }"""
            )
            assert len(gaps) >= 4 and [gap for gap in gaps if gap[0] < 15] == [], (path, width)
    assert len(page.locator("h3[id^=wanted-]").all()) == modes
    if name == "twelve":
        colors = page.locator("h3[id^=wanted-]").evaluate_all(
            "all => all.map(h3 => getComputedStyle(h3).color)"
        )
        assert len(set(colors)) == 12


def test_no_column_of_the_table_breaks_a_word(visit, serve, place, case):
    name, site = case
    page = visit(place(".modes"), at=serve(site), motion="reduce")
    for width in (768, 960, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        display = page.locator(".comparison").evaluate("table => getComputedStyle(table).display")
        if name != "five":
            assert display == ("table" if name == "bare" and width >= 960 else "block"), width
        if display == "table":
            page.add_style_tag(content=".comparison * { overflow-wrap: normal !important }")
            broken = page.evaluate(
                "() => [...document.querySelectorAll('.comparison :is(td, th)')].filter(e => e.scrollWidth > e.clientWidth).map(e => e.textContent)"
            )
            assert broken == [], width


# The definition.


@pytest.fixture
def problems(tmp_path):
    """What is said of the site's own definition once a text in it is replaced."""

    def said(before: str, after: str, pages=("index.md", "phrases.md", "adopt.md")) -> list[str]:
        text = (ROOT / "docs/modes.yml").read_text(encoding="utf-8")
        assert text.count(before) == 1
        path = tmp_path / "modes.yml"
        path.write_text(text.replace(before, after), encoding="utf-8")
        with pytest.raises(DefinitionError) as caught:
            load(path, "docs/modes.yml", pages=pages)
        line = text[: text.index(before)].count("\n") + 1
        return [
            problem.removeprefix(f"docs/modes.yml:{line}:")
            for problem in str(caught.value).splitlines()
        ]

    return said


def test_a_page_at_the_foot_is_there_and_listed_once(problems):
    assert problems("- page: adopt.md", "- page: adpot.md") == [
        '13: site.footer[0].page: there is no such page in docs/, did you mean "adopt.md"?'
    ]
    assert (
        problems("- page: adopt.md", "- page: phrases.md")[-1]
        == '13: site.footer[0].page: "phrases.md" is in the list already, remove one of the two'
    )


def test_the_name_of_the_site_holds_the_manager_and_no_other_slot(problems):
    assert problems('name: "{manager}’s README"', 'name: "{noun}’s README"') == [
        "9: site.name: unknown slot {noun}, use one of: manager"
    ]


def test_an_example_has_its_label(problems):
    assert "labels.example: missing" in problems('  example: "For example:"\n', "")[0]
