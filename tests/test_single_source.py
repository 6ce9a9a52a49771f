"""Does each value of the definition have one home: changed there, is it changed everywhere?"""

import re
import unicodedata

import pytest
from bs4 import BeautifulSoup, NavigableString
from conftest import built, copy_project, read_pages
from ruamel.yaml import YAML

# These name things; nobody reads them.
NOT_TEXT = {"id", "field", "language", "pages"}
# Attributes in which no reader meets a word. Any other is read aloud or shown.
SILENT = {
    "class",
    "id",
    "href",
    "src",
    "rel",
    "type",
    "role",
    "scope",
    "hidden",
    "aria-hidden",
    "data-place",
    "data-modes",
    "target",
}
MARKER = re.compile(r"zq\d+z")


def replaced(node, old: dict[str, str]):
    """The same tree with a word of its own for each text (slots stay), noted in `old` by that word."""
    if isinstance(node, dict):
        return {
            key: value if key in NOT_TEXT else replaced(value, old) for key, value in node.items()
        }
    if isinstance(node, list):
        return [replaced(item, old) for item in node]
    word = f"zq{len(old)}z"
    old[word] = node
    return " ".join([word, *re.findall(r"\{[\w.]+\}", node)])


def is_no_prose(tag) -> bool:
    return tag.name in ("code", "pre") or "fields" in tag.get("class", ())


def read_by_people(page: BeautifulSoup) -> list[str]:
    """Every text and every attribute that is shown or read aloud, but for code and the reference of fields: neither is prose."""
    texts = [
        text
        for text in page.find_all(string=True)
        if type(text) is NavigableString and not text.find_parent(is_no_prose)
    ]
    values = [
        value
        for tag in page.find_all(True)
        for key, value in tag.attrs.items()
        if key not in SILENT
    ]
    return [text.strip() for text in [*texts, *values] if text.strip()]


@pytest.fixture(scope="module")
def changed(docs, definition, once):
    """The site with every text of the definition replaced, and what stood in place of each word."""
    old = {}
    new = replaced(definition, old)

    def make(folder):
        project = copy_project(folder, docs)
        with (project / "docs/modes.yml").open("w", encoding="utf-8") as file:
            YAML(typ="safe", pure=True).dump(new, file)
        built(project)

    return read_pages(once(f"changed-{docs.name}", make) / "site"), old


def test_no_value_is_dead(changed):
    pages, old = changed
    shown = set(MARKER.findall(" ".join(str(page) for page in pages.values())))
    assert {word: old[word] for word in old.keys() - shown} == {}


def test_a_changed_value_changes_every_place_that_showed_it(changed, pages):
    after, old = changed
    compared = 0
    for path, page in pages.items():
        before = set(read_by_people(page))
        new = " ".join(read_by_people(after[path]))
        for value in before & set(old.values()):
            compared += 1
            words = [
                word for word in old if old[word] == value
            ]  # two forms of a noun may be the same
            assert any(word in new for word in words), (
                f"{path} showed {value!r} and does not follow"
            )
    assert compared > len(set(old.values())) / 2


def test_an_old_value_stays_nowhere(changed):
    pages, old = changed
    for path, page in pages.items():
        shown = read_by_people(page.article)
        assert not set(shown) & set(old.values()), path


def test_no_page_types_a_name_that_the_definition_holds(changed, definition):
    pages, _ = changed
    names = {definition["manager"]} | {
        mode[form] for mode in definition["modes"] for form in ("name", "noun", "session")
    }
    typed = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
    for path, page in pages.items():
        shown = unicodedata.normalize("NFC", " ".join(read_by_people(page)))
        assert typed.findall(shown) == [], path


def test_generated_parts_hold_no_word_of_their_own(docs, definition, tmp_path):
    """Pages that consist of macros alone: each word on them comes from the definition."""
    project = copy_project(tmp_path / "project", docs)
    with (project / "docs/modes.yml").open("w", encoding="utf-8") as file:
        YAML(typ="safe", pure=True).dump(replaced(definition, {}), file)
    for page in (project / "docs").glob("*.md"):
        macros = re.findall(
            r"^\{\{ (?!fields).*?\}\}$", page.read_text(encoding="utf-8"), re.MULTILINE
        )  # that one speaks of the file
        page.write_text(
            "---\ntitle: zq999z\ndescription: zq999z\n---\n"
            + "\n\n".join(["# zq999z", *macros, "## zq999z { #call-me-out }"])
            + "\n",
            encoding="utf-8",
        )
    pages = read_pages(built(project))
    for page in pages.values():
        page.select_one(".address").decompose() if page.select_one(".address") else None
    words = [
        re.findall(r"\w+", text) for page in pages.values() for text in read_by_people(page.article)
    ]
    assert len(words) > 100
    assert {word for text in words for word in text if not MARKER.fullmatch(word)} == set()
