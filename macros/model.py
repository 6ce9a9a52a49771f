"""What a definition is made of: every field, what it is for, an example. Knows no YAML, no HTML, no MkDocs.

The JSON Schema for editors and the reference of fields come from here, too.
"""

import json
import re
import unicodedata
from copy import deepcopy
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.json_schema import GenerateJsonSchema


def _one_line(text: str) -> str:
    """YAML folds long text over lines; a no-break space is the writer's own and stays."""
    if any(unicodedata.category(char) == "Cc" and not char.isspace() for char in text):
        raise ValueError("has an invisible control character, remove it")
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_one_line)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Fact = Literal["use_when", "talks_most", "i_do", "you_do", "you_leave_with", "not_the_same_as", "meaning", "onus"]


def _field(description: str, example: Any, **more: Any) -> Any:
    return Field(description=description, examples=[example], **more)


def _optional(description: str, example: Any) -> Any:
    """Absent it is None, but written it has to be text: a key left empty is a mistake."""
    return _field(description, example, default=None)


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Site(_Model):
    name: Text = _field("Stands in the header and behind every page's title.", "Manager README")
    language: Text = _field(
        "A short code such as en, de, pt-BR or ar. The theme's own words (search, menu) and the direction of the text follow it.", "en"
    )
    pages: tuple[Text, ...] = _field(
        "The files of the pages, as they stand in the menu. Every page that lies in docs/ belongs here.",
        ["index.md", "phrases.md", "adopt.md"],
        min_length=1,
    )
    switch_to_dark: Text = _field("Read aloud, and shown by the mouse, on the button that darkens the site.", "Switch to dark")
    switch_to_light: Text = _field("The same for the button that lightens it.", "Switch to light")


class Mode(_Model):
    """One kind of 1-on-1."""

    id: Id = _field(
        "Permanent: addresses are made of it (#coaching). Small letters, digits, single hyphens. Change the name, never the id.", "coaching"
    )
    name: Text = _field("The heading: on the card, in the table, above the section.", "Coaching")
    noun: Text = _field("The name inside a sentence; the slot {noun}, or {wanted} and {got} in a call-out.", "coaching")
    session: Text = _field("What one asks for; the slot {session}.", "a coaching session")
    forms: dict[str, Text] = _field(
        "More forms of the noun, for a language that inflects. Each is a slot of its own name, and {wanted.…} or {got.…} in a call-out. "
        "Whatever a template asks for, every mode has to bring.",
        {"genitive": "coachingu"},
        default={},
    )
    meaning: Text = _field("One line on the card: what this kind is.", "I ask the questions, you find the answers.")
    onus: Text = _field("Who has to find the way forward; above the card.", "The onus is on you")
    use_when: Text = _optional("When to ask for it. A row of the table shows it.", "You want help exploring a concern yourself")
    talks_most: Text = _optional("Who talks. A row of the table shows it.", "Mostly you")
    i_do: Text = _optional("What the manager does. A row of the table shows it.", "Ask questions")
    you_do: Text = _optional("What the reader does. A row of the table shows it.", "Explore the problem")
    you_leave_with: Text = _optional("What the reader has at the end. A row of the table shows it.", "Your own plan of action")
    about: Text = _field("The text of the mode's own section.", "You do most of the talking, and I ask questions.")
    not_the_same_as: Text = _optional("What one may take it for; stands below the section.", "A programme that a coach has laid out for you.")
    signs: tuple[Text, ...] = _field(
        "What one can see in the room when a talk turns into this kind. They stand with every call-out that names it.",
        ["Nearly everything I say is a question."],
        min_length=1,
    )
    request: Text = _optional(
        "Instead of the request in `phrases`, for this mode alone, where the template would not be grammatical.",
        "{manager}, I would like to be coached on {topic}",
    )
    calendar_title: Text = _optional("Instead of the calendar title in `phrases`, for this mode alone.", "1-on-1, coaching: {topic}")
    switch: Text = _optional("Instead of the switch in `phrases`, for this mode alone.", "{manager}, can you coach me from here on?")
    call_outs: dict[str, Text] = _field(
        "Instead of the call-out in `phrases`, where this mode was wanted: under the id of the mode that one got, the phrase.",
        {"supervision": "{manager}, I wanted questions, not a plan {topic}"},
        default={},
    )

    def every_form(self) -> dict[str, str]:
        """What fills the slots that a mode brings, by their names."""
        return {"name": self.name, "noun": self.noun, "session": self.session, **self.forms}


class Phrases(_Model):
    slot: Text = _field("Stands where the reader adds the topic. Not copied when it comes last.", "…")
    request: Text = _field("Asks for a session. Slots: {manager}, {topic}, {name}, {noun}, {session}, and the forms.", "{manager}, I would like {session} on {topic}")
    calendar_title: Text = _field("The title of the invitation. The same slots.", "1-on-1: {noun} – {topic}")
    call_out: Text = _field(
        "Says that one got another kind than one wanted. Slots: {manager}, {topic}, {wanted}, {got}, and a form of either, such as {got.session}.",
        "{manager}, I really wanted {wanted}, but this is starting to feel more like {got} {topic}",
    )
    switch: Text = _field("Changes the kind midway. The slots of a request.", "{manager}, can we switch to {noun} for the rest of this session?")
    not_sure: Text = _field("For who cannot choose. Slots: {manager}, {topic}.", "{manager}, I am not sure which kind of session I need. It is about {topic}")


class Row(_Model):
    heading: Text = _field("Stands at the head of the row.", "Who talks")
    field: Fact = _field("The field of a mode that fills the row.", "talks_most")


class Table(_Model):
    caption: Text = _field("Read aloud before the table.", "The kinds of 1-on-1, side by side")
    rows: tuple[Row, ...] = _field("The rows from top to bottom.", [{"heading": "Who talks", "field": "talks_most"}], min_length=1)


class Labels(_Model):
    spectrum: Text = _field("Read aloud in place of the line on which the cards hang.", "A spectrum of who carries the onus, from you to me.")
    not_the_same_as: Text = _optional("Before each mode's text of that name; needed once a mode has one.", "Not the same as")
    wanted: Text = _field("Above the call-outs of one mode. Slots: {name}, {noun}, {session}, and the forms.", "When you wanted {noun}")
    signs: Text = _field("Before the signs of a mode.", "You can tell by this:")


class Button(_Model):
    button: Text = Field(description="What stands on the button. The slots of the phrase that it copies, but {topic}.")
    done: Text = Field(description="Read aloud when it has copied. The same slots.")


def _button(what: str, button: str, done: str) -> Any:
    return _field(f"The button that copies {what}.", {"button": button, "done": done})


class Copying(_Model):
    request: Button = _button("a request", "Copy {noun} request", "{name} request copied")
    calendar_title: Button = _button("a calendar title", "Copy {noun} title", "{name} title copied")
    call_out: Button = _button("a call-out", "Copy: wanted {wanted}, got {got}", "Call-out copied: wanted {wanted}, got {got}")
    switch: Button = _button("a switch", "Copy switch to {noun}", "Switch to {noun} copied")
    not_sure: Button = _button("the phrase for who cannot choose", "Copy the “not sure” phrase", "The “not sure” phrase copied")
    confirmed: Text = _field("Stands on the button for three seconds after it has copied.", "Copied")
    refused: Text = _field(
        "Said when the browser does not let us copy.", "Couldn’t copy. The text is selected: press Ctrl+C, or Command+C on a Mac."
    )
    refused_on_touch: Text = _field("The same on a phone.", "Couldn’t copy. The text is selected: press and hold it to copy.")


class NotFound(_Model):
    title: Text = _field("The heading of the page for an address that does not exist.", "This page is not here")
    text: Text = _field("What stands below it.", "The address may have changed.")
    home: Text = _field("The link to the home page.", "Go to the home page")


class Definition(_Model):
    """Everything that is generated; the order of modes and rows is the order on the page."""

    manager: Text = _field("The name that readers call the manager by; the slot {manager}.", "Mike")
    manager_addressed: Text = _optional("The name as one says it to the manager, where a language has a form for that.", "Zofio")
    site: Site = Field(description="The frame around the pages.")
    modes: tuple[Mode, ...] = Field(
        description="The kinds of 1-on-1, 2 to 12, in the order in which they stand everywhere: "
        "the first puts the onus on the reader, the last on the manager.",
        min_length=2,
        max_length=12,
    )
    phrases: Phrases = Field(description="One template makes the phrase for every mode, or every pair of modes. A word in braces is a slot.")
    table: Table = Field(description="The comparison table.")
    labels: Labels = Field(description="Every other word that comes with the generated parts.")
    copying: Copying = Field(description="The words of the copy buttons. No two buttons may carry the same words.")
    not_found: NotFound = Field(description="The page for an address that does not exist.")


class _Schema(GenerateJsonSchema):
    """In the order of the file, and without the titles and defaults that pydantic adds: they tell an editor nothing."""

    def sort(self, value, parent_key=None):
        return value

    def field_title_should_be_set(self, schema) -> bool:
        return False

    def default_schema(self, schema):
        return self.generate_inner(schema["schema"])

    def model_schema(self, schema):
        return {key: value for key, value in super().model_schema(schema).items() if key != "title"}


def schema() -> dict:
    """The JSON Schema of a definition, every field with its description and an example."""
    document = Definition.model_json_schema(schema_generator=_Schema)
    groups = document.pop("$defs")

    def whole(node: dict, given: Any = None) -> dict:
        """A node with its group in place of the reference to it; its example is its own, its group's, or made of its parts'."""
        if "$ref" in node:
            group = deepcopy(groups[node["$ref"].rpartition("/")[2]])
            node = group | {key: value for key, value in node.items() if key != "$ref"}
        if "examples" in node or given:
            given = node.setdefault("examples", [given])[0]
        if "properties" in node:
            parts = {key: whole(part, given and given.get(key)) for key, part in node["properties"].items()}
            node["properties"] = parts
            node.setdefault("examples", [{key: parts[key]["examples"][0] for key in node["required"]}])
        if "$ref" in node.get("items", {}):
            node["items"] = whole(node["items"])
            node.setdefault("examples", [node["items"]["examples"]])
        return node

    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **whole(document)}


def schema_text() -> str:
    """The file docs/modes.schema.json."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def fields() -> Iterator[tuple[str, dict, bool, bool]]:
    """Every field as (path such as `modes[].name`, its JSON Schema, whether it is needed, whether it holds others), in the file's order."""

    def below(node: dict, path: str) -> Iterator[tuple[str, dict, bool, bool]]:
        for key, field in node.get("properties", {}).items():
            here = f"{path}.{key}".lstrip(".")
            inner = [*below(field, here), *below(field.get("items", {}), f"{here}[]")]
            yield here, field, key in node["required"], bool(inner)
            yield from inner

    return below(schema(), "")
