"""Does nothing break the policy or leave the site, whatever a reader presses?

What each page's policy says is for tests/check/policy.py.
"""

from playwright.sync_api import expect

from tests.check import markup, visits
from tests.theme import RESULT, search


def test_nothing_breaks_the_policy_or_leaves_the_site(guarded, variant, serve, place, definition):
    guarded.clear_cookies()
    page, complaints, requests = guarded.new_page(), [], []
    address = serve(variant("samples"))
    visits.watch(page, complaints, address)
    page.on("request", lambda request: requests.append(request.url))
    word = definition["modes"][0]["name"]
    page.goto(address + place(markup.BUTTON))
    search(page, word)
    page.keyboard.press("Escape")
    page.locator(".md-option + label:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.locator(markup.BUTTON).first.click()
    page.locator(f"{markup.BUTTON}.done").wait_for()
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(".md-header button[for=__drawer]").click()
    page.locator(".md-nav--primary > ul > li > a:visible").last.click()
    page.locator(".md-header label[for=__search]").first.click()
    page.keyboard.type(word)
    page.keyboard.press("End")
    page.locator(RESULT).first.click()
    page.wait_for_load_state("networkidle")
    page.close()
    assert complaints == []
    assert len(requests) > 15
    assert guarded.cookies() == []


def test_the_encoding_comes_before_the_policy(site):
    """A browser looks for it in the first kilobyte, which the hashes could fill."""
    for page in site.pages:
        first, second = page.soup.head.find_all(True, limit=2)
        assert first.has_attr("charset"), page.name
        assert second.get("http-equiv") == "Content-Security-Policy", page.name
