"""The JSON Schema of a definition for editors, and the reference of its fields for people."""

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from .model import Definition, model_in


class _Schema(GenerateJsonSchema):
    """In the order of the model, without the titles and defaults that tell an editor nothing."""

    def sort(self, value: Any, parent_key: str | None = None) -> Any:
        return value

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def default_schema(self, schema: Any) -> dict[str, Any]:
        return self.generate_inner(schema["schema"])

    def model_schema(self, schema: Any) -> dict[str, Any]:
        return {key: value for key, value in super().model_schema(schema).items() if key != "title"}


def schema_text() -> str:
    """The file docs/modes.schema.json."""
    schema = {"$schema": GenerateJsonSchema.schema_dialect}
    schema |= Definition.model_json_schema(schema_generator=_Schema)
    text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
    return re.sub(r"(\\n *)+", " ", text)  # docstrings are folded


def fields(
    model: type[BaseModel] = Definition, path: str = "", examples: dict[str, Any] | None = None
) -> Iterator[dict[str, Any]]:
    """Every field in the order of the file, by its path, such as `modes[].name`.

    An example is the field's own, or its part of the `examples` of the group that holds it.
    """
    for key, field in model.model_fields.items():
        here, group = f"{path}{key}", model_in(field)
        example = field.examples[0] if field.examples else (examples or {}).get(key)
        yield {
            "path": here,
            "description": " ".join(field.description.split()),
            "required": field.is_required(),
            "example": None if group else example,
        }
        if group:
            is_list = group is not field.annotation
            yield from fields(
                group, f"{here}[]." if is_list else f"{here}.", None if is_list else example
            )
