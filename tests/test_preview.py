"""Does the preview survive a broken save, keep the last good site, and recover by itself?"""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from tests.projects import change, environment

# A good save and three bad ones each; TURNS=12 takes about a minute.
TURNS = int(os.environ.get("TURNS", "1"))


@pytest.fixture
def preview(project):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = project / "preview.log"
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    options = {"cwd": project, "env": environment(SITE_URL=f"http://127.0.0.1:{port}/")}
    with (
        log.open("w") as output,
        subprocess.Popen(command, stdout=output, stderr=output, **options) as process,
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


def test_saves_good_and_bad_and_a_template(preview, project):
    home, until, log = preview
    path, page = project / "docs/modes.yml", project / "docs/index.md"
    definition, prose = path.read_text(encoding="utf-8"), page.read_text(encoding="utf-8")
    for turn in range(TURNS):
        manager = f"Manager{turn}"
        good = re.sub(r"(?m)^manager: .*", f"manager: {manager}", definition)
        page.write_text(prose, encoding="utf-8")
        path.write_text(good, encoding="utf-8")
        until(lambda: manager in home())
        key = good.replace("\nmanager: ", "\nmanger: "), prose
        macro = good, f"{prose}\n{{{{ no_such_macro() }}}}\n"
        for texts, problem in (
            (key, 'unknown key, did you mean "manager"?'),
            (macro, 'unknown macro or variable "no_such_macro"'),
            (key, 'unknown key, did you mean "manager"?'),  # a second time is told as well
        ):
            before = len(log.read_text())
            for file, text in zip((path, page), texts, strict=True):
                file.write_text(text, encoding="utf-8")
            until(lambda: "last good site" in log.read_text()[before:].partition(problem)[2])
            assert manager in home(), "the last good site stays"
    before = len(log.read_text())
    path.write_text(key[0], encoding="utf-8")
    page.write_text(f"{macro[1]}\n[x](nowhere.md) [y](#no-such)\n", encoding="utf-8")
    # One build tells the mistakes of the definition, of macros and of links.
    three = 'did you mean "manager"?', '"no_such_macro"', "nowhere.md", "last good site"
    builds = lambda: log.read_text()[before:].split("Building documentation")  # noqa: E731
    until(lambda: any(all(words in said for words in three) for said in builds()))
    assert "Traceback" not in log.read_text()
    for part in ("<template>", "Content-Security-Policy"):
        assert part not in home(), "the preview stays plain"
    page.write_text(prose, encoding="utf-8")
    path.write_text(definition, encoding="utf-8")
    change(project / "macros/pages/templates/mode_cards.html", 'class="modes"', 'class="changed"')
    until(lambda: 'class="changed"' in home())
