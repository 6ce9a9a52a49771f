#!/usr/bin/env bash
# The YAML language server, which completes YAML in VS Code, offers the example that a schema gives
# for a group of keys. It inserts the texts of the example without quotes, even where YAML needs
# them. The example is valid; what is inserted is not, and the server reports it at once.
# Packages: yaml-language-server 1.25.0 and 2.0.0 (npm).
# Seen on 2026-11-29: the text "{name}, welcome" is inserted as `hello: {name}, welcome`.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > complete.js <<'END'
const { getLanguageService } = require("yaml-language-server");
const { TextDocument } = require("vscode-languageserver-textdocument");
const group = { type: "object", additionalProperties: { type: "string" } };
const words = { ...group, examples: [{ hello: "{name}, welcome" }] };
const schema = { type: "object", properties: { words } };
const service = getLanguageService({ workspaceContext: {}, schemaRequestService: () => "" });
const schemas = [{ uri: "memory:///schema.json", fileMatch: ["*.yml"], schema }];
service.configure({ completion: true, validate: true, schemas });
const file = (version, text) => TextDocument.create("file:///team.yml", "yaml", version, text);
(async () => {
  const { items } = await service.doComplete(file(1, ""), { line: 0, character: 0 }, false);
  // Fills in what an editor fills in: "${1:word}" becomes "word", and "\}" becomes "}".
  const text = items[0].insertText.replace(/\$\{\d+:((?:\\.|[^\\}])*)\}/g, "$1").replace(/\\/g, "");
  console.log(text.trimEnd().replace(/ +$/gm, ""));
  const mistakes = async (number, text) => (await service.doValidation(file(number, text))).length;
  console.log("as inserted:", (await mistakes(2, text)) ? "refused" : "accepted");
  const quoted = text.replace("{name}, welcome", '"{name}, welcome"');
  console.log("with quotes:", (await mistakes(3, quoted)) ? "refused" : "accepted");
})();
END
cat > expected <<'END'
words:
  hello: {name}, welcome
as inserted: refused
with quotes: accepted
END
for version in 1.25.0 2.0.0; do
  npm install --silent --prefix . --no-audit --no-fund "yaml-language-server@$version"
  echo "yaml-language-server $version"
  node complete.js | tee saw
  cmp -s saw expected || { echo "Changed: $version inserts an example in another way."; exit 1; }
done
