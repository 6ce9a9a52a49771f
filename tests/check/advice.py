"""What would make a page better for somebody, and keeps nothing from being published."""

from . import markup
from .finding import Problems, advice, excerpt
from .site import Site

ON_A_SHEET = 3  # kinds whose phrases fit, unless they are long


def phones(site: Site) -> Problems:
    for visit in site.visits:
        for width, widest in visit.too_wide[:1]:
            words = f"perhaps by “{excerpt(widest, 40)}”"
            message = f"is wider than a phone of {width} pixels, {words}"
            yield advice(visit.page.name, message, "shorten a long word or line")


def sheets(site: Site) -> Problems:
    for visit in site.visits:
        if visit.sheets > 1:
            few = "shorten phrases or signs if you want one"
            groups = visit.page.select(markup.GROUP)
            cure = few if len(groups) <= ON_A_SHEET else "more than three kinds seldom fit"
            message = f"prints on {visit.sheets} sheets, not on one that can lie on a desk"
            yield advice(visit.page.name, message, cure)


def pictures(site: Site) -> Problems:
    for page in site.framed:
        for picture in page.select("img:not([alt])"):
            source = excerpt(picture.get("src", ""))
            message = f"the picture “{source}” has no text for who cannot see it"
            yield advice(page.name, message, "write it between the brackets of ![…]")


def boxes(site: Site) -> Problems:
    for page in site.framed:
        if found := page.select(".task-list-item input[type=checkbox]"):
            message = f"{len(found)} task boxes are read aloud without a name"
            cure = "a usual list, with the state in words, tells everybody"
            yield advice(page.name, message, cure)
