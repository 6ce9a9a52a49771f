"""What is wrong with a page, by line: in its header, its macros, and the words that it should not type.

What is right is filled in on the way. Knows Jinja and the names of the macros; must not know MkDocs.
"""

import inspect
import re
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from types import CodeType
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables

from .definition import instead
from .model import Definition

# Set while a page is rendered; none of them is ours.
_PLUGIN = {"config", "environment", "extra", "files", "navigation", "page", "git", "plugin", "loop"}
# What shows in a page as it is typed; a macro, an address, markup and code do not count as prose.
_NO_PROSE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\]\([^)]*\)|\{[^}\n]*\}|<[^>\n]*>|https?://\S+|```.*?```|`[^`\n]*`", re.DOTALL)
_SIMPLE = {nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Keyword}
HEADER = ("title", "description")


class Pages:
    """Checks pages one by one, and at the end what only all of them together can tell.

    Each problem is (line from 1, text). `filled` has what Jinja would make of a text, where macros are all that is in it.
    """

    def __init__(self, definition: Definition, macros: dict[str, Callable], variables: dict, filters: dict):
        self._environment = Environment(undefined=StrictUndefined)
        self._environment.filters |= filters
        self._environment.globals |= variables | macros
        self._macros = macros
        self._ids = [mode.id for mode in definition.modes]
        self._known = {*self._environment.globals, *_PLUGIN}
        self._single = re.compile(r"(?<!\{)\{\s*((?:manager|(?:%s)\([^)]*\)))\s*\}(?!\})" % "|".join(macros))
        self._shown: Counter[str] = Counter()
        self.filled: dict[str, str] = {}
        names = {definition.manager: "{{ manager }}"}
        for mode in definition.modes:
            names.setdefault(mode.name, f'{{{{ name("{mode.id}") }}}}')
            names.setdefault(mode.noun, f'{{{{ noun("{mode.id}") }}}}')
            names.setdefault(mode.session, f'{{{{ noun("{mode.id}", "session") }}}}')
        self._names = {name.casefold(): written for name, written in names.items()}
        longest_first = sorted(self._names, key=len, reverse=True)
        self._typed = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)

    def problems(self, header: dict | None, above: str, text: str) -> list[tuple[int, str]]:
        """What is wrong in a page; its header is None if what stands `above` the text cannot be read."""
        in_text = ((line + above.count("\n"), what) for line, what in self._in_text(text))
        lost = ((number, "what follows the # is not published, put the whole text in quotes") for number, line in enumerate(above.split("\n"), 1)
                if re.match(r"""\w+: +[^"'].* #""", line))
        return sorted({*self._in_header(header), *lost, *in_text})

    def absent(self) -> list[str]:
        """The macros that no page shows, though the definition has words for them."""
        needless = {"name", "noun", "fields"}
        return [name for name in self._macros if name not in needless and not self._shown[name]]

    def _in_header(self, header: dict | None) -> Iterator[tuple[int, str]]:
        if header is None:
            yield 1, 'the header cannot be read: a text that holds ": " or a quote needs quotes around it, and a line "---" has to stand above and below'
        for key in HEADER if header is not None else ():
            value = header.get(key)
            if not isinstance(value, str) or not value.strip():
                yield 1, f'the header has no text as "{key}", add a line "{key}: …" between two lines "---"'
            elif typed := self._typed.search(value):
                yield 1, f'the {key} says "{typed[0]}", which does not follow the definition there; say it without'

    def _in_text(self, text: str) -> Iterator[tuple[int, str]]:
        try:
            tree = self._environment.parse(text)
            inside = [*tree.find_all(nodes.Node)]
            # Where there is more than macros with constants, only trying shows whether it works.
            simple = all(map(self._is_simple, inside))
            code = None if simple else self._environment.compile(tree)
        except TemplateSyntaxError as error:
            unknown = re.match(r"No (filter|test) named '(.*?)'", error.message or "")
            what = f'there is no "{unknown[2]}" to put behind a |' if unknown else "this cannot be read, check the braces, brackets and quotes"
            halves = (("{{", "}}"), ("{%", "%}"), ("{#", "#}"))
            odd = (n for n, line in enumerate(text.split("\n"), 1) if any(line.count(left) != line.count(right) for left, right in halves))
            yield next(odd, error.lineno), f"{what}; a macro is written like {{{{ requests() }}}}"
            return
        found = list(self._in_tree(inside, text))
        if code and not found and not _PLUGIN & find_undeclared_variables(tree):
            found = list(self._rendered(code))
        if simple and not found:
            self.filled[text] = "".join(str(self._value(part)) for output in tree.body for part in output.nodes)
        yield from found
        for single in self._single.finditer(text):
            yield text.count("\n", 0, single.start()) + 1, f"one brace is not enough, write {{{{ {single[1]} }}}}"
        for number, line in enumerate(_NO_PROSE.sub(lambda match: re.sub(r"[^\n]+", " ", match[0]), text).split("\n"), 1):
            for typed in self._typed.finditer(line):
                yield number, f'"{typed[0]}" is typed here, write {self._names[typed[0].casefold()]} so that it follows the definition'

    def _is_simple(self, node: nodes.Node) -> bool:
        if isinstance(node, nodes.Call):
            given = [*node.args, *(word.value for word in node.kwargs)]
            return getattr(node.node, "name", None) in self._macros and all(isinstance(part, nodes.Const) for part in given)
        return type(node) in _SIMPLE and (not isinstance(node, nodes.Name) or node.name in self._environment.globals)

    def _value(self, node: nodes.Expr) -> Any:
        if isinstance(node, nodes.Name):
            return self._environment.globals[node.name]
        if isinstance(node, nodes.Call):
            return self._macros[node.node.name](*(part.as_const() for part in node.args), **{word.key: word.value.as_const() for word in node.kwargs})
        return node.as_const()

    def _in_tree(self, inside: list[nodes.Node], text: str) -> Iterator[tuple[int, str]]:
        names = [node for node in inside if isinstance(node, nodes.Name)]
        calls = [node for node in inside if isinstance(node, nodes.Call) and getattr(node.node, "name", None) in self._macros]
        known = self._known.union(name.name for name in names if name.ctx != "load")
        for call in calls:
            yield from self._in_call(call, known)
        called = {id(call.node) for call in calls}
        in_brackets = {id(name) for call in calls for name in call.find_all(nodes.Name)}
        for name in names:
            if name.name not in known and id(name) not in in_brackets:
                yield name.lineno, f'unknown macro or variable "{name.name}", {instead(name.name, [*self._macros, "manager"])}'
            elif name.name in self._macros and id(name) not in called:
                yield name.lineno, f"a macro needs its brackets, write {self._written(name.name)}"
        here = Counter(call.node.name for call in calls)
        yield from self._together(text, here)
        self._shown += here

    def _rendered(self, code: CodeType) -> Iterator[tuple[int, str]]:
        """What only shows when the page is rendered, which the plugin would report by a traceback."""
        try:
            Template.from_code(self._environment, code, self._environment.globals).render()
        except (TemplateError, ValueError, TypeError, ArithmeticError, LookupError, AttributeError) as error:
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
            yield frames[-1].lineno if frames else 1, f"what stands between the braces does not work: {error}"

    def _in_call(self, call: nodes.Call, known: set[str]) -> Iterator[tuple[int, str]]:
        name = call.node.name
        inside = [word for argument in call.args for word in ([argument] if isinstance(argument, nodes.Name) else argument.find_all(nodes.Name))]
        if unknown := [word.name for word in inside if word.name not in known]:
            wanted = next((id for id in self._ids if id == "-".join(unknown)), self._ids[0])
            yield call.lineno, f'what stands in the brackets needs quotes, write {{{{ {name}("{wanted}") }}}}'
            return
        try:
            inspect.signature(self._macros[name]).bind(*call.args, *[None for _ in call.kwargs])
        except TypeError:
            yield call.lineno, f"{name} has the wrong things between its brackets, write {self._written(name)}"
            return
        if self._is_simple(call):
            try:
                self._value(call)
            except (ValueError, TypeError) as error:
                yield call.lineno, str(error)

    def _written(self, name: str) -> str:
        needs = [p for p in inspect.signature(self._macros[name]).parameters.values() if p.default is p.empty]
        return f'{{{{ {name}("{self._ids[0]}") }}}}' if needs else f"{{{{ {name}() }}}}"

    def _together(self, text: str, here: Counter[str]) -> Iterator[tuple[int, str]]:
        def line(name: str, nth: int = 0) -> int:
            places = [match.start() for match in re.finditer(rf"\b{name}\s*\(", text)]
            return text.count("\n", 0, places[nth]) + 1 if len(places) > nth else 1

        for name, times in here.items():
            if times > 1 and name not in ("name", "noun"):
                yield line(name, 1), f"{{{{ {name}() }}}} stands on this page already, and an address has to be clear; remove one of the two"
        if here["mode_cards"] and not here["mode_sections"]:
            yield line("mode_cards"), "the cards lead to the sections of the modes, put {{ mode_sections() }} on the same page"
        if here["mode_cards"] and here["requests"]:
            yield line("requests"), "the cards on this page hold the requests already, put one of the two on another page"
