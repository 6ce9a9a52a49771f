"""docs/modes.yml -> checked, frozen objects, or every problem with its line.

Knows YAML, and of the model what no single field can tell; must not know HTML, MkDocs, or any mode by name.
"""

import re
import string
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from io import StringIO
from itertools import permutations
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from .model import Definition, Fact, Mode

# The slots that there always are; a mode's own forms come on top.
_COMMON = {"manager", "topic"}
_FORMS = {"name", "noun", "session"}
_TAKEN = {*_COMMON, *_FORMS, "wanted", "got"}


class DefinitionError(ValueError):
    """All problems in the order of the file, each as (line, column, text); as text a line for each, after the file's name."""

    def __init__(self, shown_as: str, problems: list[tuple[int, int, str]]):
        super().__init__("\n".join(f"{shown_as}:{line}:{column}: {text}" for line, column, text in problems))
        self.problems = problems


def load(path: Path, shown_as: str, languages: Iterable[str] = (), pages: Iterable[str] = ()) -> Definition:
    """Read and check a definition; if any are given, its language is one of `languages`, its pages are `pages`.

    Errors: DefinitionError with all problems at once, each naming the file as `shown_as`.
    """
    document = None
    try:
        document = _parse(path)
        problems = [*_shape_problems(document), *_cross_problems(document), *_site_problems(document, list(languages), set(pages))]
        definition = None if problems else Definition.model_validate(document)
        problems += _button_problems(definition) if definition else []
    except _Problem as problem:
        problems = [problem]
    if problems:
        raise DefinitionError(shown_as, sorted({(*_position(document, p), str(p)) for p in problems}))
    return definition


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
        _refuse_stray_signs(text)
        yaml = YAML()
        yaml.max_depth = 10  # before the recursion ends in an error of Python's, after seconds
        node = yaml.compose(StringIO(text))
        if node:
            _refuse_the_fancy(node, text.splitlines())
        document = node and yaml.constructor.construct_document(node)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if "while scanning" in (error.context or "") and error.context_mark:
            mark = error.context_mark  # where it began, not where the parser gave up
        raise _syntax_problem(error, text.splitlines(), (mark.line, mark.column)) from None
    except YAMLError:  # a character that YAML forbids: the error has no mark
        at = next(((n, 0) for n, line in enumerate(text.splitlines()) if not line.replace("\t", "").isprintable()), (0, 0))
        raise _Problem("has an invisible control character, remove it", at=at) from None
    if document is None:
        raise _Problem("is empty, it holds the definition of the site")
    if not isinstance(document, CommentedMap):
        raise _Problem('should be a group of keys, such as "manager: Mike"')
    return document


def _refuse_stray_signs(text: str) -> None:
    """Odd spaces, which YAML takes for letters; and what git leaves behind."""
    for number, line in enumerate(text.splitlines()):
        if line.startswith(("<<<<<<< ", ">>>>>>> ")):
            raise _Problem("a merge was left half done here, keep one of the two versions and remove the lines that mark them", at=(number, 0))
        indent = line[: len(line) - len(line.lstrip())]
        odd = indent.strip(" ")[:1] or ("\t" if "\t" in re.split("(?:^| )#", line)[0] else "")
        if odd:
            what = "a tab" if odd == "\t" else "an unusual space"
            raise _Problem(f"{what} stands here, which cannot be seen, write usual spaces", at=(number, line.index(odd)))


def _refuse_the_fancy(node: Node, lines: list[str]) -> None:
    """What YAML can do beyond text, lists and groups: it helps nobody here, can explode or run code, or loses text."""
    at = node.start_mark.line, node.start_mark.column
    if node.anchor:
        raise _Problem("a text cannot begin with & unless it stands in quotes", at=at)
    if node.tag.rpartition(":")[2] not in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq"):
        raise _Problem(f'"{node.tag}" stands for something special in YAML, put the text in quotes', at=at)
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if not isinstance(key, ScalarNode) or not key.tag.endswith(":str"):
                raise _Problem("a key has to be text, put it in quotes", at=(key.start_mark.line, key.start_mark.column))
            _refuse_the_fancy(value, lines)
    elif isinstance(node, SequenceNode):
        for value in node.value:
            _refuse_the_fancy(value, lines)
    elif node.value and not node.style:
        end = node.end_mark
        rest = lines[end.line][end.column :] if end.line < len(lines) else ""
        if rest.lstrip().startswith("#"):
            what = "what follows the # is not published, put the whole text in quotes, or the comment on a line of its own"
            raise _Problem(what, at=(end.line, end.column + rest.index("#")))


# What the parser says when, and what a writer of the file can do about it.
_SYNTAX = {
    "mapping values are not allowed": 'a text holds ": ", or this line is indented too far; put the text in quotes, or move the line',
    "could not find expected ':'": 'a line lacks the colon and the usual space behind its key, or the "- " of an entry, or a long text is not indented',
    "expected <block end>": "this line does not fit those above: look for a wrong indent, or for a quote inside a quoted text",
    "found unknown escape character": 'a backslash inside double quotes has to be written twice, or use single quotes (\')',
    "cannot start any token": "a text cannot begin with this sign unless it stands in quotes",
    "expected alphabetic or numeric character": "a text cannot begin with this sign unless it stands in quotes",
    "found undefined alias": "a text cannot begin with this sign unless it stands in quotes",
    "',' or '": "a bracket or brace is opened and not closed, or a comma is missing; a text that begins with { or [ needs quotes",
    "while parsing a flow": "a bracket or brace is opened and not closed; a text that begins with { or [ needs quotes",
}


def _syntax_problem(error: MarkedYAMLError, lines: list[str], at: tuple[int, int]) -> _Problem:
    said = f"{error.problem} {error.context}"
    if "single document" in said:
        return _Problem('a second document begins here, remove the line "---"', at=at)
    if "maximum depth" in said:
        return _Problem("is nested too deep, write it as the comments in the file show", at=at)
    if "found duplicate key" in said:
        key = said.split('"')[1]
        more = ', or begin the next entry with "- "' if key in ("id", "heading") else ""
        return _Problem(f'"{key}" stands here a second time, remove one of the two{more}', at=at)
    for number, line in enumerate(lines[: at[0] + 1]):
        opened = re.match(r"""[^"'#]*[:-] +(["'])(?!.*\1\s*[\]},]*\s*(#|$))""", line)
        if opened and not any(opened[1] in between for between in lines[number + 1 : at[0]]):
            return _Problem("this cannot be read: a quote is opened here, and the line does not end with one", at=(number, opened.start(1)))
    if re.search(r"(^|[:-] )\s*[{[]", "".join(lines[at[0] : at[0] + 1])):
        hint = "a text that begins with { or [ needs quotes, and so does one that goes on behind a quoted part"
    else:
        hint = next((hint for words, hint in _SYNTAX.items() if words in said), "look for a missing quote, a missing colon or a wrong indent")
    return _Problem(f"this cannot be read: {hint}", at=at)


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
        return _Problem("is empty, write something" + (", or remove the line" if path[-1] not in _needed_beside(path) else ""), path)
    if kind == "string_pattern_mismatch":
        return _Problem('use small letters, digits and single hyphens, such as "code-review"', path)
    if kind == "literal_error":
        return _Problem(f"no such field of a mode, {instead(str(value), get_args(Fact))}", path)
    if kind in ("too_short", "too_long"):
        number, bounds = error["ctx"]["actual_length"], error["ctx"]
        bound = f"it needs {bounds['min_length']} or more" if kind == "too_short" else f"it can hold {bounds['max_length']}"
        return _Problem(f"has {number or 'no'} {'entry' if number == 1 else 'entries'}, {bound}", path, key=True)
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


def _model_at(path: tuple) -> Any:
    """The model that holds the last step of a path, None where a group has keys of its own choice."""
    model: Any = Definition
    for step in path[:-1]:
        if isinstance(step, str):
            field = getattr(model, "model_fields", {}).get(step)
            inner = field and field.annotation
            model = next((arg for arg in get_args(inner) if hasattr(arg, "model_fields")), inner)
    return model if hasattr(model, "model_fields") else None


def _keys_beside(path: tuple) -> list[str]:
    """The keys that the model knows where `path` ends."""
    model = _model_at(path)
    return list(model.model_fields) if model else []


def _needed_beside(path: tuple) -> list[str]:
    model = _model_at(path)
    return [key for key, field in model.model_fields.items() if field.is_required()] if model else [path[-1]]


def instead(wrong: str, known: Iterable[str]) -> str:
    """What to write in place of a wrong name: the known one that is close to it, or all."""
    known = {name.casefold(): name for name in known}
    close = get_close_matches(wrong.casefold(), known, n=1, cutoff=0.7)
    return f'did you mean "{known[close[0]]}"?' if close else f"use one of: {', '.join(known.values())}"


def _cross_problems(document: CommentedMap) -> Iterator[_Problem]:
    """What no single field can tell. Passes over what has the wrong shape: that is reported already."""
    modes = [(n, mode) for n, mode in enumerate(_list(document, "modes")) if isinstance(mode, dict)]
    yield from _mode_problems(modes)
    yield from _template_problems(document, modes)
    yield from _table_problems(document, modes)


def _mode_problems(modes: list[tuple[int, dict]]) -> Iterator[_Problem]:
    for key in ("id", "name", "noun"):
        seen: set[str] = set()
        for n, mode in modes:
            if isinstance(value := mode.get(key), str):
                if value.casefold() in seen:
                    yield _Problem(f'"{value}" is the {key} of an earlier mode, use another', ("modes", n, key))
                seen.add(value.casefold())
    ids = [mode["id"] for _, mode in modes if isinstance(mode.get("id"), str)]
    for n, mode in modes:
        for form in _dict(mode, "forms"):
            if form in _TAKEN:
                yield _Problem("is a slot already, use another name", ("modes", n, "forms", form), key=True)
            elif not form.isidentifier():
                yield _Problem("use one word of letters, such as genitive", ("modes", n, "forms", form), key=True)
        for got in _dict(mode, "call_outs"):
            path = ("modes", n, "call_outs", got)
            if got == mode.get("id"):
                yield _Problem("is the mode itself, name the one that was got instead", path, key=True)
            elif got not in ids:
                yield _Problem(f"unknown mode id, {instead(got, ids)}", path, key=True)


def _template_problems(document: CommentedMap, modes: list[tuple[int, dict]]) -> Iterator[_Problem]:
    forms = {mode["id"]: _forms(mode) for _, mode in modes if isinstance(mode.get("id"), str)}
    every = _FORMS.union(*forms.values())
    templates = set()

    for n, mode in modes:
        own = _forms(mode)
        for kind in ("request", "calendar_title", "switch"):
            templates.add(path := ("modes", n, kind))
            yield from _slot_problems(mode.get(kind), path, _COMMON | own)
        for got, text in _dict(mode, "call_outs").items():
            templates.add(path := ("modes", n, "call_outs", got))
            yield from _slot_problems(text, path, _COMMON | _sided(wanted=own, got=forms.get(got, every)))

    of_mode, of_pair = _COMMON | every, _COMMON | _sided(wanted=every, got=every)
    sides = [{slot for slot in of_pair if slot.split(".")[0] == side} for side in ("wanted", "got")]
    kinds = {
        "request": (of_mode, [every]),
        "calendar_title": (of_mode, [every]),
        "call_out": (of_pair, sides),
        "switch": (of_mode, [every]),
        "not_sure": (_COMMON, []),
    }
    shared = {("labels", "wanted"): (every, [every])}
    for kind, (known, needed) in kinds.items():
        shared["phrases", kind] = known, needed
        shared |= {("copying", kind, words): (known - {"topic"}, needed) for words in ("button", "done")}
    for path, (known, needed) in shared.items():
        templates.add(path)
        template = _at(document, path)
        yield from _slot_problems(template, path, known, needed)
        asked = {slot.rpartition(".")[2] for slot in _slots(template) or ()} & every
        for n, mode in modes:
            for form in sorted(asked - _forms(mode)):
                yield _Problem(f'lacks the form "{form}" that {_shown(path)} asks for, add it under forms', ("modes", n))

    slot = re.compile(r"\{\{? *(?:%s) *\}\}?" % "|".join(map(re.escape, of_mode | of_pair)))
    for path, text in _texts(document):
        named = path if isinstance(path[-1], str) else path[:-1]
        if path not in templates and named[-1] in _keys_beside(named) and (found := slot.search(text)):
            yield _Problem(f"{found[0]} is not filled in here, only in phrases and on buttons; write the words themselves", path)


def _table_problems(document: CommentedMap, modes: list[tuple[int, dict]]) -> Iterator[_Problem]:
    """Each row shows something, and each text that a row should show has one."""
    given = {field for _, mode in modes for field in mode}
    rows = [(n, row.get("field")) for n, row in enumerate(_list(_dict(document, "table"), "rows")) if isinstance(row, dict)]
    shown = [field for _, field in rows]
    for n, field in rows:
        if field in get_args(Fact) and field in [earlier for m, earlier in rows if m < n]:
            yield _Problem(f'"{field}" has a row already, remove one of the two', ("table", "rows", n, "field"))
        elif field in get_args(Fact) and field not in given:
            yield _Problem(f'no mode has "{field}", write it in a mode or remove the row', ("table", "rows", n, "field"))
    elsewhere = {"not_the_same_as", "meaning", "onus"}
    for n, mode in modes if shown and set(shown) <= set(get_args(Fact)) else ():
        for field in get_args(Fact):
            if field in mode and field not in elsewhere.union(shown):
                yield _Problem("no row of the table shows it, add one under table: rows, or remove this", ("modes", n, field), key=True)
    if labels := _dict(document, "labels"):
        if "not_the_same_as" in labels and "not_the_same_as" not in given and modes:
            yield _Problem("no mode has a text of that name, write one or remove this line", ("labels", "not_the_same_as"), key=True)
        elif "not_the_same_as" in given and "not_the_same_as" not in labels:
            yield _Problem('missing, add a line "not_the_same_as: …": modes have a text of that name', ("labels", "not_the_same_as"))


def _site_problems(document: CommentedMap, languages: list[str], pages: set[str]) -> Iterator[_Problem]:
    site = _dict(document, "site")
    language, listed = site.get("language"), _list(site, "pages")
    if languages and isinstance(language, str) and language not in languages:
        yield _Problem(f'the theme has no words for "{language}", {instead(language, sorted(languages))}', ("site", "language"))
    if pages and listed:
        meant = set()
        for n, page in enumerate(listed):
            if page in listed[:n]:
                yield _Problem(f'"{page}" is in the list already, remove one of the two', ("site", "pages", n))
            elif isinstance(page, str) and page not in pages:
                meant.update(get_close_matches(page, pages, n=1))
                yield _Problem(f"there is no such page in docs/, {instead(page, sorted(pages))}", ("site", "pages", n))
        for page in sorted(pages - meant - {page for page in listed if isinstance(page, str)}):
            yield _Problem(f'"{page}" lies in docs/ and is not in the list: add it, or remove the file', ("site", "pages"), key=True)
        if "index.md" not in pages:
            yield _Problem("docs/ holds no index.md, which is the home page", ("site", "pages"), key=True)


def _button_problems(definition: Definition) -> Iterator[_Problem]:
    """Who hears the buttons read aloud has to tell them apart."""
    modes = definition.modes
    slots = {kind: [mode.every_form() for mode in modes] for kind in ("request", "calendar_title", "switch")}
    slots |= {"call_out": [pair(wanted, got) for wanted, got in permutations(modes, 2)], "not_sure": [{}]}
    words: dict[str, str] = {}
    for kind in slots:
        template = getattr(definition.copying, kind).button
        for values in slots[kind]:
            text = filled(template, manager=definition.manager_addressed or definition.manager, **values)
            if text in words:
                where = "itself, for another kind" if words[text] == kind else f"copying.{words[text]}"
                yield _Problem(f'gives a button the words "{text}", and so does {where}; each needs its own', ("copying", kind, "button"))
                break
            words[text] = kind


def _forms(mode: dict) -> set[str]:
    return _FORMS | (set(_dict(mode, "forms")) - _TAKEN)


def _sided(**forms: set[str]) -> set[str]:
    return set(forms) | {f"{side}.{form}" for side, names in forms.items() for form in names - {"noun"}}


def _at(document: Any, path: tuple) -> Any:
    for step in path:
        document = _dict({"at": document}, "at").get(step)
    return document


def _texts(node: Any, path: tuple = ()) -> Iterator[tuple[tuple, str]]:
    if isinstance(node, str):
        yield path, node
    for step, part in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from _texts(part, (*path, step))


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
    if (double := re.search(r"(?<!\{)\{\{\s*([\w.]+)\s*\}\}(?!\})", template)) and double[1] in known:
        return [_Problem(f"a slot has single braces here: {{{double[1]}}}", path)]
    problems = [_Problem(f"unknown slot {{{slot}}}, {instead(slot, sorted(known))}", path) for slot in slots if slot not in known]
    for choice in needed if not problems else ():
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


def filled(template: str, **values: str) -> str:
    """A checked template with every slot filled."""
    return "".join(text + (values[slot] if slot else "") for text, slot in parts_of(template))


def pair(wanted: Mode, got: Mode) -> dict[str, str]:
    """The slots of a call-out and what fills them."""
    sides = {"wanted": wanted, "got": got}
    return {side: mode.noun for side, mode in sides.items()} | {
        f"{side}.{form}": text for side, mode in sides.items() for form, text in mode.every_form().items()
    }
