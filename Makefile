# Two commands do everything on a machine with Python 3.11 or newer and make:
#   make book   and   make test

# The first interpreter that is new enough; `make book PYTHON=/path/to/python` chooses another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	if command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then echo $$p; break; fi; done)
PY   := .venv/bin/python
PORT ?= 8000
# Two processes share the cores: threads within each would only wait for one another.
export OPENBLAS_NUM_THREADS ?= 1
# The same wherever the folder stands, in whatever locale, with whatever settings of the reader's.
export PYTHONPATH := $(CURDIR)/lib$(if $(PYTHONPATH),:$(PYTHONPATH))
export PYTHONUTF8 := 1
export MATPLOTLIBRC := $(CURDIR)/book/matplotlibrc
unexport MPLBACKEND PYTHONWARNINGS
# Sockets lie there, whose paths a system limits to about a hundred characters.
ifneq ($(shell test $$(printf %s "$$TMPDIR" | wc -c) -lt 60 || echo long),)
export TMPDIR := /tmp
endif

.DEFAULT_GOAL := help
.PHONY: help environment book clean-book handout solutions grade port serve pdf test check lint format ledger readme benchmark results paper slides lock clean distclean browser sources lite

help:  ## List the commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

environment:  # .venv, made or made afresh where that is necessary
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer was found. Install one, or name it: make book PYTHON=/path/to/python"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is not a Python of 3.11 or newer. Name another: make book PYTHON=/path/to/python"; exit 1; }
	@"$(PYTHON)" book/environment.py

book: environment  ## Execute what changed and write the site to _build/html
	@$(PY) book/build.py

clean-book: environment  ## The same from nothing
	@$(PY) book/build.py --clean

handout: environment browser  ## Site, notebooks and PDF without solutions, in _build/handout
	@$(PY) book/build.py --edition handout
	@$(PY) book/pdf.py --build _build/handout --solutions no

solutions: environment  ## The teachers' volume: solutions and marking notes, in _build/solutions
	@$(PY) book/build.py --edition solutions

grade: environment  ## Grade students' notebooks: make grade SUBMISSIONS=folder
	@test -n "$(SUBMISSIONS)" || { echo "Name the folder: make grade SUBMISSIONS=folder"; exit 1; }
	@$(PY) teaching/grade.py "$(SUBMISSIONS)"

port: environment
	@$(PY) -c 'import socket; socket.create_server(("127.0.0.1", $(PORT)))' 2>/dev/null || { echo "Port $(PORT) is not free. Choose another: make serve PORT=8001"; exit 1; }

serve: port book  ## Show the book at http://localhost:8000 (PORT=… for another port)
	@echo "http://localhost:$(PORT)  (Ctrl-C ends it)"
	@$(PY) -m http.server $(PORT) --bind 127.0.0.1 --directory _build/html

pdf: environment browser  ## Print the built book to _build/book.pdf (SOLUTIONS=no leaves them out)
	@$(PY) book/pdf.py --solutions $(or $(SOLUTIONS),yes)

test: environment browser  ## Test the library, the instruments and the build (not the finished site)
	@$(PY) -m pytest -m "not site and not browser" -n 2 --dist loadscope
	@$(PY) -m pytest tests/browser tests/book -m browser -n 2 # apart: it holds an event loop

check: environment browser  ## Check the built site: validator, weights, links, themes, accessibility, requests
	@test -f _build/html/index.html || { echo "There is no site yet: run make book first."; exit 1; }
	@$(PY) -m pytest tests/site -m site -n 2

browser:  # Chromium for the browser tests; installed here where that is possible
	@sh book/chromium.sh

lite: environment  ## Build a JupyterLite of the notebooks in _build/lite (its page says what it loads from where)
	@test -d _build/html/notebooks || { echo "There are no notebooks yet: run make book first."; exit 1; }
	@$(PY) book/lite.py

sources: environment browser  ## Open, run and save every chapter in JupyterLab: no line may change
	@AIECON_CHAPTERS=all $(PY) -m pytest tests/book/test_saving.py -m browser

lint: environment  ## Style, types and spelling
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(PY) -m codespell_lib

format: environment  ## Let ruff set the code
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

ledger: environment  ## Print the ledger; write _build/ledger.csv and _build/ledger.json
	@mkdir -p _build
	@$(PY) -m exhibits.ledger --csv _build/ledger.csv --json _build/ledger.json

readme: environment  ## Write the generated parts of README.md afresh
	@$(PY) book/readme.py

benchmark: environment  ## Measure our solvers against what a user would pick instead
	@$(PY) benchmarks/run.py
	@$(PY) benchmarks/explorers.py

results: environment  ## Compute the committed long results afresh (the chapters on moments and free entry; minutes)
	@$(PY) -m aiecon.chen_meng.results
	@$(PY) -m aiecon.wang_wong.identification

paper: environment  ## Lay a new paper: make paper NAME=surname_surname (CHAPTER=… for its first chapter)
	@$(PY) book/paper.py "$(NAME)" --chapter "$(or $(CHAPTER),model)"

slides: book browser  ## Print the decks of slides, which the book holds as HTML, as PDF (needs Chromium)
	@$(PY) book/slides.py

lock: environment  ## Resolve the pins afresh (needs network): requirements.lock and environment.yml
	@$(PY) book/lock.py

clean:  ## Remove what was built
	@rm -rf _build .pytest_cache .mypy_cache .ruff_cache .hypothesis

distclean: clean  ## Remove the environments too
	@rm -rf .venv .venv-benchmarks .venv-lite lib/*.egg-info
