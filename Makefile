# `make run` and `make test` need nothing but Python 3.11 or newer and this folder.
PYTHON ?= python3
RECORDS ?= ../shared/crossref/works.jsonl.gz
BIN := .venv/bin
IMAGE ?= enrich:latest
ENGINE ?= $(firstword $(shell command -v docker podman buildah))
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test lint docs types unit bench format lock image clean

## run: show what enrich does, on sample pages, with no network
run: .venv/installed
	$(BIN)/enrich demo

## test: lint, types, tests
test: lint types unit

lint: .venv/dev docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell
	$(BIN)/hadolint Dockerfile

# Never with --quiet: it silences the warnings before --strict has counted them.
## docs: build the documentation as a site into build/site; a link that leads nowhere fails
docs: .venv/dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

types: .venv/dev
	$(BIN)/mypy

unit: .venv/dev
	$(BIN)/pytest -n auto

## bench: requests, seconds and memory over 14,000 made pages, killed runs, links, evidence; prints its figures
bench: .venv/bench
	$(BIN)/python -m bench
	$(BIN)/python -m bench.kill
	$(BIN)/python -m bench.links
	$(BIN)/python -m bench.serve
	@if [ -f $(RECORDS) ]; then $(BIN)/python -m bench.evidence $(RECORDS) && $(BIN)/python -m bench.match $(RECORDS); \
	else echo "no real records at $(RECORDS): evidence and matching are not measured"; fi

format: .venv/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

## lock: write the lock files anew: names, versions and hashes, no addresses
lock: .venv/dev
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links pyproject.toml --group dev -o requirements-dev.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links pyproject.toml --group dev --group bench -o requirements-bench.lock

## image: build the container image with docker, podman or buildah; IMAGE and ENGINE say otherwise
image:
	@test -n "$(ENGINE)" || { echo "there is no docker, podman or buildah here; say make image ENGINE=..."; exit 1; }
# The format that podman and buildah take by themselves has no health check.
	BUILDAH_FORMAT=docker $(ENGINE) build -t $(IMAGE) \
	  --label org.opencontainers.image.revision="$$(git rev-parse HEAD 2>/dev/null)" .

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("enrich needs Python 3.11 or newer; say make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/installed: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/pip install -q --require-hashes -r requirements.lock
	$(BIN)/pip install -q --no-deps -e .
	touch $@

.venv/dev: requirements-dev.lock .venv/installed
	$(BIN)/pip install -q --require-hashes -r requirements-dev.lock
	touch $@

.venv/bench: requirements-bench.lock .venv/dev
	$(BIN)/pip install -q --require-hashes -r requirements-bench.lock
	touch $@
