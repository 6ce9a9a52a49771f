"""Advice for whoever made a copy their own: what is green, and may not be what they meant."""

import re
from collections.abc import Iterator
from pathlib import Path

import tinycss2
from tinycss2.color4 import parse_color

from . import markup
from .finding import Problems, advice, squeeze
from .site import Site

SHEETS = (Path(__file__).parents[2] / "macros/theme/assets/site.css", Path("colors.css"))
SCHEMES = ("default", "slate")
# All that is written with them stands on --paper.
INKS = ("--ink", "--ink-quiet", "--link")
LEGIBLE = 4.5
HEAVY = 500_000  # bytes
PICTURES = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"}
UNSEEN = {".heic", ".heif", ".tif", ".tiff", ".psd", ".raw", ".dng"}
LOGOS = ("assets/logo.svg", "assets/logo.png")
# What only the template's own manager can say, one a line.
OWNER = "Mike"
WORDS = Path(__file__).with_name("template.txt")
NUMBERS = re.findall(r"\w+", "0 1 two three four five six seven eight nine ten eleven twelve")
COUNTED = r"\b{0} (?:kinds|differ|come)\b|\b(?:all|mix of the) {0}\b"


def colors(site: Site) -> Problems:
    """Text in colors of one's own has to stand out from what is behind it."""
    own = site.docs / SHEETS[1]
    if not own.is_file():
        return
    css = own.read_text(encoding="utf-8", errors="replace")
    rules = tinycss2.parse_stylesheet(f"{css}\n@end;")
    if rules[-1].type != "at-rule" or any(rule.type == "error" for rule in rules):
        message = "a brace, a quote or a comment is never closed, so that what follows is lost"
        yield advice("docs/colors.css", message, "look for the end of each")
        return
    changed = variables(css)
    every = variables(SHEETS[0].read_text(encoding="utf-8"))
    for scheme in SCHEMES:
        here = every[scheme] | changed[scheme]
        for name in INKS:
            if {name, "--paper"} & changed[scheme].keys():
                ratio = contrast(here[name], here["--paper"])
                if ratio and ratio < LEGIBLE:
                    message = f"{name} “{here[name]}” has {ratio:.1f}:1 on --paper in “{scheme}”"
                    cure = "text needs 4.5:1, take a darker or a lighter one"
                    yield advice("docs/colors.css", message, cure)


def variables(css: str) -> dict[str, dict[str, str]]:
    """The colors by their names, of each scheme."""
    found: dict[str, dict[str, str]] = {scheme: {} for scheme in SCHEMES}
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        selector = tinycss2.serialize(rule.prelude)
        schemes = [scheme for scheme in SCHEMES if scheme in selector] or SCHEMES
        for declared in tinycss2.parse_blocks_contents(rule.content):
            if declared.type == "declaration":
                for scheme in schemes:
                    found[scheme][declared.name] = tinycss2.serialize(declared.value).strip()
    return found


def contrast(one: str, other: str) -> float | None:
    """The ratio of WCAG 2.2, from 1 to 21; None for colors that only a browser can work out."""
    both = [luminance(text) for text in (one, other)]
    return None if None in both else (max(both) + 0.05) / (min(both) + 0.05)


def luminance(text: str) -> float | None:
    color = parse_color(text)
    for space in ("srgb", "xyz-d65", "xyz-d50"):
        try:
            first, second, third = color.to(space).coordinates
        except (AttributeError, NotImplementedError):  # no color, or of another space
            continue
        if space != "srgb":
            return second
        linear = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (first, second, third)
        )
        return sum(
            part * share for part, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True)
        )
    return None


def owners_words(site: Site) -> Problems:
    """What only the template's manager can say is said by somebody else."""
    if site.definition["manager"] == OWNER:
        return
    for page in site.framed:
        said = said_on(page)
        for words in WORDS.read_text(encoding="utf-8").splitlines():
            if words in said:
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


def said_on(page: markup.Page) -> str:
    """The words of a page and what a chat or a search shows of it."""
    described = page.soup.find("meta", attrs={"name": "description"})
    article = markup.text(page.soup.article)
    return squeeze(f"{described['content'] if described else ''} {article}")


def files(site: Site) -> Problems:
    """Pictures that are slow or that no browser shows, and logos that are not used as one."""
    used = {Path(url).name for page in site.framed for url in pictures_of(page)}
    for path in sorted(path for path in site.docs.rglob("*") if path.is_file()):
        name = path.relative_to(site.docs).as_posix()
        kind, size = path.suffix.lower(), path.stat().st_size
        if kind in UNSEEN:
            message = f"a picture of the kind {kind} is shown by no browser, or by few"
            yield advice(f"docs/{name}", message, "export it as JPEG or PNG")
        elif kind in PICTURES and size > HEAVY:
            message = f"has {size / 1000:,.0f} KB, for which a phone waits long"
            yield advice(f"docs/{name}", message, f"make it smaller than {HEAVY // 1000} KB")
        is_logo = kind in PICTURES | UNSEEN | {".ico"} and path.stem.lower() in ("logo", "favicon")
        if is_logo and name not in LOGOS and path.name not in used:
            message = "is not taken for a logo or an icon: another place or name"
            yield advice(f"docs/{name}", message, f"name it docs/{LOGOS[0]} or docs/{LOGOS[1]}")


def pictures_of(page: markup.Page) -> Iterator[str]:
    if page.soup.article:
        yield from (picture.get("src", "") for picture in page.soup.article.find_all("img"))
