# make demo | test | check | bench | up | clean | help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PAGE := consumers/console/node_modules/.package-lock.json
PACKAGES := schemas producers streams consumers infra
CODE := $(PACKAGES) tests benchmarks docs/reference.py
TESTS := $(wildcard tests/unit tests/contract tests/integration tests/browser tests/faults)

.DEFAULT_GOAL := help
.PHONY: help demo test faults check reference bench up clean

help:
	@echo "make demo    four countries publish, indicators come out; stays up (DEMO_EXIT=1: checks itself and stops)"
	@echo "make up      start Kafka, ClickHouse and the line, and keep them; Ctrl-C stops"
	@echo "make test    all tests, on real Kafka and the real engine (about 12 minutes)"
	@echo "make faults  50,000 records flow while every process is killed (FAULTS_SEED=2: at other moments; about 5 minutes)"
	@echo "make check   style, types, imports, compatibility of the schemas (about a minute)"
	@echo "make reference  write docs/reference anew, after a change of types, codes, rules, metrics, API or commands"
	@echo "make bench   measure; on an otherwise idle machine"
	@echo "make clean   remove what was installed or generated here (never a data folder)"

# Wheels come from the lock, hashes checked; the project itself is then linked in, without anything being fetched.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Quipu needs Python 3.11 or newer; $(PYTHON) is: $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.11"; exit 1; }
	@echo "Preparing $(VENV): installing the pinned packages, this once (1 to 3 minutes; 1.5 GB on disk) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
	@echo "Ready."

# The page's JavaScript, as its lock pins it; npm comes as a wheel. Without it the page shows tables, so nothing stops here.
$(PAGE): consumers/console/package.json consumers/console/package-lock.json $(READY)
	@echo "Fetching the page's libraries, this once ..."
	@$(BIN)/python -m consumers.console.js_libraries && touch $@ || true

demo: $(READY) $(PAGE)
	@$(BIN)/quipu --home .demo demo

up: $(READY) $(PAGE)
	@$(BIN)/quipu up

test: $(READY) $(PAGE)
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(TESTS)

faults: $(READY)
	@FAULTS_RECORDS=$${FAULTS_RECORDS:-50000} $(BIN)/python -m pytest tests/faults

check: $(READY)
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy $(foreach package,$(PACKAGES) benchmarks,-p $(package))
	$(BIN)/mypy docs/reference.py
	$(BIN)/lint-imports
	$(BIN)/python -m schemas.avro.release_gate
	$(BIN)/python docs/reference.py --check

reference: $(READY)
	$(BIN)/python docs/reference.py

bench: $(READY)
	@$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) consumers/console/node_modules build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(PACKAGES) tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
