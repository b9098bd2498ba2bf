# The three commands that stay stable: make run, make test, make setup. `make help` says what each does.
PYTHON ?= python3
PORT ?= 8501
ADDRESS ?= 127.0.0.1
VENV := .venv
PY := $(VENV)/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.PHONY: help run test setup setup-test browser lint clean

help: ## say what each command does
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## set everything up and open the demo town on http://localhost:8501 (PORT= to change)
	@echo "Levier : http://localhost:$(PORT)  (Ctrl-C pour arrêter)"
	@$(PY) -m streamlit run app.py --server.port $(PORT) --server.address $(ADDRESS)

setup: $(VENV)/.run-ready ## the environment in .venv and the demo store
	@$(PY) -m data demo

test: setup-test browser lint ## set everything up and pass every test, a real browser included
	@$(PY) -m pytest -n 2 --dist loadgroup

setup-test: $(VENV)/.test-ready

lint: $(VENV)/.test-ready ## style, formatting and types
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

browser:
	@bash .ci/chromium

# PYTHON may be named python3, python3.12, py...: what counts is that it is 3.11 or later and can make environments.
$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Levier a besoin de Python 3.11 ou plus récent : make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python ne sait pas créer d'environnement : installez python3-venv (Debian : apt-get install python3-venv)." >&2; exit 1; }

$(VENV)/.run-ready: requirements.txt | $(PY)
	@echo "Installation des bibliothèques dans $(VENV)…"
	@$(PY) -m pip install -q -r requirements.txt
	@touch $@

$(VENV)/.test-ready: requirements.txt requirements-dev.txt | $(PY)
	@$(PY) -m pip install -q -r requirements-dev.txt
	@touch $@ $(VENV)/.run-ready

clean: ## remove the environment and the demo store (your imports with it)
	rm -rf $(VENV) var
