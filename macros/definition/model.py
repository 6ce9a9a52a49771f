"""The model of a definition: every field with its constraints, an example, and what it is for.

The docstrings are for whoever edits docs/modes.yml: they become the reference of fields and the
schema for editors.
"""

import re
import unicodedata
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.fields import FieldInfo

from .templates import Slots


def _one_line(text: str) -> str:
    """YAML folds long text over lines; a no-break space is the writer's own and stays."""
    if any(unicodedata.category(char) == "Cc" and not char.isspace() for char in text):
        raise ValueError("has an invisible control character, remove it")
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_one_line)
]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
# The texts of a mode that a row of the table may show; it may do without the first six.
Fact = Literal[
    "use_when",
    "talks_most",
    "i_do",
    "you_do",
    "you_leave_with",
    "not_the_same_as",
    "meaning",
    "onus",
]
FACTS = get_args(Fact)
OfMode = Annotated[Text, Slots("mode")]
OfPair = Annotated[Text, Slots("pair")]
OfNone = Annotated[Text, Slots()]
_BUTTON = frozenset({"manager"})


def _example(example: Any, **constraints: Any) -> Any:
    """A field; with `default=None` it may be absent, but not empty."""
    return Field(examples=[example], **constraints)


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class FooterPage(_Model):
    page: Text = _example("adopt.md")
    """The file of the page."""
    text: Text = _example("For other managers: use this for your team")
    """The words of the link."""


class Site(_Model):
    name: Annotated[Text, Slots(None, frozenset({"manager"}))] = _example("{manager}’s README")
    """Stands in the header and behind every page's title. Slot: {manager}."""
    language: Text = _example("en")
    """A short code such as en, de, pt-BR or ar. The theme's own words (search, menu) and the
    direction of the text follow it."""
    pages: tuple[Text, ...] = _example(["index.md", "phrases.md"], min_length=1)
    """The files of the pages, as they stand in the menu. Every page that lies in docs/ belongs
    here, or under `footer`."""
    footer: tuple[FooterPage, ...] = _example(
        [{"page": "adopt.md", "text": "For other managers: use this for your team"}], default=()
    )
    """Pages that are not for the readers of the others: a link at the foot of every page leads to
    each, the menu and the search leave them out."""
    switch_to_dark: Text = _example("Dark colors")
    """Read aloud, and shown by the mouse, as the name of the site's dark colors, which one may
    choose."""
    switch_to_light: Text = _example("Light colors")
    """The same for its light colors."""


class Mode(_Model):
    """One kind of 1-on-1."""

    id: Id = _example("coaching")
    """Permanent: addresses are made of it (#coaching). Small letters, digits, single hyphens.
    Change the name, never the id."""
    name: Text = _example("Coaching")
    """The heading: on the card, in the table, above the section."""
    noun: Text = _example("coaching")
    """The name inside a sentence; the slot {noun}, or {wanted} and {got} in a call-out."""
    session: Text = _example("a coaching session")
    """What one asks for; the slot {session}."""
    forms: dict[str, Text] = _example({"genitive": "coachingu"}, default={})
    """More forms of the noun, for a language that inflects. Each is a slot of its own name, and
    {wanted.…} or {got.…} in a call-out. Whatever a template asks for, every mode has to bring."""
    meaning: Text = _example("I ask the questions, you find the answers.")
    """One line on the card: what this kind is."""
    onus: Text = _example("It’s on you")
    """Who has to find the way forward; on the line of the card."""
    use_when: Text = _example("You want help exploring a concern yourself", default=None)
    """When to ask for it. A row of the table shows it."""
    talks_most: Text = _example("Mostly you", default=None)
    """Who talks. A row of the table shows it."""
    i_do: Text = _example("Ask questions", default=None)
    """What the manager does. A row of the table shows it."""
    you_do: Text = _example("Explore the problem", default=None)
    """What the reader does. A row of the table shows it."""
    you_leave_with: Text = _example("Your own plan of action", default=None)
    """What it is for, or what the reader has at the end. A row of the table shows it."""
    about: Text = _example("You do most of the talking, and I ask questions.")
    """The text of the mode's own section: how the session goes."""
    example: Text = _example("whether to take the lead on the next project", default=None)
    """A topic that one may bring; stands below the request in the section."""
    not_the_same_as: Text = _example("a program that a coach lays out for you.", default=None)
    """What one may take it for; goes on from the label of that name, beside the section."""
    signs: tuple[Text, ...] = _example(["Nearly everything I say is a question."], min_length=1)
    """What one can see in the room when a talk turns into this kind. They stand with every
    call-out that names it."""
    request: OfMode = _example("{manager}, I would like to be coached on {topic}", default=None)
    """Instead of the request in `phrases`, for this mode alone, where the template would not be
    grammatical."""
    afterwards: OfMode = _example("{manager}, I asked for questions {topic}", default=None)
    """Instead of the words for afterwards in `phrases`, for this mode alone."""
    calendar_title: OfMode = _example("1-on-1, coaching: {topic}", default=None)
    """Instead of the calendar title in `phrases`, for this mode alone."""
    switch: OfMode = _example("{manager}, can you coach me from here on?", default=None)
    """Instead of the switch in `phrases`, for this mode alone."""
    call_outs: Annotated[dict[str, Text], Slots("pair")] = _example(
        {"supervision": "{manager}, I wanted questions, not a plan {topic}"}, default={}
    )
    """Instead of the call-out in `phrases`, where this mode was wanted: under the id of the mode
    that one got, the phrase."""

    def all_forms(self) -> dict[str, str]:
        """What fills the slots of a template that speaks of this mode."""
        return {"name": self.name, "noun": self.noun, "session": self.session, **self.forms}


class Phrases(_Model):
    slot: Text = _example("…")
    """Stands where the reader adds the topic. Not copied when it comes last."""
    request: OfMode = _example("{manager}, I would like {session} on {topic}")
    """Asks for a session. Slots: {manager}, {topic}, {name}, {noun}, {session}, and the forms."""
    calendar_title: OfMode = _example("1-on-1: {noun} – {topic}")
    """The title of the invitation. The same slots."""
    call_out: OfPair = _example(
        "{manager}, I really wanted {wanted}, but this is starting to feel more like {got} {topic}"
    )
    """Says that one got another kind than one wanted. Slots: {manager}, {topic}, {wanted}, {got},
    and a form of either, such as {got.session}."""
    afterwards: OfMode = _example("{manager}, I asked for {noun}, and it turned into {topic}")
    """Says the same once the session is over. The slots of a request, of the mode that one asked
    for."""
    switch: OfMode = _example("{manager}, can we switch to {noun} for the rest of this session?")
    """Changes the kind midway. The slots of a request."""
    not_sure: OfNone = _example(
        "{manager}, I am not sure which kind of session I need. It is about {topic}"
    )
    """For who cannot choose. Slots: {manager}, {topic}."""


class Row(_Model):
    heading: Text = _example("Who talks")
    """Stands at the head of the row."""
    field: Fact = _example("talks_most")
    """The field of a mode that fills the row."""


class Table(_Model):
    caption: Text = _example("The kinds of 1-on-1, side by side")
    """Read aloud before the table."""
    rows: tuple[Row, ...] = _example(
        [{"heading": "Who talks", "field": "talks_most"}], min_length=1
    )
    """The rows from top to bottom."""


class Labels(_Model):
    spectrum: Text = _example("A spectrum of who carries the onus, from you to me.")
    """Read aloud in place of the line on which the cards hang."""
    example: Text = _example("For example:", default=None)
    """Before each mode's example; needed once a mode has one."""
    not_the_same_as: Text = _example("Not the same as", default=None)
    """Before each mode's text of that name; needed once a mode has one."""
    wanted: Annotated[Text, Slots("mode", frozenset())] = _example("You wanted {noun}")
    """Above the call-outs of one mode, and on the link that leads there. Slots: {name}, {noun},
    {session}, and the forms."""
    signs: Text = _example("You can tell by this:")
    """Before the signs of a mode."""
    afterwards: Text = _example("Once we’re done talking:")
    """Before the words for afterwards."""


class Button(_Model):
    button: Text
    """What the button copies: read aloud behind the word that is seen on it. The slots of the
    phrase, but {topic}."""
    done: Text
    """Read aloud when it has copied. The same slots."""


class Copying(_Model):
    button: Text = _example("Copy")
    """Seen on every button, and the beginning of what is read aloud of it."""
    request: Annotated[Button, Slots("mode", _BUTTON)] = _example(
        {"button": "{noun} request", "done": "{name} request copied"}
    )
    """The button that copies a request."""
    calendar_title: Annotated[Button, Slots("mode", _BUTTON)] = _example(
        {"button": "{noun} title", "done": "{name} title copied"}
    )
    """The button that copies a calendar title."""
    call_out: Annotated[Button, Slots("pair", _BUTTON)] = _example(
        {
            "button": "call-out: wanted {wanted}, got {got}",
            "done": "Call-out copied: wanted {wanted}, got {got}",
        }
    )
    """The button that copies a call-out."""
    afterwards: Annotated[Button, Slots("mode", _BUTTON)] = _example(
        {"button": "words for after {noun}", "done": "Words for after {noun} copied"}
    )
    """The button that copies the words for afterwards."""
    switch: Annotated[Button, Slots("mode", _BUTTON)] = _example(
        {"button": "switch to {noun}", "done": "Switch to {noun} copied"}
    )
    """The button that copies a switch."""
    not_sure: Annotated[Button, Slots(None, _BUTTON)] = _example(
        {"button": "the “not sure” phrase", "done": "The “not sure” phrase copied"}
    )
    """The button that copies the phrase for who cannot choose."""
    confirmed: Text = _example("Copied")
    """Stands on the button for three seconds after it has copied."""
    refused: Text = _example(
        "Couldn’t copy. The text is selected: press Ctrl+C, or Command+C on a Mac."
    )
    """Said when the browser does not let us copy."""
    refused_on_touch: Text = _example(
        "Couldn’t copy. The text is selected: press and hold it to copy."
    )
    """The same on a phone."""


class NotFound(_Model):
    title: Text = _example("This page is not here")
    """The heading of the page for an address that does not exist."""
    text: Text = _example("The address may have changed.")
    """What stands below it."""
    home: Text = _example("Go to the home page")
    """The link to the home page."""


class Definition(_Model):
    """Everything that is generated; the order of modes and rows is the order on the page."""

    manager: Text = _example("Mike")
    """The name that readers call the manager by; the slot {manager}."""
    manager_addressed: Text = _example("Zofio", default=None)
    """The name as one says it to the manager, where a language has a form for that."""
    site: Site
    """The frame around the pages."""
    modes: tuple[Mode, ...] = Field(min_length=2, max_length=12)
    """The kinds of 1-on-1, 2 to 12, in the order in which they stand everywhere: the first puts
    the onus on the reader, the last on the manager."""
    phrases: Phrases
    """One template makes the phrase for every mode, or every pair of modes. A word in braces is a
    slot."""
    table: Table
    """The comparison table."""
    labels: Labels
    """Every other word that comes with the generated parts."""
    copying: Copying
    """The words of the copy buttons. No two buttons may carry the same words."""
    not_found: NotFound
    """The page for an address that does not exist."""


def model_in(field: FieldInfo | None) -> type[BaseModel] | None:
    """The model that a field holds, alone or in a list."""
    candidates = (field.annotation, *get_args(field.annotation)) if field else ()
    return next((c for c in candidates if hasattr(c, "model_fields")), None)


def slots_in(field: FieldInfo | None) -> Slots | None:
    """The slots of the templates that a field holds."""
    return next((m for m in field.metadata if isinstance(m, Slots)), None) if field else None
