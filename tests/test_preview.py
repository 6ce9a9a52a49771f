"""Does the preview survive a broken save, keep the last good site, and recover by itself?"""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

# Good and bad saves in a row, one mistake a second time; SAVES=50 takes about a minute.
SAVES = int(os.environ.get("SAVES", "6"))


@pytest.fixture
def preview(project):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = project / "preview.log"
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "SITE_URL": f"http://127.0.0.1:{port}/",
    }
    with (
        log.open("w") as output,
        subprocess.Popen(
            command, cwd=project, env=environment, stdout=output, stderr=output
        ) as process,
    ):

        def until(condition):
            deadline = time.monotonic() + 60
            while not condition():
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(0.05)

        def home() -> str:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
                return answer.read().decode()

        until(lambda: "Serving on" in log.read_text())
        yield home, until, log
        process.terminate()


def test_saves_good_and_bad_a_template_and_code(preview, project):
    home, until, log = preview
    path, page = project / "docs/modes.yml", project / "docs/index.md"
    good, prose = path.read_text(encoding="utf-8"), page.read_text(encoding="utf-8")
    lasting = None
    for save in range(SAVES):
        if save % 2 == 0:
            lasting = f"Manager{save}"
            page.write_text(prose, encoding="utf-8")
            path.write_text(
                re.sub(r"(?m)^manager: .*", f"manager: {lasting}", good), encoding="utf-8"
            )
            until(lambda: lasting in home())
        else:
            before = len(log.read_text())
            if save % 4 == 1:
                path.write_text(good.replace("\nmanager: ", "\nmanger: "), encoding="utf-8")
                problem = 'unknown key, did you mean "manager"?'
            else:
                page.write_text(prose + "\n{{ no_such_macro() }}\n", encoding="utf-8")
                problem = 'unknown macro or variable "no_such_macro"'
            until(lambda: "last good site" in log.read_text()[before:].partition(problem)[2])
            assert lasting in home(), "the last good site stays"
    assert "Traceback" not in log.read_text()
    assert not [part for part in ("<template>", "Content-Security-Policy") if part in home()], (
        "the preview stays plain"
    )
    path.write_text(good, encoding="utf-8")
    page.write_text(prose, encoding="utf-8")
    template = project / "macros/pages/templates/mode_cards.html"
    template.write_text(
        template.read_text(encoding="utf-8").replace('class="modes"', 'class="modes changed"'),
        encoding="utf-8",
    )
    until(lambda: "modes changed" in home())
    with (project / "macros/pages/macros.py").open("a", encoding="utf-8") as code:
        code.write("\n# changed\n")
    until(lambda: "start it again" in log.read_text())
