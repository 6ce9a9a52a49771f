"""MkDocs hook: ends the build if a page has a mistake, before any is written."""

from typing import Any


def on_env(env: Any, *, config: Any, files: Any) -> None:
    """Called by MkDocs once, between reading and writing. Raises PluginError."""
    config.plugins["macros"].check_site(env, files, config.docs_dir)
