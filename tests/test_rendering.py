"""Does a text show exactly as it is written, whatever signs it holds, also in prose?

In generated parts, tests/check/words.py sees to it on the same site.
"""

import pytest

from macros.pages.generated import escape_markdown
from tests.hostile import HOSTILE


@pytest.fixture(scope="session")
def article(variant):
    (page,) = [p for p in variant("hostile").pages if p.soup.select("#heading")]
    return page.soup.article


def test_text_in_prose_shows_as_written(article):
    """In a heading, in a list and in an admonition."""
    noun = " ".join(HOSTILE.values())
    assert article.find(id="heading").get_text() == noun
    assert article.select("ul:not([class]) > li")[-1].get_text() == noun
    assert article.select_one(".admonition > p:not([class])").get_text() == noun
    assert article.select_one(".admonition .phrase")


def test_no_markup_gets_in(variant):
    found = []
    for page in variant("hostile").pages:
        found += page.soup.select("article :is(.modes, .comparison, section, .phrases, #heading)")
    assert len(found) > 5
    labels = ":is(.signs, .example, .aside) > b"  # ours
    foreign = f"b:not({labels}), script, img, em, del, mark, .red"
    assert [part for part in found if part.select(foreign)] == []


def test_a_word_is_left_alone_since_code_shows_it_as_typed():
    words = "Jörg-Rüdiger O'Neil Q&A plan_of_action v1.5"
    assert escape_markdown(words) == words
    escaped = "&#45;a&#95; &#38;amp&#59; R&#38;copy&#59; &#95;&#95;b&#95;&#95;"
    assert escape_markdown("-a_ &amp; R&copy; __b__") == escaped
