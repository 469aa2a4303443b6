"""`make test`: style, the tests on SQLite, all but the longest walks again on PostgreSQL, those in a browser;
then their count.

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
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASE_URL",
    "DEBUG",
    "VAR_DIR",
    "SITE_NAME_EN",
    "SITE_NAME_FA",
    "SITE_OWNER_EN",
    "SITE_OWNER_FA",
    "OCDS_PREFIX",
    "API_REQUESTS_A_MINUTE",
    "FORWARDED_ALLOW_IPS",
]
WITHOUT_BROWSER = ["--ignore=tests/browser", "--numprocesses=auto"]


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # by way of every `finally` below
    for name in SETTINGS:
        os.environ.pop(name, None)
    heading("Style")
    style = [subprocess.run(command, check=False).returncode for command in STYLE]
    counts = {
        "On SQLite": suite("on SQLite", nullcontext({})),
        "On PostgreSQL": suite("on PostgreSQL", postgres_environment(), *WITHOUT_BROWSER, "-m", "not walk"),
        "In the browser": suite(
            "in the browser", browser_environment(), "tests/browser", "--numprocesses=auto"
        ),
    }
    heading("Result")
    if any(style):
        print("Style: faults, shown above, count as one failure")
    for where, (passed, failed) in counts.items():
        print(f"{where}: {passed} passed, {failed} failed")
    passed, failed = (sum(column) for column in zip(*counts.values(), strict=True))
    failed += any(style)
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
            report = Path(directory) / "report.xml"
            command = [*PYTHON, "pytest", "--quiet", f"--junitxml={report}", *(arguments or WITHOUT_BROWSER)]
            run = subprocess.run(command, env={**os.environ, **variables}, check=False)
            passed, failed = count(report)
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
