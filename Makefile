# `make help` lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PAGE := consumers/console/node_modules/.package-lock.json
AXE := consumers/console/node_modules/axe-core/axe.min.js
KUBERNETES := $(filter-out %/kustomization.yaml,$(wildcard infra/deploy/kubernetes/*.yaml))
PACKAGES := schemas producers streams consumers infra
CODE := $(PACKAGES) tests benchmarks docs/reference.py docs/generate docs/example
# What `make test` runs: all tests, or those at T (a path), or those whose name fits K.
T ?= tests
K ?=
PYTEST := $(BIN)/python -m pytest $(if $(K),-k '$(K)')
# Processes of a folder's tests. Each has a broker and an engine of its own, a gigabyte in all, and
# the processes of an exchange: more than one for each core wait for each other, and some too long.
# A file runs in one process.
N ?= 2
PROCESSES = $(if $(wildcard $(T)/.),-n $(N) --dist loadfile --no-loadscope-reorder)

# Without it each of the many processes of a run would compile the whole product again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help ready demo up test test-seconds unit faults attacks laws coverage mutants fuzz check fmt types names prose docs messages reference sbom audit manifests package bundle bench clean

# "##@ Group" begins a group of `make help`; "target: ... ## text" is a line of it.
help:
	@awk 'BEGIN {FS = ":.*## "} \
	  /^##@ / {printf "\n%s\n", substr($$0, 5)} \
	  /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

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

# What judges the page in its tests; nobody else needs it.
$(AXE): $(PAGE)
	@$(BIN)/python -m consumers.console.js_libraries --tests && touch $(PAGE) $@ || true

##@ Try it
demo: $(READY) $(PAGE) ## run the whole system with made-up data (DEMO_EXIT=1: check it and stop)
	@$(BIN)/quipu --home .demo demo

up: $(READY) $(PAGE) ## start everything and keep it running; Ctrl-C stops
	@$(BIN)/quipu up

##@ Develop
ready: $(READY) $(PAGE) ## install the pinned packages into .venv

fmt: $(READY) ## format the code and sort its imports
	$(BIN)/ruff check --fix --select I $(CODE)
	$(BIN)/ruff format $(CODE)

unit: $(READY) ## the tests that need nothing running (two minutes)
	@$(PYTEST) -n 2 tests/unit

test: $(READY) $(AXE) ## all tests, with a real Kafka and engine; T=path K=words: some of them
	@$(PYTEST) $(PROCESSES) $(T)

test-seconds: $(READY) $(AXE) ## all tests, and record in tests/seconds.json how long each file takes
	@$(PYTEST) $(PROCESSES) --record-seconds tests

coverage: $(READY) ## branch coverage of the unit tests; the pure packages reach 95 %
	@$(BIN)/python -m pytest -n 2 tests/unit --cov --cov-branch --cov-report=term:skip-covered
	@$(BIN)/coverage report --fail-under=95 --skip-covered \
	  --include='schemas/*,streams/correlation/*,streams/intake/*,streams/rules/*,streams/folding/*'

mutants: $(READY) ## change the code that decides, and see whether a test notices (TARGET=release: one)
	@$(BIN)/python -m tests.mutation $(TARGET)

fuzz: $(READY) ## feed random bytes to every decoder (FUZZ_EXAMPLES=20000: how many)
	@FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-20000} $(BIN)/python -m pytest tests/fuzz

faults: $(READY) ## kill every process while 50,000 records flow (FAULTS_SEED=2: at other moments)
	@FAULTS_RECORDS=$${FAULTS_RECORDS:-50000} $(BIN)/python -m pytest tests/faults

attacks: $(READY) ## every attack of tests/attacks, those that take long too
	@$(PYTEST) -n 2 --dist loadfile --no-loadscope-reorder --hypothesis-profile=thorough -m '' tests/attacks

laws: $(READY) ## every law, with 1,000 examples in place of 30; those on a real engine with some more
	@$(PYTEST) -n 2 --hypothesis-profile=thorough tests/unit
	@$(PYTEST) --hypothesis-profile=thorough tests/integration/consumers/test_figures.py \
	  tests/integration/consumers/test_figure_links.py tests/integration/exchange/test_need_to_know.py

check: $(READY) ## style, types, imports, documents, released schemas (a minute)
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy $(foreach package,$(PACKAGES) benchmarks tests,-p $(package)) -m docs.reference -p docs.generate
	$(BIN)/mypy consumers/client/quipu/client/*.py
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/vulture
	$(BIN)/python -m schemas.avro.release_gate
	$(BIN)/python -m schemas.avro.record_types --check
	$(BIN)/python docs/reference.py --check
	$(BIN)/python -m tests.conventions.names
	$(BIN)/python -m tests.conventions.prose
	$(BIN)/python -m tests.conventions.messages --check
	$(BIN)/python -m tests.conventions.rule_examples

types: $(READY) ## types alone
	$(BIN)/mypy $(foreach package,$(PACKAGES) benchmarks tests,-p $(package)) -m docs.reference -p docs.generate
	$(BIN)/mypy consumers/client/quipu/client/*.py

names: $(READY) ## names of variables and classes, and docstrings
	$(BIN)/python -m tests.conventions.names

prose: $(READY) ## check the English documents
	$(BIN)/python -m tests.conventions.prose

##@ Documents
docs: reference prose ## write the reference again; check prose, links and examples
	$(BIN)/python -m pytest tests/unit/test_docs.py tests/unit/conventions

messages: $(READY) ## bring the Spanish catalogue up to date with the texts in the code
	$(BIN)/python -m tests.conventions.messages

sbom: $(READY) ## write the bill of materials and the licences of the product
	$(BIN)/python -m docs.generate.materials

audit: $(READY) ## look for known vulnerabilities of the pinned packages (needs the advisory database)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --target .audit pip-audit==2.10.1
	PYTHONPATH=.audit $(BIN)/python -m pip_audit --requirement requirements.lock --disable-pip

manifests: $(READY) ## check the files for Kubernetes against its schemas (installs them below .audit, 110 MB)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --target .audit kubernetes-validate==1.37.0
	PYTHONPATH=.audit $(BIN)/python -m kubernetes_validate --strict --no-warn $(KUBERNETES)

reference: $(READY) ## write docs/reference again, after a change of types, rules, metrics or commands
	$(BIN)/python -m schemas.avro.record_types
	$(BIN)/python docs/reference.py

##@ Release
package: $(READY) $(PAGE) ## build the wheel into dist/, the page's libraries inside
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist . ./consumers/client
	@ls dist/*.whl

bundle: package ## everything to install without internet, in one folder below dist/ (450 MB)
	@$(BIN)/python -m infra.deploy.bundle --into dist

##@ Measure and clean
bench: $(READY) ## measure; on an otherwise idle machine (9 minutes)
	@$(BIN)/python -m benchmarks

clean: ## remove what was installed or generated here (never a data folder)
	rm -rf $(VENV) consumers/console/node_modules build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(PACKAGES) tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
