#!/usr/bin/env bash
# Material sets the language of the search from the language of the site, and ships a search file
# for Arabic, Greek, Hebrew and Korean. A site in one of these four still gets an English search,
# without a warning, while German and Hindi get their own. A Greek site, for example, leaves out
# English stop words until `lang: el` is set for the search by hand.
# Packages: mkdocs 1.6.1, mkdocs-material 9.8.2.
# Seen on 2026-11-29: the index of an Arabic, Greek, Hebrew or Korean site names the language "en".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export NO_MKDOCS_2_WARNING=1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mkdocs==1.6.1 mkdocs-material==9.8.2

mkdir docs
echo '# Home' > docs/index.md
cat > language.py <<'END'
import json, pathlib, sys
file = pathlib.Path(f"site/assets/javascripts/lunr/min/lunr.{sys.argv[1]}.min.js")
config = json.load(open("site/search/search_index.json"))["config"]
print("site:", sys.argv[1], "search:", *config["lang"], "file shipped:", file.is_file())
END
for language in de hi ar el he ko; do
  printf 'site_name: Team\ntheme: {name: material, language: %s}\n' "$language" > mkdocs.yml
  venv/bin/mkdocs build --quiet
  venv/bin/python language.py "$language"
done | tee saw
cat > expected <<'END'
site: de search: de file shipped: True
site: hi search: hi file shipped: True
site: ar search: en file shipped: True
site: el search: en file shipped: True
site: he search: en file shipped: True
site: ko search: en file shipped: True
END
cmp -s saw expected || { echo "Changed: a site gets another search language."; exit 1; }
