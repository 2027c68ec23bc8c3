# Two commands do everything on a machine with Python 3.11 or newer and make:
#   make book   and   make test

# The first interpreter that is new enough; `make book PYTHON=/path/to/python` chooses another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	if command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then echo $$p; break; fi; done)
VENV  := .venv
PY    := $(VENV)/bin/python
READY := $(VENV)/.ready
PORT  ?= 8000
# Two processes share the cores: threads within each would only wait for one another.
export OPENBLAS_NUM_THREADS ?= 1

.DEFAULT_GOAL := help
.PHONY: help book clean-book serve test check lint format ledger readme benchmark results lock clean distclean browser

help:  ## List the commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer was found. Install one, or name it: make book PYTHON=/path/to/python"; exit 1; }
	@echo "Setting up $(VENV) with $$($(PYTHON) --version) (once; about two minutes)"
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

book: $(READY)  ## Execute what changed and write the site to _build/html
	@$(PY) book/build.py

clean-book: $(READY)  ## The same from nothing
	@$(PY) book/build.py --clean

serve: book  ## Show the book at http://localhost:8000 (PORT=… for another port)
	@echo "http://localhost:$(PORT)  (Ctrl-C ends it)"
	@$(PY) -m http.server $(PORT) --bind 127.0.0.1 --directory _build/html

test: $(READY) browser  ## Test the library, the instruments and the build (not the finished site)
	@$(PY) -m pytest -m "not site and not browser" -n 2 --dist loadgroup
	@$(PY) -m pytest tests/browser tests/book -m browser -n 2 --dist loadgroup # apart: it holds an event loop

check: $(READY) browser  ## Check the built site in a browser: links, themes, accessibility, requests
	@test -f _build/html/index.html || { echo "There is no site yet: run make book first."; exit 1; }
	@$(PY) -m pytest tests/site -m site -n 2 --dist loadgroup

browser:  # Chromium for the browser tests; installed here where that is possible
	@sh book/chromium.sh

lint: $(READY)  ## Style, types and spelling
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/codespell

format: $(READY)  ## Let ruff set the code
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

ledger: $(READY)  ## Print the ledger; write _build/ledger.csv and _build/ledger.json
	@mkdir -p _build
	@$(PY) -m aiecon.ledger --csv _build/ledger.csv --json _build/ledger.json

readme: $(READY)  ## Write the generated parts of README.md afresh
	@$(PY) book/readme.py

benchmark: $(READY)  ## Measure our solvers against what a user would pick instead
	@$(PY) benchmarks/run.py

results: $(READY)  ## Compute the committed long results afresh (the chapters on moments and free entry; minutes)
	@$(PY) -m aiecon.chen_meng.results
	@$(PY) -m aiecon.wang_wong.identification

lock: $(READY)  ## Resolve the pins afresh (needs network): requirements.lock and environment.yml
	@$(PY) book/lock.py

clean:  ## Remove what was built
	@rm -rf _build .pytest_cache .mypy_cache .ruff_cache .hypothesis

distclean: clean  ## Remove the environments too
	@rm -rf $(VENV) .venv-benchmarks lib/*.egg-info
