"""Does each page keep to itself: a policy before all else, and no script but those it names?"""

from base64 import b64encode
from hashlib import sha256

from .finding import Finding, Findings, excerpt
from .markup import Page
from .site import Site

CSP = "Content-Security-Policy"
ALLOWED = {"'none'", "'self'", "data:", "'unsafe-hashes'"}
ALLOWED_SCRIPTS = {"'none'", "'self'"}


def directives(content: str) -> dict[str, set[str]]:
    parts = (part.split() for part in content.split(";"))
    return {name: set(sources) for name, *sources in filter(None, parts)}


def digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def stands_first(page: Page) -> Findings:
    tags = page.soup.head.find_all(True, limit=2) if page.soup.head else []
    before = [tag.get("http-equiv") for tag in tags if not tag.has_attr("charset")]
    if before[:1] != [CSP]:
        yield Finding(page.name, "has no security policy before everything else")


def has_no_handlers(page: Page) -> Findings:
    for tag in page.tags:
        for name in tag.attrs:
            if name.lower().startswith("on"):
                message = f"`{name}` in <{tag.name}> is a script, which cannot run here"
                yield Finding(page.name, message, "remove it")


def allows_nothing_else(page: Page, policy: dict[str, set[str]]) -> Findings:
    for name in ("default-src", "base-uri", "form-action"):
        if policy.get(name) != {"'none'"}:
            yield Finding(page.name, f"its policy lets {name} go anywhere")
    for name, sources in policy.items():
        others = sources - (ALLOWED_SCRIPTS if name == "script-src" else ALLOWED)
        if foreign := [other for other in sorted(others) if not other.startswith("'sha256-")]:
            yield Finding(page.name, f"its policy lets in {', '.join(foreign)}")


def names_each_hash(page: Page, policy: dict[str, set[str]]) -> Findings:
    inline = [tag for tag in page.named("script") if "src" not in tag.attrs]
    scripts = [tag.get_text() for tag in inline if not tag.get("type", "").endswith("json")]
    for name, texts in (("script-src", scripts), ("style-src", page.styles)):
        named = {source for source in policy.get(name, ()) if source.startswith("'sha256-")}
        for text in texts:
            if digest(text) not in named:
                message = f"its policy blocks “{excerpt(text, 40)}”, which has no hash in {name}"
                yield Finding(page.name, message)
        if named - {digest(text) for text in texts}:
            yield Finding(page.name, f"its policy names a hash in {name} of nothing there")


def check(site: Site) -> Findings:
    for page in site.pages:
        yield from stands_first(page)
        yield from has_no_handlers(page)
        for meta in page.named("meta"):
            if meta.get("http-equiv") == CSP:
                policy = directives(meta.get("content", ""))
                yield from allows_nothing_else(page, policy)
                yield from names_each_hash(page, policy)
    for page in site.framed:
        referrers = [tag for tag in page.named("meta") if tag.get("name") == "referrer"]
        if [tag["content"] for tag in referrers] != ["no-referrer"]:
            yield Finding(page.name, "tells other sites who sent their visitors")
