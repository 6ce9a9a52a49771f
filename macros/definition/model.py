"""The model of a definition: every field with its constraints, an example, and what it is for.

The docstrings are for whoever edits docs/modes.yml: the reference of fields and the schema for
editors are made of them.
"""

import re
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema


def _one_line(value: Any) -> Any:
    """A long text is folded over lines; a no-break space within is the writer's own and stays."""
    return re.sub(r"[ \t\r\n]+", " ", value.strip()) if isinstance(value, str) else value


def _in_editors(pattern: str, message: str) -> WithJsonSchema:
    """What an editor refuses, and says in place of the pattern."""
    return WithJsonSchema({"type": "string", "pattern": pattern, "patternErrorMessage": message})


Text = Annotated[
    str,
    Field(min_length=1),
    BeforeValidator(_one_line),
    _in_editors(r"\S", "is empty, write something"),
]
ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
PAGE = r"^[^:#?%]+\.md$"  # no address can keep these signs
# What is said of a text that does not match.
PATTERNS = {
    ID: "use small letters from a to z, digits and single hyphens, as in code-review",
    PAGE: "should be the file of a page, such as index.md, and nothing else",
}
Id = Annotated[str, Field(pattern=ID), _in_editors(ID, PATTERNS[ID])]
Page = Annotated[Text, Field(pattern=PAGE), _in_editors(PAGE, PATTERNS[PAGE])]
# The texts of a mode that a row of the table may show; the first five stand nowhere else, but for
# `use_when`, which begins the section where no row shows it.
OfTable = Literal["use_when", "talks_most", "i_do", "you_do", "you_leave_with"]
Callout = Literal["note", "tip", "important", "warning", "caution"]
Fact = Literal[OfTable, "not_the_same_as", "meaning", "onus"]
FACTS = get_args(Fact)


def _optional(example: Any, default: Any = None) -> Any:
    """A field that may be absent, but not empty, and an example of no site in particular."""
    return Field(default, examples=[example])


class _Model(BaseModel):
    """Frozen; an unknown key is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class FooterPage(_Model):
    page: Page
    """The file of the page."""
    text: Text = _optional("For other managers")
    """The words of the link. Without them only other pages lead there."""


class Site(_Model):
    name: Text
    """Stands in the header and behind every page's title. Slot: {manager}."""
    language: Text
    """A short code such as en, de, pt-BR or ar. The theme's own words (search, menu) and the
    direction of the text follow it."""
    pages: Annotated[tuple[Page, ...], Field(min_length=1)]
    """The files of the pages, as they stand in the menu. Every page that lies in docs/ belongs
    here, or under footer."""
    footer: tuple[FooterPage, ...] = ()
    """Pages that are not for the readers of the others: the menu and the search leave them out, and
    a link at the foot of every page leads there."""
    colors: Text = _optional("Colors")
    """Read aloud as the name of the choice between the two below. Without it, their names are."""
    switch_to_dark: Text
    """Read aloud, and shown by the mouse, as the name of the site's dark colors, which one may
    choose."""
    switch_to_light: Text
    """The same for its light colors."""


class Mode(_Model):
    """One kind of 1-on-1."""

    id: Id
    """Permanent: addresses are made of it (#coaching). Small letters, digits, single hyphens.
    Change the name, never the id."""
    name: Text
    """The heading: on the card, in the table, above the section."""
    noun: Text
    """The name inside a sentence; the slot {noun}, or {wanted} and {got} in a call-out."""
    session: Text
    """What one asks for; the slot {session}."""
    forms: dict[str, Text] = _optional({"genitive": "przeglądu"}, default={})
    """More forms of the noun, for a language that inflects. Each is a slot of its own name, and
    {wanted.…} or {got.…} in a call-out. Whatever a template asks for, every mode has to bring. A
    page asks with {{ noun("review", form="genitive") }}."""
    meaning: Text
    """One line on the card: what this kind is."""
    onus: Text
    """Who has to find the way forward; on the line of the card."""
    use_when: Text = _optional("A draft needs a second pair of eyes")
    """When to ask for it. Begins the mode's section, unless a row of the table shows it."""
    talks_most: Text = _optional("Both in turn")
    """Who talks. A row of the table shows it."""
    i_do: Text = _optional("Read the draft beforehand")
    """What the manager does. A row of the table shows it."""
    you_do: Text = _optional("Send the draft a day before")
    """What the reader does. A row of the table shows it."""
    you_leave_with: Text = _optional("A list of what to change")
    """What it is for, or what the reader has at the end. A row of the table shows it."""
    about: Text
    """The text of the mode's own section: how the session goes."""
    example: Text = _optional("a draft for the board")
    """A topic that one may bring; stands below the request in the section."""
    not_the_same_as: Text = _optional("an exam: nobody is graded.")
    """What one may take it for; goes on from the label of that name, beside the section."""
    signs: Annotated[tuple[Text, ...], Field(min_length=1)]
    """What one can see in the room when a talk turns into this kind. They stand with every
    call-out that names it."""
    request: Text = _optional("{manager}, could you review {topic}")
    """Instead of the request under phrases, for this mode alone, where the template would not be
    grammatical."""
    afterwards: Text = _optional("{manager}, that was no review {topic}")
    """Instead of the words for afterwards under phrases, for this mode alone."""
    calendar_title: Text = _optional("Review of {topic}")
    """Instead of the calendar title under phrases, for this mode alone."""
    switch: Text = _optional("{manager}, could we go through it line by line?")
    """Instead of the switch under phrases, for this mode alone."""
    call_outs: dict[str, Text] = _optional(
        {"review": "I wanted a talk, {manager}, and not a review of {topic}"}, default={}
    )
    """Instead of the call-out under phrases, where this mode was wanted: under the id of the mode
    that one got, the phrase."""

    def all_forms(self) -> dict[str, str]:
        """What fills the slots of a template that speaks of this mode."""
        return {"name": self.name, "noun": self.noun, "session": self.session, **self.forms}


class Phrases(_Model):
    slot: Text
    """Stands where the reader adds the topic. Not copied when it comes last."""
    request: Text
    """Asks for a session. Slots: {manager}, {topic}, {name}, {noun}, {session}, and the forms."""
    calendar_title: Text
    """The title of the invitation. The same slots."""
    call_out: Text
    """Says that one got another kind than one wanted. Slots: {manager}, {topic}, {wanted}, {got},
    and a form of either, such as {got.session}."""
    afterwards: Text
    """Says the same once the session is over. The slots of a request, of the mode that one asked
    for."""
    switch: Text
    """Changes the kind midway. The slots of a request."""
    not_sure: Text
    """For who cannot choose. Slots: {manager}, {topic}."""


class Row(_Model):
    heading: Text
    """Stands at the head of the row."""
    field: Fact
    """The field of a mode that fills the row."""


class Table(_Model):
    caption: Text
    """Read aloud before the table."""
    rows: Annotated[tuple[Row, ...], Field(min_length=1)]
    """The rows from top to bottom."""


class Labels(_Model):
    spectrum: Text
    """Read aloud in place of the line on which the cards hang."""
    example: Text = _optional("Say:")
    """Before each mode's example; needed once a mode has one."""
    not_the_same_as: Text = _optional("It is not")
    """Before each mode's text of that name; needed once a mode has one."""
    wanted: Text
    """Above the call-outs of one mode, and on the link that leads there. Slots: {name}, {noun},
    {session}, and the forms."""
    signs: Text
    """Before the signs of the mode that one got. It may hold the same slots."""
    afterwards: Text
    """Before the words for afterwards."""
    callouts: dict[Callout, Text] = _optional({"note": "Good to know"}, default={})
    """The titles of boxes such as > [!NOTE] and !!! note, where they should not be English: under
    note, tip, important, warning or caution, the title."""


class Button(_Model):
    button: Text
    """What is read aloud after the word that is seen. The slots of the phrase that it copies, but
    {topic}."""
    done: Text
    """Read aloud when it has copied. The same slots."""


class Copying(_Model):
    button: Text
    """Seen on every button, and the beginning of what is read aloud of it."""
    request: Button
    """The button that copies a request."""
    calendar_title: Button
    """The button that copies a calendar title."""
    call_out: Button
    """The button that copies a call-out."""
    afterwards: Button
    """The button that copies the words for afterwards."""
    switch: Button
    """The button that copies a switch."""
    not_sure: Button
    """The button that copies the phrase for who cannot choose."""
    confirmed: Text
    """Stands on the button for three seconds after it has copied."""
    refused: Text
    """Said when the browser does not let us copy."""
    refused_on_touch: Text
    """The same on a phone."""


class NotFound(_Model):
    title: Text
    """The heading of the page for an address that does not exist."""
    text: Text
    """What stands below it."""
    home: Text
    """The link to the home page."""


class Definition(_Model):
    """Everything that is generated; the order of modes and rows is the order on the page."""

    manager: Text
    """The name that readers call the manager by; the slot {manager}."""
    manager_addressed: Text = _optional("Zofio")
    """The name as one says it to the manager, where a language has a form for that."""
    site: Site
    """The frame around the pages."""
    modes: Annotated[tuple[Mode, ...], Field(min_length=2, max_length=12)]
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
