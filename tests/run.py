"""`make test`: style, the tests on SQLite, the same on PostgreSQL, those in a browser; then their count.

A missing engine is a failure, and so is a test that is skipped: nothing here passes by not running.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from tests import postgres
from tests.machine import chromium

PYTHON = [sys.executable, "-m"]
# Every run tests the same settings, whatever the shell that calls it has set.
SETTINGS = (
    *(
        "PORTAL_ENV",
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "CSRF_TRUSTED_ORIGINS",
        "DATABASE_URL",
        "DEBUG",
        "VAR_DIR",
    ),
    *("SITE_NAME_EN", "SITE_NAME_FA", "SITE_OWNER_EN", "SITE_OWNER_FA"),
)
WITHOUT_BROWSER = ["--ignore=tests/browser", "--numprocesses=auto"]


def main():
    for name in SETTINGS:
        os.environ.pop(name, None)
    heading("Style")
    style = subprocess.run([*PYTHON, "ruff", "check", "--quiet", "."], check=False).returncode == 0
    counts = {"On SQLite": suite("on SQLite", WITHOUT_BROWSER)}
    with postgres.server() as address:
        counts["On PostgreSQL"] = suite("on PostgreSQL", WITHOUT_BROWSER, DATABASE_URL=address)
    counts["In the browser"] = suite("in the browser", ["tests/browser"], CHROMIUM=chromium())
    heading("Result")
    if not style:
        print("Style: ruff finds faults, shown above; counted as one failure")
    for where, (passed, failed) in counts.items():
        print(f"{where}: {passed} passed, {failed} failed")
    passed = sum(passed for passed, _ in counts.values())
    failed = sum(failed for _, failed in counts.values()) + (not style)
    print(f"\n{passed} passed, {failed} failed")
    sys.exit(bool(failed))


def suite(where, arguments, **environment):
    """(passed, failed) of one run of pytest. One that breaks off, or runs nothing, counts a failure."""
    heading(f"Tests {where}")
    with tempfile.TemporaryDirectory() as directory:
        report = Path(directory) / "report.xml"
        run = subprocess.run(
            [*PYTHON, "pytest", "--quiet", f"--junitxml={report}", *arguments],
            env={**os.environ, **environment},
            check=False,
        )
        passed, failed = count(report)
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
