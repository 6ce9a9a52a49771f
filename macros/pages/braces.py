"""Braces are what they look like: code in code, a word in a word; only elsewhere a macro."""

import re
from collections.abc import Callable

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

# Fenced code, then code within a paragraph.
_CODE = re.compile(
    r"^[ >]*(?:(?:[-+*]|\d+[.)]) +)*(?P<fence>`{3,}|~{3,})[^`\n]*\n"
    r"(?:.*?\n)??(?:[ >]*(?P=fence)|\Z)"
    r"|(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)
# Signs that no page holds stand for the braces of code while macros are filled in.
_HIDDEN = str.maketrans("{}", "\ue07b\ue07d")
_SHOWN = {hidden: chr(sign) for sign, hidden in _HIDDEN.items()}
# Attributes begin with a sign or hold one, as in { .wide } and { width=9 }; {topic} is a word.
_ATTRIBUTES = r"\{(?:: *| *(?=[.#]|[^}\n]*=))([^} \n][^\n]*)\}"
AS_TYPED = "braces to be shown stand between {% raw %} and {% endraw %}"
# Hugo's {{< x >}} and {{% x %}}; Jekyll's {% x %}, but for what Jinja, which fills pages, knows.
_FOREIGN = re.compile(
    r"\{% *raw *%\}.*?\{% *endraw *%\}|(?P<tag>\{\{[<%].*?[>%]\}\}"
    r"|\{%(?!-?\s*(?:end|el)?(?:if|for|set|se|macro|call|filter|block|raw|with)\b).*?%\})",
    re.DOTALL,
)


def foreign_tags(text: str, note: Callable[[int, str], None]) -> str:
    """The text without the tags of other generators, each of which is noted with its line."""

    def take(found: re.Match[str]) -> str:
        if not found["tag"]:
            return found[0]
        line = text.count("\n", 0, found.start()) + 1
        note(line, f'"{found[0]}" is a tag of another generator, remove it; {AS_TYPED}')
        return "\n" * found[0].count("\n")

    return _FOREIGN.sub(take, text)


def outside_code(fill: Callable[[str], str], text: str) -> str:
    """The text, of which only what is no code has been filled in; its lines stay where they are."""
    return fill(_hide(text)).translate(_SHOWN)


def _hide(text: str) -> str:
    return _CODE.sub(lambda code: code[0].translate(_HIDDEN), text)


class _Hide(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return _hide("\n".join(lines)).split("\n")


class _Show(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return [line.translate(_SHOWN) for line in lines]


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
