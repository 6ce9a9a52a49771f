"""Render the Jinja of a page, and note every mistake in it; what is wrong shows nothing."""

import inspect
import re
import traceback
from collections.abc import Callable
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, TemplateSyntaxError, UndefinedError

from ..problems import suggest

_JINJA = re.compile(r"\{[{%#]")
# One that is filled in the same wherever it stands.
_EXPRESSION = re.compile(r"""\{\{(?![-+])(?:[^{}"'\\]|"[^"\\]*"|'[^'\\]*')*(?<![-+])\}\}""")
_SYNTAX = "this cannot be read, check the braces, brackets, quotes and backslashes"


class Renderer:
    """Renders texts with these macros; mistakes go to `note(line, message)`."""

    def __init__(self, macros: dict[str, Any], note: Callable[[int, str], None]) -> None:
        self._macros, self._note = macros, note
        self._templates: dict[str, Template] = {}
        # How many lines of the text stand above what is being rendered.
        self._above = 0

    def render(self, text: str, environment: Environment) -> str | None:
        """None where the text is no template, or one that does not work."""
        self._above = 0
        if _JINJA.search(_EXPRESSION.sub("", text)):
            return self._render_template(text, environment)

        # Most pages hold the same few expressions again and again, and compiling takes longest.
        def fill_in(expression: re.Match[str]) -> str:
            self._above = text.count("\n", 0, expression.start())
            return self._render_template(expression[0], environment) or ""

        return _EXPRESSION.sub(fill_in, text).removesuffix("\n")  # as Jinja does

    def line(self) -> int:
        """The line of the text that is being rendered, from 1."""
        for frame, lineno in traceback.walk_stack(inspect.currentframe()):
            if template := frame.f_globals.get("__jinja_template__"):
                return self._above + int(template.get_corresponding_lineno(lineno))
        return 1

    def _render_template(self, text: str, environment: Environment) -> str | None:
        try:
            if text not in self._templates:
                without_page = environment.overlay(undefined=Unknown)
                without_page.globals = {}  # another page has others
                self._templates[text] = without_page.from_string(text)
            return self._templates[text].render(environment.globals | self._macros)
        except TemplateSyntaxError as error:
            line, message = _syntax_mistake(error, text)
        except Exception as error:  # noqa: BLE001  # what stands in braces may raise anything
            frames = traceback.extract_tb(error.__traceback__)
            lines = [frame.lineno for frame in frames if frame.filename == "<template>"]
            line, message = (lines and lines[-1]) or 1, str(error) or type(error).__name__
            if isinstance(error, UndefinedError):
                cure = suggest(message, [*self._macros, "manager"])
                message = f'unknown macro or variable "{message}", {cure}'
            elif not isinstance(error, MistakeError):
                message = f"what stands between the braces does not work: {message}"
        self._note(self._above + line, message)
        return None


class MistakeError(ValueError):
    """What is wrong with a macro, in words for whoever wrote it."""


class Unknown(StrictUndefined):
    """A name that nothing defines: Jinja raises where it is used, but not where it is handed on."""

    __slots__ = ()

    @property
    def written(self) -> str:
        """The name as it stands in the page."""
        return str(self._undefined_name)

    _undefined_message = written  # which is made to a sentence where it is caught

    def __sub__(self, other: "Unknown") -> "Unknown":  # type: ignore[override]  # theirs raises
        """An id without quotes, such as `code-review`."""
        return Unknown(name=f"{self.written}-{other.written}")


def _syntax_mistake(error: TemplateSyntaxError, text: str) -> tuple[int, str]:
    unknown = re.match(r"No (filter|test) named '(.*?)'", error.message or "")
    what = f'there is no "{unknown[2]}" to put behind a |' if unknown else _SYNTAX
    lines = list(enumerate(text.split("\n"), 1))
    if block := re.search(r"needs to be closed is '(\w+)'", error.message or ""):
        begun = [n for n, line in lines if re.search(rf"{{%-?\s*{block[1]}\b", line)]
        message = f"{{% {block[1]} … %}} has no end, write {{% end{block[1]} %}} behind it"
        return (begun or [error.lineno])[-1], message
    # Jinja complains where it gave up; the first line with a brace too few is the likelier one.
    pairs = (("{{", "}}"), ("{%", "%}"), ("{#", "#}"))
    odd = (n for n, line in lines if any(line.count(a) != line.count(b) for a, b in pairs))
    if not unknown and re.search("{{[^}]*[“”„\u2018\u2019]", text):
        what = 'a macro knows straight quotes (") alone'
    return next(odd, error.lineno), f"{what}; a macro is written like {{{{ requests() }}}}"
