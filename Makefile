# `make` names the targets. demo and test set up everything they need in virtual environments of their own.

PYTHON ?= python3
DEMO := .venv-demo
TEST := .venv-test
SAMPLE := samples/remote-monitoring.yaml

.DEFAULT_GOAL := help
.PHONY: help demo test docs templates pictures golden clean

help: ## Name the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

demo: $(DEMO)/.ready ## Install and build the sample: a bid and a workbook in demo/
	@$(DEMO)/bin/bizcase build $(SAMPLE) -o demo --force

test: $(TEST)/.ready ## Install and run everything this machine can: lint, types, tests
	@$(TEST)/bin/ruff check bizcase tests tools benchmarks
	@$(TEST)/bin/mypy
	@$(TEST)/bin/python -m pytest --numprocesses auto --dist worksteal

docs: $(TEST)/.ready ## Make docs/fields.md, docs/codes.md and docs/commands.md again
	@$(TEST)/bin/python tools/make_docs.py

templates: $(TEST)/.ready ## Make the shipped Word templates again
	@$(TEST)/bin/python tools/make_templates.py

pictures: $(TEST)/.ready ## Make the pictures of the README again (needs LibreOffice and poppler-utils)
	@$(TEST)/bin/python tools/make_pictures.py

golden: $(TEST)/.ready ## Write the golden texts of the tests again; read the difference before you keep it
	@$(TEST)/bin/python -m pytest tests --update-golden

clean: ## Remove the virtual environments and the demo
	rm -rf $(DEMO) $(TEST) demo

$(DEMO)/.ready: pyproject.toml
	@$(PYTHON) tools/set_up.py $(DEMO)
	@touch $@

$(TEST)/.ready: pyproject.toml
	@$(PYTHON) tools/set_up.py $(TEST) test lint
	@touch $@
