"""One gunicorn worker on one database, and what it costs: CPU, memory and bytes, read from the kernel."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60  # seconds
HEADERS = {"Host": "127.0.0.1", "Accept-Encoding": "identity"}


@dataclass
class Server:
    """A running portal: its port, and the processes whose CPU counts (its worker, the database's if any)."""

    port: int
    worker: int
    database: Path | None  # a file with the process id of the PostgreSQL server

    def get(self, path, headers=()):
        """(status, headers, body) of one request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request("GET", path, headers=HEADERS | dict(headers))
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response.status, response.headers, body

    def cpu(self):
        """Seconds of CPU used so far by the worker and by PostgreSQL's processes."""
        return sum(_cpu(pid) for pid in [self.worker, *self._database_processes()])

    def memory(self):
        """MiB the worker holds."""
        pages = int(Path(f"/proc/{self.worker}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def _database_processes(self):
        if self.database is None:
            return []
        parent = int(self.database.read_text().split()[0])
        return [parent, *_children(parent)]


def _cpu(pid):
    try:
        # Nanoseconds; /proc/<pid>/stat counts in hundredths of a second only. All threads of the process.
        tasks = Path(f"/proc/{pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 10**9
    except FileNotFoundError:
        return 0.0


def _children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@contextmanager
def serving(variables, database=None):
    """Start the portal of the environment `variables` with one worker; yield the Server; end it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        **os.environ,
        **variables,
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "python:portal.gunicorn", "--max-requests", "0"]
    process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL)
    try:
        yield Server(port, _worker(process, port), database)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def _worker(process, port):
    """The process id of the one worker, once the portal answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            if workers := _children(process.pid):
                return workers[0]
    raise RuntimeError("The portal does not start.")
