"""What publishing waits for; it holds for any docs/. Each check gives its findings.

`in_browser` needs a browser, the other checks only the folder.
"""

from collections.abc import Iterator

from . import advice, links, policy, tags, words
from .finding import Finding
from .site import Site

__all__ = ["Finding", "Site", "read"]


def read(site: Site, walk: links.Walk | None = None) -> Iterator[Finding]:
    """Everything that can be told without a browser."""
    yield from words.check(site)
    yield from links.check(site, walk)
    yield from policy.check(site)
    yield from tags.check(site)
    yield from advice.check(site)
