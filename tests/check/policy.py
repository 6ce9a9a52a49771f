"""Does each page keep to itself: a policy before all else, and no script but those it names?"""

from base64 import b64encode
from hashlib import sha256

from .reporting import Problems, excerpt, fault
from .site import Site

CSP = "Content-Security-Policy"
SCRIPTS = {"'none'", "'self'"}
ALLOWED = {*SCRIPTS, "data:", "'unsafe-hashes'"}
CLOSED = ("default-src", "base-uri", "form-action")


def digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def first(site: Site) -> Problems:
    """Before it stands the encoding alone, for which a browser looks in the first kilobyte."""
    for page in site.pages:
        tags = page.soup.head.find_all(True, limit=2) if page.soup.head else []
        found = ["charset" if tag.has_attr("charset") else tag.get("http-equiv") for tag in tags]
        if "<" not in page.html:
            continue  # such as the file by which a search engine knows the owner
        if found != ["charset", CSP] and (page.source or found[:1] != [CSP]):
            yield fault(page.name, "has no security policy before everything else")


def sources(site: Site) -> Problems:
    """It allows nothing from elsewhere, and each script and style in the page by its hash."""
    for page in site.pages:
        scripts = [tag for tag in page.named("script") if "src" not in tag.attrs]
        inline = {
            "script-src": [s.get_text() for s in scripts if not s.get("type", "").endswith("json")],
            "style-src": page.styles,
        }
        for meta in page.named("meta"):
            if meta.get("http-equiv") != CSP:
                continue
            parts = filter(None, (part.split() for part in meta.get("content", "").split(";")))
            policy = {name: set(sources) for name, *sources in parts}
            for name in CLOSED:
                if policy.get(name) != {"'none'"}:
                    yield fault(page.name, f"its policy lets {name} go anywhere")
            for name in policy | inline:
                hashes = {digest(text): text for text in inline.get(name, ())}
                named = policy.get(name, set())
                allowed = SCRIPTS if name == "script-src" else ALLOWED
                if foreign := sorted(named - allowed - hashes.keys()):
                    yield fault(page.name, f"its policy lets in {', '.join(foreign)} by {name}")
                for text in (hashes[unnamed] for unnamed in hashes.keys() - named):
                    message = (
                        f"its policy blocks “{excerpt(text, 40)}”, which has no hash in {name}"
                    )
                    yield fault(page.name, message)


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
