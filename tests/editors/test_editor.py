"""Does an editor mark what the build refuses? `make editors` asks the YAML server of VS Code."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from tests.helpers.definitions import GOOD
from tests.helpers.projects import ROOT
from tests.test_definition import BAD, changed

PROGRAM = ROOT / ".venv/editor/node_modules/yaml-language-server/bin/yaml-language-server"
SIGNS = "    signs: [I talk.]\n"  # the end of the last mode


class Server:
    """As much of the Language Server Protocol as marks and completions need."""

    def __init__(self, process: subprocess.Popen, folder) -> None:
        self._process, self._folder, self._last = process, folder, 0
        ours = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
        self._settings = {"validate": True, "completion": True, "schemaStore": {"enable": False}}
        self._settings["customTags"] = ours["yaml.customTags"]
        able = {"workspace": {"configuration": True}}
        self.ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities=able)
        self._send(method="initialized", params={})

    def ask(self, method: str, **params: object) -> dict:
        self._last += 1
        self._send(id=self._last, method=method, params=params)
        return self._wait(lambda message: message.get("id") == self._last)["result"]

    def marks(self, text: str, schema: str = "$schema=modes.schema.json") -> list[str]:
        """What the editor says of a definition, or of a file without a schema."""
        self._last += 1
        uri = (self._folder / f"{self._last}.yml").as_uri()
        text = f"# yaml-language-server: {schema}\n{text}"
        self.document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send(method="textDocument/didOpen", params={"textDocument": self.document})
        shown = self._wait(lambda message: message.get("params", {}).get("uri") == uri)
        return [mark["message"] for mark in shown["params"]["diagnostics"]]

    def _send(self, **message: object) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _wait(self, wanted) -> dict:
        while True:
            head = b"".join(iter(self._process.stdout.readline, b"\r\n"))
            length = int(re.search(rb"Content-Length: (\d+)", head)[1])
            message = json.loads(self._process.stdout.read(length))
            if message.get("method") == "workspace/configuration":
                asked = [item.get("section") for item in message["params"]["items"]]
                found = [self._settings if section == "yaml" else None for section in asked]
                self._send(id=message["id"], result=found)
            elif wanted(message):
                return message


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("docs")
    shutil.copy(ROOT / "docs/modes.schema.json", folder)
    command = [shutil.which("node"), PROGRAM, "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield Server(process, folder)
        process.terminate()


def test_what_is_good_has_no_mark(server):
    """Plain YAML knows no tags of MkDocs; .vscode/settings.json names them."""
    definition, frame = (
        (ROOT / name).read_text("utf-8") for name in ("docs/modes.yml", "mkdocs.yml")
    )
    said = server.marks(GOOD), server.marks(definition), server.marks(frame, schema="")
    assert said == ([], [], [])


def test_only_what_the_schema_cannot_know_goes_without_a_mark(server):
    """CONTRIBUTING lists the slips that the build alone sees, and why."""
    silent = {name for name, case in BAD.items() if not server.marks(changed(case)[0])}
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = contributing.partition("| only the build sees |")[2].partition("\n\n")[0]
    names = ", ".join(row.split("|")[1] for row in table.split("\n")[2:]).split(", ")
    assert len(BAD) >= 25
    assert silent == {name.strip() for name in names}


def test_what_is_inserted_needs_no_mending(server):
    """The server leaves an object's example without quotes, so it must not begin with a brace."""
    before, after = GOOD.split(SIGNS)
    server.marks(f"{before}{SIGNS}    \n{after}")
    at = {"line": before.count("\n") + 2, "character": 4}
    found = server.ask("textDocument/completion", textDocument=server.document, position=at)
    snippets = [text for item in found["items"] if ": " in (text := item["insertText"])]
    assert any(snippet.startswith("call_outs:") for snippet in snippets)
    for snippet in snippets:
        plain = re.sub(r"\$\{\d+:((?:[^\\}]|\\.)*)\}", r"\1", snippet).replace("\\}", "}")
        added = "".join(f"    {line}\n" for line in plain.splitlines())
        assert server.marks(f"{before}{SIGNS}{added}{after}") == [], added
