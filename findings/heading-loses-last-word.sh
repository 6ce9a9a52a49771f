#!/usr/bin/env bash
# A word in braces at the end of a heading or a table cell is not shown: attr_list takes it for an
# attribute without a value. There is no message. At the end of a paragraph or a list item the same
# word stays, so a placeholder like {name} is lost in some places only.
# Packages: Markdown 3.11.3.
# Seen on 2026-11-29: <h2 name>Greet</h2> and <td name>Greet</td>, but <p>Greet {name}</p>.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check Markdown==3.11.3

cat > page.md <<'END'
## Greet {name}

Greet {name}

- Greet {name}

| what to do | why |
|---|---|
| Greet {name} | to be kind |
END
cat > expected <<'END'
<h2 name>Greet</h2>
<p>Greet {name}</p>
<li>Greet {name}</li>
<td name>Greet</td>
END
venv/bin/python -m markdown -x attr_list -x tables page.md | grep Greet | tee saw
cmp -s saw expected || { echo "Changed: a last word in braces is treated in another way."; exit 1; }
