"""Texts that could break a page, and a site that is full of them."""

import re
from pathlib import Path

from macros.definition.model import FACTS
from tests.check.expected import read_yaml
from tests.helpers.projects import ROOT, edit_yaml

HOSTILE = {**read_yaml(ROOT / "tests/cases/hostile.yml"), "long word": "x" * 300}
# Classes by which the theme and the generated parts are known, in a page's own words.
CLASSES = """
<p class="phrase copy signs">Words</p>
<p><input class="md-option" aria-label="Words"></p>

<a class="md-tabs__link md-option" href="https://example.org">Words</a>
<span class="foot"><a href="https://example.org">Words</a></span>
"""
PAGE = "!a [b] c.md"  # signs that a list of file patterns would take for its own
# GitHub's boxes and Material's alike; one that the theme lacks gets the look of another.
BOXES = """
> [!NOTE]
> x

!!! note "Own"
    x

> [!CAUTION]
> x
"""
NAME = 'A <script>alert(1)</script> & "B" </title> <!--'
TITLE = 'Tom & "Jerry" <script>alert(1)</script> </title> <!-- {{ manager }}'


def spoil(project: Path, book: Path) -> None:
    """Fill the first mode with the hostile texts, its noun also in the prose of the page `book`."""
    edit_yaml(project / "docs/modes.yml", spoil_definition)
    (project / "docs" / PAGE).write_text("---\ntitle: x\ndescription: x\n---\n\nx\n", "utf-8")
    id = read_yaml(project / "docs/modes.yml")["modes"][0]["id"]
    noun = f'{{{{ noun("{id}") }}}}'
    note = f"!!! note\n    {noun}\n\n    {{{{ switches() }}}}\n"
    prose = f"\n## {noun} {{: #heading }}\n\n- {noun}\n\n{note}{CLASSES}{BOXES}"
    for page in (project / "docs").glob("*.md"):
        text = page.read_text(encoding="utf-8")
        text = re.sub("(?m)^(title|description): .*", rf"\1: '{TITLE} \1'", text, count=2)
        text = text.replace("{{ switches() }}", prose) if page == book else text
        page.write_text(text, encoding="utf-8")


def spoil_definition(tree: dict) -> None:
    first, second = tree["modes"][:2]
    texts = list(HOSTILE.values())
    first.update(zip(FACTS, texts, strict=False))
    first |= {"noun": " ".join(texts), "name": "W" * 60, "signs": texts}
    first["session"] = "a " + "very" * 60 + " long session"
    second["session"] = " ".join(["another", "quite", "long"] * 40)
    rows = zip(HOSTILE, FACTS, strict=False)
    tree["table"]["rows"] = [{"heading": name, "field": field} for name, field in rows]
    tree["labels"] |= {"not_the_same_as": "Not", "callouts": {"note": "Nota"}}
    tree.pop("manager_addressed", None)
    tree["manager"] = "Mike \"the 'Bike'\" <O’Neil> & Sons"
    tree["site"].setdefault("footer", []).append({"page": PAGE})
    words_of_the_frame = [
        (tree["site"], ("name", "switch_to_dark", "switch_to_light")),
        *((link, ("text",)) for link in tree["site"].get("footer", [])),
        (tree["copying"], ("confirmed", "refused", "refused_on_touch")),
        (tree["not_found"], ("title", "text", "home")),
    ]
    for group, keys in words_of_the_frame:
        group.update({key: f"{NAME} {key}" for key in keys})
