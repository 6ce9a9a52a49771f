"""Does each page open in a real browser without an error, and does each button copy its phrase?"""

import re

from . import expected
from .links import references
from .reporting import Problems, excerpt, fault
from .site import Site
from .visits import LOST

HOST = re.compile("(?:(?:https?:)?//([^/]+))?")
CURE = "see what this page holds that others do not; if it is nothing, the template has a fault"


def opens(site: Site) -> Problems:
    """What its HTML names and is not there or on another host, `links` has found."""
    for visit in site.visits:
        asked = [*references(visit.page)]
        named = {LOST + address.rpartition("/")[2] for address, _ in asked}
        hosts = {HOST.match(address)[1] for address, fetched in asked if fetched} - {None}
        for complaint in visit.complaints:
            if complaint not in named and not any(host in complaint for host in hosts):
                yield fault(visit.page.name, f"in a browser: {excerpt(complaint, 160)}", CURE)
        for name in visit.cookies:
            yield fault(visit.page.name, f"sets the cookie “{name}”", "remove what does")


def copies(site: Site) -> Problems:
    phrases = expected.phrases(site.definition).values()
    wanted = {phrase.text: phrase.copied for phrase in phrases}
    for visit in site.visits:
        name, shown = visit.page.name, [phrase for phrase, button in visit.page.boxes if button]
        if len(visit.copied) != len(shown):
            message = f"shows {len(visit.copied)} buttons, and {len(shown)} are in its file"
            yield fault(name, f"in a browser: {message}", CURE)
        for phrase, got in zip(shown, visit.copied, strict=False):
            want = wanted.get(phrase.text, phrase.text)
            if got != want:
                instead = f"“{excerpt(got)}” instead of “{excerpt(want)}”" if got else "nothing"
                yield fault(name, f"button “{phrase.button}”: copies {instead}", CURE)
        if not visit.has_said:
            message = f"button “{shown[-1].button}”: its page does not say “{shown[-1].done}”"
            yield fault(name, f"{message} once it has copied", CURE)


def searches(site: Site) -> Problems:
    for visit in site.visits:
        if not visit.answers:
            yield fault(visit.page.name, "in a browser: the search does not answer", CURE)
