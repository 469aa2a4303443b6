"""`python -m tests.hostile [NUMBER [ENGINE]]`: bad requests against a real gunicorn on both engines.

Fails where an answer is a 5xx (but for a 503 that says when to come again) or repeats what was sent as it
was; tells the slowest answers and what the worker grew by, which a busy machine may spoil. Takes some ten
minutes for 10,000 requests an engine.
"""

import http.client
import random
import re
import socket
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from tests import postgres, serve
from tests.hostile import requests

NUMBER = 10_000
FILLING = 2500  # requests before memory is looked at, until every cache is full
AT_ONCE = 3
PATIENCE = 60  # seconds
SLOW = 2  # seconds


@dataclass
class Target:
    """The running site: its port, and cookie and token of an administrator who is signed in."""

    port: int
    cookie: str
    token: str


@dataclass
class Answer:
    """What came back: status 0 where the connection was closed without an answer."""

    status: int
    head: bytes
    body: bytes

    @property
    def fault(self):
        """What is wrong with it; "" for nothing."""
        page = re.search(rb"(?im)^content-type: *(text/html|[^\r]*xml)", self.head)
        later = self.status == 503 and re.search(rb"(?im)^retry-after:", self.head)
        if self.status >= 500 and not later:
            return f"status {self.status}"
        if page and requests.MARK.encode() in self.body:
            return "what was sent is repeated"
        made = re.search(rf"(?mi)^{requests.HEADER}:".encode(), self.head)
        return "a line that was sent is a header" if made else ""


@dataclass
class Found:
    """What came of the requests."""

    statuses: Counter = field(default_factory=Counter)
    faults: list = field(default_factory=list)
    seconds: list = field(default_factory=list)

    def note(self, kind, sent, answer, took):
        self.statuses[answer.status] += 1
        self.seconds.append((took, kind, sent[:160]))
        if answer.fault:
            self.faults.append((answer.fault, kind, sent[:400]))


def exchange(port, sent):
    """The Answer to these bytes."""
    received = b""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(65536):
                received += part
    except OSError:
        pass  # it ended the connection while we wrote
    head, _gap, body = received.partition(b"\r\n\r\n")
    status = re.match(rb"HTTP/1\.\d (\d{3})", head)
    return Answer(int(status[1]) if status else 0, head, body)


def ask(target, seed, number):
    """Send that many requests, which follow from the seed."""
    dice, found = random.Random(seed), Found()
    for _ in range(number):
        kind, sent = requests.one(dice, target)
        began = time.monotonic()
        answer = exchange(target.port, sent)
        found.note(kind, sent, answer, time.monotonic() - began)
    return found


def ask_at_once(target, seed, number):
    whole = Found()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        parts = pool.map(lambda n: ask(target, f"{seed} {n}", number // AT_ONCE + 1), range(AT_ONCE))
        for part in parts:
            whole.statuses += part.statuses
            whole.faults += part.faults
            whole.seconds += part.seconds
    return whole


def signed_in(site):
    """The Target of a site, where the administrator it made has signed in."""
    port = int(site.address.rpartition(":")[2])
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    client.request("GET", "/admin/login/")
    first = client.getresponse()
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', first.read().decode())[1]
    cookies = dict(one.split(";")[0].split("=", 1) for one in first.headers.get_all("Set-Cookie"))
    form = {"username": "admin", "password": site.passwords["admin"], "csrfmiddlewaretoken": token}
    headers = {"Cookie": joined(cookies), "Content-Type": "application/x-www-form-urlencoded"}
    client.request("POST", "/admin/login/", urlencode(form), headers)
    second = client.getresponse()
    second.read()
    cookies |= dict(one.split(";")[0].split("=", 1) for one in second.headers.get_all("Set-Cookie"))
    assert "portal_session" in cookies, second.status
    return Target(port, joined(cookies), token)


def joined(cookies):
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def memory(worker):
    """MiB that a process holds."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{worker}/status").read_text())[1]) / 1024


@contextmanager
def postgresql():
    """The address of an empty database of a server of its own."""
    with postgres.server() as address:
        with psycopg.connect(address.rpartition("/")[0] + "/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE portal")
        yield address


DATABASES = {"SQLite": nullcontext, "PostgreSQL": postgresql}


def run(name, database, number):
    """Ask one engine; returns how many faults it showed."""
    one_worker = {"WEB_CONCURRENCY": "1", "GUNICORN_CMD_ARGS": "--max-requests=0 --log-level=error"}
    one_worker["API_REQUESTS_A_MINUTE"] = "1000000"
    with (
        database as address,
        tempfile.TemporaryDirectory() as folder,
        serve.serving(folder, DATABASE_URL=address or "", **one_worker) as site,
    ):
        target, (worker,) = signed_in(site), site.workers
        ask_at_once(target, f"filling {name}", min(number, FILLING))
        before = memory(worker)
        found = ask_at_once(target, name, number)
        grown = memory(worker) - before
        assert site.workers == [worker], "the worker was replaced"
        report(name, found, before, grown)
        traces = (Path(folder) / "log").read_text(errors="replace").count("Traceback")
        print(f"  tracebacks in the log: {traces}")
    return len(found.faults) + traces


def report(name, found, before, grown):
    seconds = sorted(found.seconds, reverse=True)
    print(f"\n{name}: {len(seconds)} requests, {len(found.faults)} faults")
    print("  statuses:", dict(sorted(found.statuses.items())), "(0: closed without an answer)")
    print(f"  memory: {before:.0f} MiB, grown by {grown:.1f} MiB")
    late = sum(took > SLOW for took, *_ in seconds)
    print(
        f"  99th of a hundred: {seconds[len(seconds) // 100][0]:.2f} s; over {SLOW} s: {late}; the slowest:"
    )
    for took, kind, sent in seconds[:5]:
        print(f"    {took:.2f} s {kind} {sent!r}")
    for fault in found.faults[:20]:
        print("  FAULT", *fault)


def main():
    serve.PATIENCE = 600  # seconds: the machine may have other work
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    chosen = sys.argv[2:] or [*DATABASES]
    sys.exit(sum(run(name, DATABASES[name](), number) for name in chosen) > 0)


if __name__ == "__main__":
    main()
