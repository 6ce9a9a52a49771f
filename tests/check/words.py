"""Does each generated part say what the definition says, all of it and nothing else?"""

from collections.abc import Iterator
from urllib.parse import unquote

from . import expected, markup
from .expected import LISTS
from .finding import Finding, Findings, excerpt, squeeze
from .markup import Page
from .site import NOT_FOUND, Site, published_as

# A part, what it shows, and what it should show in the same order.
Comparison = tuple[str, list, list]


def differences(page: str, part: str, shown: list, wanted: list) -> Findings:
    if len(shown) == len(wanted):
        for got, want in zip(shown, wanted, strict=True):
            if got != want:
                shows, says = map(words, first_difference(got, want))
                yield Finding(page, f"{part}: “{shows}” is shown, docs/modes.yml says “{says}”")
        return
    unknown = [words(got) for got in shown if got not in wanted]
    lost = [words(want) for want in wanted if want not in shown]
    for text in unknown:
        yield Finding(page, f"{part}: “{text}” is shown, and docs/modes.yml has nothing like it")
    for text in lost:
        yield Finding(page, f"{part}: “{text}” of docs/modes.yml is lost")
    if not unknown and len(shown) > len(wanted):
        yield Finding(page, f"{part}: something is shown twice")


def first_difference(got: object, want: object) -> tuple[object, object]:
    """The parts of two values in which they begin to differ."""
    if isinstance(got, tuple) and isinstance(want, tuple) and len(got) == len(want):
        pairs = zip(got, want, strict=True)
        return first_difference(*next(pair for pair in pairs if pair[0] != pair[1]))
    return got, want


def words(value: object) -> str:
    if isinstance(value, tuple):
        value = " · ".join(filter(None, map(words, value)))
    return excerpt(value)


def generated(page: Page, definition: dict) -> Iterator[Comparison]:
    """The generated parts of a page, wherever they stand."""
    for figure in page.select(markup.CARDS):
        yield "cards", markup.cards(figure), expected.cards(definition)
        yield "cards’ name", [figure.get("aria-label", "")], [definition["labels"]["spectrum"]]
    for table in page.select(markup.TABLE):
        head = markup.texts(table.select("thead th[scope=col]"))
        yield "table", [markup.text(table.caption)], [definition["table"]["caption"]]
        yield "table’s head", head, [mode["name"] for mode in definition["modes"]]
        yield "table", markup.rows(table), expected.rows(definition)
    if shown := markup.sections(page):
        yield "sections", shown, expected.sections(definition)
    wanted = {name: [*expected.phrases_of(definition, kind)] for name, kind in LISTS.items()}
    for shown in markup.lists(page):
        anchors = {phrase.anchor for phrase in shown}
        # The list that it is, or else the one that it looks most like.
        macro = max(wanted, key=lambda name: sum(p.anchor in anchors for p in wanted[name]))
        yield macro, shown, wanted[macro]
    if shown := markup.groups(page):
        wanted = expected.groups(definition)
        yield "call_outs", *([group[:2] for group in groups] for groups in (shown, wanted))
        leads = [(heading, f"#{anchor}") for anchor, heading, *_ in wanted]
        yield "jumps", markup.jumps(page), leads
        for got, want in zip(shown, wanted, strict=False):
            yield f"call_outs, “{want[1]}”", [*got[2:]], [*want[2:]]


def strays(page: Page, definition: dict) -> Findings:
    """A phrase outside of all lists, a call-out outside of all groups, a button on its own."""
    phrases = markup.texts(page.select(f".box > {markup.PHRASE}"))
    known = {phrase.text for phrase in expected.phrases(definition).values()}
    for phrase in phrases:
        if phrase not in known:
            message = f"“{excerpt(phrase)}” is no phrase of docs/modes.yml"
            yield Finding(page.name, f"phrases: {message}")
    if len(phrases) != len(page.select(markup.BUTTON)):
        yield Finding(page.name, "phrases: not each phrase has its button")


def buttons(page: Page, definition: dict) -> Findings:
    named, confirmed = {}, [definition["copying"]["confirmed"]]
    for phrase, button in page.boxes:
        if button is None:
            continue
        place = f"button “{excerpt(phrase.button)}”"
        if named.setdefault(phrase.button, phrase.text) != phrase.text:
            message = "two buttons have this name and copy different phrases"
            cure = "write words in `copying` of docs/modes.yml that tell them apart"
            yield Finding(page.name, f"{place}: {message}", cure)
        yield from differences(page.name, place, [markup.confirmed(button)], confirmed)
        if not button.has_attr("hidden"):
            message = "is shown without JavaScript, too, where it is dead"
            yield Finding(page.name, f"{place}: {message}")


def parts(page: Page, definition: dict) -> Findings:
    for comparison in generated(page, definition):
        yield from differences(page.name, *comparison)
    yield from strays(page, definition)
    yield from buttons(page, definition)


def everything_is_there(site: Site) -> Findings:
    """Each generated part stands on some page, and each page of the menu is published."""
    shown = {phrase.anchor for page in site.pages for phrase, _ in page.boxes}
    for anchor, phrase in expected.phrases(site.definition).items():
        if anchor not in shown:
            message = f"phrase “{excerpt(phrase.text)}” is on no page"
            cure = "put its macro where readers see it, neither in a comment nor in code"
            yield Finding("docs/modes.yml", message, cure)
    parts = (markup.CARDS, markup.TABLE, markup.SECTIONS)
    for macro, part in zip(("mode_cards", "comparison_table", "mode_sections"), parts, strict=True):
        if not any(page.select(part) for page in site.pages):
            yield Finding("docs/modes.yml", f"no page shows {{{{ {macro}() }}}}", "put it on one")
    published = {page.path for page in site.pages}
    for path, source in site.sources.items():
        if path not in published:
            yield Finding(source, f"is not published: there is no {path}")


def around(site: Site, page: Page) -> Iterator[Comparison]:
    """The theme's frame: language, name, menu, scheme switch, title, and what a chat shows."""
    wanted, shown = site.definition["site"], markup.frame(page)
    name, language = expected.site_name(site.definition), page.soup.html.get("lang", "")
    if not f"{wanted['language']}-".startswith(f"{language}-"):
        yield "language", [language], [wanted["language"]]
    yield "name of the site", [shown["name of the site"]], [name]
    menu = [published_as(page) for page in wanted["pages"]]
    titles = [str(site.headers[path].get("title")) for path in menu if path in site.headers]
    yield "menu", shown["menu"], titles
    switch = [wanted["switch_to_light"], wanted["switch_to_dark"]]
    yield "scheme switch", shown["scheme switch"], switch
    links = [link for link in wanted.get("footer", []) if "text" in link]
    at_foot = [(link["text"], published_as(link["page"])) for link in links]
    leads = [(text, page.leads_to(href, site.base)) for text, href in shown["pages at the foot"]]
    yield "pages at the foot", leads, at_foot
    title = squeeze(site.headers[page.path].get("title"))
    yield "title", [squeeze(markup.text(page.soup.title))], [f"{title} - {name}"]
    if page.path != NOT_FOUND:
        yield from preview(site, page, title, name)


def preview(site: Site, page: Page, title: str, name: str) -> Iterator[Comparison]:
    description = squeeze(site.headers[page.path].get("description"))
    wanted = {
        "description": description,
        "og:site_name": name,
        "og:title": title,
        "og:description": description,
        "og:url": unquote(site.address) + page.web_path,
    }
    shown = {
        tag.get("property") or tag.get("name"): squeeze(tag["content"])
        for tag in page.named("meta")
        if "content" in tag.attrs
    }
    shown["og:url"] = unquote(shown.get("og:url", ""))
    for key, value in wanted.items():
        yield f"`{key}` for chats and searches", [shown.get(key, "")], [value]


def not_found(site: Site, page: Page) -> Findings:
    if page.path == NOT_FOUND:
        wanted = site.definition["not_found"]
        heading, link = (next(iter(page.select(name)), None) for name in ("h1", "a"))
        shown = [markup.text(heading), markup.text(link), markup.href(link)]
        home = [wanted["title"], wanted["home"], site.base]
        yield from differences(page.name, "text", shown, home)
        if wanted["text"] not in markup.texts(page.select("p")):
            yield Finding(page.name, f"text: “{wanted['text']}” is lost")


def status(site: Site, page: Page) -> Findings:
    """What says that a button has copied stands empty on each page, so that it is read aloud."""
    copying = site.definition["copying"]
    wanted = [("", copying["refused"], copying["refused_on_touch"])]
    if page.select(markup.BUTTON):
        yield from differences(page.name, "status", markup.statuses(page.soup), wanted)


def definition_is_published(site: Site) -> Findings:
    for name in ("modes.yml", "modes.schema.json"):
        ours, theirs = site.docs / name, site.folder / name
        if ours.is_file() and not (theirs.is_file() and theirs.read_bytes() == ours.read_bytes()):
            yield Finding(f"docs/{name}", "is not published as it is")


def check(site: Site) -> Findings:
    for page in site.pages:
        yield from parts(page, site.definition)
    yield from everything_is_there(site)
    for page in site.framed:
        for comparison in around(site, page):
            yield from differences(page.name, *comparison)
    for of_page in (not_found, status):
        for page in site.framed:
            yield from of_page(site, page)
    yield from definition_is_published(site)
