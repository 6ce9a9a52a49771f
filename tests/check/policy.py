"""Does each page keep to itself: a policy before all else, and no script but those it names?"""

from base64 import b64encode
from hashlib import sha256

from .finding import Problems, excerpt, fault
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


def policies(page: Page) -> list[dict[str, set[str]]]:
    metas = (meta for meta in page.named("meta") if meta.get("http-equiv") == CSP)
    return [directives(meta.get("content", "")) for meta in metas]


def first(site: Site) -> Problems:
    """Before it stands the encoding alone, for which a browser looks in the first kilobyte."""
    for page in site.pages:
        tags = page.soup.head.find_all(True, limit=2) if page.soup.head else []
        found = ["charset" if tag.has_attr("charset") else tag.get("http-equiv") for tag in tags]
        if found != ["charset", CSP] and (page.source or found[:1] != [CSP]):
            yield fault(page.name, "has no security policy before everything else")


def sources(site: Site) -> Problems:
    for page in site.pages:
        for policy in policies(page):
            for name in ("default-src", "base-uri", "form-action"):
                if policy.get(name) != {"'none'"}:
                    yield fault(page.name, f"its policy lets {name} go anywhere")
            for name, sources in policy.items():
                others = sources - (ALLOWED_SCRIPTS if name == "script-src" else ALLOWED)
                if foreign := sorted(other for other in others if not other.startswith("'sha256-")):
                    yield fault(page.name, f"its policy lets in {', '.join(foreign)}")


def hashes(site: Site) -> Problems:
    for page in site.pages:
        inline = [tag for tag in page.named("script") if "src" not in tag.attrs]
        scripts = [tag.get_text() for tag in inline if not tag.get("type", "").endswith("json")]
        for policy in policies(page):
            for name, texts in (("script-src", scripts), ("style-src", page.styles)):
                yield from differences(page.name, name, policy.get(name, set()), texts)


def differences(page: str, name: str, sources: set[str], texts: list[str]) -> Problems:
    named = {source for source in sources if source.startswith("'sha256-")}
    for text in texts:
        if digest(text) not in named:
            message = f"its policy blocks “{excerpt(text, 40)}”, which has no hash in {name}"
            yield fault(page, message)
    if named - {digest(text) for text in texts}:
        yield fault(page, f"its policy names a hash in {name} of nothing there")


def handlers(site: Site) -> Problems:
    for page in site.pages:
        for tag in page.tags:
            for name, value in tag.attrs.items():
                if name.lower().startswith("on"):
                    message = f'“{name}="{excerpt(value)}"” is a script, which cannot run here'
                    yield fault(page.name, message, "remove it")


def referrer(site: Site) -> Problems:
    for page in site.framed:
        referrers = [tag for tag in page.named("meta") if tag.get("name") == "referrer"]
        if [tag["content"] for tag in referrers] != ["no-referrer"]:
            yield fault(page.name, "tells other sites who sent their visitors")
