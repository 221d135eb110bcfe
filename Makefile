# Every target sets up what it needs: a fresh machine has Python 3.11 or newer and make, nothing else.

VENV ?= .venv
ROUNDS ?= 10
BIN := $(VENV)/bin
PYTHON_IS_NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	"$$python" $(PYTHON_IS_NEW_ENOUGH) 2>/dev/null && echo "$$python" && exit; done; echo python3)

RUNNABLE := $(VENV)/.runnable
DEVELOPABLE := $(VENV)/.developable

# An environment for development can run the gateway too, so that one is never made twice.
ENVIRONMENT_TO_RUN := $(if $(wildcard $(DEVELOPABLE)),$(DEVELOPABLE),$(RUNNABLE))

.PHONY: help run test check lint types imports format docs crash clean

help: ## Say what there is to make
	@sed -n 's/^\([a-z]*\):[^#]*## /\1	/p' $(MAKEFILE_LIST) | expand -t 10
	@echo "Other interpreters: make test PYTHON=python3.13 VENV=.venv-3.13"

# exec, so that the gateway itself gets the signals and finishes what it has taken.
run: $(ENVIRONMENT_TO_RUN) ## Start the gateway on its embedded default
	@exec $(BIN)/kit gateway

test: $(DEVELOPABLE) ## Run all tests in parallel
	$(BIN)/python -m pytest -n auto

check: lint types imports test ## Everything a commit must pass

lint: $(DEVELOPABLE) ## Check format and lint rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(DEVELOPABLE) ## Check types, strictly
	$(BIN)/mypy

imports: $(DEVELOPABLE) ## Check which way imports point
	$(BIN)/python -m pytest -q tests/test_imports.py

format: $(DEVELOPABLE) ## Format the code, and fix what can be fixed
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

docs: $(DEVELOPABLE) ## Render the tables of the documentation anew
	$(BIN)/python -m kit.reference docs

crash: $(DEVELOPABLE) ## Kill the gateway ROUNDS times under load and compare the log with what it promised
	$(BIN)/python -m tests.crash --rounds $(ROUNDS)

clean: ## Remove the environments and caches; never the data
	rm -rf .venv .venv-* build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find domain projections kit tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUNNABLE): WHAT := .
$(DEVELOPABLE): WHAT := .[dev]
$(RUNNABLE) $(DEVELOPABLE): pyproject.toml constraints.txt
	@$(PYTHON) $(PYTHON_IS_NEW_ENOUGH) || { echo "K.I.T. Gateway needs Python 3.11 or newer;" \
		"$(PYTHON) is $$($(PYTHON) --version 2>&1). Name another: make $(MAKECMDGOALS) PYTHON=python3.13" >&2; exit 1; }
	@echo "Setting up $(VENV) with $$($(PYTHON) --version); this takes a minute, once."
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '$(WHAT)'
	@touch $@
