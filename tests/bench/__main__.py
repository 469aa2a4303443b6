"""`make bench`: what a page costs, as a multiple of a hello-world view of the same server in the same run.

    python -m tests.bench                       every size on SQLite, 100,000 on PostgreSQL as well
    python -m tests.bench 256 10000             these sizes on SQLite
    python -m tests.bench --postgres 10000      this size on PostgreSQL

Catalogues are made once and kept in var/bench. Each server start has one worker. A page is asked after each
of its addresses was asked once, on one connection, the addresses in turn. Whole pages are not kept but where
a line says so; parts of them are, as on the running site, and "first" is what an address cost that once. CPU
is what the kernel counted for the worker (and for PostgreSQL's processes). Stated is the median of the starts
and their spread. Writes a table to read and var/bench/result.json.
"""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg

from tests import postgres
from tests.bench.pages import SIZES, WRITTEN, pages
from tests.bench.server import ROOT, serving

PLACE = ROOT / "var" / "bench"
STARTS = 5
SECONDS = 1.2  # how long a page is asked in one start, at least
LEAST, MOST = 5, 400  # requests


@dataclass
class Cost:
    """One page in one start: CPU and latency of a request in ms, its bytes, and MiB the worker holds.

    `first`: CPU of the first request for each address, when few parts of it were kept.
    """

    cpu: float
    first: float
    latency: float
    bytes: int
    memory: float


@dataclass
class Line:
    """A line of the table: the median ratio of the starts and their spread, and what may be at most."""

    engine: str
    size: int
    page: str
    ratio: float
    least: float
    most: float
    limit: float | None
    cpu: float
    first: float
    latency: float
    queries: int
    bytes: int
    memory: float

    @property
    def verdict(self):
        return "" if self.limit is None else "within" if self.ratio <= self.limit else "misses"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--postgres", type=int, action="append", default=None, metavar="SIZE")
    parser.add_argument("--starts", type=int, default=STARTS)
    chosen = parser.parse_args()
    sizes = chosen.sizes or ([] if chosen.postgres else SIZES)
    on_postgres = chosen.postgres if chosen.postgres is not None else [] if chosen.sizes else [100_000]
    if max(on_postgres, default=0) > WRITTEN:
        parser.error(f"More than {WRITTEN:,} products are measured on SQLite only.")
    PLACE.mkdir(parents=True, exist_ok=True)
    lines = []
    for size in sizes:
        lines += measured("sqlite", size, chosen.starts)
    for size in on_postgres:
        lines += measured("postgresql", size, chosen.starts)
    result = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "lines": [asdict(line) for line in lines],
    }
    (PLACE / "result.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"\n{table(lines)}\nWritten to {(PLACE / 'result.json').relative_to(ROOT)}")


def measured(engine, size, starts):
    """The Lines of one catalogue on one engine."""
    print(f"\n== {size:,} products on {engine}", flush=True)
    with catalogue(engine, size) as (variables, database):
        queries = counted_queries(variables, size)
        found = {}
        for number in range(starts):
            hello = once(variables, database, size, found)
            print(f"  start {number + 1} of {starts}: hello-world {hello:.2f} ms", flush=True)
    factor = 1 if engine == "sqlite" else 3
    return [line(engine, size, page, found[page.name], queries[page.name], factor) for page in pages(size)]


def once(variables, database, size, found):
    """Measure every page in one start of two servers, one that keeps no pages and one that does; add
    (ratio, Cost) to `found` by name; the milliseconds of a hello-world."""
    for kept in (False, True):
        with serving(variables | {"PAGE_CACHE_MIB": "16" if kept else "0"}, database) as server:
            hello = ask(server, ("/hello",)).cpu
            for page in pages(size):
                if bool(page.revisit) == kept:
                    cost = ask(server, page.paths, page.revisit)
                    found.setdefault(page.name, []).append((cost.cpu / hello, cost))
    return hello


@contextmanager
def catalogue(engine, size):
    """A database with `size` products, made where there is none: (variables, file with the server's pid)."""
    if engine == "sqlite":
        variables = {"VAR_DIR": str(PLACE / str(size)), "DATABASE_URL": ""}
        prepare(variables, size)
        yield variables, None
        return
    with postgres.server() as address:
        variables = {"VAR_DIR": str(PLACE / f"postgres-{size}"), "DATABASE_URL": address}
        with psycopg.connect(address.removesuffix("/portal") + "/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE portal")
        prepare(variables, size)
        yield variables, Path(unquote(urlsplit(address).netloc.split("@")[1])) / "data" / "postmaster.pid"


def prepare(variables, size):
    """Migrate, load and fill the database of `variables`, and collect the static files."""
    begun = time.monotonic()
    program = f"import django; django.setup(); from tests.bench.catalogue import fill; fill({size})"
    for command in (
        ["manage.py", "start", "--no-serve"],
        ["-c", program],
        ["manage.py", "collectstatic", "--noinput"],
    ):
        subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment(variables),
            check=True,
            stdout=subprocess.DEVNULL,
        )
    print(f"  ready after {time.monotonic() - begun:.0f} s", flush=True)


def environment(variables):
    return {**os.environ, **variables, "DJANGO_SETTINGS_MODULE": "portal.settings", "PYTHONPATH": str(ROOT)}


def counted_queries(variables, size):
    """{name: queries} of each page's first address, counted in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.queries", str(size)]
    settings = environment(variables) | {"PAGE_CACHE_MIB": "0"}
    return json.loads(subprocess.check_output(command, cwd=ROOT, env=settings))


def ask(server, paths, revisit=""):
    """The Cost of asking for these addresses in turn, until it took SECONDS."""
    client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    tags = {}
    begun = server.cpu()
    for path in paths:
        tags[path] = get(client, path)[0]
    first = (server.cpu() - begun) / len(paths)
    waits, size = [], 0
    begun, cpu = time.perf_counter(), server.cpu()
    while len(waits) < LEAST or (time.perf_counter() - begun < SECONDS and len(waits) < MOST):
        path = paths[len(waits) % len(paths)]
        asked = time.perf_counter()
        size = get(client, path, tags[path] if revisit == "304" else None)[1]
        waits.append(time.perf_counter() - asked)
    spent = server.cpu() - cpu
    client.close()
    return Cost(
        spent / len(waits) * 1000, first * 1000, statistics.median(waits) * 1000, size, server.memory()
    )


def get(client, path, tag=None):
    """(ETag, bytes) of one answer, which must be what was asked for."""
    headers = {"Host": "127.0.0.1", "Accept-Encoding": "identity"} | ({"If-None-Match": tag} if tag else {})
    client.request("GET", path, headers=headers)
    response = client.getresponse()
    body = response.read()
    if response.status != (304 if tag else 200):
        raise RuntimeError(f"{path} answered {response.status}")
    return response.getheader("ETag"), len(body)


def line(engine, size, page, found, queries, factor):  # noqa: PLR0913, PLR0917
    ratios = [ratio for ratio, _cost in found]
    costs = [cost for _ratio, cost in found]
    limit = page.limits.get(size)
    return Line(
        engine,
        size,
        page.name,
        ratio=round(statistics.median(ratios), 1),
        least=round(min(ratios), 1),
        most=round(max(ratios), 1),
        limit=limit * factor if limit else None,
        cpu=round(statistics.median(cost.cpu for cost in costs), 2),
        first=round(statistics.median(cost.first for cost in costs), 1),
        latency=round(statistics.median(cost.latency for cost in costs), 1),
        queries=queries,
        bytes=costs[-1].bytes,
        memory=round(max(cost.memory for cost in costs)),
    )


def table(lines):
    """The Lines as a table of Markdown."""
    head = "engine, products, page, ratio, spread, at most, CPU ms, first ms, latency ms, queries, KB, MiB"
    columns = head.split(", ")
    rows = [
        (
            one.engine,
            f"{one.size:,}",
            one.page,
            one.ratio,
            f"{one.least}–{one.most}",
            "say" if one.limit is None else f"{one.limit} {one.verdict}",
            one.cpu,
            one.first,
            one.latency,
            one.queries,
            f"{one.bytes / 1000:.1f}",
            one.memory,
        )
        for one in lines
    ]
    rules = ["---" if column in {"engine", "page", "spread", "at most"} else "---:" for column in columns]
    return "\n".join(f"| {' | '.join(str(cell) for cell in row)} |" for row in (columns, rules, *rows))


if __name__ == "__main__":
    main()
