"""The portal as `make run` starts it, on a database, port and files of its own."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 300  # seconds: a first start on a busy machine


@dataclass(frozen=True)
class Site:
    """A running portal: `address` without a closing slash, `passwords` by account name, `database` its SQLite
    file, `process` the process id of gunicorn, `environment` what it was started with."""

    address: str
    passwords: dict
    database: Path
    process: int
    environment: dict

    def manage(self, *arguments, **environment):
        """Run a command of manage.py on this site; returns what it prints."""
        command = [sys.executable, "manage.py", *arguments]
        settings = {**os.environ, **self.environment, **environment}
        done = subprocess.run(
            command, check=False, cwd=ROOT, env=settings, capture_output=True, encoding="utf-8"
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def rows(self, sql, *parameters):
        """What the database holds."""
        with closing(sqlite3.connect(self.database)) as connection:
            connection.row_factory = sqlite3.Row
            return connection.execute(sql, parameters).fetchall()

    @property
    def workers(self):
        """The process ids of gunicorn's workers."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text()
        return [int(child) for child in children.split()]

    @contextmanager
    def only(self, worker):
        """Whatever is asked meanwhile, this worker answers: the others stand still."""
        others = [pid for pid in self.workers if pid != worker]
        try:
            for pid in others:
                os.kill(pid, signal.SIGSTOP)
            yield
        finally:
            for pid in others:
                os.kill(pid, signal.SIGCONT)


@contextmanager
def serving(directory, **environment):
    """Start the portal with everything it writes in `directory`; yield the Site; end it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"DJANGO_SETTINGS_MODULE": "portal.settings", "VAR_DIR": str(directory), "PORT": str(port)}
    settings |= {"DATABASE_URL": "", **environment}
    log = Path(directory) / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "start"],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=output,
            stderr=output,
        )
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", process, log)
        lines = (Path(directory) / "accounts.txt").read_text().splitlines()
        passwords = dict(line.split()[:2] for line in lines)
        database = Path(directory) / "portal.sqlite3"
        yield Site(f"http://127.0.0.1:{port}", passwords, database, process.pid, settings)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def wait_until_it_answers(address, process, log):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"The portal does not start:\n{log.read_text()}")
