"""Advice: what keeps nothing from being published, and may not be what its writer meant."""

import re
from dataclasses import replace
from pathlib import Path

import tinycss2

from macros.problems import suggest

from . import expected, markup, tags
from .markup import NOT_FOUND
from .reporting import Problems, advice, excerpt, squeeze
from .site import Site

LEGIBLE = 4.5  # to 1, as WCAG 2.2 reckons
ON_A_SHEET = 3  # kinds whose phrases fit, unless they are long
HEAVY = 500_000  # bytes
PICTURES = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"}
UNSEEN = {".heic", ".heif", ".tif", ".tiff", ".psd", ".raw", ".dng"}
COLORS = "macros/theme/assets/site.css"
LOGOS = ("assets/logo.svg", "assets/logo.png")
# What only the template's own manager can say, one a line.
OWNER = "Mike"
WORDS = Path(__file__).with_name("template.txt")
NUMBERS = re.findall(r"\w+", "0 1 two three four five six seven eight nine ten eleven twelve")
# Words that hardly any other language has.
ENGLISH = re.compile(r"\b(?:the|with|you|your|this|what|when|asked|wanted|copied)\b")
SCHEME, SCHEMES = re.compile(r"data-md-color-scheme=[\"']?([^]\"']+)"), {"default", "slate"}
BOXES = {"Note", "Tip", "Important", "Warning", "Caution"}
SLOT = re.compile(r"\{.*?\}")
# A property that a stylesheet of one's own sets, outside of comments, and one that it uses.
SET = re.compile(r"/\*.*?\*/|(--[\w-]+)\s*:", re.DOTALL)
USED = re.compile(r"var\(\s*(--[\w-]+)")
COUNTED = r"\b{0} (?:kinds|differ|come)\b|\b(?:all|mix of the) {0}\b"


def colors(site: Site) -> Problems:
    """A stylesheet of one's own has its name, and an end, and sets what there is."""
    for path in sorted({*site.docs.rglob("*.css")} - {site.docs / "colors.css"}):
        name = f"docs/{path.relative_to(site.docs).as_posix()}"
        yield advice(name, "is used by no page", "name it docs/colors.css")
    if (own := site.docs / "colors.css").is_file():
        css = own.read_text(encoding="utf-8", errors="replace")
        rules = tinycss2.parse_stylesheet(f"{css}\n@end;")
        if rules[-1].type != "at-rule" or any(rule.type == "error" for rule in rules):
            message = "a brace, a quote or a comment is never closed, so that what follows is lost"
            yield advice("docs/colors.css", message, "look for the end of each")
        for scheme in sorted({*SCHEME.findall(css)} - SCHEMES):
            cure = 'write "default" for the light, "slate" for the dark'
            message = f"“{scheme.strip('“”')}” is no scheme of this site"
            yield advice("docs/colors.css", message, cure)
        for name in re.findall(r"(--[\w-]+)\s*[=#]", css):
            yield advice("docs/colors.css", f"“{name}” lacks its colon", f"write {name}: …")
        theirs = (path.read_text("utf-8") for path in site.folder.glob("assets/**/*.css"))
        known = {*USED.findall(css), *re.findall(r"(?<![\w-])--[a-z][\w-]+", "".join(theirs))}
        for found in SET.finditer(css):
            if (name := found[1]) and name not in known:
                ours = (color for color in known if not color.startswith("--md-"))
                cure = suggest(name, ours, or_all=False) or f"see the top of {COLORS}"
                told = advice("docs/colors.css", f"{name} is no color of this site", cure)
                yield replace(told, line=css.count("\n", 0, found.start()) + 1)


def contrasts(site: Site) -> Problems:
    """Text in colors of one's own stands out from what is behind it."""
    own = (site.docs / "colors.css").is_file()
    for scheme, name, color, ratio in (c for visit in site.visits if own for c in visit.contrasts):
        if ratio < LEGIBLE:
            message = f"{name} “{color}” has {ratio:.1f}:1 on --paper in “{scheme}”"
            cure = "text needs 4.5:1, take a darker or a lighter one"
            if not ratio:
                message, cure = f"{name} “{color}” is no color", "write one such as #1b222b"
            yield advice("docs/colors.css", message, cure)


def owners_words(site: Site) -> Problems:
    """What only the template's manager can say is said by somebody else."""
    for page in site.framed if site.definition["manager"] != OWNER else ():
        for words in WORDS.read_text(encoding="utf-8").splitlines():
            if words in said_on(page):
                message = f"“{words}” is still what {OWNER} says, word for word"
                yield advice(page.name, message, "write what is true of you")


def counts(site: Site) -> Problems:
    """A number of kinds that is written out, in English."""
    count = len(site.definition["modes"])
    others = "|".join(word for number, word in enumerate(NUMBERS) if number not in (1, count))
    for page in site.framed if site.definition["site"]["language"].startswith("en") else ():
        found = re.findall(COUNTED.format(f"(?:{others})"), said_on(page), re.IGNORECASE)
        if places := "”, “".join({words.lower(): words for words in found}.values()):
            message = f"“{places}” stands here, and docs/modes.yml has {count} modes"
            yield advice(page.name, message, f"write {NUMBERS[count]}, or no number")


def language(site: Site) -> Problems:
    """Texts that are in English still, where the site is in another language."""
    files = ["docs/modes.yml", *(page.source for page in site.framed if page.path != NOT_FOUND)]
    if site.definition["site"]["language"].startswith("en"):
        return
    for file in files:
        if file == files[0]:
            texts, least = expected.flat(site.definition), 1
        else:
            source = (site.docs.parent / file).read_text(encoding="utf-8-sig")
            prose = tags.CODE.sub(lambda code: re.sub("[^\n]", "~", code[0]), source)
            texts, least = prose.split("\n"), 2
        words = {text: {*ENGLISH.findall(SLOT.sub("", text.lower()))} for text in texts}
        english = [text for text, found in words.items() if len(found) >= least]
        if english:
            more = f", and {len(english) - 1} more" if english[1:] else ""
            quoted = max(english[0].split("~"), key=len)
            message = f"“{excerpt(quoted)}” is in English{more}"
            yield advice(file, message, "translate it, unless it is meant")
    for page in site.framed:
        titles = {title.get_text() for title in page.select(".admonition-title")}
        for title in sorted(titles & BOXES):
            cure = f"write yours in docs/modes.yml, under labels: callouts: {title.lower()}"
            yield advice(page.name, f"the title “{title}” of a box is in English", cure)


def said_on(page: markup.Page) -> str:
    """The words of a page and what a chat or a search shows of it."""
    described = page.soup.find("meta", attrs={"name": "description"})
    article = markup.text(page.soup.article)
    return squeeze(f"{described['content'] if described else ''} {article}")


def files(site: Site) -> Problems:
    """Pictures that are slow or not shown, logos and pages that are not taken for one."""
    used = {Path(tag.get("src", "")).name for page in site.framed for tag in page.select("img")}
    for path in sorted(path for path in site.docs.rglob("*") if path.is_file()):
        name = path.relative_to(site.docs).as_posix()
        kind, size = path.suffix.lower(), path.stat().st_size
        if kind in UNSEEN:
            message = f"a picture of the kind {kind} is shown by no browser, or by few"
            yield advice(f"docs/{name}", message, "export it as JPEG or PNG")
        elif path.suffix in (".MD", ".markdown"):
            message = "is published as a file, and is no page"
            yield advice(f"docs/{name}", message, "write .md at the end of its name")
        elif kind in PICTURES and size > HEAVY:
            message = f"has {size / 1000:,.0f} KB, for which a phone waits long"
            yield advice(f"docs/{name}", message, f"make it smaller than {HEAVY // 1000} KB")
        is_logo = kind in PICTURES | UNSEEN | {".ico"} and path.stem.lower() in ("logo", "favicon")
        if is_logo and name not in LOGOS and path.name not in used:
            message = "is not taken for a logo or an icon: another place or name"
            yield advice(f"docs/{name}", message, f"name it docs/{LOGOS[0]} or docs/{LOGOS[1]}")


def fits(site: Site) -> Problems:
    """Pages that are wider than a phone, and call-outs that need a second sheet of paper."""
    for visit in site.visits:
        for width, widest in visit.too_wide[:1]:
            words = f"perhaps by “{excerpt(widest, 40)}”"
            message = f"is wider than a phone of {width} pixels, {words}"
            yield advice(visit.page.name, message, "shorten a long word or line")
        if visit.sheets > 1:
            few = "shorten phrases or signs if you want one"
            groups = visit.page.select(markup.GROUP)
            cure = few if len(groups) <= ON_A_SHEET else "more than three kinds seldom fit"
            message = f"prints on {visit.sheets} sheets, not on one that can lie on a desk"
            yield advice(visit.page.name, message, cure)


def unheard(site: Site) -> Problems:
    """What a screen reader cannot tell: a picture without a text, a box without a name."""
    for page in site.framed:
        for picture in page.select("img:not([alt])"):
            source = excerpt(picture.get("src", ""))
            message = f"the picture “{source}” has no text for who cannot see it"
            yield advice(page.name, message, "write it between the brackets of ![…]")
        for picture in page.select("img[alt]"):
            if Path(picture["alt"]).suffix.lower() in PICTURES:
                message = f"a picture is read aloud as “{excerpt(picture['alt'])}”"
                yield advice(page.name, message, "say what it shows, between the brackets of ![…]")
        if found := page.select(".task-list-item input[type=checkbox]"):
            message = f"{len(found)} task boxes are read aloud without a name"
            cure = "a usual list, with the state in words, tells everybody"
            yield advice(page.name, message, cure)
