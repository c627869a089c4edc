# make demo and make test each work on a fresh machine; both begin with make setup.
PYTHON := .venv/bin/python
REPORTKIT := .venv/bin/reportkit

.PHONY: setup demo test lint bench bench-batch gallery generated clean

setup:
	@sh tools/setup.sh run

demo: setup
	@sh tools/demo.sh

test: setup
	@sh tools/setup.sh test
	@$(PYTHON) -m pytest -n 2

lint: setup
	$(PYTHON) -m ruff check src tests
	$(PYTHON) -m ruff format --check src tests
	$(PYTHON) -m mypy
	.venv/bin/lint-imports

bench: setup
	$(PYTHON) -m tests.bench

# 189 submissions: one worker, two, a cluster, pandoc and LibreOffice; takes about half an hour.
bench-batch: setup
	@sh tools/setup.sh test
	-@$(PYTHON) -m pip install -q --disable-pip-version-check -e '.[bench]'
	$(PYTHON) -m tests.bench_batch

# A page of each kind, from PDF and from DOCX as LibreOffice prints it: build/gallery/index.html
gallery: setup
	$(PYTHON) -m tests.gallery

# Files made from the models and the rules: schemas/*.json and docs/rules.md.
generated: setup
	$(PYTHON) -m reportkit.reading.schema
	$(PYTHON) -m reportkit.standards.publish
	$(PYTHON) -m reportkit.checks > docs/rules.md

clean:
	rm -rf build .venv
