"""Texts that could break a page, and a site that is full of them."""

import re
from pathlib import Path

from ruamel.yaml import YAML

HOSTILE = {
    "markup": "<b>bold</b> <script>alert(1)</script> </li></ol> <!-- note -->",
    "entities": "R&D &amp; &lt;b&gt; &copy; &#x41;",
    "quotes": "\"double\" 'single' “curly” `tick`",
    "table signs": "a | b || c \\| d",
    "emphasis": "*one* **two** _three_ __four__ ~~five~~ ==six==",
    "links": "[text](index.md) ![](x.png) <https://example.org> [note]: x [^1]",
    "blocks": "# head - item 1. one > quote ``` fence ~~~ !!! note ??? more --- :::",
    "attributes": '{: .red } { #id } :smile: --8<-- "x" [TOC]',
    "jinja": "{{ nobody }} {% raw %} {# note #} {%",
    "scripts": "日本語 العربية עברית ελληνικά हिन्दी 🙂 é",
    "backslashes": "C:\\new\\table \\* \\_ \\n",
    "long word": "x" * 300,
}
# Classes by which the theme and the generated parts are known, in a page's own words.
CLASSES = """
<p class="phrase copy signs">Words</p>
<p><input class="md-option" aria-label="Words"></p>

<a class="md-tabs__link md-option" href="https://example.org">Words</a>
<span class="foot"><a href="https://example.org">Words</a></span>
"""
NAME = 'A <script>alert(1)</script> & "B" </title> <!--'
FIELDS = [
    "use_when",
    "talks_most",
    "i_do",
    "you_do",
    "you_leave_with",
    "not_the_same_as",
    "meaning",
    "onus",
]


def spoil(project: Path, book: Path) -> None:
    """Fill the first mode with the hostile texts, its noun also in the prose of the page `book`."""
    path = project / "docs/modes.yml"
    yaml = YAML()
    tree = yaml.load(path.read_text(encoding="utf-8"))
    first, second = tree["modes"][:2]
    tree["table"]["rows"] = [
        {"heading": name, "field": field} for name, field in zip(HOSTILE, FIELDS, strict=False)
    ]
    for field, text in zip(FIELDS, HOSTILE.values(), strict=False):
        first[field] = text
    tree["labels"].setdefault("not_the_same_as", "Not")
    first["signs"] = list(HOSTILE.values())
    first["noun"] = " ".join(HOSTILE.values())
    tree.pop("manager_addressed", None)
    tree["manager"] = "Mike \"the 'Bike'\" <O’Neil> & Sons"
    first["name"] = "W" * 60
    first["session"] = "a " + "very" * 60 + " long session"
    second["session"] = " ".join(["another", "quite", "long"] * 40)
    words_of_the_frame = [
        (tree["site"], ("name", "switch_to_dark", "switch_to_light")),
        *((link, ("text",)) for link in tree["site"].get("footer", [])),
        (tree["copying"], ("confirmed", "refused", "refused_on_touch")),
        (tree["not_found"], ("title", "text", "home")),
    ]
    for group, keys in words_of_the_frame:
        group.update({key: f"{NAME} {key}" for key in keys})
    yaml.dump(tree, path)
    title = 'Tom & "Jerry" <script>alert(1)</script> </title> <!-- {{ manager }}'
    for page in (project / "docs").glob("*.md"):
        text = re.sub(
            "(?m)^(title|description): .*",
            rf"\1: '{title} \1'",
            page.read_text(encoding="utf-8"),
            count=2,
        )
        page.write_text(text, encoding="utf-8")
    noun = f'{{{{ noun("{first["id"]}") }}}}'
    note = f"!!! note\n    {noun}\n\n    {{{{ switches() }}}}\n"
    prose = f"\n## {noun} {{: #heading }}\n\n- {noun}\n\n{note}{CLASSES}"
    book.write_text(
        book.read_text(encoding="utf-8").replace("{{ switches() }}", prose), encoding="utf-8"
    )
