"""Do the published pages say what the definition says, all of it and nothing else?"""

import re

import expected


def texts(elements) -> list[str]:
    return [element.get_text() for element in elements]


def phrases_in(article) -> dict[str, str]:
    items = article.select("li:has(> .phrase)")
    found = {(item["id"], item.select_one(".phrase").get_text()) for item in items}
    assert len(found) == len({id for id, _ in found}), "a phrase stands in two places, and differs"
    return {item["id"]: item.select_one(".phrase").get_text() for item in items}


def test_cards_hang_on_the_spectrum_in_file_order(article, definition):
    cards = [
        [card.select_one(f".{part}").get_text() for part in ("onus", "name", "meaning", "phrase")]
        for card in article.select(".modes > li")
    ]
    requests = expected.requests(definition).values()
    assert cards == [
        [m["onus"], m["name"], m["meaning"], r] for m, r in zip(definition["modes"], requests)
    ]


def test_spectrum_has_its_text_alternative(article, definition):
    assert [figure["aria-label"] for figure in article.select(".modes")] == [
        definition["labels"]["spectrum"]
    ]


def test_each_card_leads_to_the_section_of_its_mode(article, definition):
    assert [a["href"] for a in article.select(".modes .name a")] == [
        f"#{mode['id']}" for mode in definition["modes"]
    ]


def test_table_has_one_column_per_mode_in_file_order(article, definition):
    assert texts(article.select(".comparison thead th[scope=col]")) == [
        mode["name"] for mode in definition["modes"]
    ]


def test_table_rows_are_the_rows_of_the_definition_in_order(article, definition):
    modes, rows = definition["modes"], definition["table"]["rows"]
    shown = [
        [cell.get_text() for cell in row.find_all(["th", "td"])]
        for row in article.select(".comparison tbody tr")
    ]
    assert shown == [
        [row["heading"]] + [mode.get(row["field"], "") for mode in modes]
        for row in rows
        if any(row["field"] in mode for mode in modes)
    ]


def test_table_says_what_each_cell_belongs_to(article, definition):
    (table,) = article.select(".comparison")
    assert texts(table.find_all("caption")) == [definition["table"]["caption"]]
    for row in table.select("tbody tr"):
        assert [cell.get("scope") for cell in row.find_all(["th", "td"])] == ["row"] + [None] * len(
            definition["modes"]
        )
        assert [cell["data-mode"] for cell in row.find_all("td")] == [
            mode["name"] for mode in definition["modes"]
        ]


def test_each_mode_has_its_section_under_its_anchor(article, definition):
    label = definition["labels"].get("not_the_same_as")
    sections = [
        (
            section.h2["id"],
            section.h2.get_text(),
            section.p.get_text(),
            texts(section.select("dt, dd")),
        )
        for section in article.select("section[data-place]")
    ]
    assert sections == [
        (
            m["id"],
            m["name"],
            m["about"],
            [label, m["not_the_same_as"]] if "not_the_same_as" in m else [],
        )
        for m in definition["modes"]
    ]


def test_every_phrase_is_there_and_no_other(article, definition):
    assert phrases_in(article) == expected.phrases(definition)


def test_phrases_stand_in_file_order(article, definition):
    shown = list(phrases_in(article))
    for kind in (
        expected.requests,
        expected.calendar_titles,
        expected.call_outs,
        expected.switches,
    ):
        ids = list(kind(definition))
        assert [id for id in shown if id in ids] == ids


def test_call_outs_are_grouped_by_what_was_wanted(article, definition):
    groups = {
        heading["id"]: (
            heading.get_text(),
            [item["id"] for item in heading.find_next("ul").find_all("li")],
        )
        for heading in article.select("h3[id^=wanted-]")
    }
    label = definition["labels"]["wanted"]
    assert groups == {
        f"wanted-{m['id']}": (
            expected.fill(label, **expected.forms(m)),
            [
                id
                for id in expected.call_outs(definition)
                if id.startswith(f"wanted-{m['id']}-got-")
            ],
        )
        for m in definition["modes"]
    }


def test_each_call_out_comes_with_the_signs_of_what_was_got(article, definition):
    shown = {item["id"]: texts(item.select("dt, dd")) for item in article.select("li:has(.signs)")}
    assert shown == {
        f"wanted-{wanted['id']}-got-{got['id']}": [definition["labels"]["signs"], *got["signs"]]
        for wanted in definition["modes"]
        for got in definition["modes"]
        if wanted is not got
    }


def test_open_slot_is_marked_wherever_a_template_has_one(article, definition):
    slot = definition["phrases"]["slot"]
    marked = {item["id"] for item in article.select("li[id]:has(> .phrase .slot)")}
    assert marked == {id for id, text in expected.phrases(definition).items() if slot in text}
    assert set(texts(article.select(".slot"))) == ({slot} if marked else set())


def test_no_two_buttons_on_a_page_carry_the_same_words(pages):
    counted = 0
    for path, page in pages.items():
        labels = texts(page.select(".copy > span:first-child"))
        assert len(labels) == len(set(labels)), path
        assert len(labels) == len(page.select(".phrase")), path
        counted += len(labels)
    assert counted


def test_buttons_say_what_they_copy_in_the_words_of_the_definition(article, definition):
    copying, modes = definition["copying"], definition["modes"]
    labels = {}
    for kind, prefix in (
        ("request", "request"),
        ("calendar_title", "calendar"),
        ("switch", "switch-to"),
    ):
        for m in modes:
            slots = {"manager": expected.manager(definition), **expected.forms(m)}
            labels[f"{prefix}-{m['id']}"] = [
                expected.fill(copying[kind][k], **slots) for k in ("button", "done")
            ]
    for wanted in modes:
        for got in modes:
            if wanted is not got:
                slots = {"manager": expected.manager(definition), **expected.pair(wanted, got)}
                words = [expected.fill(copying["call_out"][k], **slots) for k in ("button", "done")]
                labels[f"wanted-{wanted['id']}-got-{got['id']}"] = words
    labels["not-sure"] = [
        expected.fill(copying["not_sure"][k], manager=expected.manager(definition))
        for k in ("button", "done")
    ]
    shown = {
        item["id"]: [item.button.span.get_text(), item.button["data-done"]]
        for item in article.select("li[id]:has(> .copy)")
    }
    assert shown == labels
    assert set(texts(article.select(".copy > span + span"))) == {copying["confirmed"]}


def test_without_javascript_there_is_no_button(pages):
    buttons = [button for page in pages.values() for button in page.select(".copy")]
    assert buttons
    assert all(button.has_attr("hidden") for button in buttons)


def test_ids_are_unique_on_each_page(pages):
    for path, page in pages.items():
        ids = [element["id"] for element in page.select("[id]")]
        assert len(ids) == len(set(ids)), path


def test_each_page_unfolds_in_a_chat(pages):
    for path, page in pages.items():
        if path == "404.html":
            continue
        meta = {
            m.get("property") or m.get("name"): m["content"] for m in page.select("meta[content]")
        }
        assert (
            meta["og:title"] == page.h1.get_text() or meta["og:title"] in page.title.get_text()
        ), path
        assert meta["og:description"] == meta["description"] and meta["description"], path
        assert meta["og:url"] == page.find("link", rel="canonical")["href"], path
    assert (
        len(
            {
                page.find("meta", attrs={"name": "description"})["content"]
                for path, page in pages.items()
                if path != "404.html"
            }
        )
        == len(pages) - 1
    )


def test_the_frame_says_the_words_of_the_definition(pages, definition, docs):
    site = definition["site"]
    titles = [
        (docs / path).read_text(encoding="utf-8").split("title: ", 1)[1].splitlines()[0]
        for path in site["pages"]
    ]
    for path, page in pages.items():
        assert page.html["lang"] == site["language"], path
        assert page.title.get_text().strip().endswith(f" - {site['name']}"), path
        assert page.select_one(".md-header__topic").get_text().strip() == site["name"], path
        assert [tab.get_text().strip() for tab in page.select(".md-tabs__link")] == titles, path
        switches = [site["switch_to_dark"], site["switch_to_light"]]
        assert [option["aria-label"] for option in page.select(".md-option")] == switches, path


def test_404_page_says_the_words_of_the_definition_and_leads_home(pages, definition):
    article = pages["404.html"].article
    words = definition["not_found"]
    assert [article.h1.get_text(), article.a.get_text()] == [words["title"], words["home"]]
    assert words["text"] in texts(article.find_all("p"))
    assert re.fullmatch(r"/([^/]+/)*", article.a["href"]), (
        "the way home must not depend on where the reader is"
    )


def test_status_region_is_there_before_it_speaks(pages, definition):
    with_buttons = [page for page in pages.values() if page.select(".copy")]
    assert with_buttons
    for page in with_buttons:
        (status,) = page.select("[role=status]")
        assert status.get_text() == ""
        assert status["data-refused"] == definition["copying"]["refused"]
        assert status["data-refused-on-touch"] == definition["copying"]["refused_on_touch"]
