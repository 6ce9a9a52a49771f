"""Does each generated part say what the definition says, all of it and nothing else?"""

from collections.abc import Iterator
from urllib.parse import unquote

from bs4 import Tag

from . import expected, markup
from .finding import Finding, excerpt
from .site import NOT_FOUND, Page, Site, published_as

Findings = Iterator[Finding]
CURE = "build it again; if it stays, the fault is in the template"


def differences(page: str, part: str, shown: list, wanted: list) -> Findings:
    """What a part shows, against what it should show in the same order."""
    if len(shown) == len(wanted):
        for got, want in zip(shown, wanted, strict=True):
            if got != want:
                yield Finding(page, f"{part}: {replaced(*first_difference(got, want))}; {CURE}")
        return
    for got in (value for value in shown if value not in wanted):
        message = f"“{words(got)}” is shown, and docs/modes.yml has nothing like it"
        yield Finding(page, f"{part}: {message}; {CURE}")
    for want in (value for value in wanted if value not in shown):
        yield Finding(page, f"{part}: “{words(want)}” of docs/modes.yml is lost; {CURE}")
    if all(value in wanted for value in shown) and len(shown) > len(wanted):
        yield Finding(page, f"{part}: something is shown twice; {CURE}")


def replaced(got: object, want: object) -> str:
    return f"“{words(got)}” is shown, docs/modes.yml says “{words(want)}”"


def first_difference(got: object, want: object) -> tuple[object, object]:
    """The parts of two values in which they begin to differ."""
    if isinstance(got, tuple) and isinstance(want, tuple) and len(got) == len(want):
        pairs = zip(got, want, strict=True)
        return first_difference(*next(pair for pair in pairs if pair[0] != pair[1]))
    return got, want


def words(value: object) -> str:
    if isinstance(value, tuple):
        value = " · ".join(filter(None, map(words, value)))
    return excerpt(str(value))


def cards(page: str, soup: Tag, definition: dict) -> Findings:
    for figure in markup.article(soup).select(markup.CARDS):
        yield from differences(page, "cards", markup.cards(figure), expected.cards(definition))
        label = [figure.get("aria-label", "")]
        yield from differences(page, "cards’ name", label, [definition["labels"]["spectrum"]])


def table(page: str, soup: Tag, definition: dict) -> Findings:
    for tag in markup.article(soup).select(markup.TABLE):
        caption = [markup.text(tag.caption)]
        columns = [mode["name"] for mode in definition["modes"]]
        yield from differences(page, "table", caption, [definition["table"]["caption"]])
        yield from differences(page, "table’s head", markup.columns(tag), columns)
        yield from differences(page, "table", markup.rows(tag), expected.rows(definition))


def sections(page: str, soup: Tag, definition: dict) -> Findings:
    if shown := markup.sections(soup):
        yield from differences(page, "sections", shown, expected.sections(definition))


def lists(page: str, soup: Tag, definition: dict) -> Findings:
    wanted = expected.lists(definition)
    for shown in markup.lists(soup):
        anchors = [phrase.anchor for phrase in shown]
        # The list that it is, or else the one that it looks most like.
        macro = max(wanted, key=lambda name: sum(p.anchor in anchors for p in wanted[name]))
        yield from differences(page, macro, shown, wanted[macro])


def call_outs(page: str, soup: Tag, definition: dict) -> Findings:
    if shown := markup.groups(soup):
        wanted = expected.groups(definition)
        heads = [[group[:2] for group in groups] for groups in (shown, wanted)]
        yield from differences(page, "call_outs", *heads)
        leads = [(heading, f"#{anchor}") for anchor, heading, *_ in wanted]
        yield from differences(page, "jumps", markup.jumps(soup), leads)
        for got, want in zip(shown, wanted, strict=False):
            yield from differences(page, f"call_outs, “{want[1]}”", [*got[2:]], [*want[2:]])


def strays(page: str, soup: Tag, definition: dict) -> Findings:
    """A phrase outside of all lists, a call-out outside of all groups, a button on its own."""
    known = {phrase.text for phrase in expected.phrases(definition).values()}
    phrases = markup.article(soup).select(f".box > {markup.PHRASE}")
    for phrase in phrases:
        if phrase.get_text() not in known:
            message = f"phrases: “{excerpt(phrase.get_text())}” is no phrase of docs/modes.yml"
            yield Finding(page, f"{message}; {CURE}")
    if len(phrases) != len(markup.article(soup).select(markup.BUTTON)):
        yield Finding(page, f"phrases: not each phrase has its button; {CURE}")


def buttons(page: str, soup: Tag, definition: dict) -> Findings:
    confirmed = definition["copying"]["confirmed"]
    named: dict[str, str] = {}
    for tag in markup.boxes(soup):
        phrase, button = markup.box(tag), tag.select_one(markup.BUTTON)
        if button is None:
            continue
        place = f"button “{excerpt(phrase.button)}”"
        if named.setdefault(phrase.button, phrase.text) != phrase.text:
            yield Finding(
                page,
                f"{place}: two buttons have this name and copy different phrases; "
                "write words in `copying` of docs/modes.yml that tell them apart",
            )
        yield from differences(page, place, [markup.confirmed(button)], [confirmed])
        if not button.has_attr("hidden"):
            yield Finding(
                page, f"{place}: is shown without JavaScript, too, where it is dead; {CURE}"
            )


# What can be told of the generated parts of a page, wherever they stand.
PARTS = (cards, table, sections, lists, call_outs, strays, buttons)


def parts(page: str, soup: Tag, definition: dict) -> Findings:
    for check in PARTS:
        yield from check(page, soup, definition)


def everything_is_there(site: Site) -> Findings:
    """Each generated part stands on some page, and each page of the menu is published."""
    every = [page.soup for page in site.pages]
    shown = {markup.box(tag).anchor for soup in every for tag in markup.boxes(soup)}
    for anchor, phrase in expected.phrases(site.definition).items():
        if anchor not in shown:
            cure = "put its macro where readers see it, neither in a comment nor in code"
            yield Finding(
                "docs/modes.yml", f"phrase “{excerpt(phrase.text)}” is on no page; {cure}"
            )
    needed = {"mode_cards": markup.CARDS, "comparison_table": markup.TABLE}
    for macro, selector in (needed | {"mode_sections": markup.SECTIONS}).items():
        if not any(markup.article(soup).select(selector) for soup in every):
            yield Finding("docs/modes.yml", f"no page shows {{{{ {macro}() }}}}; put it on one")
    published = {page.path for page in site.pages}
    for path, source in {**site.sources, NOT_FOUND: NOT_FOUND}.items():
        if path not in published:
            yield Finding(source, f"is not published: there is no {path}; {CURE}")


def frame(site: Site) -> Findings:
    """The theme's frame: language, name, menu, scheme switch, title, and what a chat shows."""
    words_of, name = site.definition["site"], expected.site_name(site.definition)
    titles = [
        " ".join(str(site.header(page).get("title")).split())
        for page in site.framed
        if site.sources.get(page.path) in words_of["pages"]
    ]
    at_foot = [
        (link["text"], published_as(link["page"]))
        for link in words_of.get("footer", [])
        if "text" in link
    ]
    wanted = {
        "name of the site": name,
        "menu": titles,
        "scheme switch": [words_of["switch_to_light"], words_of["switch_to_dark"]],
    }
    for page in site.framed:
        lang = page.soup.html.get("lang", "")
        if lang != words_of["language"] and not words_of["language"].startswith(f"{lang}-"):
            yield from differences(page.name, "language", [lang], [words_of["language"]])
        shown = markup.frame(page.soup)
        for part, value in wanted.items():
            pair = (shown[part], value) if isinstance(value, list) else ([shown[part]], [value])
            yield from differences(page.name, part, *pair)
        links = [(text, page.leads_to(href, site)) for text, href in shown["pages at the foot"]]
        yield from differences(page.name, "pages at the foot", links, at_foot)
        yield from titles_and_previews(site, page, name)


def titles_and_previews(site: Site, page: Page, name: str) -> Findings:
    is_page = page.path != NOT_FOUND
    header = site.header(page) if is_page else site.definition["not_found"]
    title = " ".join(str(header.get("title")).split())
    shown = " ".join(markup.text(page.soup.title).split())
    yield from differences(page.name, "title", [shown], [f"{title} - {name}"])
    if is_page:
        meta = {
            tag.get("property") or tag.get("name"): " ".join(tag["content"].split())
            for tag in page.soup.select("meta[content]")
        }
        description = " ".join(str(header.get("description")).split())
        wanted = {
            "description": description,
            "og:site_name": name,
            "og:title": title,
            "og:description": description,
            "og:url": unquote(site.address) + page.web_path,
        }
        for key, value in wanted.items():
            got = unquote(meta.get(key, "")) if key == "og:url" else meta.get(key, "")
            yield from differences(page.name, f"`{key}` for chats and searches", [got], [value])


def not_found(site: Site) -> Findings:
    words_of = site.definition["not_found"]
    for page in site.pages:
        if page.path == NOT_FOUND:
            article = markup.article(page.soup)
            link = article.a.get("href") if article.a else ""
            shown = [markup.text(article.h1), markup.text(article.a), link]
            wanted = [words_of["title"], words_of["home"], site.base]
            yield from differences(page.name, "text", shown, wanted)
            if words_of["text"] not in map(markup.text, article.find_all("p")):
                yield Finding(page.name, f"text: “{words_of['text']}” is lost; {CURE}")


def status(site: Site) -> Findings:
    """What says that a button has copied stands empty on each page, so that it is read aloud."""
    copying = site.definition["copying"]
    wanted = [("", copying["refused"], copying["refused_on_touch"])]
    for page in site.framed:
        if page.soup.select(markup.BUTTON):
            yield from differences(page.name, "status", markup.statuses(page.soup), wanted)


def definition_is_published(site: Site) -> Findings:
    for name in ("modes.yml", "modes.schema.json"):
        ours, theirs = site.docs / name, site.folder / name
        if ours.is_file() and not (theirs.is_file() and theirs.read_bytes() == ours.read_bytes()):
            yield Finding(f"docs/{name}", f"is not published as it is; {CURE}")


def check(site: Site) -> Findings:
    for page in site.pages:
        yield from parts(page.name, page.soup, site.definition)
    for of_site in (everything_is_there, frame, not_found, status, definition_is_published):
        yield from of_site(site)
