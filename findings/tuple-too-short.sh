#!/usr/bin/env bash
# Pydantic checks the length of a tuple after its entries, and counts the valid ones only: of three
# entries, two of them wrong, it says that there is one. A list with the same limit gets the two
# mistakes and no message about its length. So a field that is changed from list to tuple gets one
# more message, and that message is wrong about what was written.
# Packages: pydantic 2.14.4.
# Seen on 2026-11-29: "Tuple should have at least 2 items after validation, not 1" for three.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pydantic==2.14.4

cat > lengths.py <<'END'
from typing import Annotated
from pydantic import Field, TypeAdapter, ValidationError

for kind in (list[int], tuple[int, ...]):
    try:
        TypeAdapter(Annotated[kind, Field(min_length=2)]).validate_python([1, "two", "three"])
    except ValidationError as error:
        for problem in error.errors():
            length = problem.get("ctx", {}).get("actual_length", "")
            print(kind, problem["type"], *problem["loc"], length)
END
venv/bin/python lengths.py | sed 's/ *$//' | tee saw
cat > expected <<'END'
list[int] int_parsing 1
list[int] int_parsing 2
tuple[int, ...] int_parsing 1
tuple[int, ...] int_parsing 2
tuple[int, ...] too_short 1
END
cmp -s saw expected || { echo "Changed: pydantic measures a tuple in another way."; exit 1; }
