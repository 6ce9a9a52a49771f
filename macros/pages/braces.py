"""Braces are what they look like: code in code, a word in a word; only elsewhere a macro."""

import re
from collections.abc import Callable

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

# Fenced code, then code within a paragraph.
_CODE = re.compile(
    r"^[ >]*(?:(?:[-+*]|\d+[.)]) +)*(?P<fence>`{3,}|~{3,})[^`\n]*\n"
    r"(?:.*?\n)??(?:[ >]*(?P=fence)|\Z)"
    r"|(?=`)(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)
# Signs that no page holds stand for the braces of code while macros are filled in.
_HIDDEN = str.maketrans("{}", "\ue07b\ue07d")
# Attributes begin with a sign or hold one, as in { .wide } and { width=9 }; {topic} is a word.
_ATTRIBUTES = r"\{(?:: *| *(?=[.#]|[^}\n]*=))([^} \n][^\n]*)\}"


def outside_code(fill: Callable[[str], str], text: str) -> str:
    """The text, of which only what is no code has been filled in; its lines stay where they are."""
    return _show(fill(_hide(text)))


def _hide(text: str) -> str:
    return _CODE.sub(lambda code: code[0].translate(_HIDDEN), text) if "{" in text else text


def _show(text: str) -> str:
    return text.replace("\ue07b", "{").replace("\ue07d", "}")


class _Hide(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return _hide("\n".join(lines)).split("\n")


class _Show(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return _show("\n".join(lines)).split("\n")


class Braces(Extension):
    """Makes attr_list take attributes alone, and Zensical fill in macros outside of code alone."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        """Called by Python-Markdown, after attr_list."""
        md.preprocessors.register(_Hide(md), "hide_braces", 36)  # Zensical's macros are at 35
        md.preprocessors.register(_Show(md), "show_braces", 34)
        attributes = md.treeprocessors["attr_list"]
        attributes.HEADER_RE = re.compile(rf" +{_ATTRIBUTES} *$")
        attributes.BLOCK_RE = re.compile(rf"\n *{_ATTRIBUTES} *$")
        attributes.INLINE_RE = re.compile(rf"^{_ATTRIBUTES}")
