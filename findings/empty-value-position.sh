#!/usr/bin/env bash
# ruamel.yaml remembers where each value begins. For a key without a value it gives the position of
# the next key, however many lines below, so a message about the missing value points at a line
# that is right. With a comment after the colon, the position is in the key's own line. PyYAML
# gives the key's own line in both cases.
# Packages: ruamel.yaml 0.19.1, PyYAML 6.0.4.
# Seen on 2026-11-29: the missing value of "room" in line 2 is placed in line 5.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ruamel.yaml==0.19.1 PyYAML==6.0.4

cat > positions.py <<'END'
import yaml
from ruamel.yaml import YAML

for text in ("name: Ann\nroom:\n\n\nphone: 12\n", "name: Ann\nroom: # later\n\n\nphone: 12\n"):
    values = YAML().load(text)
    print("ruamel.yaml", *(f"{key}: {values.lc.value(key)[0] + 1}" for key in values))
    pairs = yaml.compose(text).value
    print("PyYAML", *(f"{key.value}: {value.start_mark.line + 1}" for key, value in pairs))
END
venv/bin/python positions.py | tee saw
cat > expected <<'END'
ruamel.yaml name: 1 room: 5 phone: 5
PyYAML name: 1 room: 2 phone: 5
ruamel.yaml name: 1 room: 2 phone: 5
PyYAML name: 1 room: 2 phone: 5
END
cmp -s saw expected || { echo "Changed: an empty value has another position."; exit 1; }
