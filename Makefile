# Everything is set up by what is asked for: `make demo` and `make test` work on a fresh machine.

PYTHON ?= python3
BIN := .venv/bin
INSTALL = $(BIN)/uv pip install --quiet --compile-bytecode --require-hashes
SELF = $(BIN)/uv pip install --quiet --no-build-isolation --no-deps --editable .

.PHONY: demo test test-long check bench bench-account bench-dossier bench-screening bench-vault lock catalogues clean

demo: .venv/default
	@$(BIN)/python -m compileall -q src
	@mkdir -p build/demo
	@$(BIN)/safeconduct vet examples/alexander/case.yaml --plain --on 2024-11-02 \
	  --json build/demo/vetting.json --html build/demo/report.html --pdf build/demo/dossier.pdf
	@echo
	@echo "Written: build/demo/vetting.json, build/demo/report.html and build/demo/dossier.pdf"

test: check
	@$(BIN)/python -m pytest -m "not long" -n 2

test-long: .venv/dev
	@$(BIN)/python -m pytest -m long

check: .venv/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/deptry .

bench: .venv/dev
	@$(BIN)/python -m bench

bench-dossier: .venv/dev
	@$(BIN)/python -m bench.dossier
	@$(BIN)/python -m bench.sealing

# Needs 4 GiB of disk below build/ while it runs.
bench-vault: .venv/dev
	@$(BIN)/python -m bench.vault

# Beside nomenklatura, which is set up in an environment of its own; SCREENING_DATA names the lists.
bench-screening: .venv/dev
	@$(BIN)/python -m bench.screening

# Beside Z3 and OR-tools, which nothing else here needs.
bench-account: .venv/peers
	@$(BIN)/python -m bench.account

# Made again only when what is wanted has changed; hashes, and no address of any index.
lock: .venv/uv
	@for group in bootstrap "build" "build dev" "build dev peers"; do \
	  name=$$(echo "$$group" | sed 's/.* //'); \
	  file=requirements$$([ "$$name" = build ] || echo "-$$name").lock; \
	  groups=$$(for one in $$group; do printf -- '--group %s ' "$$one"; done); \
	  if [ "$$name" = bootstrap ]; then source=""; else source=pyproject.toml; fi; \
	  $(BIN)/uv pip compile $$source $$groups --generate-hashes --universal \
	    --python-version 3.11 --no-emit-index-url --no-annotate --quiet \
	    --custom-compile-command "make lock" --output-file "$$file"; \
	done

catalogues: .venv/dev
	@$(BIN)/python scripts/compile_catalogues.py

.venv/uv: requirements-bootstrap.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or later is needed; PYTHON=... names one"; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/default: requirements.lock pyproject.toml .venv/uv
	@$(INSTALL) -r $<
	@$(SELF)
	@touch $@

.venv/dev: requirements-dev.lock pyproject.toml .venv/uv
	@$(INSTALL) -r $<
	@$(SELF)
	@touch $@ .venv/default

.venv/peers: requirements-peers.lock pyproject.toml .venv/uv
	@$(INSTALL) -r $<
	@$(SELF)
	@touch $@ .venv/dev .venv/default

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
