"""Reads Markdown as GitHub's Preview shows it: one extension of Python-Markdown.

Material's own forms (!!!, ???, ===, definition lists, footnotes, attributes) stay as they are.
"""

import re
import string
from typing import Any

from markdown import Extension, Markdown
from markdown.inlinepatterns import SubstituteTagInlineProcessor

from .anchors import Anchors
from .blocks import ALERT, HASHES, Boxes, InHtml, Splits, Underlined, keep_pipes
from .fences import Fences
from .inline import BARE, ESCAPED, Addresses, Pictures
from .lines import RULE
from .lists import Lists, WholeBoxes


class GitHub(Extension):
    """Registers the parts, and takes away what they replace."""

    def __init__(self, **settings: Any) -> None:
        self.config = {"titles": [{}, "The titles of boxes by their kind, where not English."]}
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        """Called by Python-Markdown, after the extensions that are listed above this one."""
        blocks = md.parser.blockprocessors
        for name in ("indent", "olist", "ulist"):
            blocks.deregister(name)
        blocks["defindent"].ITEM_TYPES, blocks["defindent"].LIST_TYPES = ["dd"], ["dl"]
        blocks["quote"].RE_CALLOUT = ALERT
        blocks["table"]._split = keep_pipes(blocks["table"]._split)  # noqa: SLF001  # no other way in
        blocks["hashheader"].RE = HASHES
        blocks["hr"].SEARCH_RE = re.compile(f"^{RULE.pattern}", re.MULTILINE)
        blocks.register(WholeBoxes(md.parser), "github_boxes", 110)  # before any of theirs
        blocks.register(Lists(md.parser), "github_lists", 95)
        blocks.register(Splits(md.parser), "github_splits", 85)
        blocks.register(Underlined(md.parser), "setextheader", 60)
        md.preprocessors.register(Fences(md), "github_fences", 26)
        md.preprocessors.register(InHtml(md), "github_in_html", 22)
        md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "github_break", 181)
        md.inlinePatterns["magic-link"].compiled_re = BARE
        md.inlinePatterns.register(Addresses(ESCAPED), "github_addresses", 185)
        md.treeprocessors.register(Boxes(md, self.getConfig("titles")), "github_boxes", 2)
        md.treeprocessors.register(Pictures(md), "github_pictures", 1)
        md.ESCAPED_CHARS = list(string.punctuation)
        self._toc = md.treeprocessors["toc"]
        md.registerExtension(self)

    def reset(self) -> None:
        """Called by Python-Markdown before each page."""
        self._toc.slugify = Anchors()
