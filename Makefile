# The commands of the project; each sets up what it needs in .venv.
PYTHON ?= python3
RUN := .venv/bin/python
# Material's notice about MkDocs 2, which pyproject.toml keeps out.
export NO_MKDOCS_2_WARNING := 1

serve: .venv/site
	$(RUN) -m mkdocs serve

build: .venv/site
	$(RUN) -m mkdocs build

check: .venv/tests
	$(RUN) -m tests.check

test: .venv/tests
	$(RUN) -m pytest

# A worker for each engine that can be had here; the last lines say which were tried.
browsers: .venv/tests
	$(RUN) -m pytest tests/browsers -n 3 --dist loadgroup

schema: .venv/site
	for docs in docs tests/managers/*; do $(RUN) -c 'from macros.definition.schema import schema_text; print(schema_text(), end="")' > $$docs/modes.schema.json; done

bench: .venv/tests
	$(RUN) tests/bench/bench.py

audit: .venv/tests
	$(RUN) -m pip_audit --strict --disable-pip --progress-spinner off -r requirements.txt -r tests/requirements.txt

lock: .venv/tests
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(RUN) -m uv pip compile $(LOCK) pyproject.toml -o requirements.txt
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(RUN) -m uv pip compile $(LOCK) pyproject.toml --group test -c requirements.txt -o tests/requirements.txt

LOCK := --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-annotate --fork-strategy fewest

.venv/site: requirements.txt
	$(venv)
	$(RUN) -m pip install --quiet --require-hashes -r requirements.txt
	touch $@

.venv/tests: tests/requirements.txt tests/browser.py
	$(venv)
	$(RUN) -m pip install --quiet --require-hashes -r tests/requirements.txt
	$(RUN) tests/browser.py
	touch $@ .venv/site

define venv
$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or later is needed: make PYTHON=python3.12 …")'
test -x $(RUN) || $(PYTHON) -m venv .venv
endef

.PHONY: serve build check test browsers lint format bench schema audit lock
.SILENT: .venv/site .venv/tests
