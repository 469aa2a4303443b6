"""One gunicorn worker on one database, and what it costs: CPU and memory, read from the kernel."""

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

from tests.bench.databases import environment
from tests.bench.paths import ROOT

PATIENCE = 60  # seconds
IDLE = 1  # seconds after which gunicorn may have closed a connection
HEADERS = {"Host": "127.0.0.1", "Accept-Encoding": "identity"}


@dataclass
class Answer:
    """What came back: its status, its ETag or None, its size in bytes."""

    status: int
    tag: str | None
    size: int


class Server:
    """A running portal: its port, and the processes whose CPU counts (its worker, the database's if any)."""

    def __init__(self, port, worker, database):
        self.worker = worker
        self.database = database  # a file with the process id of the PostgreSQL server, or None
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
        self.used = 0

    def get(self, path, tag=None):
        """The Answer to one request, which has that ETag already."""
        if time.monotonic() - self.used > IDLE:
            self.connection.close()
        headers = HEADERS | ({"If-None-Match": tag} if tag else {})
        self.connection.request("GET", path, headers=headers)
        response = self.connection.getresponse()
        size = len(response.read())
        self.used = time.monotonic()
        return Answer(response.status, response.getheader("ETag"), size)

    def cpu(self):
        """Seconds of CPU used so far by the worker."""
        return _cpu(self.worker)

    def database_cpu(self):
        """Seconds of CPU used so far by PostgreSQL's processes; 0 on SQLite, which runs in the worker."""
        if self.database is None:
            return 0
        parent = int(self.database.read_text().split()[0])
        return sum(_cpu(pid) for pid in (parent, *_children(parent)))

    def memory(self):
        """MiB the worker holds."""
        pages = int(Path(f"/proc/{self.worker}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


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
    settings = environment(variables) | {"PORT": str(port), "WEB_CONCURRENCY": "1"}
    command = ["gunicorn", "--config", "python:portal.gunicorn", "--max-requests", "0", "tests.bench.wsgi"]
    process = subprocess.Popen(
        [sys.executable, "-m", *command], cwd=ROOT, env=settings, stdout=subprocess.DEVNULL
    )
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
