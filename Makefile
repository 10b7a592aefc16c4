# `make` sets up a virtual environment in .venv and runs everything; `make test` sets up and runs all tests.

PYTHON ?= python3
CORES ?= 4
VENV := .venv
READY := $(VENV)/ready

.PHONY: all test lint goldens docs clean

all: $(READY)
	. $(VENV)/bin/activate && snakemake --cores $(CORES)

test: $(READY)
	. $(VENV)/bin/activate && python -m pytest

lint: $(READY)
	. $(VENV)/bin/activate && ruff check . && ruff format --check . && snakefmt --check Snakefile workflow \
	    && mypy && snakemake --lint

# After a change of values that is meant: see tests/expected change in `git diff`, and write it in CHANGELOG.md.
goldens: all
	rm -rf tests/expected
	cd results && find . -name '*.csv' -not -path './studies/*' -not -path './extended/*' | while read -r file; do \
	    mkdir -p "../tests/expected/$$(dirname "$$file")" && cp "$$file" "../tests/expected/$$file"; done

docs: all
	. $(VENV)/bin/activate && python tests/docs_pages.py
	mkdir -p docs/figures && cp results/figures/*.png docs/figures/
	. $(VENV)/bin/activate && python tests/screenshots.py

clean:
	rm -rf results/* .snakemake logs
	git checkout -- results/README.md

$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	    || { echo "Python 3.11, 3.12 or 3.13 is needed; name one: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $(READY)
