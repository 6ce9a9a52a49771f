"""Serves a published folder as GitHub Pages does: what is not there gets the site's 404 page."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from .markup import NOT_FOUND


class _Server(ThreadingHTTPServer):
    request_queue_size = 100  # a browser that finds a short queue full waits for seconds


@contextmanager
def served(folder: Path, base: str) -> Iterator[str]:
    """Serve a folder below the path `base`; gives its address."""

    class Handler(SimpleHTTPRequestHandler):
        if (folder / NOT_FOUND).is_file():
            error_content_type = "text/html; charset=utf-8"
            error_message_format = (
                (folder / NOT_FOUND).read_text(encoding="utf-8").replace("%", "%%")
            )

        def translate_path(self, path: str) -> str:
            is_within = path.startswith(base)
            return super().translate_path(f"/{path[len(base) :]}" if is_within else "/no-such-file")

        def list_directory(self, path: str) -> None:
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    handler = partial(Handler, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{base}"
        server.shutdown()
