"""Where the generated parts stand in a page: the one module that knows their markup.

Each function reads a part as plain data, in the shape in which expected.py works it out.
"""

from bs4 import BeautifulSoup, Tag

from .expected import Phrase

# A page may have classes and headings of its own; what is generated has its data beside them.
BUTTON, PHRASE = "button.copy[data-done]", ".phrase"
SLOT, SIGNS, STATUS = ".slot", ".signs", ".status"
CARDS, TABLE, SECTIONS = ".modes[data-modes]", ".comparison[data-modes]", ".sessions > section"
# A phrase and its button share a box; one that can be linked to stands in a list item with an id.
BOX = ".box:has(> .phrase)"
GROUP = "h3[id^=wanted-][data-place]"


def text(tag: Tag | None) -> str:
    return tag.get_text() if tag else ""


def article(page: BeautifulSoup) -> Tag | BeautifulSoup:
    """What a page holds beside its frame."""
    return page.find("article") or page


def box(tag: Tag) -> Phrase:
    """The phrase in a box, with the words of its button."""
    phrase, button = tag.select_one(PHRASE), tag.select_one(BUTTON)
    slot = phrase.select_one(SLOT)
    before = "".join(slot.find_previous_siblings(string=True)[::-1]) if slot else text(phrase)
    after = "".join(slot.find_next_siblings(string=True)) if slot else ""
    label, done = (name(button), button.get("data-done", "")) if button else ("", "")
    item = tag.find_parent("li", id=True)
    return Phrase(item["id"] if item else "", before, text(slot), after, label, done)


def boxes(page: Tag) -> list[Tag]:
    return article(page).select(BOX)


def name(button: Tag) -> str:
    """What is heard of a button."""
    heard = (part for part in button.strings if not part.find_parent(attrs={"aria-hidden": "true"}))
    return "".join(heard).strip()


def confirmed(button: Tag) -> str:
    """What stands on a button when it has copied."""
    return text(button.select_one("[aria-hidden]"))


def cards(figure: Tag) -> list[tuple]:
    return [
        (
            text(card.select_one(".onus")),
            text(card.select_one(".name")),
            card.select_one(".name a[href]")["href"] if card.select_one(".name a[href]") else "",
            text(card.select_one(".meaning")),
            *map(box, card.select(BOX)),
        )
        for card in figure.find_all("li", recursive=False)
    ]


def columns(table: Tag) -> list[str]:
    return [text(cell) for cell in table.select("thead th[scope=col]")]


def rows(table: Tag) -> list[tuple]:
    return [
        (
            text(row.select_one("th[scope=row]")),
            *((cell.get("data-mode", ""), text(cell)) for cell in row.find_all("td")),
        )
        for row in table.select("tbody tr")
    ]


def sections(page: Tag) -> list[tuple]:
    return [
        (
            section.h2.get("id", ""),
            text(section.h2),
            *map(box, section.select(BOX)),
            *map(text, section.select(".example, .about, .aside")),
        )
        for section in article(page).select(SECTIONS)
    ]


def groups(page: Tag) -> list[tuple]:
    return [
        (heading["id"], text(heading), *map(call_out, heading.find_next("ul").find_all("li")))
        for heading in article(page).select(GROUP)
    ]


def jumps(page: Tag) -> list[tuple[str, str]]:
    """The links to the groups."""
    return [(text(a), a.get("href", "")) for a in article(page).select("ul.jumps[role] a")]


def call_out(item: Tag) -> tuple:
    return box(item.select_one(BOX)), tuple(map(text, item.select(f"{SIGNS} > *")))


def lists(page: Tag) -> list[list[Phrase]]:
    """Every list of phrases that is no group of call-outs."""
    found = [
        part for part in article(page).select("ul.phrases[data-modes]") if not part.select(SIGNS)
    ]
    return [[box(tag) for tag in part.select(BOX)] for part in found]


def frame(page: Tag) -> dict[str, object]:
    """The words around a page."""

    def around(selector: str) -> list[Tag]:
        return [tag for tag in page.select(selector) if not tag.find_parent("article")]

    return {
        "name of the site": text(page.select_one(".md-header__topic")).strip(),
        "menu": [" ".join(text(tab).split()) for tab in around(".md-tabs__link")],
        "pages at the foot": [(text(link), link.get("href", "")) for link in around(".foot a")],
        "scheme switch": [option.get("aria-label", "") for option in around(".md-option")],
    }


def statuses(page: Tag) -> list[tuple[str, str, str]]:
    """The regions that say what a button did: text, and the two that help when it may not."""
    return [
        (text(tag), tag.get("data-refused", ""), tag.get("data-refused-on-touch", ""))
        for tag in page.select(f"{STATUS}[role=status]")
    ]
