"""What would make a page better for somebody, and keeps nothing from being published."""

from .finding import Finding, Findings, excerpt
from .site import Site


def check(site: Site) -> Findings:
    for page in site.framed:
        for picture in page.select("img:not([alt])"):
            source = excerpt(picture.get("src", ""))
            message = f"the picture “{source}” has no text for who cannot see it"
            cure = "write it between the brackets of ![…]"
            yield Finding(page.name, message, cure, is_advice=True)
        if boxes := page.select(".task-list-item input[type=checkbox]"):
            message = f"{len(boxes)} task boxes are read aloud without a name"
            cure = "a usual list, with the state in words, tells everybody"
            yield Finding(page.name, message, cure, is_advice=True)
