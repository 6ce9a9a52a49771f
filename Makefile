# The commands of the project; each sets up what it needs in .venv.
PYTHON ?= python3
PORT ?= 8000
RUN := .venv/bin/python
# Material's notice about MkDocs 2, which pyproject.toml keeps out.
export NO_MKDOCS_2_WARNING := 1
# What Python has compiled is kept, in .venv and beside macros/: a build takes half as long then.
unexport PYTHONDONTWRITEBYTECODE

serve: .venv/site
	@$(RUN) tests/setup.py site $(PORT)
	$(RUN) -m mkdocs serve --dev-addr 127.0.0.1:$(PORT)

build: .venv/site
	$(RUN) -m mkdocs build

check: .venv/check
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
	ENGINES=all $(RUN) -m pytest tests/browsers -n 3 --dist loadgroup

# What an editor says of a definition, and what a reader view keeps of a page; both need Node and npm.
editors: .venv/tests
	npm install --silent --no-fund --prefix .venv/editor yaml-language-server@1.25.0 @mozilla/readability@0.6.0 jsdom@26.1.0
	$(RUN) -m pytest tests/editors -n 0

schema: .venv/site
	for docs in docs tests/managers/*; do $(RUN) -c 'from macros.definition.schema import schema_text; print(schema_text(), end="")' > $$docs/modes.schema.json; done

bench: .venv/tests
	$(RUN) tests/bench/bench.py

update:
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11, 5) or sys.exit("Python 3.11.5 or later is needed: make update PYTHON=python3.12")'
	$(PYTHON) macros/update.py $(FROM)

audit: .venv/tools
	$(RUN) -m pip_audit --strict --disable-pip --progress-spinner off $(LOCKS:%=-r %)

lock: .venv/tools
	$(call compile,requirements.txt)
	$(call compile,tests/requirements-check.txt,--group check -c requirements.txt)
	$(call compile,tests/requirements.txt,--group test -c requirements.txt -c tests/requirements-check.txt)

LOCKS := requirements.txt tests/requirements-check.txt tests/requirements.txt
compile = UV_CUSTOM_COMPILE_COMMAND="make lock" $(RUN) -m uv pip compile --quiet --upgrade --universal \
	--python-version 3.11.5 --generate-hashes --no-emit-index-url --no-annotate \
	--fork-strategy fewest pyproject.toml $(2) -o $(1)

# Looked at each time, since .venv may have been left half made, or its Python may be gone.
.venv/site .venv/check .venv/tools .venv/tests: .FORCE
	@command -v $(PYTHON) > /dev/null || { echo "There is no $(PYTHON): install Python 3.11.5 or later."; exit 1; }
	@$(PYTHON) tests/setup.py $(@F)

.FORCE:
.PHONY: serve build check test browsers editors lint format bench schema update audit lock
.SILENT: update
