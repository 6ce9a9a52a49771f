"""Does each page keep to itself: no script but the site's own, no request to another host, no cookie, no referrer?"""

from base64 import b64encode
from hashlib import sha256

import pytest
from playwright.sync_api import expect
from test_accessibility import search

REPORT = "addEventListener('securitypolicyviolation', event => console.error(event.violatedDirective, event.blockedURI, event.sample))"


def policy(page) -> dict[str, list[str]]:
    (meta,) = page.find_all("meta", attrs={"http-equiv": "Content-Security-Policy"})
    return {
        kind: sources
        for kind, *sources in (directive.split() for directive in meta["content"].split(";"))
    }


def test_every_page_has_the_policy_before_anything_else(pages):
    for path, page in pages.items():
        first, second = page.head.find_all(True, limit=2)
        assert (
            first.has_attr("charset") and second.get("http-equiv") == "Content-Security-Policy"
        ), path
        assert page.find("meta", attrs={"name": "referrer"})["content"] == "no-referrer", path


def test_the_policy_lets_nothing_in(pages):
    for path, page in pages.items():
        allowed = policy(page)
        assert allowed["default-src"] == ["'none'"], path
        assert allowed["base-uri"] == allowed["form-action"] == ["'none'"], path
        sources = {
            source
            for kind in allowed.values()
            for source in kind
            if not source.startswith("'sha256-")
        }
        assert sources <= {"'none'", "'self'", "data:", "'unsafe-hashes'"}, path
        assert (
            "data:" not in allowed["script-src"] and "'unsafe-hashes'" not in allowed["script-src"]
        ), path


def test_scripts_in_a_page_are_allowed_by_their_hashes_and_no_others(pages):
    for path, page in pages.items():
        scripts = [
            script.string
            for script in page.find_all("script", src=False)
            if script.get("type") != "application/json"
        ]
        assert scripts, path
        hashes = {
            f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts
        }
        assert set(policy(page)["script-src"]) == {"'self'", *hashes}, path
        assert not [
            name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")
        ], path


@pytest.fixture
def watched(browser):
    """A page on which every request is noted, and whatever the browser complains of."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.add_init_script(REPORT)
    page, requests, complaints = context.new_page(), [], []
    context.on("request", lambda request: requests.append(request.url))
    context.on(
        "console",
        lambda message: (
            complaints.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield page, requests, complaints
    context.close()


@pytest.mark.any_manager
def test_nothing_breaks_the_policy_or_leaves_the_site(watched, samples, paths, place, definition):
    page, requests, complaints = watched
    word = definition["modes"][0]["name"]
    for path in paths:
        with page.expect_response("**/search_index.json"):
            page.goto(samples + path)
            page.keyboard.press("Shift")
    page.goto(samples + place(".copy"))
    search(page, word)
    page.keyboard.press("Escape")
    page.locator(".md-option + label:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.locator(".copy").first.click()
    page.locator(".copy.done").wait_for()
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(".md-header button[for=__drawer]").click()
    page.locator(".md-nav--primary > ul > li > a:visible").last.click()
    page.locator(".md-header label[for=__search]").first.click()
    page.keyboard.type(word)
    page.keyboard.press("End")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_load_state("networkidle")
    assert complaints == []
    assert len(requests) > 20
    assert [url for url in requests if not url.startswith(samples)] == []
    assert page.context.cookies() == []
