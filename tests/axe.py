"""What axe finds on a page, with all its rules for WCAG A and AA and its best practices."""

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

RUN = """async () => (await axe.run({ resultTypes: ["violations"], preload: false })).violations.flatMap(
    ({ id, nodes }) => nodes.map(({ html, failureSummary }) => [id, html, failureSummary]))"""


def violations(page: Page) -> list[list[str]]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    return page.evaluate(RUN)
