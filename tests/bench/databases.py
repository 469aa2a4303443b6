"""The catalogues on disk: made once in var/bench, and brought up to date with the code."""

import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg

from tests import postgres
from tests.bench.pages import WRITTEN
from tests.bench.paths import PLACE, ROOT
from tests.machine import postgres_programs

FILE = "portal.sqlite3"


def environment(variables):
    """Of a process that works on the portal of these variables."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "API_REQUESTS_A_MINUTE": "1000000",
        "PYTHONPATH": str(ROOT),
        **variables,
    }


def run(variables, *command):
    """Run Python with these arguments; only its complaints are told."""
    subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment(variables),
        check=True,
        stdout=subprocess.DEVNULL,
    )


@contextmanager
def catalogue(engine, size):
    """A database with `size` products, made where there is none: (variables, file with the server's pid)."""
    if engine == "sqlite":
        yield on_sqlite(size), None
        return
    with postgres.server() as address:
        variables = {"VAR_DIR": str(PLACE / f"postgres-{size}"), "DATABASE_URL": address}
        with psycopg.connect(address.removesuffix("/portal") + "/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE portal")
        on_postgres(variables, size)
        yield variables, Path(unquote(urlsplit(address).netloc.split("@")[1])) / "data" / "postmaster.pid"


def on_sqlite(size):
    """The variables of the catalogue of that size on SQLite, made where it was not made to its end."""
    variables = {"VAR_DIR": str(PLACE / str(size)), "DATABASE_URL": ""}
    complete = PLACE / str(size) / "complete"
    if complete.exists():
        update(variables)
    else:
        fill(variables, size) if size <= WRITTEN else multiply(variables, size)
        complete.touch()
    return variables


def on_postgres(variables, size):
    """Fill the empty database of these variables from the dump of that size, which is made first where there
    is none."""
    dump = PLACE / f"postgres-{size}.dump"
    address, programs = (
        f"--dbname={variables['DATABASE_URL'].replace('postgres:', 'postgresql:', 1)}",
        postgres_programs(),
    )
    if dump.exists():
        command = [programs / "pg_restore", "--jobs=2", "--no-owner", address, dump]
        subprocess.run(command, check=True)
        update(variables)
    else:
        fill(variables, size)
        written = dump.with_suffix(".part")
        command = [programs / "pg_dump", "--format=custom", "--compress=1", f"--file={written}", address]
        subprocess.run(command, check=True)
        written.rename(dump)
    run(variables, "manage.py", "update_statistics")


def fill(variables, size):
    """Migrate, load and fill the database of `variables`, and collect the static files."""
    print(f"  making a catalogue of {size:,} products ...", file=sys.stderr, flush=True)
    begun = time.monotonic()
    program = f"import django; django.setup(); from tests.bench.catalogue import fill; fill({size})"
    run(variables, "manage.py", "start", "--no-serve")
    run(variables, "-c", program)
    collect(variables)
    print(f"  ready after {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)


def multiply(variables, size):
    """Copy the catalogue of WRITTEN products, and its generated rows within the copy."""
    written = on_sqlite(WRITTEN)
    print(f"  making a catalogue of {size:,} products ...", file=sys.stderr, flush=True)
    begun = time.monotonic()
    place = Path(variables["VAR_DIR"])
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(written["VAR_DIR"], place, ignore=shutil.ignore_patterns("complete"))
    program = "import django; django.setup(); from tests.bench.copies import multiply; "
    run(variables, "-c", f"{program}multiply({size // WRITTEN})")
    print(f"  ready after {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)


def copied(database, fresh=False):
    """The variables of a copy of this SQLite file, made again when the file is newer or `fresh`, migrated."""
    database = database.resolve()
    place = PLACE / "copies" / f"{database.parent.name}-{database.stem}"
    place.mkdir(parents=True, exist_ok=True)
    copy = place / FILE
    if fresh or not copy.exists() or copy.stat().st_ctime < database.stat().st_mtime:
        for leftover in place.glob(f"{FILE}*"):
            leftover.unlink()
        print(f"Copying {database} ...", file=sys.stderr)
        shutil.copyfile(database, copy)
    variables = {"VAR_DIR": str(place), "DATABASE_URL": ""}
    update(variables)
    return variables


def update(variables):
    """Migrate a catalogue that was made by an older version and let the database measure its tables, as
    `manage.py start` does; collect the static files anew."""
    run(variables, "manage.py", "start", "--no-serve")
    collect(variables)


def collect(variables):
    """Collect the static files, where one is newer than the collection."""
    manifest = Path(variables["VAR_DIR"]) / "static" / "staticfiles.json"
    newest = max(path.stat().st_mtime for path in (ROOT / "static").rglob("*"))
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        run(variables, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
