"""Runs the tests: `make test` all of them, `make check` style and SQLite alone, `make check T=path` one path.

All of them: style, SQLite, PostgreSQL with what depends on the engine, and the browser.
A missing engine is a failure, and so is a test that is skipped: nothing here passes by not running.
`make check` leaves the tests marked `walk` or `whole` to `make test`, and says how many they are.
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
# A process that has finished its tests takes some of another's: a few take a minute each.
ALL_CORES = ["--numprocesses=auto", "--dist=worksteal"]
WITHOUT_BROWSER = ["--ignore=tests/browser", *ALL_CORES]
NO_WALKS = ["-m", "not walk"]
QUICK = ["-m", "not walk and not whole"]
# What depends on the engine: rules in the tables, search, counts and sums, editions, loads, locks, commands.
# What pages and forms say of it is the same on both: PostgreSQL reads every page once, in the crawl.
CATALOG, ADMIN = Path("tests/catalog"), Path("tests/catalog/admin")
OF_THE_ENGINE = [
    *(str(CATALOG / name) for name in ("caching", "figures", "listings", "management", "models", "search")),
    *(str(CATALOG / name) for name in ("seed", "staff", "open_data/bulk", "open_data/exports/test_views.py")),
    *(str(CATALOG / "api" / name) for name in ("test_api.py", "test_fuzz.py")),
    *map(str, sorted(CATALOG.glob("test_*.py"))),
    *(
        str(ADMIN / f"test_{name}.py")
        for name in ("calls", "customs", "held_saves", "merging", "proposals", "reviews", "spreadsheets")
    ),
    *("tests/contact/admin/test_accepting.py", "tests/contact/test_answering.py"),
    *("tests/contact/test_confirming.py", "tests/contact/test_counting.py", "tests/contact/test_erasing.py"),
    *("tests/contact/test_samples.py", "tests/contact/test_sender_crash.py", "tests/contact/test_sending.py"),
    *("tests/catalog/views/test_product_list.py", "tests/contact/test_throttling.py"),
    *("tests/portal/backups", "tests/portal/test_loaded.py", "tests/portal/test_views.py"),
]
ON_SQLITE = [*WITHOUT_BROWSER, "--ignore=tests/portal/backups/test_moving.py"]  # it moves to PostgreSQL
ON_POSTGRESQL = [*ALL_CORES, *NO_WALKS, *OF_THE_ENGINE]
IN_THE_BROWSER = ["tests/browser", *ALL_CORES]


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # by way of every `finally` below
    for name in SETTINGS:
        os.environ.pop(name, None)
    which, *paths = sys.argv[1:] or ["all"]
    style = 0 if paths else check_style()
    chosen = paths or (ON_SQLITE if which == "all" else [*ON_SQLITE, *QUICK])
    counts = {"On SQLite": suite("on SQLite", nullcontext({}), *chosen)}
    if which == "all":
        counts["On PostgreSQL"] = suite("on PostgreSQL", postgres_environment(), *ON_POSTGRESQL)
        counts["In the browser"] = suite("in the browser", browser_environment(), *IN_THE_BROWSER)
    report(style, counts, left_to="" if which == "all" else "; {} more in `make test`")


def check_style():
    """How many of the style's commands find faults."""
    heading("Style")
    return sum(subprocess.run(command, check=False).returncode != 0 for command in STYLE)


def report(style, counts, left_to):
    """Print the counts and end, with status 1 where anything failed. `left_to` says who runs the tests that
    were left out, "" where they ran on another engine."""
    heading("Result")
    if style:
        print("Style: faults, shown above, count as one failure")
    for where, (passed, failed, left) in counts.items():
        print(f"{where}: {passed} passed, {failed} failed{left_to.format(left) if left else ''}")
    passed, failed, _left = (sum(column) for column in zip(*counts.values(), strict=True))
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
    """(passed, failed, left out) of a run of pytest. One that breaks off or lacks its engine fails once."""
    heading(f"Tests {where}")
    try:
        with environment as variables, tempfile.TemporaryDirectory() as directory:
            results, left_out = Path(directory) / "results.xml", Path(directory) / "left"
            command = [*PYTHON, "pytest", "--quiet", f"--junitxml={results}", *arguments]
            settings = {**os.environ, **variables, "LEFT_OUT": str(left_out)}
            run = subprocess.run(command, env=settings, check=False)
            passed, failed = count(results)
            left = int(left_out.read_text()) if left_out.exists() else 0
    except MissingError as error:
        print(error)
        return 0, 1, 0
    return passed, failed or int(run.returncode != 0), left


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
