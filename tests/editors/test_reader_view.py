"""Does the reader view of Firefox keep all that is to be said, and nothing of the frame?"""

import pytest
from bs4 import BeautifulSoup

from tests.check import markup
from tests.check.reporting import squeeze
from tests.helpers.projects import ROOT, call

READ = """
const { JSDOM } = require("jsdom"), { Readability } = require("@mozilla/readability");
const { document } = new JSDOM(require("fs").readFileSync(0, "utf-8")).window;
process.stdout.write(new Readability(document).parse().content);
"""
FOLDER = ROOT / ".venv/editor"
# Cards, phrases, cells of the table and what stands in the sections.
SAID = f"{markup.CARDS} > li :is(.name, .onus, .meaning), .phrase, {markup.TABLE} td, section p, h2"


@pytest.mark.managers
def test_a_reader_view_keeps_what_is_said_and_drops_the_frame(site):
    pages = [page for page in site.framed if page.select(markup.PHRASE)]
    assert pages
    for page in pages:
        html = call("node", "-e", READ, cwd=FOLDER, input=page.html).stdout
        shown = squeeze(BeautifulSoup(html, "html.parser").get_text(" "))
        wanted = {squeeze(tag.get_text(" ")) for tag in page.select(SAID)}
        assert [text for text in sorted(wanted) if text not in shown] == [], page.name
        frame = [page.soup.select_one(".home"), *page.select(".foot a, [role=group] label")]
        assert [tag.get_text() for tag in frame if (tag.get_text().strip() or "x") in shown] == []
