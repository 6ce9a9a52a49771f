"""MkDocs hook: keeps `mkdocs serve` on the last good site while something is broken.

MkDocs itself answers no request until the mistake is mended: the page in the browser hangs.
"""

import logging
import shutil
import tempfile
import traceback
from pathlib import Path

BUILD = "mkdocs.commands.build"
log = logging.getLogger("mkdocs.preview")


def on_serve(server, *, config, builder):
    """Called once by MkDocs when the preview starts, with a good site in its folder."""
    site, build = Path(config.site_dir), server.builder
    code = _code()

    def build_or_keep():
        # MkDocs says the same words only once; made a second time, a mistake would go unsaid.
        for said in logging.getLogger(BUILD).filters:
            said.msgs.clear()
        with tempfile.TemporaryDirectory() as kept:
            shutil.copytree(site, kept, dirs_exist_ok=True)
            try:
                build()
            except (Exception, SystemExit) as error:
                if not isinstance(
                    error, SystemExit
                ):  # a fault in macros/; of any other the build has told
                    traceback.print_exc()
                shutil.copytree(kept, site, dirs_exist_ok=True)
                log.error("The preview shows the last good site until this is mended.")
        if _code() != code:
            log.warning(
                "The code in macros/ has changed: stop the preview and start it again to see it."
            )

    server.builder = build_or_keep


def _code() -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in Path(__file__).parent.glob("*.py")}
