"""A PostgreSQL server of the tests' own: made for one run, reached by a socket, gone afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tests.machine import MissingError, postgres_programs

# Nothing here outlives the run, so nothing needs to reach the disk.
SETTINGS = ("listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off")
PATIENCE = 60  # seconds


@contextmanager
def server():
    """Yield a DATABASE_URL of a new empty server; stop and delete it at the end, whatever happened."""
    programs = postgres_programs()
    place = Path(tempfile.mkdtemp(prefix="portal-postgres-"))  # short: a socket's path has at most 107 bytes
    as_user = unprivileged(place)
    process = None
    try:
        with (place / "log").open("wb") as log:
            options = {"stdout": log, "stderr": log, "cwd": place, **as_user}
            subprocess.run(
                [
                    programs / "initdb",
                    f"--pgdata={place / 'data'}",
                    "--username=portal",
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--no-sync",
                ],
                check=True,
                **options,
            )
            flags = [part for setting in SETTINGS for part in ("-c", setting)]
            process = subprocess.Popen(
                [programs / "postgres", "-D", place / "data", "-k", place, *flags],
                start_new_session=True,  # Ctrl-C reaches the tests; the server then ends below, in order
                **options,
            )
            wait_until_ready(place, process)
        yield f"postgres://portal@{quote(str(place), safe='')}/portal"
    except subprocess.CalledProcessError as error:
        raise MissingError(f"PostgreSQL cannot be prepared:\n{(place / 'log').read_text()}") from error
    finally:
        if process:
            process.send_signal(signal.SIGQUIT)
            process.wait(PATIENCE)
        shutil.rmtree(place)


def unprivileged(place):
    """For root, whom PostgreSQL refuses: arguments that run a process as somebody else, who gets `place`."""
    if os.geteuid() != 0:
        return {}
    somebody = pwd.getpwnam("nobody")
    os.chown(place, somebody.pw_uid, somebody.pw_gid)
    return {"user": somebody.pw_uid, "group": somebody.pw_gid, "extra_groups": []}


def wait_until_ready(place, process):
    """Return once the server takes connections: its postmaster.pid then says `ready`."""
    state = place / "data" / "postmaster.pid"
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if state.exists() and state.read_text().split()[-1:] == ["ready"]:
            return
        time.sleep(0.1)
    raise MissingError(f"PostgreSQL does not start:\n{(place / 'log').read_text()}")
