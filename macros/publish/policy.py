"""MkDocs hook: puts a content security policy into each built page.

It allows nothing from elsewhere, and no script or style in a page but those whose hash it names,
so it is the last hook: it has to come after everything that changes a page. The preview goes
without, since MkDocs adds a script of its own there.
"""

import logging
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import click

from macros.publish import new_tags

POLICY = (
    "default-src 'none'; script-src 'self'{scripts}; style-src 'self'{styles}{attributes}; "
    "img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; "
    "worker-src {worker}; base-uri 'none'; form-action 'none'"
)
# A policy holds from where it stands: as early as may be, but the encoding comes first.
HEAD = re.compile(rb"<head\b[^>]*>(\s*<meta charset=[^>]*>)?", re.IGNORECASE)
# What a browser opens as a page; of these, a static one comes from docs/ as it is.
PAGES = {".html", ".htm", ".xhtml"}
# Scripts and styles, and what may hide one.
INLINE = re.compile(rb"(?is)(<(script|style)\b[^>]*>.*?</\2\s*>|<!--.*?-->)")
# The tags, less their "<", on which it depends beside these.
ASKING = re.compile(rb'(?is)[a-z].*(\sstyle\s*=|data-md-component="search").*>')
log = logging.getLogger("mkdocs.policy")


def on_post_build(*, config: Any) -> None:
    """Called by MkDocs once, when all pages are written."""
    if getattr(click.get_current_context(silent=True), "info_name", "") == "serve":
        return
    known = set[bytes]()
    for file in Path(config.site_dir).rglob("*.*"):
        if file.suffix.lower() not in PAGES:
            continue
        html = file.read_bytes()
        if head := HEAD.search(html):
            parts = INLINE.split(html)
            tags = new_tags(b"<>".join(parts[::3]), known)
            asking = [tag for tag in tags if ASKING.match(tag)]  # these never get known
            known.update({*tags}.difference(asking))
            policy = _policy(b"".join([*parts[1::3], *(b"<" + tag for tag in asking)]))
            end = "/>" if "x" in file.suffix.lower() else ">"
            meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}"{end}'
            file.write_bytes(html[: head.end()] + meta.encode() + html[head.end() :])
        else:
            log.info("policy: %s has no head, it goes without", file)


@cache
def _policy(inline: bytes) -> str:
    return _Inline(re.sub("\r\n?", "\n", inline.decode())).policy()  # as browsers read it


class _Inline(HTMLParser):
    """The scripts and styles that stand in a page itself."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._texts: dict[str, list[str]] = {"script": [], "style": [], "attribute": []}
        self._open: list[str] | None = None
        # The theme's own search is one.
        self._worker = "'self'" if 'data-md-component="search"' in html else "'none'"
        self.feed(html)
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
