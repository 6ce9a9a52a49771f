"""Fill the macros of each page in; what is wrong is kept with its line."""

import inspect
import re
import traceback
from collections.abc import Callable
from html import unescape
from typing import Any

from jinja2 import Environment, TemplateSyntaxError
from markupsafe import escape

from ..problems import Problem, suggest
from .braces import AS_TYPED, foreign_tags, outside_code
from .header import NEEDED, PRINTED, header_mistakes, line_of

Macro = Callable[..., str]
# What is in Jinja's message, and what to do about it. The first match counts.
_CURES = {
    "end of comment": '"{#" begins a comment, write an address as { #name }, with spaces',
    "end of template": "what {{ or {% opens is not closed, or a command lacks its {% end… %}",
    "No filter": "there is no such filter, remove the | and what follows it",
    "": f'a macro is written like {{{{ requests() }}}}, with straight quotes ("); {AS_TYPED}',
}


class MistakeError(ValueError):
    """What is wrong with a macro, in words for whoever wrote it."""


class Pages:
    """Fills pages one by one; its `macros` may be called only while it fills one."""

    def __init__(self, macros: dict[str, Macro], folder: str) -> None:
        self.macros = {name: _OnPage(name, macro, self) for name, macro in macros.items()}
        self.problems: list[Problem] = []
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
        above = source.removesuffix(text)
        self._above = 0
        for number, message in header_mistakes(header, above, text):
            self.note(number, message)
        header.pop("ignore_macros", None)  # mkdocs-macros would end with a traceback
        for key, value in header.items():
            if isinstance(value, str) or key in PRINTED:
                self._above = line_of(key, above) - 1
                text_of_key = self._render(str(value), jinja) if key in NEEDED else str(value)
                header[key] = escape(unescape(text_of_key))
        self._above = above.count("\n")
        return outside_code(lambda text: self._fill_text(text, jinja), text)

    def _fill_text(self, text: str, jinja: Environment) -> str:
        for number, line in enumerate(text.split("\n"), 1):
            for typed in self._one_brace.findall(line):
                self.note(number, f"one brace is not enough, write {{{{ {typed[0]} }}}}")
        return self._render(foreign_tags(text, self.note), jinja)

    def note(self, line: int, message: str) -> None:
        """Keep a mistake; lines count from 1 within the text that is being filled."""
        file = f"{self._folder}/{self._page}"
        self.problems.append(Problem(file, self._above + line, None, message))

    def _render(self, text: str, jinja: Environment) -> str:
        if "{" not in text:  # most headers; compiling one takes a millisecond
            return text.removesuffix("\n")  # as Jinja does
        try:
            return jinja.from_string(text).render(self.macros)
        except TemplateSyntaxError as error:
            cure = next(cure for part, cure in _CURES.items() if part in str(error.message))
            self.note(error.lineno, f"this cannot be read: {cure}")
        except Exception as error:  # noqa: BLE001  # what stands in braces may raise anything
            message = f"what stands between the braces fails: {error}"
            if name := re.fullmatch(r"'(.*)' is undefined", str(error)):
                cure = suggest(name[1], [*self.macros, "manager"])
                cure += "" if "you mean" in cure else f"; {AS_TYPED}"
                message = f'unknown macro or variable "{name[1]}" (an id needs quotes), {cure}'
            self.note(_template_line(error), message)
        return text  # the build is refused, but MkDocs still checks the links of this page


class _OnPage:
    """A macro as a page knows it: a mistake in a call is noted, and the others go on."""

    def __init__(self, name: str, macro: Macro, pages: Pages) -> None:
        self._name, self._macro, self._pages = name, macro, pages

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        try:
            return self._macro(*args, **kwargs)
        except (MistakeError, TypeError) as error:
            is_call = isinstance(error, TypeError)
            cure = "has the wrong things between its brackets"
            self._pages.note(_calling_line(), f"{self._name} {cure}" if is_call else str(error))
            return ""

    def __str__(self) -> str:
        if line := _calling_line():  # mkdocs-macros prints macros as well, outside of any page
            cure = f"write {{{{ {self._name}() }}}}"
            self._pages.note(line, f"a macro needs its brackets, {cure}")
        return ""


def _calling_line() -> int:
    """The line of the template that is being rendered, 0 if none is."""
    for frame, lineno in traceback.walk_stack(inspect.currentframe()):
        if template := frame.f_globals.get("__jinja_template__"):
            return int(template.get_corresponding_lineno(lineno))
    return 0


def _template_line(error: Exception) -> int:
    """The line of a template in which an error was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((f.lineno or 1 for f in reversed(frames) if f.filename == "<template>"), 1)
