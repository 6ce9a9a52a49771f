"""What of a page sticks out of its window or is cut off, and what is hard to hit."""

from playwright.sync_api import Page

# Some engines let slanted letters stand out by a few pixels.
MISFITS = """(page, slack) => {
  const { clientWidth, scrollWidth } = page.documentElement;
  const style = each => page.defaultView.getComputedStyle(each);
  const all = [...page.querySelectorAll("article *, .foot *")].filter(each =>
    each.getClientRects().length && !each.closest(
      ".status, .heard, thead, caption, .md-typeset__scrollwrap, table:not([class]) > *"));
  const out = all.filter(each => {
    const { left, right, width } = each.getBoundingClientRect();
    return width && (right > clientWidth + .5 || left < -.5);
  });
  const cut = all.filter(each =>
    each.matches("p, li, h1, h2, h3, a, button, td, th, dd, .box") && each.clientWidth
    && each.scrollWidth > each.clientWidth + slack && style(each).display !== "inline");
  const small = [...page.querySelectorAll("a, button, input, label.md-icon")].filter(each => {
    const { width, height } = each.getBoundingClientRect(), least = each.matches(".copy") ? 44 : 24;
    return width && (width < least || height < least)
      && !each.matches("article :is(p:not(.name), li:not(.mode), td) a, .md-option, .md-skip")
      && each.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  });
  return [...(scrollWidth > clientWidth ? [`scrolls sideways, ${scrollWidth} pixels`] : []),
    ...[...out, ...cut, ...small].map(each => each.outerHTML.slice(0, 200))];
}"""


def misfits(page: Page, width: int) -> list[str]:
    """What does not fit into a window of this width, which the page has from now on."""
    page.set_viewport_size({"width": width, "height": 800})
    return page.evaluate(f"({MISFITS})(document, 1)")
