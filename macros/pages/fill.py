"""Fill the macros of each page in, and note every mistake in it with its line.

A mistake does not stop a page: what is wrong shows nothing, so that all mistakes come at once.
"""

import inspect
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from jinja2 import Environment

from ..definition import Definition
from ..definition.syntax import published_signs
from ..problems import Problem
from .header import fill_header, header_mistakes, more_than_names
from .jinja import Renderer, Unknown
from .prose import Prose, misplaced_marks

Macro = Callable[..., str]
# Pages may have these more than once, and do without them.
IN_PROSE = {"name", "noun"}


class Pages:
    """Fills pages one by one; `macros` are to be called while it does."""

    def __init__(self, definition: Definition, macros: dict[str, Macro], folder: str) -> None:
        self.macros = {name: _OnPage(self, name) for name in macros}
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []
        # By the page's file: its lines with the macros filled in.
        self.lines: dict[str, list[str]] = {}
        # By the page's file: what the macros gave.
        self.given: dict[str, set[str]] = {}
        self._folder = folder
        self.home = definition.site.pages[0]
        # By the macro: the page and the line in which it stands first.
        self.places: dict[str, tuple[str, int]] = {}
        # By the page: the lines of all its macros but those in prose.
        self.used: dict[str, list[int]] = defaultdict(list)
        self.plain_macros = macros
        self._signatures = {name: inspect.signature(macro) for name, macro in macros.items()}
        self._ids = [mode.id for mode in definition.modes]
        self._prose = Prose(definition, macros)
        known = [*self.macros, "manager"]
        self._renderer = Renderer(self.macros, known, self._note)
        # Of the page that is being filled; lines are those of its file.
        self._notes: set[tuple[int, str]] = set()
        self._calls: dict[str, list[int]] = defaultdict(list)
        self._given: list[tuple[int, str, str]] = []
        self._lines_above = 0

    def fill(
        self, page: str, source: str, text: str, header: dict[str, Any], environment: Environment
    ) -> str:
        """The `text` of a page with its macros filled in, and so its `header`, in place.

        `source` is the whole file of the page.
        """
        above = source.removesuffix(text)
        self._notes = set(header_mistakes(header, above, text))
        self._calls = defaultdict(list)

        def fill_line(line_text: str, line: int) -> str:
            self._lines_above = line - 1
            self._note_prose(page, line_text)
            filled = self._renderer.render(line_text, environment) or ""
            if more_than_names(line_text) and not self._notes | self._calls.keys() - IN_PROSE:
                cure = "{{ manager }}, {{ name(…) }} and {{ noun(…) }} alone"
                self._note(1, f"a header can hold {cure}")
            return filled

        fill_header(header, above, fill_line)
        for name in set(self._calls) - IN_PROSE:
            line = self._calls.pop(name)[0]
            self._notes.add((line, f"{name} is no text for a header, use it in the page"))
        self._lines_above, self._given = above.count("\n"), []
        marks = list(misplaced_marks(text))
        for line, message in marks:
            self._note(line, message)
        filled = None if marks else self._renderer.render(text, environment)
        self.lines[page] = [*above.split("\n")[:-1], *(filled or "").split("\n")]
        self.given[page] = {given for _, _, given in self._given}
        if filled is not None:
            self._note_misused(filled)
            self._note_prose(page, text)
        for line, message in published_signs(above.split("\n")):
            self.add_notice(page, line, message)
        for line, message in sorted(self._notes):
            self.add_problem(page, line, message)
        for name, lines in self._calls.items():
            self.places.setdefault(name, (page, lines[0]))
            self.used[page] += lines if name not in IN_PROSE else []
        return filled or ""

    def add_problem(self, page: str, line: int, message: str) -> None:
        """Note a mistake on a line of a page's file."""
        self.problems.append(Problem(f"{self._folder}/{page}", line, None, message))

    def add_notice(self, page: str, line: int, message: str) -> None:
        """Note what may be meant as it is."""
        self.notices.append(Problem(f"{self._folder}/{page}", line, None, message))

    def _note(self, line: int, message: str) -> None:
        self._notes.add((self._lines_above + line, message))

    def _note_prose(self, page: str, text: str) -> None:
        for line, message in self._prose.mistakes(text):
            self._note(line, message)
        for line, message in self._prose.typed(text):
            self.add_notice(page, self._lines_above + line, message)

    def call(self, name: str, *args: Any, **kwargs: Any) -> str:
        """Note what is wrong with a call, and then show nothing."""
        line = self._renderer.line()
        if self._calls[name] and name not in IN_PROSE:
            cure = "and an address has to be clear; remove one of the two"
            self._note(line, f"{{{{ {name}() }}}} stands on this page already, {cure}")
        self._calls[name].append(self._lines_above + line)
        try:
            self._check_arguments(name, args, kwargs)
            given = self.plain_macros[name](*args, **kwargs)
        except ValueError as error:
            self._note(line, str(error))
            return ""
        if name not in IN_PROSE:
            self._given.append((self._lines_above + line, name, given))
        return given

    def note_no_brackets(self, name: str) -> None:
        """Note that a macro is shown and not called."""
        cure = f"write {self._example(name)}"
        self._note(self._renderer.line(), f"a macro needs its brackets, {cure}")

    def _check_arguments(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        names = [arg.written for arg in (*args, *kwargs.values()) if isinstance(arg, Unknown)]
        if names:
            id = next((id for id in self._ids if id in names), self._ids[0])
            cure = f'write {{{{ {name}("{id}") }}}}'
            raise ValueError(f"what stands in the brackets needs quotes, {cure}")
        try:
            self._signatures[name].bind(*args, **kwargs)
            fits = all(isinstance(arg, str) for arg in (*args, *kwargs.values()))
        except TypeError:
            fits = False
        if not fits:
            cure = f"write {self._example(name)}"
            raise ValueError(f"{name} has the wrong things between its brackets, {cure}")

    def _example(self, name: str) -> str:
        """How a macro is written; those for prose take the id of a mode."""
        given = [f'{parameter}="…"' for parameter in self._signatures[name].parameters]
        if name in IN_PROSE:
            given = [f'"{self._ids[0]}"']
        return f"{{{{ {name}({', '.join(given)}) }}}}"

    def _note_misused(self, filled: str) -> None:
        """Macros that need another, or exclude one; and what they give has to be shown as it is."""
        cards, requests = self._calls.get("mode_cards"), self._calls.get("requests")
        if cards and "mode_sections" not in self._calls:
            cure = "put {{ mode_sections() }} on the same page"
            self._notes.add((cards[0], f"the cards lead to the sections of the modes, {cure}"))
        if cards and requests:
            cure = "put one of the two on another page"
            message = f"the cards on this page hold the requests already, {cure}"
            self._notes.add((requests[0], message))
        for line, name, given in self._given:
            if given not in filled:
                cure = f"write {self._example(name)} with nothing around it"
                self._notes.add((line, f"what {name} gives is not shown as it is, {cure}"))


class _OnPage:
    """A macro as a page knows it: what is wrong with a call is noted, and a call left out."""

    __slots__ = ("_name", "_pages")  # a page could clear a dictionary

    def __init__(self, pages: "Pages", name: str) -> None:
        self._pages, self._name = pages, name

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        return self._pages.call(self._name, *args, **kwargs)

    def __repr__(self) -> str:
        self._pages.note_no_brackets(self._name)
        return ""
