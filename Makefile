# Needs Python 3.11 or newer, git and make; everything else goes into .venv, from lock files with hashes.
SHELL := /bin/sh
.DEFAULT_GOAL := help
BIN := .venv/bin

.PHONY: help setup dev run index check test cover bench bench-quality bench-findings bench-metadata bench-extraction bench-ocr bench-speed samples reader lock clean

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Make .venv for running (once)
	@tools/bootstrap runtime

dev:
	@tools/bootstrap dev

run: setup ## Index the sample documents and serve them on http://127.0.0.1:8000
	@$(BIN)/hvavirker index || [ $$? -eq 5 ]
	@exec $(BIN)/hvavirker serve

index: setup ## Index the documents folder of config.toml
	@$(BIN)/hvavirker index

check: dev ## Format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: dev ## Run the tests (browser tests when a Chromium is found)
	$(BIN)/python -m pytest -n 2 --dist loadfile

cover: dev ## Run the tests and measure branch coverage
	$(BIN)/python -m pytest -n 2 --dist loadfile --cov --cov-report=term-missing --cov-fail-under=95

bench: bench-quality bench-findings bench-metadata bench-extraction bench-ocr bench-speed ## Run every benchmark

bench-quality bench-findings bench-metadata bench-extraction bench-ocr bench-speed: bench-%: dev
	$(BIN)/python -m benchmarks.$*.run

samples: dev ## Make the sample documents again from their sources
	$(BIN)/python -m tools.samples

reader: dev ## Make the weights of the second opinion on findings again (needs scikit-learn)
	$(BIN)/python -m tools.reader.train

lock: ## Pin requirements.in and requirements-dev.in again (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements.in -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-dev.in -o requirements-dev.lock

clean: ## Remove what was made: .venv, the index, caches
	rm -rf .venv var build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage htmlcov benchmarks/out
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
