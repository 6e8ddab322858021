# Every target does its own set-up: Python ≥ 3.11 and make are all that is needed.
PY ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
PYTHON := $(BIN)/python

.PHONY: run test check bench prove lock clean

run: .venv/.ok ## the main job: a whole season in a fresh home, then its three desks in the browser
	@$(PYTHON) -m cli demo --serve

test: check ## everything that must hold
	$(PYTHON) -m pytest -n auto

check: .venv/.dev ## style, types, direction of imports
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(BIN)/lint-imports

bench: .venv/.dev ## how fast, as ratios of a floor measured in the same run
	$(PYTHON) -m bench --large

prove: .venv/.dev ## the long campaigns: kills, faults, many seeds
	$(PYTHON) -m pytest tests/prove --prove

.venv/.ok: requirements.lock pyproject.toml
	@test -n "$(PY)" || { echo "Python 3.11 or newer is needed / 需要 Python 3.11 或更新版本"; exit 1; }
	@test -x $(PYTHON) || $(PY) -m venv .venv
	@$(PYTHON) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(PYTHON) -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.ok requirements-dev.lock
	@$(PYTHON) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

lock: .venv/.dev ## write the lock files anew (no addresses in them)
	$(PYTHON) -m pip install -q uv
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
		pyproject.toml --extra postgres --extra sso --extra documents --group build -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
		pyproject.toml --extra postgres --extra sso --extra documents --group build --group dev -o requirements-dev.lock

clean:
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .hypothesis
