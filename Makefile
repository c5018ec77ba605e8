# Everything a person or CI runs. `make help` lists it.

SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3.11
ifeq (, $(shell command -v $(PYTHON)))
PYTHON := python3
endif
VENV := .venv
BIN := $(VENV)/bin
MODELS := var/models/ready
# With OCR=1 the demo also reads scans and photos.
RUN := $(if $(OCR),ocr,run)
SHARED ?= ../shared
# The files of the tests stand in memory where there is room for them and programs may run there: no write waits for a disk.
MEMORY = $(shell [ -w /dev/shm ] && [ "$$(df --output=avail /dev/shm | tail -1)" -gt 4000000 ] \
	&& ! grep -q ' /dev/shm .*noexec' /proc/mounts && echo TMPDIR=/dev/shm)

.PHONY: help run test check lock audit bench bench-ingest proof-bytes proof-matrix proof-escalation proof-audit proof-gate proof-qti clean

help:  ## List the targets.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(VENV)/$(RUN).done $(MODELS) $(BIN)/margent  ## Set everything up and start the demo on http://127.0.0.1:8000 (OCR=1: reads scans too)
	@MARGENT_PROFILE=$${MARGENT_PROFILE:-demo} $(BIN)/python -m margent serve

test: $(VENV)/dev.done $(MODELS) $(BIN)/margent chromium  ## Install what the tests need and run them all, with coverage.
	$(BIN)/python -m coverage erase
	$(MEMORY) $(BIN)/python -m pytest -n 2 --dist loadgroup --cov --cov-report=term -q

check: $(VENV)/dev.done  ## The static gates, in order; stops at the first that fails.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/deptry .
	$(BIN)/python -m tests.architecture.rules
	$(BIN)/djlint --lint --quiet web/templates
	$(BIN)/python -m tests.architecture.locks

$(BIN)/uv: requirements/bootstrap.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/run.done $(VENV)/ocr.done: $(VENV)/%.done: requirements/%.lock $(BIN)/uv
	@test -e $(VENV)/dev.done || $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r $<
	@touch $@

$(VENV)/dev.done: requirements/dev.lock $(BIN)/uv
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r $<
	@touch $@

$(MODELS): requirements/models.lock adapters/weights/onnx_graph.py
	@test -e $(VENV)/dev.done || $(MAKE) --no-print-directory $(VENV)/$(RUN).done
	$(BIN)/python -m margent models
	@touch $@

# The `margent` command of a checkout: the folders are imported from where they stand.
$(BIN)/margent: $(BIN)/uv
	@printf '#!/bin/sh\nPYTHONPATH="%s" exec "%s/$(BIN)/python" -m margent "$$@"\n' "$(CURDIR)" "$(CURDIR)" > $@
	@chmod +x $@

.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || { \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; \
	  else echo "The browser tests need Chromium: install Debian's package 'chromium', then run 'make test' again."; exit 1; fi; }

train: $(VENV)/dev.done $(MODELS)  ## Train the classifiers of the safety layer anew from their written material (3 minutes).
	OMP_NUM_THREADS=1 $(BIN)/python -m training

lock: $(BIN)/uv  ## Renew the lock files from pyproject.toml.
	$(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --extra ocr --group dev pyproject.toml -o requirements/dev.lock
	$(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate -c requirements/dev.lock pyproject.toml -o requirements/run.lock
	$(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate -c requirements/dev.lock --extra ocr pyproject.toml -o requirements/ocr.lock

audit: $(VENV)/dev.done  ## Look for known-bad versions (asks an advisory service).
	$(BIN)/pip-audit --require-hashes -r requirements/run.lock

bench: $(VENV)/dev.done $(MODELS)  ## Measure against the naive pipeline and the scorers (about half an hour).
	MARGENT_SHARED=$(SHARED) $(BIN)/python -m bench.run

bench-ingest: $(VENV)/dev.done $(MODELS)  ## Measure ingest against the naive pipeline: speed, memory, reading, retrieval (a quarter of an hour).
	MARGENT_SHARED=$(SHARED) $(BIN)/python -m bench.run naive ingest-speed ingest retrieval

proof-bytes: $(VENV)/dev.done $(MODELS)  ## Look for made-up identifiers in every byte that leaves, over 10,000 requests (ten minutes).
	$(BIN)/python -m bench.proof_bytes

proof-matrix: $(VENV)/dev.done $(MODELS)  ## Take each permission check out in a copy and see the matrix notice (a quarter of an hour).
	$(BIN)/python -m bench.proof_matrix

proof-audit: $(VENV)/dev.done  ## Change the record of acts 10,000 times and see that each change is found (a minute).
	$(BIN)/python -m bench.proof_audit

proof-gate: $(VENV)/dev.done $(MODELS)  ## Write signs of danger at every entry and break the detector in every way (a minute).
	$(BIN)/python -m bench.proof_gate

proof-qti: $(VENV)/dev.done  ## Check quizzes for learning platforms by the schema of 1EdTech in the folder SCHEMAS (seconds).
	$(BIN)/python -m bench.proof_qti $(SCHEMAS)

proof-escalation: $(VENV)/dev.done  ## Kill the service 200 times and more, and see that no sign of danger is lost (two minutes).
	$(BIN)/python -m bench.proof_escalation

clean:  ## Remove what was installed and made, but not your data in var/data.
	rm -rf $(VENV) var/models .coverage* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
