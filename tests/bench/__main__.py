"""`make bench`: what every kind of page costs, as a multiple of a hello-world view of the same server.

    python -m tests.bench                       every size on SQLite, 100,000 on PostgreSQL as well
    python -m tests.bench 256 100000            these sizes on SQLite
    python -m tests.bench --postgres 100000     this size on PostgreSQL
    python -m tests.bench 256 --only product    the pages with that word in their name

Catalogues are made once and kept in var/bench. Each server start has one worker. "Cold" is a page of which
nothing is kept: another process writes a row of the catalogue before every request, a table in turn, and
whole pages are never kept. "Kept" is a page asked for again, "304" one the visitor has already. CPU is what
the kernel counted for the worker (and for PostgreSQL's processes); stated is the median of the starts and
their spread. Writes a table to read and var/bench/result.json.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime

from tests.bench import measuring
from tests.bench.databases import catalogue, environment
from tests.bench.pages import SIZES, WRITTEN, pages
from tests.bench.paths import BARE, HELLO, PLACE, ROOT
from tests.bench.report import line, missing, table
from tests.bench.server import serving
from tests.bench.writer import Writer

STARTS = 3


def main():
    chosen = arguments()
    sizes = chosen.sizes or ([] if chosen.postgres else SIZES)
    on_postgres = chosen.postgres or ([] if chosen.sizes else [100_000])
    PLACE.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    lines = []
    for engine, size in [
        *(("sqlite", size) for size in sizes),
        *(("postgresql", size) for size in on_postgres),
    ]:
        lines += measured(engine, size, chosen)
    save(lines)
    print(f"\n{table(lines)}\n\nAbove their limits: {'; '.join(missing(lines)) or 'none'}.")
    print(f"{(time.monotonic() - begun) / 60:.0f} minutes; written to var/bench/result.json.")


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--postgres", type=int, action="append", default=[], metavar="SIZE")
    parser.add_argument("--starts", type=int, default=STARTS)
    parser.add_argument("--only", default="", help="a word of the names of pages")
    chosen = parser.parse_args()
    if max(chosen.postgres, default=0) > WRITTEN:
        parser.error(f"More than {WRITTEN:,} products are measured on SQLite only.")
    return chosen


def measured(engine, size, chosen):
    """The Lines of one catalogue on one engine."""
    print(f"\n== {size:,} products on {engine}", flush=True)
    asked = [page for page in pages(size) if chosen.only in page.name]
    with catalogue(engine, size) as (variables, database):
        queries = counted_queries(variables, size)
        costs = {page.name: {"cold": [], "kept": [], "304": []} for page in asked}
        for number in range(chosen.starts):
            print(f"  start {number + 1} of {chosen.starts}", end="", flush=True)
            measure_cold(variables, database, asked, costs)
            measure_unchanged(variables, database, asked, costs)
    return [line(engine, size, page, costs[page.name], queries[page.name]) for page in asked]


def measure_cold(variables, database, asked, costs):
    """Add the Cost of each page in one start of a server that keeps no page."""
    settings = variables | {"PAGE_CACHE_MIB": "0"}
    with serving(settings, database) as server, Writer(environment(settings)) as writer:
        for page in asked:
            costs[page.name]["cold"].append(measuring.cold(server, page, writer.write))
        hello, bare = measuring.cost_of(server, HELLO), measuring.cost_of(server, BARE)
    print(f": hello-world {hello:.2f} ms, without middleware {bare:.2f} ms", flush=True)


def measure_unchanged(variables, database, asked, costs):
    """Add the ratios of each page in one start of a server as shipped, asked for what has not changed."""
    with serving(variables, database) as server:
        measuring.warm(server, asked)
        for page in asked:
            for way in page.unchanged:
                costs[page.name][way].append(measuring.unchanged(server, page, way))


def counted_queries(variables, size):
    """{name: queries} of each page's first address, counted in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.queries", str(size)]
    settings = environment(variables) | {"PAGE_CACHE_MIB": "0"}
    return json.loads(subprocess.check_output(command, cwd=ROOT, env=settings))


def save(lines):
    result = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "hello_ms": statistics.median(one.hello for one in lines),
        "lines": [asdict(one) | {"misses": one.misses} for one in lines],
    }
    (PLACE / "result.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
