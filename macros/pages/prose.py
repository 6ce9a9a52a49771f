"""Find what a page types though the definition says it, and what is wrong with its header."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ..definition import Definition

# What shows as it is typed; a macro, an address, markup and code are no prose.
_NOT_PROSE = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}"
    r"|\]\([^)]*\)|\{[^}\n]*\}|<[^>\n]*>|https?://\S+"
    r"|```.*?```|`[^`\n]*`",
    re.DOTALL,
)
Mistakes = Iterator[tuple[int, str]]


class Prose:
    """The words that no page may type, with the macro that says each of them."""

    def __init__(self, definition: Definition, macros: Iterable[str]) -> None:
        calls = "|".join(macros)
        self._one_brace = re.compile(rf"(?<!\{{)\{{\s*(manager|(?:{calls})\([^)]*\))\s*\}}(?!\}})")
        written_as = {definition.manager: "{{ manager }}"}
        for mode in definition.modes:
            written_as.setdefault(mode.name, f'{{{{ name("{mode.id}") }}}}')
            written_as.setdefault(mode.noun, f'{{{{ noun("{mode.id}") }}}}')
            written_as.setdefault(mode.session, f'{{{{ noun("{mode.id}", "session") }}}}')
        longest_first = sorted(map(re.escape, written_as), key=len, reverse=True)
        self._typed = re.compile(rf"(?<!\w)({'|'.join(longest_first)})(?!\w)", re.IGNORECASE)
        self._written_as = {words.casefold(): macro for words, macro in written_as.items()}

    def mistakes(self, text: str) -> Mistakes:
        """What is wrong with the text of a page, by lines from 1."""
        for match in self._one_brace.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield line, f"one brace is not enough, write {{{{ {match[1]} }}}}"
        prose = _NOT_PROSE.sub(lambda match: re.sub(r"[^\n]+", " ", match[0]), text)
        for line, words in enumerate(prose.split("\n"), 1):
            for typed in self._typed.findall(words):
                macro = self._written_as[typed.casefold()]
                cure = f"write {macro} so that it follows the definition"
                yield line, f'"{typed}" is typed here, {cure}'

    def mistakes_in_header(self, header: dict[str, Any], above: str, text: str) -> Mistakes:
        """`above` is the header as it is written; MkDocs takes one that it cannot read for text."""
        if not above and text.startswith("---"):
            cure = 'a line "---" has to stand above and below'
            quotes = 'a text that holds ": " or a quote needs quotes around it'
            yield 1, f"the header cannot be read: {quotes}, and {cure}"
            return
        for key in ("title", "description"):
            value = header.get(key)
            if not isinstance(value, str) or not value.strip():
                cure = f'add a line "{key}: …" between two lines "---"'
                yield 1, f'the header has no text as "{key}", {cure}'
            elif typed := self._typed.search(value):
                why = "which does not follow the definition there; say it without"
                yield 1, f'the {key} says "{typed[0]}", {why}'
        for number, line in enumerate(above.split("\n"), 1):
            if re.match(r"""\w+: +[^"'].* #""", line):
                yield number, "what follows the # is not published, put the whole text in quotes"
