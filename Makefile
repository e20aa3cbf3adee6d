# `make` alone tells what there is. The site needs Python 3.11 or newer and nothing else; everything is kept in
# .venv/ (programs) and var/ (the site's own state).

.DEFAULT_GOAL := help
.PHONY: help run dev test check format bench lock

PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check
MINE := newsroom articles media tests manage.py

help: ## tell what there is
	@echo "make …"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' Makefile

run: .venv/.run ## the site on http://127.0.0.1:8000 (PORT=9000 moves it, DEMO=0 starts empty)
	@exec $(PY) manage.py serve

dev: .venv/.dev ## the same with DEBUG, restarting when the code changes
	@DEBUG=1 exec $(PY) manage.py serve --reload

test: .venv/.dev ## the whole suite on SQLite and PostgreSQL, and the browser journeys (ARGS="-k word" narrows it)
	@exec $(PY) -m tests.run $(ARGS)

check: .venv/.dev ## lint, types, migrations, deployment settings
	$(PY) -m ruff check $(MINE)
	$(PY) -m ruff format --check $(MINE)
	find $(MINE) -name '*.py' | grep -v /migrations/ | xargs .venv/bin/django-upgrade --target-version 5.2 --check
	$(PY) -m mypy
	$(PY) manage.py makemigrations --check --dry-run
	SITE_URL=https://news.example.com CONTACT_EMAIL=desk@example.com DEMO=0 $(PY) manage.py check --deploy --fail-level WARNING

format: .venv/.dev ## put the code in order
	@$(PY) -m ruff check --fix --quiet $(MINE)
	@$(PY) -m ruff format --quiet $(MINE)

bench: .venv/.dev ## how fast the pages are, N=10000 articles
	@exec $(PY) manage.py bench $(or $(N),10000)

lock: .venv/.dev ## take the newest allowed versions into the lock files
	@test -x .venv/bin/uv || $(PIP) uv
	@# An index that a machine's own settings name must never reach a file that everybody installs from.
	@export UV_PYTHON_DOWNLOADS=never UV_NO_CONFIG=1 UV_DEFAULT_INDEX=https://pypi.org/simple; set -e; \
	.venv/bin/uv lock --upgrade --python $(PY); \
	export_lock() { .venv/bin/uv export --frozen --quiet --python $(PY) --no-emit-project --format requirements-txt --no-header "$$@"; }; \
	export_lock --no-dev > requirements.lock; export_lock > requirements-dev.lock

# The stamps: pip runs only when a lock changed. A lock names everything, so nothing is resolved (--no-deps): older pips
# stumble over packages that ask for the same extra twice.
.venv/.run: requirements.lock | .venv/bin/python
	@echo "Installing what requirements.lock names …"
	@$(PIP) --require-hashes --no-deps -r requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock requirements.lock | .venv/bin/python
	@echo "Installing what requirements-dev.lock names …"
	@$(PIP) --require-hashes --no-deps -r requirements-dev.lock
	@touch .venv/.run $@

.venv/bin/python:
	@for python in "$$PYTHON" python3 python3.14 python3.13 python3.12 python3.11; do \
	  test -n "$$python" && "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  "$$python" -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "Python is here, but not its venv and ensurepip modules. On Debian and Ubuntu: apt install python3-venv"; exit 1; }; \
	  "$$python" -m venv .venv || { rm -rf .venv; exit 1; }; \
	  exit 0; \
	done; \
	echo "The site needs Python 3.11 or newer (found: $$(python3 --version 2>&1 || true))."; \
	echo "On Debian: apt install python3 python3-venv   On macOS: brew install python   Elsewhere: make run PYTHON=/path/to/python3"; \
	exit 1
