"""Puts a content security policy into each built page: nothing from elsewhere, no script but the site's own. Knows HTML alone.

Scripts and styles that stand in the page are allowed by their hashes, so it comes after everything that changes a page.
The preview goes without, since MkDocs puts a script of its own into its pages.
"""

import logging
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

from pymdownx.emoji import to_alt

log = logging.getLogger("mkdocs.policy")
_preview = False


def on_startup(*, command, dirty):
    global _preview
    _preview = command == "serve"


def on_config(config):
    """Write an emoji as the sign that it is: the theme would fetch a picture of it from another host."""
    emoji = config.mdx_configs.get("pymdownx.emoji", {})
    if icon := emoji.get("emoji_generator"):
        emoji["emoji_generator"] = lambda *of: (to_alt if of[3] else icon)(*of)


def on_post_build(*, config):
    if _preview:
        return
    for file in Path(config.site_dir).rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        page = _Page(html)
        if page.place:
            file.write_text(html.replace(page.place, f'{page.place}<meta http-equiv="Content-Security-Policy" content="{page.policy()}">', 1), encoding="utf-8")
        else:
            log.info("policy: %s has no head, it goes without", file)


class _Page(HTMLParser):
    """What stands in a page itself and needs a hash, and the tag that the policy follows."""

    def __init__(self, html: str):
        super().__init__()
        self.place = ""
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.attributes: list[str] = []
        self._inside: list[str] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        if tag == "head" or tag == "meta" and "charset" in attributes:
            self.place = self.get_starttag_text()
        if "style" in attributes:
            self.attributes.append(attributes["style"])
        if tag == "style":
            self._inside = self.styles
        # Data is not run.
        if tag == "script" and "src" not in attributes and not attributes.get("type", "").endswith("json"):
            self._inside = self.scripts
        if self._inside is not None:
            self._inside.append("")

    def handle_data(self, data):
        if self._inside is not None:
            self._inside[-1] += data

    def handle_endtag(self, tag):
        self._inside = None

    def policy(self) -> str:
        own = "'self'"
        attributes = ["'unsafe-hashes'", *_hashes(self.attributes)] if self.attributes else []
        sources = {
            "default-src": ["'none'"],
            "script-src": [own, *_hashes(self.scripts)],
            "style-src": [own, *_hashes(self.styles), *attributes],
            "img-src": [own, "data:"],
            "font-src": [own],
            "media-src": [own],
            "connect-src": [own],
            "worker-src": [own],
            "base-uri": ["'none'"],
            "form-action": ["'none'"],
        }
        return "; ".join(" ".join([kind, *allowed]) for kind, allowed in sources.items())


def _hashes(texts: list[str]) -> list[str]:
    return sorted({f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts})
