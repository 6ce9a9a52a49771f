"""Addresses and pictures within a text."""

import posixpath
import re
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

# A bare address begins below any sign but a letter, such as a Chinese colon.
BARE = re.compile(r"""(?i)(?<![a-z])(?:ht|f)tps?://|(?<![^\s*_~^[('"\x03])(?P<www>www\.)""")
# An address with a backslash in it that is no part of a link in Markdown or HTML.
ESCAPED = (
    r"""(?<![\w\\/.@+"'=[-])(?<!\]\()(?P<in><)?(?=[^\s<>]*\\)(?P<address>"""
    r"""(?=(?P<web>h|w))(?:https?://|www\\?\.)[^\s<>]*[\w/]|"""
    r"""[\w.+\\-]+@(?:[\w-]+\\?\.)+[\w-]*\w)(?(in)>)"""
)


class Addresses(InlineProcessor):
    """A bare address, or one in < >, in which a converter escaped signs: all of it is the link."""

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # noqa: ARG002, N802  # its name
        text = re.sub(r"\\([^A-Za-z0-9\s])", r"\1", m["address"])
        link = Element("a", href={"h": text, "w": f"http://{text}"}.get(m["web"], f"mailto:{text}"))
        link.text = AtomicString(text)
        return link, m.start(), m.end()


class Pictures(Treeprocessor):
    """A picture as HTML gets the address that one in Markdown gets, and none a size in inches.

    Browsers take width="1.0in", which pandoc writes, for a pixel.
    """

    _ADDRESS = re.compile(r"""(<(?:img|source|a)\b[^>]*?\b(?:src|href|srcset)=["'])([^"':#?]+)""")

    def run(self, root: Element) -> None:
        for picture in root.iter("img"):
            for side in ("width", "height"):
                if not re.fullmatch(r"[\d.]+(px|%)?", picture.get(side, "1")):
                    del picture.attrib[side]
        if "relpath" in self.md.treeprocessors:  # that of MkDocs
            stashed = self.md.htmlStash.rawHtmlBlocks
            for number, html in enumerate(stashed):
                if isinstance(html, str):
                    stashed[number] = self._ADDRESS.sub(self._published, html)

    def _published(self, found: re.Match[str]) -> str:
        engine, address = self.md.treeprocessors["relpath"], unquote(found[2])
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(engine.file.src_uri), address))
        is_there = engine.files.get_file_from_path(beside)
        return found[1] + (engine.path_to_url(found[2]) if is_there else found[2])
