"""Does a text show exactly as it is written, whatever signs it holds?"""

import pytest
from conftest import all_articles, built, copy_project, read_pages, source_with
from ruamel.yaml import YAML

HOSTILE = {
    "markup": "<b>bold</b> <script>alert(1)</script> </li></ol> <!-- note -->",
    "entities": "R&D &amp; &lt;b&gt; &copy; &#x41;",
    "quotes": "\"double\" 'single' “curly” `tick`",
    "table signs": "a | b || c \\| d",
    "emphasis": "*one* **two** _three_ __four__ ~~five~~ ==six==",
    "links": "[text](index.md) ![](x.png) <https://example.org> [note]: x [^1]",
    "blocks": "# head - item 1. one > quote ``` fence ~~~ !!! note ??? more --- :::",
    "attributes": "{: .red } { #id } :smile: --8<-- \"x\" [TOC]",
    "jinja": "{{ manager }} {% raw %} {# note #} {%",
    "scripts": "日本語 العربية עברית ελληνικά हिन्दी 🙂 é",
    "backslashes": "C:\\new\\table \\* \\_ \\n",
    "long word": "x" * 300,
}


@pytest.fixture(scope="module")
def hostile(docs, definition, tmp_path_factory):
    """A site whose first mode is named and explained by the hostile texts, one field and one page of prose each."""
    project = copy_project(tmp_path_factory.mktemp("hostile"), docs)
    path = project / "docs/modes.yml"
    yaml = YAML()
    tree = yaml.load(path.read_text(encoding="utf-8"))
    first = tree["modes"][0]
    tree["table"]["rows"] = [{"heading": name, "field": field} for name, field in zip(HOSTILE, FIELDS)]
    for field, text in zip(FIELDS, HOSTILE.values()):
        first[field] = text
    tree["labels"].setdefault("not_the_same_as", "Not")
    first["signs"] = list(HOSTILE.values())
    first["noun"] = " ".join(HOSTILE.values())
    yaml.dump(tree, path)
    noun = '{{ noun("%s") }}' % first["id"]
    page = source_with(project, "{{ switches() }}")
    prose = f"\n## {noun} {{ #heading }}\n\n- {noun}\n\n!!! note\n    {noun}\n\n    {{{{ switches() }}}}\n"
    page.write_text(page.read_text(encoding="utf-8").replace("{{ switches() }}", prose), encoding="utf-8")
    return all_articles(read_pages(built(project)))


FIELDS = ["use_when", "talks_most", "i_do", "you_do", "you_leave_with", "not_the_same_as", "meaning", "onus"]


def test_text_in_generated_markup_shows_as_written(hostile):
    signs = hostile.select(".signs")
    (shown,) = {tuple(dd.get_text() for dd in dl.find_all("dd")) for dl in signs if len(dl.find_all("dd")) == len(HOSTILE)}
    assert dict(zip(HOSTILE, shown)) == HOSTILE


def test_text_in_the_table_shows_as_written(hostile):
    rows = hostile.select(".comparison tbody tr")
    assert [row.td.get_text() for row in rows] == list(HOSTILE.values())[: len(FIELDS)]


def test_text_in_prose_shows_as_written(hostile):
    """In a heading, in a list and in an admonition."""
    page, noun = hostile, " ".join(HOSTILE.values())
    assert page.find(id="heading").get_text() == noun
    assert page.select("ul:not([class]) > li")[-1].get_text() == noun
    assert page.select_one(".admonition > p:not([class])").get_text() == noun
    assert page.select_one(".admonition .phrase")


def test_no_markup_gets_in(hostile):
    parts = hostile.select(".modes, .comparison, section, .phrases, #heading, .admonition")
    assert len(parts) > 5
    assert [part for part in parts if part.select("b, script, img, em, del, mark, .red")] == []
