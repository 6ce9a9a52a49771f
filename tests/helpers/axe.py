"""What axe finds on a page, with all its rules for WCAG A and AA and its best practices."""

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

RUN = """async ([within, options]) => {
    const all = { resultTypes: ["violations"], preload: false, ...options };
    const { violations } = await axe.run(within, all);
    return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => [id, html, failureSummary]));
}"""


def violations(page: Page, within: str = "html", options: dict | None = None) -> list[list[str]]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    return page.evaluate(RUN, [within, options or {}])


def strict_violations(page: Page, within: str = "html") -> list[list[str]]:
    """The same, and text with less contrast than 7:1."""
    return violations(page, within, {"rules": {"color-contrast-enhanced": {"enabled": True}}})


def contrasts(page: Page, within: str = "html") -> list[list[str]]:
    """Text with less contrast than 7:1; the second rule leaves all below 4.5:1 to the first."""
    return violations(page, within, {"runOnly": ["color-contrast", "color-contrast-enhanced"]})
