"""Fill the macros of each page in, and note every mistake in it with its line.

A mistake does not stop a page: an expression that is wrong shows nothing, so that all mistakes come
at once. Where Jinja's blocks stand in a page, it stops at the first.
"""

import inspect
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from jinja2 import Environment

from ..definition import Definition
from ..definition.syntax import published_signs
from ..problems import Mistakes, Problem
from .header import fill_header, header_mistakes, more_than_names
from .jinja import MistakeError, Renderer, Unknown
from .prose import Prose, misplaced_marks

Macro = Callable[..., str]
# Pages may have these more than once, and do without them.
IN_PROSE = {"name", "noun"}
_IN_BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")


class Pages:
    """Fills pages one by one; `macros` are to be called while it does."""

    def __init__(self, definition: Definition, macros: dict[str, Macro], folder: str) -> None:
        self.macros = {name: _OnPage(self, name) for name in macros}
        self.plain_macros = macros
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []
        # By the page's file: its lines with the macros filled in, and what the macros gave.
        self.lines: dict[str, list[str]] = {}
        self.given: dict[str, set[str]] = {}
        # By the page's file: the lines of all its macros but those in prose.
        self.used: dict[str, set[int]] = {}
        # By the macro: the page and the line in which it stands first.
        self.places: dict[str, tuple[str, int]] = {}
        self.home = definition.site.pages[0]
        self._folder = folder
        self._signatures = {name: inspect.signature(macro) for name, macro in macros.items()}
        self._ids = [mode.id for mode in definition.modes]
        self._prose = Prose(definition, macros)
        self._renderer = Renderer(self.macros, self._note)
        # Of the page that is being filled; lines are those of its file.
        self._notes: set[tuple[int, str]] = set()
        self._calls: dict[str, list[int]] = {}
        self._given: list[tuple[int, str, str]] = []

    def fill(
        self, page: str, source: str, text: str, header: dict[str, Any], environment: Environment
    ) -> str:
        """The `text` of a page with its macros filled in, and so its `header`, in place.

        `source` is the whole file of the page.
        """
        above = source.removesuffix(text)
        self._notes = set(header_mistakes(header, above, text))
        self._calls = defaultdict(list)

        def fill_in(part: str, lines_above: int) -> str | None:
            """Below as many empty lines, a part stands where it does in the file."""
            empty = "\n" * lines_above
            filled = self._renderer.render(empty + part, environment)
            if filled is not None:
                self._notes.update(self._prose.mistakes(empty + part))
                self.add(page, self._prose.typed(empty + part), notices=True)
                # Jinja drops the last line end, which may be one of those above.
                filled = f"{filled}\n".removeprefix(empty).removesuffix("\n")
            return filled

        def fill_line(part: str, line: int) -> str:
            filled = fill_in(part, line - 1) or ""
            if more_than_names(part) and not self._notes | self._calls.keys() - IN_PROSE:
                cure = "{{ manager }}, {{ name(…) }} and {{ noun(…) }} alone"
                self._note(line, f"a header can hold {cure}")
            return filled

        fill_header(header, above, fill_line)
        for name in self._calls.keys() - IN_PROSE:
            line = self._calls.pop(name)[0]
            self._note(line, f"{name} is no text for a header, use it in the page")
        self._given = []
        lines_above = above.count("\n")
        marks = set(misplaced_marks("\n" * lines_above + text))
        marked = {line for line, _ in marks}  # the header names such a mark in other words
        self._notes = marks | {note for note in self._notes if note[0] not in marked}
        shown = "" if marks else fill_in(text, lines_above)
        if shown is None:  # blocks do not work: all but what stands in braces is looked through
            shown = _IN_BRACES.sub("", text)
        else:
            self._notes.update(self._misused(shown))
        self.lines[page] = [*above.split("\n")[:-1], *shown.split("\n")]
        self.given[page] = {given for _, _, given in self._given}
        self.used[page] = {line for line, _, _ in self._given}
        for name, lines in self._calls.items():
            self.places.setdefault(name, (page, lines[0]))
        self.add(page, published_signs(above.split("\n")), notices=True)
        self.add(page, sorted(self._notes))
        return shown

    def add(self, page: str, mistakes: Iterable[tuple[int, str]], *, notices: bool = False) -> None:
        """Keep mistakes, each with its line of a page's file; `notices` may be meant as it is."""
        kept, file = self.notices if notices else self.problems, f"{self._folder}/{page}"
        kept += [Problem(file, line, None, message) for line, message in mistakes]

    def _note(self, line: int, message: str) -> None:
        self._notes.add((line, message))

    def call(self, name: str, *args: Any, **kwargs: Any) -> str:
        """What a macro gives. Raises MistakeError for a call that is wrong."""
        line = self._renderer.line()
        self._calls[name].append(line)
        if len(self._calls[name]) > 1 and name not in IN_PROSE:
            cure = "and an address has to be clear; remove one of the two"
            raise MistakeError(f"{{{{ {name}() }}}} stands on this page already, {cure}")
        written = [*args, *kwargs.values()]
        if names := [arg.written for arg in written if isinstance(arg, Unknown)]:
            id = next((id for id in self._ids if id in names), self._ids[0])
            cure = f'write {{{{ {name}("{id}") }}}}'
            raise MistakeError(f"what stands in the brackets needs quotes, {cure}")
        try:
            self._signatures[name].bind(*args, **kwargs)
            fits = all(isinstance(arg, str) for arg in written)
        except TypeError:
            fits = False
        if not fits:
            cure = f"write {self.example(name)}"
            raise MistakeError(f"{name} has the wrong things between its brackets, {cure}")
        given = self.plain_macros[name](*args, **kwargs)
        if name not in IN_PROSE:
            self._given.append((line, name, given))
        return given

    def example(self, name: str) -> str:
        """How a macro is written; those for prose take the id of a mode."""
        given = [f'{parameter}="…"' for parameter in self._signatures[name].parameters]
        if name in IN_PROSE:
            given = [f'"{self._ids[0]}"']
        return f"{{{{ {name}({', '.join(given)}) }}}}"

    def _misused(self, filled: str) -> Mistakes:
        """Macros that need another, or exclude one; and what they give has to be shown as it is."""
        cards, requests = self._calls.get("mode_cards"), self._calls.get("requests")
        if cards and "mode_sections" not in self._calls:
            cure = "put {{ mode_sections() }} on the same page"
            yield cards[0], f"the cards lead to the sections of the modes, {cure}"
        if cards and requests:
            cure = "put one of the two on another page"
            yield requests[0], f"the cards on this page hold the requests already, {cure}"
        for line, name, given in self._given:
            if given not in filled:
                cure = f"write {self.example(name)} with nothing around it"
                yield line, f"what {name} gives is not shown as it is, {cure}"


class _OnPage:
    """A macro as a page knows it."""

    __slots__ = ("_name", "_pages")  # a page could clear a dictionary

    def __init__(self, pages: "Pages", name: str) -> None:
        self._pages, self._name = pages, name

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        return self._pages.call(self._name, *args, **kwargs)

    def __repr__(self) -> str:
        cure = f"write {self._pages.example(self._name)}"
        raise MistakeError(f"a macro needs its brackets, {cure}")
