"""Does each generated part say what the definition says, all of it and nothing else?"""

from collections.abc import Iterator
from difflib import SequenceMatcher
from urllib.parse import unquote

from . import expected, markup
from .markup import NOT_FOUND, Page
from .reporting import Problems, excerpt, fault, squeeze
from .site import Site, published_as

# A part, what it says, and what it should say in the same order.
Comparison = tuple[str, list[str], list[str]]
IN_HEADER = 3  # so many pages stand beside the name of the site, and more in a menu


def differences(page: str, part: str, shown: list[str], wanted: list[str]) -> Problems:
    """A problem for each run of texts that differs."""
    matcher = SequenceMatcher(None, shown, wanted, autojunk=False)
    for kind, *ends in matcher.get_opcodes() if shown != wanted else ():
        got, want = (
            excerpt(" · ".join(filter(None, texts)))
            for texts in (shown[ends[0] : ends[1]], wanted[ends[2] : ends[3]])
        )
        if kind == "replace":
            yield fault(page, f"{part}: “{got}” is shown, docs/modes.yml says “{want}”")
        elif kind == "delete":
            yield fault(page, f"{part}: “{got}” is shown, and docs/modes.yml has nothing like it")
        elif kind == "insert":
            yield fault(page, f"{part}: “{want}” of docs/modes.yml is lost")


def generated(site: Site) -> Iterator[tuple[Page, str, list[str], list[str]]]:
    """Each generated part, wherever it stands: its macro, what it says and what it should say."""
    wanted = expected.parts(site.definition)
    for page in site.pages:
        for macro, selector in markup.PARTS.items():
            for tag in page.select(selector):
                yield page, macro, markup.said(tag), wanted[macro]
        for tag in page.select(markup.LIST):
            shown = markup.said(tag)
            # The list that it is, or else the one that it looks most like.
            macro = max(expected.LISTS, key=lambda name: len({*shown} & {*wanted[name]}))
            yield page, macro, shown, wanted[macro]


def parts(site: Site) -> Problems:
    for page, *comparison in generated(site):
        yield from differences(page.name, *comparison)


def lost(site: Site) -> Problems:
    """What stands in a comment or in code shows nothing."""
    shown = {macro for _, macro, *_ in generated(site)}
    for macro in expected.parts(site.definition):
        if macro not in shown:
            cure = "put it where readers see it, neither in a comment nor in code"
            yield fault("docs/modes.yml", f"no page shows {{{{ {macro}() }}}}", cure)


def strays(site: Site) -> Problems:
    """A phrase outside of all lists, a call-out outside of all groups, a button on its own."""
    known = {phrase.text for phrase in expected.phrases(site.definition).values()}
    for page in site.pages:
        for phrase, _ in page.boxes:
            if phrase.text not in known:
                message = f"“{excerpt(phrase.text)}” is no phrase of docs/modes.yml"
                yield fault(page.name, f"phrases: {message}")
        if len(page.boxes) != len(page.select(markup.BUTTON)):
            yield fault(page.name, "phrases: not each phrase has its button")


def buttons(site: Site) -> Problems:
    for page in site.pages:
        named: dict[str, str] = {}
        for phrase, button in page.boxes:
            place = f"button “{excerpt(phrase.button)}”"
            if button and named.setdefault(phrase.button, phrase.text) != phrase.text:
                message = "two buttons have this name and copy different phrases"
                cure = "write words in `copying` of docs/modes.yml that tell them apart"
                yield fault(page.name, f"{place}: {message}", cure)
            if button and not button.has_attr("hidden"):
                message = "is shown without JavaScript, too, where it is dead"
                yield fault(page.name, f"{place}: {message}")


def frame(site: Site) -> Problems:
    """What stands around what a page holds, in a chat's preview of it, and on the 404 page."""
    for page in site.framed:
        asked = (around, not_found if page.path == NOT_FOUND else preview)
        for comparison in (found for ask in asked for found in ask(site, page)):
            yield from differences(page.name, *comparison)


def around(site: Site, page: Page) -> Iterator[Comparison]:
    """The theme's frame: language, name, menu, scheme switch, foot, title and status."""
    wanted, shown = site.definition["site"], markup.frame(page)
    name, language = expected.site_name(site.definition), page.soup.html.get("lang", "")
    if not f"{wanted['language']}-".startswith(f"{language}-"):
        yield "language", [language], [wanted["language"]]
    yield "name of the site", [shown["name of the site"]], [name]
    menu = [published_as(page) for page in wanted["pages"]]
    titles = {path: str(site.headers[path].get("title")) for path in menu if path in site.headers}
    few = len(menu) <= IN_HEADER
    listed = [title for path, title in titles.items() if not few or path != "index.html"]
    yield "menu", shown["menu"], listed
    switch = [wanted["switch_to_light"], wanted["switch_to_dark"]]
    yield "scheme switch", shown["scheme switch"], switch
    links = [link for link in wanted.get("footer", []) if "text" in link]
    at_foot = [[link["text"], published_as(link["page"])] for link in links]
    leads = [[text, page.leads_to(href, site.base)] for text, href in shown["pages at the foot"]]
    yield "pages at the foot", [*expected.flat(leads)], [*expected.flat(at_foot)]
    title = squeeze(site.headers[page.path].get("title"))
    yield "title", [squeeze(markup.text(page.soup.title))], [f"{title} - {name}"]
    # It says aloud what a button did, and stands there empty until then.
    says = [site.definition["copying"][key] for key in ("refused", "refused_on_touch")]
    tags = page.select(f"{markup.STATUS}[aria-live=polite][data-refused]")
    heard = [[tag.get_text(), tag["data-refused"], tag["data-refused-on-touch"]] for tag in tags]
    if page.select(markup.BUTTON):
        yield "status", [*expected.flat(heard)], says


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
        "apple-mobile-web-app-title": expected.site_name(site.definition),
    }
    shown = {
        tag.get("property") or tag.get("name"): squeeze(tag["content"])
        for tag in page.named("meta")
        if "content" in tag.attrs
    }
    shown["og:url"] = unquote(shown.get("og:url", ""))
    for key, value in wanted.items():
        yield f"`{key}` for chats and searches", [shown.get(key, "")], [value]


def not_found(site: Site, page: Page) -> Iterator[Comparison]:
    wanted = site.definition["not_found"]
    shown = [text for tag in page.select("h1, h1 ~ p:not([class])") for text in markup.said(tag)]
    yield "text", shown, [wanted["title"], wanted["text"], site.base, wanted["home"]]
