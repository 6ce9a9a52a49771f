"""MkDocs hook: keeps `mkdocs serve` on the last good site while something is broken.

MkDocs itself answers no request until the mistake is mended: the page in the browser hangs.
"""

import logging
import shutil
import tempfile
from pathlib import Path
from typing import Any

log = logging.getLogger("mkdocs.preview")


def on_serve(server: Any, *, config: Any, builder: Any) -> None:  # noqa: ARG001  # MkDocs passes by name
    """Called by MkDocs once, when the preview starts with a good site in its folder."""
    site, build = Path(config.site_dir), server.builder

    def build_or_keep() -> None:
        # MkDocs logs the same message only once; forget it, so that a second time is told as well.
        for seen in logging.getLogger("mkdocs.commands.build").filters:
            getattr(seen, "msgs", set()).clear()
        with tempfile.TemporaryDirectory() as kept:
            shutil.copytree(site, kept, dirs_exist_ok=True)
            try:
                build()
            except (SystemExit, Exception) as error:  # noqa: BLE001  # wherever the mistake is
                shutil.copytree(kept, site, dirs_exist_ok=True)
                message = "%s The preview shows the last good site until this is mended."
                log.error(message, error)  # noqa: TRY400  # a traceback would tell nothing

    server.builder = build_or_keep
