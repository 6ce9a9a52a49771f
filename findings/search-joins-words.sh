#!/usr/bin/env bash
# Material's search index drops <br> without leaving a space, so the words on both sides become one
# word, and neither is in the index by itself. In a table cell <br> is the only way to break a
# line. The index that MkDocs makes for its own theme keeps the words apart.
# Packages: mkdocs 1.6.1, mkdocs-material 9.8.2, Markdown 3.11.3.
# Seen on 2026-11-29: "MondayTuesday" with Material, "Monday" and "Tuesday" with the theme mkdocs.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export NO_MKDOCS_2_WARNING=1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  mkdocs==1.6.1 mkdocs-material==9.8.2 Markdown==3.11.3

mkdir docs
cat > docs/index.md <<'END'
# Office hours

| days | room |
|---|---|
| Monday<br>Tuesday | 12 |
END
# Splits the indexed text as the browser will, by the separator that the index itself names.
cat > words.py <<'END'
import json, re, sys
index = json.load(open("site/search/search_index.json"))
words = re.split(index["config"]["separator"], " ".join(entry["text"] for entry in index["docs"]))
print(sys.argv[1], *sorted({word for word in words if "day" in word}))
END
for theme in material mkdocs; do
  printf 'site_name: Team\ntheme: %s\n' "$theme" > mkdocs.yml
  venv/bin/mkdocs build --quiet
  venv/bin/python words.py "$theme"
done | tee saw
printf '%s\n' "material MondayTuesday days" "mkdocs Monday Tuesday days" | cmp -s saw - ||
  { echo "Changed: the words around <br> are indexed in another way."; exit 1; }
