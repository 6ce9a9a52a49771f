"""What axe finds on a page, with all its rules for WCAG A and AA and its best practices."""

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

RUN = """async options => {
    const all = { resultTypes: ["violations"], preload: false, ...options };
    const { violations } = await axe.run(all);
    return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => [id, html, failureSummary]));
}"""


def violations(page: Page, options: dict | None = None) -> list[list[str]]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    return page.evaluate(RUN, options or {})


def strict_violations(page: Page) -> list[list[str]]:
    """The same, and text with less contrast than 7:1 in place of 4.5:1."""
    rules = {"color-contrast": False, "color-contrast-enhanced": True}
    return violations(page, {"rules": {rule: {"enabled": on} for rule, on in rules.items()}})


def contrasts(page: Page) -> list[list[str]]:
    """Text with less contrast than 7:1."""
    return violations(page, {"runOnly": ["color-contrast-enhanced"]})
