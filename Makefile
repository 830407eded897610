# Casework: install, run, test, measure. Everything lands in .venv and var, which git ignores.
PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py

.PHONY: help run demo test lint bench lock verifier clean

help:
	@echo "make run    install, load the demonstration, serve it on http://127.0.0.1:8000"
	@echo "make demo   the same, but exit instead of serving"
	@echo "make test   lint, types, and every test"
	@echo "make bench  the benchmarks; results in bench/results.json"

.venv/installed: deploy/requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Casework needs Python 3.11 or later; set PYTHON=/path/to/it."; exit 1; }
	@$(PYTHON) -m venv .venv || \
		{ echo "Python cannot make a virtual environment. On Debian: apt-get install python3-venv"; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r deploy/requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/installed-test: deploy/requirements-test.txt .venv/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r deploy/requirements-test.txt
	@touch $@

demo: .venv/installed
	@$(BIN)/python deploy/first_settings.py
	@$(MANAGE) migrate --verbosity 0 --skip-checks
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(MANAGE) load_demo --skip-checks

run: demo
	@$(MANAGE) serve

lint: .venv/installed-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy casework kyc evidence search tests bench manage.py deploy

test: lint
	$(BIN)/python deploy/check_settings.py
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder
	$(BIN)/python deploy/test_on_postgres.py

bench: .venv/installed-test
	$(BIN)/python -m bench

lock: .venv/installed-test
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links \
		--output-file deploy/requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links \
		--extra test --output-file deploy/requirements-test.txt pyproject.toml

verifier: .venv/installed
	$(BIN)/python -m evidence.verifier.build var/casework-verify.pyz

clean:
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
