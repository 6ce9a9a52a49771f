"""Does the schema say what the model says, and does an editor get from it what it needs?"""

import json

import pytest
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator

from macros.definition import load
from macros.definition.schema import schema_text
from macros.pages.generated import macros
from tests.check import expected
from tests.helpers.projects import MANAGERS


@pytest.fixture
def schema(docs) -> dict:
    return json.loads((docs / "modes.schema.json").read_text(encoding="utf-8"))


def every_field(
    schema: dict, instances: list[dict], path: tuple[str, ...] = (), groups: dict | None = None
):
    """The path of each field, what the schema says of it, whether it is needed, and its values."""
    groups = groups or schema["$defs"]
    for key, field in schema.get("properties", {}).items():
        values = [instance[key] for instance in instances if key in instance]
        yield (*path, key), field, key in schema["required"], values
        for part, end in ((field, ""), (field.get("items", {}), "[]")):
            if "$ref" in part:
                group = groups[part["$ref"].rpartition("/")[2]]
                inner = [item for value in values for item in value] if end else values
                yield from every_field(group, inner, (*path, key + end), groups)


@pytest.mark.parametrize("folder", MANAGERS, ids=lambda folder: folder.name)
def test_the_schema_is_fresh_and_each_definition_names_it_and_holds_to_it(folder):
    text = (folder / "modes.schema.json").read_text(encoding="utf-8")
    assert text == schema_text(), "run make schema"
    first = (folder / "modes.yml").read_text(encoding="utf-8").partition("\n")[0]
    assert first == "# yaml-language-server: $schema=modes.schema.json"
    schema = json.loads(text)
    Draft202012Validator.check_schema(schema)
    definition = expected.read_yaml(folder / "modes.yml")
    assert list(Draft202012Validator(schema).iter_errors(definition)) == []


def test_every_field_has_a_description_and_an_example_that_holds(schema):
    fields = list(every_field(schema, []))
    assert len(fields) > 50
    for path, field, *_ in fields:
        assert field["description"].endswith("."), path
        for example in field.get("examples", []):
            Draft202012Validator(field | {"$defs": schema["$defs"]}).validate(example)


def test_the_schema_refuses_what_an_editor_should_mark(docs, schema):
    definition = expected.read_yaml(docs / "modes.yml")
    definition["modes"][0]["nam"] = definition["modes"][0].pop("name")
    definition["table"]["rows"][0]["field"] = "use_wen"
    errors = Draft202012Validator(schema).iter_errors(definition)
    assert {(error.validator, *error.absolute_path) for error in errors} == {
        ("additionalProperties", "modes", 0),
        ("required", "modes", 0),
        ("enum", "table", "rows", 0, "field"),
    }


def test_the_reference_shows_every_field(docs, schema):
    definition = expected.read_yaml(docs / "modes.yml")
    reference = macros(load(docs / "modes.yml", ""))["fields"](needed="needed", example="example")
    terms = BeautifulSoup(reference, "html.parser").find_all(["h2", "dt"])
    shown = [(t["id"], t.get_text(), t.find_next(["p", "dd"]).get_text()) for t in terms]
    wanted, heads = [], []
    for path, field, is_needed, values in every_field(schema, [definition]):
        anchor = "-".join(("field", *path)).replace("[]", "")
        heads += [anchor] if len(path) == 1 else []
        text = field["description"]
        if "$ref" not in field | field.get("items", {}):
            example = json.dumps([*values, *field.get("examples", [])][0], ensure_ascii=False)
            text += f" example: {example}"
        wanted.append((anchor, ".".join(path) + " (needed)" * is_needed, text))
    assert shown == wanted
    assert [term["id"] for term in terms if term.name == "h2"] == heads
