# Needs only make, git and a Python from 3.11 to 3.13 with its venv module.
PYTHON ?= python3
PIP_INSTALL = .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: run dev test check fuzz drills lint messages bench shots deploy-check coverage lock sbom audit

run: .venv/installed ## set up what is missing, then serve at 127.0.0.1:$PORT (8000)
	@exec .venv/bin/python manage.py start

dev: .venv/installed ## the same database with autoreload and tracebacks in the browser
	@.venv/bin/python manage.py start --no-serve
	@exec env DEBUG=1 .venv/bin/python manage.py runserver 127.0.0.1:$${PORT:-8000}

test: .venv/installed-tests ## style, then the tests on SQLite, on PostgreSQL and in the browser
	@.venv/bin/python -m tests.run

check: .venv/installed-tests ## style and the tests on SQLite but the longest; T=tests/catalog/models for some alone
	@.venv/bin/python -m tests.run check $(T)

fuzz: .venv/installed-tests ## ask the API many more questions than `make test` does
	@FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-300} .venv/bin/python -m pytest -q tests/catalog/api/test_fuzz.py

drills: .venv/installed-tests ## break real sites on purpose and tell what everybody saw; as root
	@.venv/bin/python -m tests.drills

lint: .venv/installed-tests ## style of Python and templates
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djlint templates --lint --quiet --extend-exclude templates/public
	.venv/bin/djlint templates/public --lint --quiet --profile jinja

messages: .venv/installed-tests ## collect the words to translate, compile the translations
	.venv/bin/python manage.py makemessages --locale fa --no-obsolete --ignore .venv --ignore tests
	.venv/bin/python manage.py compilemessages --ignore .venv

bench: .venv/installed-tests ## what pages cost beside a hello-world view; an hour at most
	.venv/bin/python -m tests.bench

shots: .venv/installed-tests ## pictures of the main pages, in var/shots
	.venv/bin/python tests/browser/shots.py

deploy-check: .venv/installed-tests ## deploy/ really run: nginx, TLS, the units, an upgrade under load; 15 minutes
	@.venv/bin/python -m tests.deploy

coverage: .venv/installed-tests ## which lines no test runs, those in the browser left out
	.venv/bin/coverage run -m pytest --quiet --ignore tests/browser
	.venv/bin/coverage report

sbom: .venv/installed-tests ## the bill of materials of the running site, from its lock: var/sbom.json (CycloneDX)
	@mkdir -p var
	@.venv/bin/cyclonedx-py requirements requirements.txt --output-reproducible --output-format JSON \
		-o var/sbom.json.unfinished && mv var/sbom.json.unfinished var/sbom.json \
		|| { rm -f var/sbom.json.unfinished; echo "var/sbom.json was not written." >&2; exit 1; }

# --strict: without it what no source of advisories knows counts as sound, so all would pass where none answers.
audit: .venv/installed-tests ## ask whether a locked version has a known weakness; fails where nobody answers
	@.venv/bin/pip-audit --strict --require-hashes --disable-pip --progress-spinner off -r requirements.txt \
		&& .venv/bin/pip-audit --strict --require-hashes --disable-pip --progress-spinner off -r tests/requirements.txt \
		|| { echo "The audit failed: a version has a known weakness, or no source of advisories answered" \
			"for each package. Nothing is known to be sound." >&2; exit 1; }

lock: ## write the locks anew from the .in files (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		requirements.in --output-file requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		tests/requirements.in --output-file tests/requirements.txt

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
		|| { echo "The portal needs Python 3.11, 3.12 or 3.13: PYTHON=python3.12 make run" >&2; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | .venv/bin/python
	@echo "Installing what the portal needs ..."
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

.venv/installed-tests: tests/requirements.txt .venv/installed
	@echo "Installing what the tests need ..."
	@$(PIP_INSTALL) -r tests/requirements.txt
	@touch $@
