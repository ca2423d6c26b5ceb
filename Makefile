PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
ROOM ?=
N ?= 200
DEMO := --assignment a04_backprop --assignment a05_softmax --assignment a09_optim
FUZZ_INPUTS ?= 1000000
FUZZ_SEED ?= 0

.DEFAULT_GOAL := help
.PHONY: help install check demo test test-fast audit bench fuzz soak lint simulate examples doctor clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; found $$($(PYTHON) --version). Try: make PYTHON=python3.12 ..."; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python cannot make a virtual environment; on Debian and Ubuntu: sudo apt-get install python3-venv"; exit 2; }

$(STAMP): pyproject.toml | $(VENV)/bin/python
	@echo "installing into $(VENV) (once) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

install: $(STAMP) ## make the virtual environment

check: $(STAMP) ## check your own work: make check, or make check ROOM=a05_softmax
	@$(BIN)/autograder check $(ROOM) || test $$? -eq 1

demo: $(STAMP) ## grade the bundled submissions
	@$(BIN)/autograder grade examples/submissions -o grades $(DEMO) --no-capstones || test $$? -eq 1

test: lint ## everything: ruff, mypy, stubs, pytest, audit (the capstones' own laws: make audit)
	$(BIN)/autograder stubs --check
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder
	$(BIN)/autograder audit --quiet --no-capstones --secrets 5

test-fast: $(STAMP) ## the inner loop: what takes less than a minute
	$(BIN)/pytest -n auto --dist loadfile -m "not slow" -x

lint: $(STAMP) ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

audit: $(STAMP) ## hold every room to its laws and print the kill matrix
	$(BIN)/autograder audit $(ROOM)

$(VENV)/.bench: $(STAMP)
	@echo "installing nbgrader, to be measured against (once) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[nbgrader]'
	@touch $@

bench: $(VENV)/.bench ## measure speed and memory as ratios against what runs beside it
	@$(BIN)/python -m benchmarks.run

fuzz: $(STAMP) ## a million hostile inputs for all that reads foreign bytes (FUZZ_INPUTS, FUZZ_SEED)
	@FUZZ_INPUTS=$(FUZZ_INPUTS) FUZZ_SEED=$(FUZZ_SEED) OPENBLAS_NUM_THREADS=1 $(BIN)/python tests/fuzz

soak: $(STAMP) ## 5,000 submissions, one in ten hostile: does anything grow, stay behind or slow down?
	@$(BIN)/python -m benchmarks.soak

simulate: $(STAMP) ## make a cohort of N submissions in /tmp/cohort
	$(BIN)/autograder simulate $(N) -o /tmp/cohort

examples: $(STAMP) ## make the bundled submissions anew, after a change of their rooms
	rm -rf examples/submissions
	$(BIN)/autograder simulate 30 -o examples/submissions --seed 7 $(DEMO)

doctor: $(STAMP) ## show which sandboxes work here, and prove them
	$(BIN)/autograder doctor

clean: ## remove what was built and graded
	rm -rf $(VENV) grades build dist *.egg-info .mypy_cache .ruff_cache
