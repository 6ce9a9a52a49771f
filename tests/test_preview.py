"""Does the preview survive a broken save, keep the last good site, and recover by itself?"""

import re
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from tests.helpers.projects import change, environment


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
    good = re.sub(r"(?m)^manager: .*", "manager: Another", definition)
    bad = good.replace("\nmanager: ", "\nmanger: ")
    macro = f"{prose}\n{{{{ no_such_macro() }}}}\n"
    key, name = 'unknown key, did you mean "manager"?', 'unknown macro or variable "no_such_macro"'
    path.write_text(good, encoding="utf-8")
    until(lambda: "Another" in home())
    # The same key is told a second time as well, and all three kinds by one build.
    for texts, problems in (
        ((bad, prose), [key]),
        ((good, macro), [name]),
        ((bad, f"{macro}\n[x](nowhere.md) [y](#no-such)\n"), [key, name, "nowhere.md"]),
    ):
        before = len(log.read_text())
        for file, text in zip((path, page), texts, strict=True):
            file.write_text(text, encoding="utf-8")
        said = [*problems, "last good site"]
        builds = lambda: log.read_text()[before:].split("Building documentation")  # noqa: E731
        until(lambda: any(all(words in build for words in said) for build in builds()))
        assert "Another" in home(), "the last good site stays"
    before = len(log.read_text())
    frame = (project / "mkdocs.yml").read_text(encoding="utf-8")
    (project / "mkdocs.yml").write_text(frame + "\nplugins: [\n", encoding="utf-8")
    until(lambda: "last good site" in log.read_text()[before:])
    (project / "mkdocs.yml").write_text(frame, encoding="utf-8")
    assert "Traceback" not in log.read_text()
    for part in ("<template>", "Content-Security-Policy"):
        assert part not in home(), "the preview stays plain"
    page.write_text(prose, encoding="utf-8")
    path.write_text(definition, encoding="utf-8")
    change(project / "macros/pages/templates/mode_cards.html", 'class="modes"', 'class="changed"')
    until(lambda: 'class="changed"' in home())
