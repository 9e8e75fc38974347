# Two commands do it all: `make map` and `make test`. Each sets up its own virtual environment.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: map test test-lowest lint audit bench site dist clean

map: $(VENV)/.installed
	@$(BIN)/rangemap render shahab-3 --output outputs/shahab-3.html

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n auto

# The lowest versions that pyproject.toml names, in an environment of their own. Their own dependencies are of today, so that
# warnings about these are not errors.
test-lowest: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv venv --quiet --allow-existing $(VENV)-lowest
	$(BIN)/uv pip install --quiet --python $(VENV)-lowest/bin/python --resolution lowest-direct --editable '.[test]'
	$(VENV)-lowest/bin/python -m pytest -n auto -W default tests/unit tests/golden

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(BIN)/python scripts/licences.py >/dev/null

# Known vulnerabilities and licences of all that is installed; the first needs the network.
audit: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(BIN)/python scripts/licences.py
	$(BIN)/pip-audit --local --skip-editable

dist: $(VENV)/.installed-dev
	$(BIN)/python -m hatchling build
	$(BIN)/python -m pytest tests/wheel

bench: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python -m pytest benchmarks --benchmark-only

site: $(VENV)/.installed-dev
	$(BIN)/python scripts/make_reference.py
	$(BIN)/python -m mkdocs build --strict
	@echo site/index.html

clean:
	rm -rf $(VENV) $(VENV)-lowest dist build site .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) (once) …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . >&2
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) with the test tools (once) …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]' >&2
	@touch $@ $(VENV)/.installed
