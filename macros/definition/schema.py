"""The JSON Schema of a definition for editors, and the reference of its fields for people."""

import copy
import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from .model import Definition
from .source import Loc


@cache
def schema() -> dict[str, Any]:
    """The schema without titles and defaults, which tell an editor nothing."""
    made = Definition.model_json_schema()
    for group in (made, *made["$defs"].values()):
        del group["title"]
        for field in group["properties"].values():
            field.pop("title", None)
            field.pop("default", None)
            field["description"] = " ".join(field["description"].split())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def schema_text() -> str:
    """The file docs/modes.schema.json, with the languages that the theme has words for."""
    made = copy.deepcopy(schema())
    languages = files("material").joinpath("templates/partials/languages").iterdir()
    names = sorted(file.name.removesuffix(".html") for file in languages)
    made["$defs"]["Site"]["properties"]["language"] |= {"enum": names}
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def group_of(field: dict[str, Any]) -> dict[str, Any]:
    """The group that a field holds, or that each entry of its list is; else the field itself."""
    inner = field.get("items", field)
    name = inner.get("$ref", "").rpartition("/")[2]
    return dict(schema()["$defs"][name]) if name else inner


def group_at(loc: Loc) -> dict[str, Any]:
    """The group of the schema that a location leads to."""
    group = schema()
    for key in loc:
        group = group if isinstance(key, int) else group_of(group["properties"][key])
    return group


def field_names() -> set[str]:
    """The name of every field, of whatever group."""
    groups = (schema(), *schema()["$defs"].values())
    return {name for group in groups for name in group["properties"]}


def fields(definition: Definition) -> Iterator[dict[str, Any]]:
    """Every field of a definition in the order of the file, by its path, such as `modes[].name`.

    An example is the value in the definition; the model's own, where it has none; and None for
    what holds other fields.
    """

    def below(group: dict[str, Any], instances: list[Any], path: str) -> Iterator[dict[str, Any]]:
        for key, field in group["properties"].items():
            values = [instance[key] for instance in instances if instance[key]]
            here, inner, is_list = path + key, group_of(field), "items" in field
            has_fields = "properties" in inner
            example = None if has_fields else [*values, *field.get("examples", ())][0]
            reference = {"path": here, "description": field["description"], "example": example}
            yield {**reference, "required": key in group["required"]}
            if has_fields:
                items = [item for value in values for item in value] if is_list else values
                yield from below(inner, items, f"{here}[]." if is_list else f"{here}.")

    return below(schema(), [definition.model_dump()], "")
