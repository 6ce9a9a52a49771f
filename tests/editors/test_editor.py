"""Does an editor mark what the build refuses? `make editors` asks the YAML server of VS Code."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from tests.check.expected import read_yaml
from tests.definitions import GOOD
from tests.projects import ROOT

BAD = read_yaml(ROOT / "tests/cases/definition.yml")
SERVER = [
    shutil.which("node"),
    ROOT / ".venv/editor/node_modules/yaml-language-server/bin/yaml-language-server",
    "--stdio",
]


class Server:
    """As much of the Language Server Protocol as opening, completing and reading marks needs."""

    def __init__(self, process: subprocess.Popen, folder) -> None:
        self._process, self._folder, self._last = process, folder, 0
        self.ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities={})
        self._send(method="initialized", params={})
        settings = {
            "yaml": {"validate": True, "completion": True, "schemaStore": {"enable": False}}
        }
        self._send(method="workspace/didChangeConfiguration", params={"settings": settings})

    def ask(self, method: str, **params: object) -> dict:
        self._last += 1
        self._send(id=self._last, method=method, params=params)
        return self._wait(lambda message: message.get("id") == self._last)["result"]

    def open(self, text: str) -> str:
        self._last += 1
        uri = (self._folder / f"{self._last}.yml").as_uri()
        text = f"# yaml-language-server: $schema=modes.schema.json\n{text}"
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send(method="textDocument/didOpen", params={"textDocument": document})
        return uri

    def marks(self, text: str) -> list[str]:
        uri = self.open(text)
        shown = self._wait(lambda message: message.get("params", {}).get("uri") == uri)
        return [mark["message"] for mark in shown["params"]["diagnostics"]]

    def inserted(self, text: str, line: str) -> str:
        """What completing at the end of a line puts there."""
        lines = text.split("\n")
        at = {"line": lines.index(line) + 1, "character": len(line)}
        found = self.ask(
            "textDocument/completion", textDocument={"uri": self.open(text)}, position=at
        )
        return [item["insertText"] for item in found["items"]]

    def _send(self, **message: object) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _wait(self, wanted) -> dict:
        while True:
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                head += self._process.stdout.read(1)
            length = int(re.search(rb"Content-Length: (\d+)", head)[1])
            message = json.loads(self._process.stdout.read(length))
            if "method" in message and "id" in message:  # it asks for settings or registers itself
                self._send(id=message["id"], result=None)
            elif wanted(message):
                return message


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("docs")
    shutil.copy(ROOT / "docs/modes.schema.json", folder)
    with subprocess.Popen(SERVER, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield Server(process, folder)
        process.terminate()


def test_a_good_definition_has_no_mark(server):
    assert server.marks(GOOD) == []
    text = (ROOT / "docs/modes.yml").read_text(encoding="utf-8")
    assert server.marks(text) == []


def test_only_what_the_schema_cannot_know_goes_without_a_mark(server):
    """CONTRIBUTING lists the slips that the build alone sees, and why."""
    silent = set()
    for name, (changes, *_) in BAD.items():
        text = GOOD
        for good, bad in changes.items():
            text = text.replace(good, bad, 1)
        if not server.marks(text):
            silent.add(name)
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = contributing.partition("| only the build sees |")[2].partition("\n\n")[0]
    names = ", ".join(row.split("|")[1] for row in table.split("\n")[2:]).split(", ")
    assert len(BAD) >= 25
    assert silent == {name.strip() for name in names}


def test_what_is_inserted_needs_no_mending(server):
    """The server leaves an object's example without quotes, so it must not begin with a brace."""
    before, after = GOOD.split("    signs: [I talk.]\n")
    snippets = server.inserted(f"{before}    signs: [I talk.]\n    \n{after}", "    ")
    assert any(snippet.startswith("call_outs:") for snippet in snippets)
    for snippet in snippets:
        plain = re.sub(r"\$\{\d+:((?:[^\\}]|\\.)*)\}", r"\1", snippet).replace("\\}", "}")
        added = "".join(f"    {line}\n" for line in plain.splitlines())
        assert server.marks(f"{before}    signs: [I talk.]\n{added}{after}") == [], added
