# The commands of the project; each sets up what it needs in .venv.
PYTHON ?= python3
RUN := .venv/bin/python
# Material's notice about MkDocs 2, which pyproject.toml keeps out.
export NO_MKDOCS_2_WARNING := 1
# What Python has compiled is kept, in .venv and beside macros/: a build takes half as long then.
unexport PYTHONDONTWRITEBYTECODE

serve: .venv/site
	$(RUN) -m mkdocs serve

build: .venv/site
	$(RUN) -m mkdocs build

check: .venv/tests
	$(RUN) -m tests.check

test: lint .venv/tests
	$(RUN) -m pytest

lint: .venv/tools
	$(RUN) -m ruff check --quiet
	$(RUN) -m ruff format --check --quiet
	$(RUN) -m mypy
	.venv/bin/zizmor --quiet --persona=pedantic --offline .github
	$(SCHEMA) vendor.github-workflows .github/workflows/*
	$(SCHEMA) custom.github-workflows-require-timeout .github/workflows/*
	$(SCHEMA) vendor.dependabot .github/dependabot.yml

SCHEMA := $(RUN) -m check_jsonschema --quiet --builtin-schema

format: .venv/tools
	$(RUN) -m ruff check --fix
	$(RUN) -m ruff format

# A worker for each engine that can be had here; the last lines say which were tried.
browsers: .venv/tests
	$(RUN) -m pytest tests/browsers -n 3 --dist loadgroup

schema: .venv/site
	for docs in docs tests/managers/*; do $(RUN) -c 'from macros.definition.schema import schema_text; print(schema_text(), end="")' > $$docs/modes.schema.json; done

icons: .venv/tests
	$(RUN) tests/icons.py

bench: .venv/tests
	$(RUN) tests/bench/bench.py

update:
	$(python)
	$(PYTHON) macros/update.py $(FROM)

audit: .venv/tools
	$(RUN) -m pip_audit --strict --disable-pip --progress-spinner off -r requirements.txt -r tests/requirements.txt

lock: .venv/tools
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(RUN) -m uv pip compile $(LOCK) pyproject.toml -o requirements.txt
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(RUN) -m uv pip compile $(LOCK) pyproject.toml --group test -c requirements.txt -o tests/requirements.txt

LOCK := --quiet --upgrade --universal --python-version 3.11.5 --generate-hashes --no-emit-index-url --no-annotate --fork-strategy fewest

.venv/site: requirements.txt
	$(call install,$<)
	touch $@

.venv/tools: tests/requirements.txt
	$(call install,$<)
	touch $@ .venv/site

.venv/tests: .venv/tools tests/browser.py
	$(RUN) tests/browser.py
	touch $@

define python
$(PYTHON) -c 'import sys; sys.version_info >= (3, 11, 5) or sys.exit("Python 3.11.5 or later is needed: make PYTHON=python3.12 …")'
endef

# uv installs in seconds what takes pip a minute. Where uv cannot be had, or does not reach what
# pip's own settings reach, pip installs.
define install
$(python)
test -x $(RUN) || $(PYTHON) -m venv .venv
sed -n '/^uv==/,/[^\]$$/p' tests/requirements.txt > .venv/uv.txt
{ $(RUN) -m pip install --quiet --only-binary :all: --require-hashes -r .venv/uv.txt && \
$(RUN) -m uv pip install --quiet --python $(RUN) --require-hashes -r $(1); } || \
$(RUN) -m pip install --quiet --require-hashes -r $(1)
endef

.PHONY: serve build check test browsers lint format bench schema icons update audit lock
.SILENT: .venv/site .venv/tools .venv/tests update
