"""Runs the tests: `make test` all of them, `make check` style and SQLite alone, `make check T=path` one path.

All of them: style, SQLite, PostgreSQL without what is the same on both engines, and the browser.
A missing engine is a failure, and so is a test that is skipped: nothing here passes by not running.
"""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager, nullcontext
from pathlib import Path
from xml.etree import ElementTree

from tests import postgres
from tests.machine import MissingError, chromium

PYTHON = [sys.executable, "-m"]
STYLE = (
    [*PYTHON, "ruff", "check", "--quiet", "."],
    [*PYTHON, "ruff", "format", "--check", "--quiet", "."],
    [*PYTHON, "djlint", "templates", "--lint", "--quiet", "--extend-exclude", "templates/public"],
    [*PYTHON, "djlint", "templates/public", "--lint", "--quiet", "--profile", "jinja"],
)
# Every run tests the same settings, whatever the shell that calls it has set.
SETTINGS = [
    "PORTAL_ENV",
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASE_URL",
    "DEBUG",
    "VAR_DIR",
    "STATIC_DIR",
    "SITE_NAME_EN",
    "SITE_NAME_FA",
    "SITE_OWNER_EN",
    "SITE_OWNER_FA",
    "OCDS_PREFIX",
    "SECURITY_CONTACT",
    "EMAIL_URL",
    "MAIL_FROM",
    "SITE_ADDRESS",
    "FRONT_DOOR_OFFICE",
    "BACKUP_DIR",
    "BACKUP_DAYS",
    "BACKUP_KEYS",
    "SECOND_FACTOR_REQUIRED",
    "LOG_FORMAT",
    "ERROR_MAIL",
    "METRICS_ADDRESS",
    "LEAST_FREE_MIB",
    "PAGE_CACHE_MIB",
    "API_REQUESTS_A_MINUTE",
    "FORWARDED_ALLOW_IPS",
]
ALL_CORES = "--numprocesses=auto"
WITHOUT_BROWSER = ["--ignore=tests/browser", ALL_CORES]
NO_WALKS = ["-m", "not walk"]
# They ask no database, or start the portal as a program of its own on the file that SQLite has.
NO_DATABASE = [
    "tests/catalog/charts",
    "tests/catalog/formats",
    "tests/portal/test_settings.py",
    "tests/portal/test_static_files.py",
    "tests/test_css.py",
    "tests/test_glossary.py",
    "tests/test_layers.py",
]
# What forms and pages say is the same on both engines. PostgreSQL reads every page once, in the crawl, and
# has the tests of what pages are made of: models, search, listings, figures, exports, API, and those of the
# admin that lock rows or read many at once.
ADMIN = Path("tests/catalog/admin")
LOCKING = (
    *("calls", "customs", "happened", "held_saves", "merging", "proposals", "proposed_files", "reviews"),
    "spreadsheets",
)
FORMS = [
    *(str(path) for path in ADMIN.glob("test_*.py") if path.stem.removeprefix("test_") not in LOCKING),
    "tests/contact/test_same_origin.py",
    "tests/contact/test_ways_in.py",
]
VIEWS = Path("tests/catalog/views")
PAGES = [str(path) for path in VIEWS.glob("test_*.py") if path.stem != "test_product_list"]
ELSEWHERE = [*NO_DATABASE, *FORMS, *PAGES]
ON_SQLITE = [*WITHOUT_BROWSER, "--ignore=tests/portal/backups/test_moving.py"]  # it moves to PostgreSQL
ON_POSTGRESQL = [*WITHOUT_BROWSER, *NO_WALKS, *(f"--ignore={path}" for path in ELSEWHERE)]


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # by way of every `finally` below
    for name in SETTINGS:
        os.environ.pop(name, None)
    which, *paths = sys.argv[1:] or ["all"]
    style = 0 if paths else check_style()
    counts = {"On SQLite": suite("on SQLite", nullcontext({}), *(paths or ON_SQLITE))}
    if which == "all":
        counts["On PostgreSQL"] = suite("on PostgreSQL", postgres_environment(), *ON_POSTGRESQL)
        counts["In the browser"] = suite("in the browser", browser_environment(), "tests/browser", ALL_CORES)
    report(style, counts)


def check_style():
    """How many of the style's commands find faults."""
    heading("Style")
    return sum(subprocess.run(command, check=False).returncode != 0 for command in STYLE)


def report(style, counts):
    """Print the counts and end, with status 1 where anything failed."""
    heading("Result")
    if style:
        print("Style: faults, shown above, count as one failure")
    for where, (passed, failed) in counts.items():
        print(f"{where}: {passed} passed, {failed} failed")
    passed, failed = (sum(column) for column in zip(*counts.values(), strict=True))
    failed += bool(style)
    print(f"\n{passed} passed, {failed} failed")
    sys.exit(failed > 0)


@contextmanager
def postgres_environment():
    with postgres.server() as address:
        yield {"DATABASE_URL": address}


@contextmanager
def browser_environment():
    yield {"CHROMIUM": chromium()}


def suite(where, environment, *arguments):
    """(passed, failed) of a run of pytest. One that breaks off or lacks its engine fails once."""
    heading(f"Tests {where}")
    try:
        with environment as variables, tempfile.TemporaryDirectory() as directory:
            results = Path(directory) / "results.xml"
            command = [*PYTHON, "pytest", "--quiet", f"--junitxml={results}", *arguments]
            run = subprocess.run(command, env={**os.environ, **variables}, check=False)
            passed, failed = count(results)
    except MissingError as error:
        print(error)
        return 0, 1
    return passed, failed or int(run.returncode != 0)


def count(report):
    """(passed, failed) in a JUnit report; errors and skipped tests count as failed."""
    if not report.exists():
        return 0, 0
    result = ElementTree.parse(report).getroot().find("testsuite").attrib
    failed = sum(int(result[kind]) for kind in ("failures", "errors", "skipped"))
    return int(result["tests"]) - failed, failed


def heading(text):
    print(f"\n== {text}", flush=True)


if __name__ == "__main__":
    main()
