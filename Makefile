# What a developer and an operator do daily. `make serve` and `make test` need nothing but Python 3.11+, git and make.

PYTHON ?= python3
BIN := .venv/bin
MIRADOR := 4.0.0
MIRADOR_SHA512 := b96b04f5eda8a9273f954bbebd5c031a14ecc9cba11ac7d9d8a7d7e822df5e24f7c201b2eaa4fdfaae4cdd5f59cfbda191d220b09ba029eb1aa30991b589afac
VIEWER := .venv/share/dragoman/mirador.min.js

.PHONY: install viewer serve test bench validity lint format lock clean

install: .venv/.installed viewer

.venv/.installed: pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12")'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Mirador, for record pages and /view; without npm page images and texts stand in its place.
viewer: .venv/.installed
	@test -e $(VIEWER) || { command -v npm >/dev/null || { echo "npm is not here: pages will have no viewer of their own"; exit 0; }; \
	  folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && cd "$$folder" && \
	  { npm pack --silent mirador@$(MIRADOR) >/dev/null || { echo "npm cannot fetch Mirador: pages will have no viewer of their own"; exit 0; }; } && \
	  { $(CURDIR)/$(BIN)/python -c 'import hashlib, sys; sys.exit(hashlib.sha512(open(sys.argv[1], "rb").read()).hexdigest() != sys.argv[2])' \
	      mirador-$(MIRADOR).tgz $(MIRADOR_SHA512) || { echo "mirador-$(MIRADOR).tgz is not the file that we know; it was not installed"; exit 1; }; } && \
	  tar -xzf mirador-$(MIRADOR).tgz package/dist/mirador.min.js && \
	  mkdir -p $(CURDIR)/$(dir $(VIEWER)) && cp package/dist/mirador.min.js $(CURDIR)/$(VIEWER); }

serve: install
	$(BIN)/dragoman load --if-empty records/samples
	@exec $(BIN)/dragoman serve

test: install lint
	$(BIN)/pytest

# How fast we are beside others, on this machine: tests/benchmarks/README.md.
RECORDS ?= 20000
bench: install
	$(BIN)/python -m tests.benchmarks --records $(RECORDS) --peers

# Whether all that we write of varied records is valid; needs DRAGOMAN_SCHEMAS.
validity: RECORDS = 10000
validity: install
	$(BIN)/python -m tests.benchmarks.validity --records $(RECORDS)

lint: .venv/.installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.installed
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# The locked versions of everything, with hashes, and of what an image needs; no index address stands in them.
lock: .venv/.installed
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet --upgrade --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra images --group image --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet --constraint requirements.lock --output-file docker/requirements.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
