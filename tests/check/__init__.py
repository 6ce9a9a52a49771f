"""What publishing waits for, whatever docs/ says: the contents page of what this site watches over.

Each check takes the published site and yields a problem for each fault. The first in the list
weigh most: GitHub shows ten beside the changed lines.
"""

from collections.abc import Callable, Iterable, Iterator

from macros.problems import Problem

from . import advice, files, in_browser, links, policy, tags, typed, words
from .reporting import counted, located
from .site import Site

__all__ = ["CHECKS", "IN_FILES", "Check", "Site", "problems"]
Check = Callable[[Site], Iterator[Problem]]

CHECKS: dict[Check, str] = {
    files.pages: "Each page that docs/modes.yml names is published, whole and with words.",
    words.lost: "Each list of phrases, the cards, the table and the sections stand on some page.",
    words.parts: "Each generated part says what docs/modes.yml says, in its order.",
    words.strays: "No phrase and no button stands alone.",
    words.buttons: "Each button has a name of its own, and is no dead one.",
    words.frame: "The frame, the 404 page and what chats show say what docs/modes.yml says, too.",
    tags.pairs: "Tags come in pairs; words in <angle brackets> or a comment are not swallowed.",
    tags.blocked: "No page holds a tag that the policy blocks, or that would run a script.",
    links.addresses: "Each link, file and script of a page is there, and none is on another host.",
    links.stylesheets: "Nor does a stylesheet ask for what is not there or is on another host.",
    links.anchors: "No anchor stands twice on a page.",
    files.copies: "The files of docs/ and of the theme are published as they are.",
    files.styles: "The stylesheet that the build makes is the one that the pages ask for.",
    files.index: "The search has its index.",
    files.sitemap: "The sitemap can be read, and names each page.",
    policy.first: "Each page has its policy before everything else.",
    policy.sources: "The policy allows nothing from elsewhere, and the page's own by its hash.",
    policy.handlers: "No tag holds a script.",
    policy.referrer: "No page tells other sites who sent their visitors.",
    in_browser.opens: "In a browser a page opens without an error, a cookie or another host.",
    in_browser.copies: "Each button copies its phrase, and says so.",
    in_browser.searches: "The search answers.",
    advice.colors: "Advice: the colors of one's own have an end, and are colors of the site.",
    advice.contrasts: "Advice: and text in them can be read.",
    advice.owners_words: "Advice: nobody says what only the template's manager can say.",
    advice.counts: "Advice: a number of kinds that is written out is theirs.",
    advice.language: "Advice: nothing is in English still where the site is not.",
    advice.files: "Advice: pictures are light, browsers show them, a logo is taken for one.",
    advice.fits: "Advice: no page is wider than a phone, and the call-outs print on one sheet.",
    advice.unheard: "Advice: pictures and task boxes have words for who cannot see them.",
    typed.shown: "Advice: nothing is shown as it is typed by which more was meant.",
    typed.definition: "Advice: nor is a slot or a list in docs/modes.yml, or quotes.",
}
# The others need no browser.
BROWSER = {in_browser.opens, in_browser.copies, in_browser.searches, advice.contrasts, advice.fits}
IN_FILES = [check for check in CHECKS if check not in BROWSER]


def problems(site: Site, checks: Iterable[Check] = CHECKS) -> list[Problem]:
    """What the checks find, in their order, each with its line where that can be told."""
    found = (problem for check in checks for problem in check(site))
    return counted(located(problem, site.docs.parent) for problem in found)
