# `make` alone lists the verbs. Everything happens in .venv and var/, both left out of version control.
PYTHON ?= python3
VENV := .venv/bin/python
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test test-quick lint format bench schema migrate clean

help:  ## list the verbs
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

setup:
	@$(PYTHON) scripts/prepare.py run

setup-dev:
	@$(PYTHON) scripts/prepare.py test

run: setup  ## prepare everything and serve on SQLite with demonstration data (PORT=8000)
	@$(VENV) scripts/run.py --port $(PORT)

test: setup-dev  ## prepare and run everything: linters, SQLite, PostgreSQL, browser
	@$(VENV) scripts/test.py

test-quick: setup-dev  ## what a change needs at once: SQLite, no linters, no browser, no PDFs
	@$(VENV) scripts/test.py --quick

lint: setup-dev  ## linters, types, import contract
	@$(VENV) scripts/test.py --lint

format: setup-dev  ## write the code and templates as the linters want them
	@$(VENV) -m ruff check --fix . ; $(VENV) -m ruff format .
	@.venv/bin/djade --target-version 5.2 $$(find templates -name '*.html') || true  # 1 says that it changed something

bench: setup-dev  ## measure, against the plain admin in the same run
	@$(VENV) scripts/bench.py

schema: setup  ## write docs/design.schema.json anew
	@$(VENV) manage.py design_schema > docs/design.schema.json

migrate: setup  ## bring the database up to date
	@$(VENV) manage.py migrate --verbosity 0 && $(VENV) manage.py createcachetable

clean:  ## take away the environment, the database and everything made
	rm -rf .venv var
