"""The JSON Schema of a definition for editors, and the reference of its fields for people."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from .model import Definition, model_in


class _Schema(GenerateJsonSchema):
    """In the order of the model."""

    def sort(self, value: Any, parent_key: str | None = None) -> Any:  # noqa: ARG002  # overrides
        return value


def _useful(part: dict[str, Any]) -> dict[str, Any]:
    """Without the titles and defaults, which tell an editor nothing; a field may be called so."""
    idle = {"default", "title"} if isinstance(part.get("title"), str) else {"default"}
    return {key: value for key, value in part.items() if key not in idle}


def schema_text() -> str:
    """The file docs/modes.schema.json."""
    schema = {"$schema": GenerateJsonSchema.schema_dialect}
    schema |= Definition.model_json_schema(schema_generator=_Schema)
    schema = json.loads(json.dumps(schema), object_hook=_useful)
    text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
    return re.sub(r"(\\n *)+", " ", text)  # docstrings are folded


def fields(
    instances: Sequence[BaseModel], model: type[BaseModel] = Definition, path: str = ""
) -> Iterator[dict[str, Any]]:
    """Every field of a model in the order of the file, by its path, such as `modes[].name`.

    An example is the value in one of the `instances`; the model's own, where they have none; and
    None for what holds other fields.
    """
    for key, field in model.model_fields.items():
        values = [value for instance in instances if (value := getattr(instance, key))]
        group = model_in(field)
        example = None if group else [*values, *(field.examples or [])][0]
        description = " ".join((field.description or "").split())
        reference = {"path": path + key, "description": description, "example": example}
        yield {**reference, "required": field.is_required()}
        if group is field.annotation and group:
            yield from fields(values, group, f"{path}{key}.")
        elif group:
            items = [item for value in values for item in value]
            yield from fields(items, group, f"{path}{key}[].")
