"""Does each page keep to itself: a policy before all else, and no script but those it names?"""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

from bs4 import Tag

from .finding import Finding, excerpt
from .site import Page, Site

Findings = Iterator[Finding]
CSP = "Content-Security-Policy"
ALLOWED = {"'none'", "'self'", "data:", "'unsafe-hashes'"}
CURE = "build it again; if it stays, the fault is in the template"


def directives(meta: Tag) -> dict[str, set[str]]:
    parts = (part.split() for part in meta.get("content", "").split(";"))
    return {name: set(sources) for name, *sources in filter(None, parts)}


def hashes(texts: list[str]) -> set[str]:
    return {f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts}


def stands_first(page: Page) -> Findings:
    tags = page.soup.head.find_all(True, limit=2) if page.soup.head else []
    before = [tag for tag in tags if not tag.has_attr("charset")]
    if not before or before[0].get("http-equiv") != CSP:
        yield Finding(page.name, f"has no security policy before everything else; {CURE}")


def allows_nothing_else(page: Page, allowed: dict[str, set[str]]) -> Findings:
    for name in ("default-src", "base-uri", "form-action"):
        if allowed.get(name) != {"'none'"}:
            yield Finding(page.name, f"its policy lets {name} go anywhere; {CURE}")
    for name, sources in allowed.items():
        known = ALLOWED - ({"data:", "'unsafe-hashes'"} if name == "script-src" else set())
        if foreign := {source for source in sources if not source.startswith("'sha256-")} - known:
            yield Finding(page.name, f"its policy lets in {', '.join(sorted(foreign))}; {CURE}")


def names_each_hash(page: Page, allowed: dict[str, set[str]]) -> Findings:
    inline = page.soup.find_all("script", src=False)
    scripts = [tag.get_text() for tag in inline if not tag.get("type", "").endswith("json")]
    styles = [tag.get_text() for tag in page.soup.find_all("style")]
    styles += [tag["style"] for tag in page.soup.select("[style]")]
    for name, texts in (("script-src", scripts), ("style-src", styles)):
        named = {source for source in allowed.get(name, ()) if source.startswith("'sha256-")}
        for text in texts:
            if not hashes([text]) <= named:
                message = f"its policy blocks “{excerpt(text, 40)}”, which has no hash in {name}"
                yield Finding(page.name, f"{message}; {CURE}")
        if named - hashes(texts):
            yield Finding(page.name, f"its policy names a hash in {name} of nothing there; {CURE}")


def has_no_handlers(page: Page) -> Findings:
    for tag in page.soup.find_all(True):
        for name in tag.attrs:
            if name.lower().startswith("on"):
                message = f"`{name}` in <{tag.name}> is a script, which cannot run here"
                yield Finding(page.name, f"{message}; remove it")


def sends_no_referrer(page: Page) -> Findings:
    if [tag["content"] for tag in page.soup.select("meta[name=referrer]")] != ["no-referrer"]:
        yield Finding(page.name, f"tells other sites who sent their visitors; {CURE}")


def check(site: Site) -> Findings:
    for page in site.pages:
        yield from stands_first(page)
        yield from has_no_handlers(page)
        for meta in page.soup.find_all("meta", attrs={"http-equiv": CSP}):
            yield from allows_nothing_else(page, directives(meta))
            yield from names_each_hash(page, directives(meta))
    for page in site.framed:
        yield from sends_no_referrer(page)
