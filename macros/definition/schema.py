"""The JSON Schema of a definition for editors, and the reference of its fields for people."""

import ast
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from msgspec.inspect import StructType, VarTupleType, type_info
from msgspec.json import schema_components

from . import model
from .model import Definition


def _notes() -> dict[tuple[str, str], dict[str, Any]]:
    """The description and examples of each field, by its model and name: Python keeps neither."""
    notes = {}
    body = ast.parse(Path(model.__file__).read_text(encoding="utf-8")).body
    for group in (part for part in body if isinstance(part, ast.ClassDef)):
        for field, text in pairwise(group.body):
            if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr):
                description = ast.literal_eval(text.value)
                note: dict[str, Any] = {"description": " ".join(description.split())}
                if isinstance(field.value, ast.Call):
                    note["examples"] = [ast.literal_eval(field.value.args[0])]
                notes[group.name, ast.unparse(field.target)] = note
    return notes


def schema_text() -> str:
    """The file docs/modes.schema.json."""
    notes = _notes()
    _, groups = schema_components([Definition], ref_template="#/$defs/{name}")
    for name, group in groups.items():
        del group["title"]  # which tells an editor nothing, and so does a default
        for key, field in group["properties"].items():
            field.pop("default", None)
            field.update(notes[name, key])
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema = dialect | groups.pop("Definition") | {"$defs": groups}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def fields(definition: Definition) -> Iterator[dict[str, Any]]:
    """Every field of a definition in the order of the file, by its path, such as `modes[].name`.

    An example is the value in the definition; the model's own, where it has none; and None for
    what holds other fields.
    """
    notes = _notes()

    def below(group_type: Any, instances: list[Any], path: str) -> Iterator[dict[str, Any]]:
        for field in group_type.fields:
            values = [value for instance in instances if (value := getattr(instance, field.name))]
            kind = getattr(field.type, "type", field.type)  # of a template
            listed, here = isinstance(kind, VarTupleType), path + field.name
            group = kind.item_type if listed else kind
            note = {"examples": [], **notes[group_type.cls.__name__, field.name]}
            example = None if isinstance(group, StructType) else [*values, *note["examples"]][0]
            reference = {"path": here, "description": note["description"], "example": example}
            yield {**reference, "required": field.required}
            if isinstance(group, StructType):
                items = [item for value in values for item in value] if listed else values
                yield from below(group, items, f"{here}[]." if listed else f"{here}.")

    return below(type_info(Definition), [definition], "")
