"""The JSON Schema of a definition for editors, and the reference of its fields for people."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from .model import Definition, model_in


class _Schema(GenerateJsonSchema):
    """In the order of the model, without the titles and defaults that tell an editor nothing."""

    def sort(self, value: Any, parent_key: str | None = None) -> Any:  # noqa: ARG002  # overrides
        return value

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002  # overrides
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
