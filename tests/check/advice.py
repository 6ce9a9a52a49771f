"""What would make a page better for somebody, and keeps nothing from being published."""

from collections.abc import Iterator

from . import markup
from .finding import Finding, excerpt
from .site import Site


def check(site: Site) -> Iterator[Finding]:
    for page in site.framed:
        article = markup.article(page.soup)
        for picture in article.select("img:not([alt])"):
            message = (
                f"the picture “{excerpt(picture.get('src', ''))}” has no text for who cannot see"
            )
            yield Finding(
                page.name, f"{message} it; write it between the brackets of ![…]", is_advice=True
            )
        if boxes := article.select(".task-list-item input[type=checkbox]"):
            message = f"{len(boxes)} task boxes are read aloud without a name"
            cure = "a usual list, with the state in words, tells everybody"
            yield Finding(page.name, f"{message}; {cure}", is_advice=True)
