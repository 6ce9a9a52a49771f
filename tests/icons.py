"""Make the icons for whoever takes no SVG, from the logo: `make icons`."""

from pathlib import Path

import browser as browsers
from playwright.sync_api import sync_playwright

ASSETS = Path(__file__).parents[1] / "macros/theme/assets"
# By the size in pixels: what the phone's home screen shows fills its whole tile.
SIZES = {48: "transparent", 180: "#fff"}


def main() -> None:
    logo = (ASSETS / "logo.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        page = browsers.launch(playwright).new_page()
        for size, ground in SIZES.items():
            page.set_viewport_size({"width": size, "height": size})
            page.set_content(
                f"<style>body {{ margin: 0; background: {ground} }} svg {{ padding: {0 if ground == 'transparent' else 14}%; box-sizing: border-box; width: 100vw; height: 100vh }}</style>{logo}"
            )
            page.screenshot(path=ASSETS / f"icon-{size}.png", omit_background=True)


if __name__ == "__main__":
    main()
