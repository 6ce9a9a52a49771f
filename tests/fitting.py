"""What of a page does not fit into the window: it sticks out, or is cut off."""

from playwright.sync_api import Page

MISFITS = """() => {
    const shown = [...document.querySelectorAll("article *, .foot *")].filter(e =>
        !e.closest(".status, .heard, thead, caption, .md-typeset__scrollwrap"));
    const sticksOut = shown.filter(e => {
        const { left, right, width } = e.getBoundingClientRect();
        return width && (right > innerWidth + .5 || left < -.5);
    });
    const isCutOff = shown.filter(e =>
        e.matches("p, li, h1, h2, h3, a, button, td, th, dd, .box")
        && e.clientWidth && e.scrollWidth > e.clientWidth + 1
        && getComputedStyle(e).display !== "inline");
    const { scrollWidth } = document.documentElement;
    return [
        ...(scrollWidth > innerWidth ? [`scrolls sideways, ${scrollWidth} pixels`] : []),
        ...[...sticksOut, ...isCutOff].map(e => e.outerHTML.slice(0, 200)),
    ];
}"""


def misfits(page: Page, width: int) -> list[str]:
    """What does not fit into a window of this width, which the page has from now on."""
    page.set_viewport_size({"width": width, "height": 800})
    return page.evaluate(MISFITS)
