"""Fill the macros of each page in; what is wrong is kept with its line."""

import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from html import unescape
from typing import Any

from jinja2 import Environment, Template, TemplateSyntaxError
from markupsafe import escape

from ..problems import Problem, suggest
from .braces import outside_code
from .header import NEEDED, header_mistakes, line_of

Macro = Callable[..., str]
AS_TYPED = "braces to be shown stand between {% raw %} and {% endraw %}"
# What is in Jinja's message, and what to do about it. The first match counts.
_CURES = {
    "end of comment": '"{#" begins a comment, write an address as { #name }, with spaces',
    "end of template": "what {{ or {% opens is not closed, or a command lacks its {% end… %}",
    "No filter": "there is no such filter, remove the | and what follows it",
    "unknown tag|unexpected '[<%]'": f"it is a tag of another generator, remove it; {AS_TYPED}",
    "": f'a macro is written like {{{{ requests() }}}}, with straight quotes ("); {AS_TYPED}',
}
# An expression that takes no space from the text beside it, and what begins any other command.
_EXPRESSION = re.compile(r"(\{\{(?![-+]).*?(?<![-+])\}\})", re.DOTALL)
_COMMAND = re.compile(r"\{[{%#]")
_TAG = re.compile(r"\{\{.*?\}\}+|\{%.*?%\}")

# What a tag of its own ends, which would be told as another mistake.
_BLOCK = re.compile(r"\{%[-+]? *(?:for|if|elif|call|filter|with|macro)\b")


class MistakeError(ValueError):
    """What is wrong with a macro, in words for whoever wrote it."""


class Pages:
    """Fills pages one by one, and keeps what is wrong with each."""

    def __init__(self, macros: dict[str, Macro], folder: str) -> None:
        self.macros = macros
        self.problems: list[Problem] = []
        self._compiled: dict[str, Any] = {}
        self._one_brace = re.compile(
            rf"(?<!\{{)\{{ ?(manager|({'|'.join(macros)})\(.*?\)) ?\}}(?!\}})"
        )
        self._folder = folder
        # The file of the page that is being filled, and how many lines stand above its text.
        self._page, self._above = "", 0

    def fill(
        self, page: str, source: str, text: str, header: dict[str, Any], jinja: Environment
    ) -> str:
        """The `text` of a page with its macros filled in, and so its `header`, in place.

        `source` is the whole file of the page.
        """
        self._page = page
        jinja = jinja.overlay(finalize=self._printed)
        above = source.removesuffix(text)
        self._above = 0
        for number, message in header_mistakes(header, above, text):
            self._note(number, message)
        for key in ("icon", "ignore_macros", "template"):  # others mean what fails here
            header.pop(key, None)
        if not isinstance(header.get("hide"), list):  # of Material's parts; others say true
            header.pop("hide", None)
        for key, value in header.items():
            if isinstance(value, str):
                self._above = line_of(key, above) - 1
                header[key] = escape(
                    unescape(self._render(value, jinja) if key in NEEDED else value)
                )
        self._above = above.count("\n")
        for number, line in enumerate(text.split("\n"), 1):
            for typed in self._one_brace.findall(line):
                self._note(number, f"one brace is not enough, write {{{{ {typed[0]} }}}}")
        return outside_code(lambda text: self._render(text, jinja), text)

    def _note(self, line: int, message: str) -> None:
        """Keep a mistake; lines count from 1 within the text that is being filled."""
        problem = Problem(f"{self._folder}/{self._page}", self._above + line, None, message)
        if problem not in self.problems:
            self.problems.append(problem)

    def _printed(self, value: Any) -> Any:
        """Called by Jinja with what it prints."""
        for name, macro in self.macros.items():
            if value is macro:
                raise MistakeError(f"a macro needs its brackets, write {{{{ {name}() }}}}")
        return value

    def _render(self, text: str, jinja: Environment) -> str:
        """The text, filled in. What fails is noted, and the rest is tried again without it."""
        parts = _EXPRESSION.split(text.removesuffix("\n"))
        if not any(map(_COMMAND.search, parts[::2])):
            with suppress(TemplateSyntaxError):  # it is told below, with its line
                return "".join(self._values(parts, jinja))
        while "{" in text:  # compiling most headers would be in vain
            try:
                return jinja.from_string(text).render(self.macros)
            except TemplateSyntaxError as error:
                number, said = error.lineno, str(error.message)
                cure = next(cure for part, cure in _CURES.items() if re.search(part, said))
                message = f"this cannot be read: {cure}"
            except Exception as error:  # noqa: BLE001  # what stands in braces may raise anything
                number, message = _template_line(error), self._said_of(error)
            self._note(number, message)
            lines = text.split("\n")
            can_read = "cannot be read" not in message
            # Of what can be read an expression fails, rather than a command.
            tags = _TAG.findall(lines[number - 1])
            tags.sort(key=lambda tag: can_read and tag[1] == "%")
            if not tags or "not closed" in message or (can_read and _BLOCK.match(tags[0])):
                break
            lines[number - 1] = lines[number - 1].replace(tags[0], "", 1)
            text = "\n".join(lines)
        return text.removesuffix("\n")  # as Jinja does

    def _values(self, parts: list[str], jinja: Environment) -> Iterator[str]:
        """What stands between expressions, and the values of these, which are every other part."""
        line = 0
        for number, part in enumerate(parts):
            try:
                yield self._value(part, jinja) if number % 2 else part
            except TemplateSyntaxError:
                raise
            except Exception as error:  # noqa: BLE001  # what stands in braces may raise anything
                self._note(line + _template_line(error), self._said_of(error))
            line += part.count("\n")

    def _value(self, expression: str, jinja: Environment) -> str:
        """What an expression gives; most stand on many pages, so that each is compiled once."""
        if expression not in self._compiled:
            self._compiled[expression] = jinja.compile(expression)
        template = Template.from_code(jinja, self._compiled[expression], jinja.globals)
        return template.render(self.macros)

    def _said_of(self, error: Exception) -> str:
        """What is wrong with a call, and what to write instead."""
        if isinstance(error, MistakeError):
            return str(error)
        if name := re.fullmatch(r"'(.*)' is undefined", str(error)):
            cure = suggest(name[1], [*self.macros, "manager"])
            cure += "" if "you mean" in cure else f"; {AS_TYPED}"
            return f'unknown macro or variable "{name[1]}" (an id needs quotes), {cure}'
        if isinstance(error, TypeError) and " argument" in str(error):
            return "a macro has the wrong things between its brackets"
        return f"what stands between the braces fails: {error}"


def _template_line(error: Exception) -> int:
    """The line of a template in which an error was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((f.lineno or 1 for f in reversed(frames) if f.filename == "<template>"), 1)
