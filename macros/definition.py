"""docs/modes.yml -> checked, frozen objects, or every problem with its line.

Knows YAML and the model of the definition; must not know HTML, MkDocs, or any mode by name.
"""

import re
import string
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.composer import ComposerError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode


def _one_line(text: str) -> str:
    """YAML folds long text over lines; a no-break space is the writer's own and stays."""
    if any(unicodedata.category(char) == "Cc" and not char.isspace() for char in text):
        raise ValueError("has an invisible control character, remove it")
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_one_line)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Fact = Literal["use_when", "talks_most", "i_do", "you_do", "you_leave_with", "not_the_same_as", "meaning", "onus"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Mode(_Model):
    """One kind of 1-on-1; the fields are explained where they are written, in docs/modes.yml."""

    id: Id
    name: Text
    noun: Text
    session: Text
    forms: dict[str, Text] = {}
    meaning: Text
    onus: Text
    about: Text
    signs: tuple[Text, ...] = Field(min_length=1)
    use_when: Text | None = None
    talks_most: Text | None = None
    i_do: Text | None = None
    you_do: Text | None = None
    you_leave_with: Text | None = None
    not_the_same_as: Text | None = None
    request: Text | None = None
    calendar_title: Text | None = None
    switch: Text | None = None
    call_outs: dict[str, Text] = {}


class Phrases(_Model):
    """Templates with slots in braces, and how the open slot is shown."""

    slot: Text
    request: Text
    calendar_title: Text
    call_out: Text
    switch: Text
    not_sure: Text


class Row(_Model):
    heading: Text
    field: Fact


class Table(_Model):
    caption: Text
    rows: tuple[Row, ...] = Field(min_length=1)


class Labels(_Model):
    spectrum: Text
    not_the_same_as: Text
    wanted: Text
    signs: Text


class Button(_Model):
    """What stands on a copy button, and what is said when it has copied."""

    button: Text
    done: Text


class Copying(_Model):
    """The words of the copy buttons, one pair for each kind of phrase, and of what can go wrong."""

    request: Button
    calendar_title: Button
    call_out: Button
    switch: Button
    not_sure: Button
    confirmed: Text
    refused: Text
    refused_on_touch: Text


class NotFound(_Model):
    title: Text
    text: Text
    home: Text


class Site(_Model):
    """The frame: its name, the language of the theme's own words, the pages in the menu's order."""

    name: Text
    language: Text
    pages: tuple[Text, ...] = Field(min_length=1)
    switch_to_dark: Text
    switch_to_light: Text


class Definition(_Model):
    """Everything that is generated; the order of modes and rows is the order on the page."""

    manager: Text
    manager_addressed: Text | None = None
    site: Site
    modes: tuple[Mode, ...] = Field(min_length=2, max_length=12)
    phrases: Phrases
    table: Table
    labels: Labels
    copying: Copying
    not_found: NotFound


_MODE_SLOTS = {"manager", "topic", "name", "noun", "session"}
_PAIR_SLOTS = {"manager", "topic", "wanted", "got"}


class DefinitionError(ValueError):
    """All problems in the order of the file, each as (line, column, text); as text a line for each, after the file's name."""

    def __init__(self, shown_as: str, problems: list[tuple[int, int, str]]):
        super().__init__("\n".join(f"{shown_as}:{line}:{column}: {text}" for line, column, text in problems))
        self.problems = problems


def load(path: Path, shown_as: str, languages: Iterable[str] = ()) -> Definition:
    """Read and check a definition; its language has to be one of `languages`, if there are any.

    Errors: DefinitionError with all problems at once, each naming the file as `shown_as`.
    """
    try:
        document = _parse(path)
        problems = [*_shape_problems(document), *_cross_problems(document), *_language_problems(document, list(languages))]
    except _Problem as problem:
        document, problems = None, [problem]
    if problems:
        raise DefinitionError(shown_as, sorted({(*_position(document, p), str(p)) for p in problems}))
    return Definition.model_validate(document)


class _Problem(Exception):
    """What is wrong at `path`; `at` is (line, column) from 0 where the path cannot tell."""

    def __init__(self, what: str, path: tuple = (), at: tuple[int, int] | None = None, key: bool = False):
        super().__init__(f"{_shown(path)}: {what}" if path else what)
        self.path, self.at, self.key = path, at, key


def _shown(path: tuple) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def _parse(path: Path) -> CommentedMap:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise _Problem("file not found, it holds the definition of the site") from None
    except OSError as error:
        raise _Problem(f"cannot be read ({error.strerror})") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        at = before.count(b"\n"), error.start - (before.rfind(b"\n") + 1)
        raise _Problem("not UTF-8 text, save the file with the encoding UTF-8", at=at) from None
    try:
        _refuse_the_deep(text)
        if node := YAML().compose(StringIO(text)):
            _refuse_the_fancy(node, set())
        document = YAML().load(StringIO(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _Problem(_syntax_problem(error), at=(mark.line, mark.column)) from None
    except YAMLError:  # a character that YAML forbids: the error has no mark
        at = next(((n, 0) for n, line in enumerate(text.splitlines()) if not line.replace("\t", "").isprintable()), (0, 0))
        raise _Problem("has an invisible control character, remove it", at=at) from None
    if document is None:
        raise _Problem("is empty, it holds the definition of the site")
    if not isinstance(document, CommentedMap):
        raise _Problem('should be a group of keys, such as "manager: Mike"')
    return document


def _refuse_the_deep(text: str) -> None:
    """Before the recursion of what follows ends in an error of Python's, after seconds."""
    depth = 0
    for event in YAML().parse(StringIO(text)):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > 10:
            at = event.start_mark.line, event.start_mark.column
            raise _Problem("is nested too deep, write it as the comments in the file show", at=at)


def _refuse_the_fancy(node: Node, seen: set[int]) -> None:
    """What YAML can do beyond text, lists and groups: it helps nobody here, and can be made to explode or to run code."""
    at = node.start_mark.line, node.start_mark.column
    if id(node) in seen:
        raise _Problem("repeats another part by its mark (* or <<), write the text out", at=at)
    if node.tag.rpartition(":")[2] not in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq"):
        raise _Problem(f'"{node.tag}" stands for something special in YAML, put the text in quotes', at=at)
    seen.add(id(node))
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if not isinstance(key, ScalarNode) or not key.tag.endswith(":str"):
                raise _Problem("a key has to be text, put it in quotes", at=(key.start_mark.line, key.start_mark.column))
            _refuse_the_fancy(value, seen)
    elif isinstance(node, SequenceNode):
        for value in node.value:
            _refuse_the_fancy(value, seen)


def _syntax_problem(error: MarkedYAMLError) -> str:
    if isinstance(error, ComposerError) and "single document" in (error.context or ""):
        return 'a second document begins here, remove the line "---"'
    problem = error.problem or error.context
    if problem.startswith("found duplicate key"):
        key = problem.split('"')[1]
        return f'"{key}" stands here a second time, remove one of the two'
    return f'not valid YAML, here or just above ({problem}), check the quotes and the indent; put a text with ": " or a leading {{ in quotes'


def _position(document: Any, problem: _Problem) -> tuple[int, int]:
    """Line and column from 1 of a problem: of its value, of its key, or of what should hold it."""
    if problem.at:
        return problem.at[0] + 1, problem.at[1] + 1
    node, at = document, (0, 0)
    for step in problem.path:
        try:
            at = _place_of(node, step, key=problem.key)
            node = node[step]
        except (KeyError, IndexError, TypeError, AttributeError):
            break
    return at[0] + 1, at[1] + 1


def _place_of(node: Any, step: str | int, key: bool) -> tuple[int, int]:
    if isinstance(node, CommentedSeq):
        return node.lc.item(step)
    if key or node[step] is None or isinstance(node[step], (CommentedMap, CommentedSeq)):
        return node.lc.key(step)
    return node.lc.value(step)


def _shape_problems(document: CommentedMap) -> list[_Problem]:
    try:
        Definition.model_validate(document)
        return []
    except ValidationError as error:
        errors = error.errors(include_url=False)
    # A misspelt key is one mistake, though the model finds it unknown and another one missing.
    misspelt = {(*e["loc"][:-1], _meant(e["loc"])) for e in errors if e["type"] == "extra_forbidden"}
    # Entries that are wrong in themselves count as absent to the model.
    return [
        _shape_problem(e)
        for e in errors
        if not (e["type"] == "missing" and e["loc"] in misspelt)
        and not (e["type"] == "too_short" and len(e["input"]) >= e["ctx"]["min_length"])
    ]


def _meant(path: tuple) -> str | None:
    return next(iter(get_close_matches(str(path[-1]), _keys_beside(path), n=1)), None)


def _shape_problem(error: dict) -> _Problem:
    path, kind, value = tuple(error["loc"]), error["type"], error["input"]
    if path and path[-1] == "[key]":
        path = path[:-1]
    if kind == "extra_forbidden":
        return _Problem(f"unknown key, {instead(str(path[-1]), _keys_beside(path))}", path, key=True)
    if kind == "missing":
        return _Problem(f'missing, add a line "{path[-1]}: …"', path)
    if value is None or kind == "string_too_short":
        return _Problem("is empty, write something after the colon", path)
    if kind == "string_pattern_mismatch":
        return _Problem('use small letters, digits and single hyphens, such as "code-review"', path)
    if kind == "literal_error":
        return _Problem(f"no such field of a mode, {instead(str(value), get_args(Fact))}", path)
    if kind in ("too_short", "too_long"):
        bound = f"at least {error['ctx'].get('min_length')}" if kind == "too_short" else f"at most {error['ctx'].get('max_length')}"
        return _Problem(f"has {error['ctx']['actual_length']} entries, it needs {bound}", path, key=True)
    if kind == "value_error":
        return _Problem(str(error["ctx"]["error"]), path)
    if kind == "string_type" and not isinstance(value, (dict, list)):
        return _Problem("should be text, put it in quotes", path)
    expected = {
        "string_type": "text, put it in quotes",
        "tuple_type": 'a list, each entry on a line of its own that starts with "- "',
        "model_type": 'a group of keys, each on a line of its own, such as "name: …"',
        "dict_type": 'a group of keys, each on a line of its own, such as "coaching: …"',
    }[kind]
    return _Problem(f"should be {expected}", path, key=True)


def _keys_beside(path: tuple) -> list[str]:
    """The keys that the model knows where `path` ends."""
    model: Any = Definition
    for step in path[:-1]:
        if isinstance(step, str):
            inner = model.model_fields[step].annotation
            model = next((arg for arg in get_args(inner) if isinstance(arg, type)), inner)
    return list(model.model_fields)


def instead(wrong: str, known: Iterable[str]) -> str:
    """What to write in place of a wrong name: the known one that is close to it, or all."""
    known = list(known)
    close = get_close_matches(wrong, known, n=1)
    return f'did you mean "{close[0]}"?' if close else f"use one of: {', '.join(known)}"


def _cross_problems(document: CommentedMap) -> list[_Problem]:
    """What no single field can tell. Passes over what has the wrong shape: that is reported already."""
    problems = []
    modes = [(n, mode) for n, mode in enumerate(_list(document, "modes")) if isinstance(mode, dict)]
    ids = [mode["id"] for _, mode in modes if _is_text(mode.get("id"))]
    forms = {mode["id"]: {"name", "session", *_dict(mode, "forms")} for _, mode in modes if _is_text(mode.get("id"))}
    every = {"name", "session"}.union(*forms.values())

    for n, mode in modes:
        own = {"name", "session", *_dict(mode, "forms")}
        if _is_text(mode.get("id")) and mode["id"] in [earlier.get("id") for m, earlier in modes if m < n]:
            problems.append(_Problem(f'"{mode["id"]}" is the id of an earlier mode, use another', ("modes", n, "id")))
        for kind in ("request", "calendar_title", "switch"):
            problems += _slot_problems(mode.get(kind), ("modes", n, kind), _MODE_SLOTS | own)
        for got, text in _dict(mode, "call_outs").items():
            path = ("modes", n, "call_outs", got)
            if got == mode.get("id"):
                problems.append(_Problem("is the mode itself, name the one that was got instead", path, key=True))
            elif got not in ids:
                problems.append(_Problem(f"unknown mode id, {instead(str(got), ids)}", path, key=True))
            theirs = forms.get(got, every)
            problems += _slot_problems(text, path, _PAIR_SLOTS | _sided(wanted=own, got=theirs))

    of_mode, of_pair, any_form = _MODE_SLOTS | every, _PAIR_SLOTS | _sided(wanted=every, got=every), {"noun"} | every
    kinds = {
        "request": (of_mode, (any_form,)),
        "calendar_title": (of_mode, (any_form,)),
        "call_out": (of_pair, tuple({slot for slot in of_pair if slot.split(".")[0] == side} for side in ("wanted", "got"))),
        "switch": (of_mode, (any_form,)),
        "not_sure": ({"manager", "topic"}, ()),
    }
    shared = [(("labels", "wanted"), any_form, (any_form,))]
    for kind, (known, needed) in kinds.items():
        shared.append((("phrases", kind), known, needed))
        shared += [(("copying", kind, words), known - {"topic"}, needed) for words in ("button", "done")]
    for path, known, needed in shared:
        template = document
        for step in path:
            template = _dict({"at": template}, "at").get(step)
        problems += _slot_problems(template, path, known, needed)
        for n, mode in modes:
            lacking = {slot.rpartition(".")[2] for slot in _slots(template) or ()} & every - {"name", "session", *_dict(mode, "forms")}
            problems += [_Problem(f'lacks the form "{form}" that {_shown(path)} asks for, add it under forms', ("modes", n)) for form in sorted(lacking)]

    rows = [(n, row.get("field")) for n, row in enumerate(_list(_dict(document, "table"), "rows")) if isinstance(row, dict)]
    for n, field in rows:
        if field is not None and field in [earlier for m, earlier in rows if m < n]:
            problems.append(_Problem(f'"{field}" has a row already, remove one of the two', ("table", "rows", n, "field")))
    return problems


def _language_problems(document: CommentedMap, languages: list[str]) -> list[_Problem]:
    language = _dict(document, "site").get("language")
    if not languages or not isinstance(language, str) or language in languages:
        return []
    return [_Problem(f'the theme has no words for "{language}", {instead(language, sorted(languages))}', ("site", "language"))]


def _sided(**forms: set[str]) -> set[str]:
    return {f"{side}.{form}" for side, names in forms.items() for form in names}


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _list(holder: Any, key: str) -> list:
    value = holder.get(key) if isinstance(holder, dict) else None
    return value if isinstance(value, list) else []


def _dict(holder: Any, key: str) -> dict:
    value = holder.get(key) if isinstance(holder, dict) else None
    return value if isinstance(value, dict) else {}


def _slot_problems(template: Any, path: tuple, known: set[str], needed: tuple[set[str], ...] = ()) -> list[_Problem]:
    if not isinstance(template, str):
        return []
    shown = ", ".join(f"{{{slot}}}" for slot in sorted(known))
    slots = _slots(template)
    if slots is None:
        return [_Problem(f"a brace is open or closed alone, write a slot as one of {shown}, and a brace itself as {{{{ or }}}}", path)]
    problems = [_Problem(f"unknown slot {{{slot}}}, {instead(slot, sorted(known))}", path) for slot in slots if slot not in known]
    for choice in needed:
        if not choice & set(slots):
            plain = sorted(slot for slot in choice if "." not in slot)
            problems.append(_Problem(f"lacks {' or '.join(f'{{{slot}}}' for slot in plain)}, so that every mode would get the same words", path))
    if slots.count("topic") > 1:
        problems.append(_Problem("has {topic} more than once, keep one", path))
    return problems


def _slots(template: Any) -> list[str] | None:
    """The slots of a template, None where a brace has no partner."""
    try:
        return [slot for _, slot in parts_of(template) if slot is not None] if isinstance(template, str) else []
    except ValueError:
        return None


def parts_of(template: str) -> list[tuple[str, str | None]]:
    """A template as pairs of a text and the slot behind it, None after the last text.

    Errors: ValueError where a brace has no partner.
    """
    parts = []
    for literal, slot, spec, conversion in string.Formatter().parse(template):
        parts.append((literal, slot and slot + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")))
    return parts
