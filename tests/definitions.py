"""A small definition that is good, and the page that its macros make."""

from pathlib import Path

import markdown
from bs4 import BeautifulSoup
from mkdocs.config import load_config

from macros.definition import load
from macros.pages.macros import macros
from tests.projects import ROOT

GOOD = """\
manager: Ada
site: {name: Site, language: en, pages: [index.md], switch_to_dark: Dark, switch_to_light: Light}
modes:
  - id: listen
    name: Listening
    noun: listening
    session: a listening session
    meaning: I listen.
    onus: On you
    about: You talk.
    signs: [I am silent.]
  - id: tell
    name: Telling
    noun: telling
    session: a telling session
    meaning: I tell.
    onus: On me
    about: I talk.
    signs: [I talk.]
phrases:
  slot: …
  request: "{manager}, I would like {session} on {topic}"
  calendar_title: "{noun}: {topic}"
  call_out: "{manager}, I wanted {wanted}, not {got} {topic}"
  switch: "{manager}, let us go on with {noun}"
  not_sure: "{manager}, which one? {topic}"
  afterwards: "{manager}, I asked for {noun} and got {topic}"
table:
  caption: Side by side
  rows:
    - heading: In a line
      field: meaning
labels:
  spectrum: From you to me
  wanted: When you wanted {noun}
  signs: You see
  afterwards: Later
copying:
  request: {button: "Copy {noun}", done: "{noun} copied"}
  calendar_title: {button: "Copy {noun} title", done: "{noun} title copied"}
  call_out: {button: "Copy {wanted} {got}", done: "{wanted} {got} copied"}
  switch: {button: "Copy switch {noun}", done: "switch {noun} copied"}
  not_sure: {button: Copy not sure, done: Not sure copied}
  afterwards: {button: "after {noun}", done: "after {noun} copied"}
  button: Copy
  confirmed: Copied
  refused: Select it
  refused_on_touch: Hold it
not_found:
  title: Gone
  text: Not here.
  home: Home
"""
_CONFIG = load_config(str(ROOT / "mkdocs.yml"))
_MACROS = (
    "mode_cards",
    "comparison_table",
    "mode_sections",
    "requests",
    "not_sure",
    "calendar_titles",
    "call_outs",
)


def page(path: Path) -> BeautifulSoup:
    """What the macros give, inside and outside of an admonition, as a page of the site.

    Raises DefinitionError for a definition that is refused.
    """
    rendered = macros(load(path, "docs/modes.yml"))
    parts = [rendered[name]() for name in _MACROS]
    text = "\n\n".join([*parts, f"!!! note\n\n    {rendered['switches']()}"])
    extensions = _CONFIG.markdown_extensions
    html = markdown.markdown(text, extensions=extensions, extension_configs=_CONFIG.mdx_configs)
    return BeautifulSoup(html, "html.parser")
