# Two commands: `make serve` and `make test`. `make setup` is their shared first step, and quick the second time.
# Everything is installed inside this folder (.venv, .cache, web/node_modules); only a Chromium for the browser
# tests may come as a package of the machine.

PORT ?= 8000
DOCS ?=
PYTHON ?= python3
export PYTHON
# Workers of pytest: many tests wait for a browser or a server, so three keep two cores busy; four are no faster.
WORKERS ?= 3
PYTEST ?=
# What does not need one another is made side by side: the two environments, then types and pages.
MAKEFLAGS += --jobs=2

BIN := .venv/bin
NPM := scripts/with-node.sh npm --prefix web
# Stamps carry the folder's name, so that a checkout that was moved is set up again.
HERE := $(shell pwd | cksum | cut -d ' ' -f 1)
PYTHON_STAMP := .venv/.installed-$(HERE)
WEB_STAMP := web/node_modules/.installed-$(HERE)
CLIENTS_STAMP := tests/clients/node_modules/.installed-$(HERE)
WEB_SOURCES := $(shell find web/src web/public -type f) web/package.json web/package-lock.json web/vite.config.ts web/tsconfig.json

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## Say what can be made.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | sort | while IFS="$$(printf '\t')" read -r name words; \
	  do printf '  make %-11s %s\n' "$$name" "$$words"; done
	@echo
	@echo '  PORT=8000        where `make serve` listens (on 127.0.0.1)'
	@echo '  DOCS="a.md b.md" documents of yours that `make serve` adds first'
	@echo '  PYTEST="-k word" more arguments for pytest in `make test`'
	@echo '  SCREENSHOTS=...  --readme renews docs/images/ too; --only KIND takes one kind of page'

.PHONY: setup
setup: $(PYTHON_STAMP) web/dist/.built ## Install Python and Node.js packages and build the front end.

.PHONY: serve
serve: setup ## Build the graph from data/ and serve it.
	$(BIN)/treatygraph build
	$(if $(strip $(DOCS)),$(BIN)/treatygraph ingest $(DOCS))
	exec $(BIN)/treatygraph serve --host 127.0.0.1 --port $(PORT)

.PHONY: test
test: test-suite check ## Run every check and every test.

# A slip of style is told at once; types and the front end are checked beside the tests, many of which wait.
.PHONY: test-suite
test-suite: check-style $(CLIENTS_STAMP) ## Run the tests alone, once style is checked.
	scripts/chromium.sh
	scripts/in-memory.sh $(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --durations 20 $(PYTEST)

.PHONY: check
check: check-types check-style check-front-end ## Run the checks that are not tests: style, types, import order.

.PHONY: check-types check-style check-front-end
check-types: setup
	$(BIN)/mypy

check-style: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

check-front-end: setup
	$(NPM) run --silent check
	$(NPM) test --silent

.PHONY: format
format: setup ## Bring Python code into the common form.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: screenshots
screenshots: setup ## Take a picture of every kind of page into .cache/screenshots/.
	scripts/chromium.sh
	$(BIN)/python scripts/screenshots.py $(SCREENSHOTS)

.PHONY: bench-setup
bench-setup: .cache/bench/.installed ## Install the peers that benchmarks/ measures beside us.

.cache/bench/.installed: requirements-bench.txt
	$(PYTHON) -m venv .cache/bench
	.cache/bench/bin/pip install --quiet --require-hashes --requirement requirements-bench.txt
	touch $@

.PHONY: soak
soak: setup ## Kill writers and workers 500 times and send 10,000 hostile queries (an hour).
	$(BIN)/python benchmarks/faults.py --kills 500
	$(BIN)/python benchmarks/soak.py --queries 10000

.PHONY: wheel
wheel: setup ## Build the wheel into dist/.
	$(BIN)/hatchling build -t wheel

.PHONY: lock
lock: ## Renew the lock files (UPGRADE=1 takes the latest versions).
	scripts/lock.sh $(if $(UPGRADE),--upgrade)

.PHONY: clean
clean: ## Remove what was built and installed here, but not the local store.
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist web/dist web/node_modules tests/clients/node_modules

$(PYTHON_STAMP): requirements-dev.txt pyproject.toml hatch_build.py scripts/setup-python.sh
	scripts/setup-python.sh
	touch $@

$(WEB_STAMP): web/package.json web/package-lock.json web/.npmrc
	$(NPM) ci --silent
	touch $@

# Clients of SPARQL services that the tests try on ours; no page needs them.
# After the front end's packages, for either may have to install Node.js first.
$(CLIENTS_STAMP): tests/clients/package.json tests/clients/package-lock.json tests/clients/.npmrc | $(WEB_STAMP)
	scripts/with-node.sh npm --prefix tests/clients ci --silent
	touch $@

web/dist/.built: $(WEB_STAMP) $(WEB_SOURCES)
	$(NPM) run --silent build
	touch $@
