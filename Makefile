# `make` sets up a virtual environment in .venv and runs everything; `make test` sets up and runs all tests.

PYTHON ?= python3
CORES ?= 4
VENV := .venv
READY := $(VENV)/ready# what a run needs
READY_TO_TEST := $(VENV)/ready-to-test# and what tests and linters need besides

.PHONY: all test lint lock supply fuzz goldens docs mutate faults clean

all: $(READY)
	. $(VENV)/bin/activate && snakemake --cores $(CORES)

test: $(READY_TO_TEST)
	. $(VENV)/bin/activate && python -m pytest

lint: $(READY_TO_TEST)
	. $(VENV)/bin/activate && ruff check . && ruff format --check . && snakefmt --check Snakefile workflow \
	    && mypy && snakemake --lint

lock:
	$(PYTHON) tests/locks.py

# What the project rests on, with digests and licences, after a change of the locks.
supply: $(READY_TO_TEST)
	. $(VENV)/bin/activate && python tests/supply.py

# 20,000 mutations of the inputs of each reader, of the predicates and of the checks of an audit: some minutes.
fuzz: $(READY_TO_TEST)
	. $(VENV)/bin/activate && python tests/faults/fuzz.py

# After a change of values that is meant: see tests/expected change in `git diff`, and write it in CHANGELOG.md.
goldens: all
	rm -rf tests/expected
	cd results && find . -name '*.csv' -not -path './studies/*' -not -path './extended/*' | while read -r file; do \
	    mkdir -p "../tests/expected/$$(dirname "$$file")" && cp "$$file" "../tests/expected/$$file"; done

# Changes to the code that a test should notice, a bounded sample (six minutes on two cores).
mutate: $(READY_TO_TEST)
	. $(VENV)/bin/activate && python tests/mutate.py --draw 2 >$(VENV)/mutation.md && mv $(VENV)/mutation.md docs/mutation.md

# Every write of every job made to fail, in turn, with each of four errors: some hours on two cores.
faults: $(READY_TO_TEST)
	. $(VENV)/bin/activate && python tests/faults/faults.py

docs: all $(READY_TO_TEST)
	. $(VENV)/bin/activate && python tests/docs_pages.py && python tests/rule_graph.py
	mkdir -p docs/figures && cp results/figures/*.png docs/figures/
	. $(VENV)/bin/activate && python tests/screenshots.py

clean:
	find results -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +
	rm -rf .snakemake logs

$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Python 3.11 or later is needed; name one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info >= (3, 14))' \
	    || echo "Note: tested on Python 3.11 to 3.13; on a later one a pin may have to compile, or fail to install."
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $(READY)

$(READY_TO_TEST): requirements-test.lock $(READY)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	    -r requirements.lock -r requirements-test.lock
	touch $(READY_TO_TEST)
