"""Does each generated part say what the definition says, all of it and nothing else?"""

from collections.abc import Iterator
from urllib.parse import unquote

from macros.problems import Problem

from . import expected, markup
from .expected import LISTS
from .finding import Problems, excerpt, fault, squeeze
from .markup import NOT_FOUND, Page
from .site import Site, published_as

PARTS = {
    "mode_cards": markup.CARDS,
    "comparison_table": markup.TABLE,
    "mode_sections": markup.SECTIONS,
}
# A part, what it shows, and what it should show in the same order.
Comparison = tuple[str, list, list]
IN_HEADER = 3  # so many pages stand beside the name of the site, and more in a menu


def differences(page: str, part: str, shown: list, wanted: list) -> Problems:
    if len(shown) == len(wanted):
        for got, want in zip(shown, wanted, strict=True):
            if got != want:
                shows, says = map(words, first_difference(got, want))
                yield fault(page, f"{part}: “{shows}” is shown, docs/modes.yml says “{says}”")
        return
    unknown = [words(got) for got in shown if got not in wanted]
    lost = [words(want) for want in wanted if want not in shown]
    for text in unknown:
        yield fault(page, f"{part}: “{text}” is shown, and docs/modes.yml has nothing like it")
    for text in lost:
        yield fault(page, f"{part}: “{text}” of docs/modes.yml is lost")
    if not unknown and len(shown) > len(wanted):
        yield fault(page, f"{part}: something is shown twice")


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
        name = figure.parent.get("aria-label", "")
        yield "cards’ name", [name], [definition["labels"]["spectrum"]]
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


def parts(site: Site) -> Problems:
    for page in site.pages:
        for comparison in generated(page, site.definition):
            yield from differences(page.name, *comparison)


def strays(site: Site) -> Problems:
    """A phrase outside of all lists, a call-out outside of all groups, a button on its own."""
    known = {phrase.text for phrase in expected.phrases(site.definition).values()}
    for page in site.pages:
        phrases = markup.texts(page.select(f".box > {markup.PHRASE}"))
        for phrase in phrases:
            if phrase not in known:
                message = f"“{excerpt(phrase)}” is no phrase of docs/modes.yml"
                yield fault(page.name, f"phrases: {message}")
        if len(phrases) != len(page.select(markup.BUTTON)):
            yield fault(page.name, "phrases: not each phrase has its button")


def buttons(site: Site) -> Problems:
    confirmed = [site.definition["copying"]["confirmed"]]
    for page in site.pages:
        named: dict[str, str] = {}
        for phrase, button in page.boxes:
            if button is None:
                continue
            place = f"button “{excerpt(phrase.button)}”"
            if named.setdefault(phrase.button, phrase.text) != phrase.text:
                message = "two buttons have this name and copy different phrases"
                cure = "write words in `copying` of docs/modes.yml that tell them apart"
                yield fault(page.name, f"{place}: {message}", cure)
            yield from differences(page.name, place, [markup.confirmed(button)], confirmed)
            if not button.has_attr("hidden"):
                message = "is shown without JavaScript, too, where it is dead"
                yield fault(page.name, f"{place}: {message}")


def lost(site: Site) -> Problems:
    """What stands in a comment or in code shows nothing."""
    shown = {phrase.anchor for page in site.pages for phrase, _ in page.boxes}
    for macro, kinds in {**LISTS, "call_outs": "call_out afterwards"}.items():
        phrases = [p for kind in kinds.split() for p in expected.phrases_of(site.definition, kind)]
        missing = [phrase for phrase in phrases if phrase.anchor not in shown]
        if len(missing) == len(phrases):
            yield _not_shown(macro)
        else:
            for phrase in missing:
                yield fault("docs/modes.yml", f"phrase “{excerpt(phrase.text)}” is on no page")
    for macro, part in PARTS.items():
        if not any(page.select(part) for page in site.pages):
            yield _not_shown(macro)


def _not_shown(macro: str) -> Problem:
    cure = "put it where readers see it, neither in a comment nor in code"
    return fault("docs/modes.yml", f"no page shows {{{{ {macro}() }}}}", cure)


def frame(site: Site) -> Problems:
    for page in site.framed:
        for comparison in around(site, page):
            yield from differences(page.name, *comparison)


def around(site: Site, page: Page) -> Iterator[Comparison]:
    """The theme's frame: language, name, menu, scheme switch, foot and title."""
    wanted, shown = site.definition["site"], markup.frame(page)
    name, language = expected.site_name(site.definition), page.soup.html.get("lang", "")
    if not f"{wanted['language']}-".startswith(f"{language}-"):
        yield "language", [language], [wanted["language"]]
    yield "name of the site", [shown["name of the site"]], [name]
    menu = [published_as(page) for page in wanted["pages"]]
    titles = {path: str(site.headers[path].get("title")) for path in menu if path in site.headers}
    few = len(menu) <= IN_HEADER
    yield "menu", shown["menu"], [] if few else [*titles.values()]
    beside = [title for path, title in titles.items() if few and path != "index.html"]
    yield "beside the name", shown["beside the name"], beside
    switch = [wanted["switch_to_light"], wanted["switch_to_dark"]]
    yield "scheme switch", shown["scheme switch"], switch
    links = [link for link in wanted.get("footer", []) if "text" in link]
    at_foot = [(link["text"], published_as(link["page"])) for link in links]
    leads = [(text, page.leads_to(href, site.base)) for text, href in shown["pages at the foot"]]
    yield "pages at the foot", leads, at_foot
    title = squeeze(site.headers[page.path].get("title"))
    yield "title", [squeeze(markup.text(page.soup.title))], [f"{title} - {name}"]


def previews(site: Site) -> Problems:
    for page in site.framed:
        if page.path != NOT_FOUND:
            for comparison in preview(site, page):
                yield from differences(page.name, *comparison)


def preview(site: Site, page: Page) -> Iterator[Comparison]:
    title, description = (
        squeeze(site.headers[page.path].get(key)) for key in ("title", "description")
    )
    wanted = {
        "description": description,
        "og:site_name": expected.site_name(site.definition),
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


def not_found(site: Site) -> Problems:
    wanted = site.definition["not_found"]
    for page in site.framed:
        if page.path == NOT_FOUND:
            heading, link = (next(iter(page.select(name)), None) for name in ("h1", "a"))
            shown = [markup.text(heading), markup.text(link), markup.href(link)]
            home = [wanted["title"], wanted["home"], site.base]
            yield from differences(page.name, "text", shown, home)
            if wanted["text"] not in markup.texts(page.select("p")):
                yield fault(page.name, f"text: “{wanted['text']}” is lost")


def status(site: Site) -> Problems:
    copying = site.definition["copying"]
    wanted = [("", copying["refused"], copying["refused_on_touch"])]
    for page in site.framed:
        if page.select(markup.BUTTON):
            yield from differences(page.name, "status", markup.statuses(page.soup), wanted)
