"""Pictures of pages, to be compared pixel for pixel or asked for a color."""

import base64
import time

from playwright.sync_api import Page

VIEWS = {"paper": (794, "print"), "phone": (390, "screen"), "desktop": (1280, "screen")}

PIXELS = """async ([png, points]) => {
    const blob = await (await fetch(`data:image/png;base64,${png}`)).blob();
    const picture = await createImageBitmap(blob);
    const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
    canvas.drawImage(picture, 0, 0);
    return points.map(([x, y]) => [...canvas.getImageData(x, y, 1, 1).data].slice(0, 3));
}"""


def pixels(page: Page, png: bytes, points: list[list[int]]) -> list[list[int]]:
    """The colors of a picture at these points, as red, green and blue."""
    return page.evaluate(PIXELS, [base64.b64encode(png).decode(), points])


def picture(page: Page, view: str) -> str:
    """The whole page, in half of the time that Playwright's own way takes to make it small.

    It has to be visited alone: at the tab's next page, what is emulated there would be taken back.
    """
    width, media = VIEWS[view]
    page.bring_to_front()  # behind another, a page need not draw what its script has changed
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(media=media)
    height = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    options = {"captureBeyondViewport": True, "optimizeForSpeed": True, "clip": clip}
    return page.context.new_cdp_session(page).send("Page.captureScreenshot", options)["data"]


def alike(page: Page, other: Page, view: str) -> bool:
    """Asked again for a while, since the theme needs a moment to follow a change of the width."""
    end = time.monotonic() + 10
    while picture(page, view) != picture(other, view):
        if time.monotonic() > end:
            return False
    return True
