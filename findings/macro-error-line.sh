#!/usr/bin/env bash
# mkdocs-macros says "Line 3 in Markdown file" for a mistake in line 8 of the file: it counts from
# the first line of text after the page's header. For a page without a header the number is right,
# so people come to trust it.
# Packages: mkdocs 1.6.1, mkdocs-macros-plugin 1.5.0.
# Seen on 2026-11-29: an `if` that is never closed is reported in line 3 in both pages below.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mkdocs==1.6.1 mkdocs-macros-plugin==1.5.0

mkdir docs
printf 'site_name: Team\nplugins:\n  - macros\n' > mkdocs.yml
cat > docs/index.md <<'END'
# Home

{% if team %}
END
cat > docs/rooms.md <<'END'
---
title: Rooms
description: Where to find us
---

# Rooms

{% if team %}
END
# The mistakes may end the build; what counts is what it says, which is compared below.
venv/bin/mkdocs build > log 2>&1 || true
for page in index.md rooms.md; do
  grep -A 2 "_File_: .$page" log | grep -o 'Line [0-9]* in Markdown file' | sed "s/^/$page told: /"
  grep -n '{% if' "docs/$page" | sed "s/:.*//; s/^/$page true: Line /"
done | tee saw
cat > expected <<'END'
index.md told: Line 3 in Markdown file
index.md true: Line 3
rooms.md told: Line 3 in Markdown file
rooms.md true: Line 8
END
cmp -s saw expected || { echo "Changed: mkdocs-macros names another line."; exit 1; }
