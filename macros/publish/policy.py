"""MkDocs hook: puts a content security policy into each built page.

It allows nothing from elsewhere, and no script or style in a page but those whose hash it names,
so it is the last hook: it has to come after everything that changes a page. The preview goes
without, since MkDocs adds a script of its own there.
"""

import logging
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import click

POLICY = (
    "default-src 'none'; script-src 'self'{scripts}; style-src 'self'{styles}{attributes}; "
    "img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; "
    "worker-src {worker}; base-uri 'none'; form-action 'none'"
)
# A policy holds from where it stands: as early as may be, but the encoding comes first.
HEAD = re.compile(r"<head\b[^>]*>(\s*<meta charset=[^>]*>)?", re.IGNORECASE)
# What a browser opens as a page; of these, a static one comes from docs/ as it is.
PAGES = {".html", ".htm", ".xhtml"}
# All that may be inline, or hide it: the rest of a page need not be parsed.
INLINE = re.compile(
    r"<(script|style)\b[^>]*>.*?</\1\s*>|<[a-z][^<>]*\sstyle\s*=[^<>]*>|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)
log = logging.getLogger("mkdocs.policy")


def on_post_build(*, config: Any) -> None:
    """Called by MkDocs once, when all pages are written."""
    if getattr(click.get_current_context(silent=True), "info_name", "") == "serve":
        return
    for file in Path(config.site_dir).rglob("*.*"):
        if file.suffix.lower() not in PAGES:
            continue
        html = file.read_text(encoding="utf-8")
        if head := HEAD.search(html):
            policy, end = _Inline(html).policy(), "/>" if "x" in file.suffix.lower() else ">"
            meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}"{end}'
            file.write_text(html[: head.end()] + meta + html[head.end() :], encoding="utf-8")
        else:
            log.info("policy: %s has no head, it goes without", file)


class _Inline(HTMLParser):
    """The scripts and styles that stand in a page itself."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._texts: dict[str, list[str]] = {"script": [], "style": [], "attribute": []}
        self._open: list[str] | None = None
        # The theme's own search is one.
        self._worker = "'self'" if 'data-md-component="search"' in html else "'none'"
        self.feed("".join(found[0] for found in INLINE.finditer(html)))
        self.close()

    def policy(self) -> str:
        scripts, styles, attributes = map(_hashes, self._texts.values())
        hashes = attributes and f" 'unsafe-hashes'{attributes}"
        return POLICY.format(scripts=scripts, styles=styles, attributes=hashes, worker=self._worker)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if "style" in attributes:
            self._texts["attribute"].append(attributes["style"])
        is_data = attributes.get("type", "").endswith("json")
        if tag == "style" or (tag == "script" and "src" not in attributes and not is_data):
            self._open = self._texts[tag]
            self._open.append("")

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open[-1] += data

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  # overrides
        self._open = None


def _hashes(texts: list[str]) -> str:
    digests = {b64encode(sha256(text.encode()).digest()).decode() for text in texts}
    return "".join(f" 'sha256-{digest}'" for digest in sorted(digests))
