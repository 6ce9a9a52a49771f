#!/usr/bin/env bash
# A page whose title is a number, such as a year, is fine for MkDocs, which shows it.
# With mkdocs-macros the build ends with a TypeError that names neither the title nor its line, even
# where no page holds a macro. A number in quotes is fine.
# Packages: mkdocs 1.6.1, mkdocs-macros-plugin 1.5.0.
# Seen on 2026-11-30: "argument of type 'int' is not iterable" for `title: 2026`.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export NO_MKDOCS_2_WARNING=1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mkdocs==1.6.1 mkdocs-macros-plugin==1.5.0

mkdir docs
echo "# Home" > docs/index.md
printf -- '---\ntitle: 2026\n---\n\nPlans.\n' > docs/plans.md

built() { # with these plugins: the title of the page, or what ended the build
  printf 'site_name: Notes\nplugins: [%s]\n' "$1" > mkdocs.yml
  rm -rf site
  said=$(venv/bin/mkdocs build --quiet 2>&1) && grep -o '<title>[^<]*' site/plans/index.html || tail -n 1 <<< "$said"
}

without=$(built search)
with=$(built macros)
sed -i 's/2026/"2026"/' docs/plans.md
quoted=$(built macros)
printf 'without mkdocs-macros: %s\nwith it: %s\nwith it, in quotes: %s\n' "$without" "$with" "$quoted"
[ "$without" = "<title>2026 - Notes" ]
[ "$with" = "TypeError: argument of type 'int' is not iterable" ]
[ "$quoted" = "<title>2026 - Notes" ]
