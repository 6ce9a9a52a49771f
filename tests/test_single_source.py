"""Does each value of the definition have one home: changed there, is it changed everywhere?"""

import re
import unicodedata
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, NavigableString

from tests.check import Site
from tests.helpers.definitions import with_texts
from tests.helpers.projects import built, copy_project, write_yaml

# Attributes in which no reader meets a word. Any other is read aloud or shown.
SILENT = {"class", "id", "href", "src", "rel", "type", "role", "scope", "hidden", "aria-hidden"}
SILENT |= {"data-place", "data-modes", "target", "aria-live", "aria-atomic"}
MARKER = re.compile(r"zq\d+z")
pytestmark = pytest.mark.managers("docs", "zofia")


def is_no_prose(tag) -> bool:
    return tag.name in ("code", "pre") or "fields" in tag.get("class", ())


def read_by_people(soup: BeautifulSoup) -> list[str]:
    """What is shown or read aloud, but for code and the reference of fields: neither is prose."""
    strings = [text for text in soup.find_all(string=True) if type(text) is NavigableString]
    texts = [text for text in strings if not text.find_parent(is_no_prose)]
    attributes = [pair for tag in soup.find_all(True) for pair in tag.attrs.items()]
    values = [value for key, value in attributes if key not in SILENT]
    return [text.strip() for text in [*texts, *values] if text.strip()]


@pytest.fixture(scope="session")
def changed(docs, definition, once) -> tuple[Site, dict[str, str]]:
    """The site with every text replaced, and what stood in place of each word."""
    old: dict[str, str] = {}

    def replaced(text: str, _: str) -> str:
        """A word of its own for each text, and its slots."""
        word = f"zq{len(old)}z"
        old[word] = text
        return " ".join([word, *re.findall(r"\{[\w.]+\}", text)])

    new = with_texts(definition, replaced)

    def make(folder: Path) -> None:
        write_yaml(copy_project(folder, docs) / "docs/modes.yml", new)
        built(folder)

    made = once(f"changed-{docs.name}", make)
    return Site(made / "site", made / "docs"), old


def test_no_value_is_dead(changed):
    site, old = changed
    shown = set(MARKER.findall(" ".join(str(page.soup) for page in site.pages)))
    assert {word: old[word] for word in old.keys() - shown} == {}


def test_a_changed_value_changes_every_place_and_stays_in_none(changed, site):
    after, old = changed
    compared = 0
    for page, new in zip(site.pages, after.pages, strict=True):
        now = " ".join(read_by_people(new.soup))
        for value in set(read_by_people(page.soup)) & set(old.values()):
            compared += 1
            words = [word for word in old if old[word] == value]  # two forms may be the same
            assert any(word in now for word in words), f"{page.name} showed {value!r}"
        assert not set(read_by_people(new.soup.article)) & set(old.values()), page.name
    assert compared > len(set(old.values())) / 2


def test_no_page_types_a_name_that_the_definition_holds(changed, definition):
    site, _ = changed
    names = {mode[form] for mode in definition["modes"] for form in ("name", "noun", "session")}
    either = "|".join(map(re.escape, {definition["manager"], *names}))
    typed = re.compile(rf"(?<!\w)({either})(?!\w)", re.IGNORECASE)
    for page in site.pages:
        shown = unicodedata.normalize("NFC", " ".join(read_by_people(page.soup)))
        assert typed.findall(shown) == [], page.name
