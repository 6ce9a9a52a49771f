"""MkDocs hook: writes an emoji as a character.

The theme would fetch a picture of it from another host.
"""

from typing import Any

from pymdownx.emoji import to_alt


def on_config(config: Any) -> None:
    """Called by MkDocs before each build."""
    emoji = config.mdx_configs.get("pymdownx.emoji", {})
    icon = emoji.get("emoji_generator")

    def character_or_icon(*args: Any) -> Any:
        code_points = args[3]  # what is drawn by the theme alone has none
        return (to_alt if code_points else icon)(*args)

    if icon:
        emoji["emoji_generator"] = character_or_icon
