"""Does a text show exactly as it is written, whatever signs it holds?"""

import pytest
from conftest import all_articles, read_pages
from hostile import FIELDS, HOSTILE


@pytest.fixture(scope="module")
def article(hostile):
    return all_articles(read_pages(hostile))


def test_text_in_generated_markup_shows_as_written(article):
    signs = article.select(".signs")
    (shown,) = {
        tuple(dd.get_text() for dd in dl.find_all("dd"))
        for dl in signs
        if len(dl.find_all("dd")) == len(HOSTILE)
    }
    assert dict(zip(HOSTILE, shown)) == HOSTILE


def test_text_in_the_table_shows_as_written(article):
    rows = article.select(".comparison tbody tr")
    assert [row.td.get_text() for row in rows] == list(HOSTILE.values())[: len(FIELDS)]


def test_text_in_prose_shows_as_written(article):
    """In a heading, in a list and in an admonition."""
    page, noun = article, " ".join(HOSTILE.values())
    assert page.find(id="heading").get_text() == noun
    assert page.select("ul:not([class]) > li")[-1].get_text() == noun
    assert page.select_one(".admonition > p:not([class])").get_text() == noun
    assert page.select_one(".admonition .phrase")


def test_no_markup_gets_in(article):
    parts = article.select(".modes, .comparison, section, .phrases, #heading, .admonition")
    assert len(parts) > 5
    assert [part for part in parts if part.select("b, script, img, em, del, mark, .red")] == []
