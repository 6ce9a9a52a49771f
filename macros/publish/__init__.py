"""What is done to the built pages before they are published."""


def new_tags(html: bytes, known: set[bytes]) -> list[bytes]:
    """The tags of a page, each with the text behind it, that are not `known` from earlier pages.

    Most of a large site is its menu, so the entries of lists are asked for as a whole first.
    """
    entries = [entry for entry in html.split(b"</li") if entry not in known]
    known.update(entry for entry in entries if known.issuperset(entry.split(b"<")))
    return [tag for entry in entries for tag in entry.split(b"<") if tag not in known]
