"""What pages cost right after an edit, as a multiple of a hello-world view: quick, for one who works on them.

    python -m tests.bench.cold /en/ /en/products/?sector=refining
    python -m tests.bench.cold --size 100000 --profile /en/programme/
    python -m tests.bench.cold --database ../portal.sqlite3 /en/

One gunicorn worker answers. Whole pages are not kept, and before every request another process writes a row
of the catalogue, a table in turn. CPU is the worker's; stated is the median. The catalogue is made once in
var/bench/<size>. A file named by --database is copied first, and migrated where it has to be. Queries are
counted and profiles taken in this process, on the same terms.
"""

import argparse
import cProfile
import os
import pstats
import statistics
import sys
import time
from io import StringIO
from pathlib import Path

import django
from django.db import connection
from django.test import Client

from tests.bench.databases import copied, environment, on_sqlite
from tests.bench.paths import HELLO, ROOT
from tests.bench.server import serving
from tests.bench.writer import Writer

HELLOS = 40  # requests on either side of a page's
ROWS = 25  # functions a profile names
HEAD = "  ratio        spread   CPU ms hello ms queries  SQL ms      KB  path"


def main():
    chosen = arguments()
    variables = copied(chosen.database, chosen.fresh) if chosen.database else on_sqlite(chosen.size)
    variables |= {"PAGE_CACHE_MIB": "0"}
    os.environ.update(environment(variables))
    django.setup()
    with serving(variables) as server, Writer(environment(variables)) as writer:
        write = (lambda: None) if chosen.no_writes else writer.write
        for path in chosen.paths * 2:  # what a process works out once is worked out
            server.get(path)
            get(path)
        print(HEAD)
        for path in chosen.paths:
            print(line(server, path, chosen.requests, write), flush=True)
            if chosen.profile:
                print(profile(path, chosen.requests, write))


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+", metavar="PATH")
    parser.add_argument("--size", type=int, default=256, help="public products of the catalogue")
    parser.add_argument("--database", type=Path, help="an SQLite file to copy instead")
    parser.add_argument("--fresh", action="store_true", help="copy --database again")
    parser.add_argument("--requests", type=int, default=15, help="measured, of each path")
    parser.add_argument("--profile", action="store_true", help="say which functions take the time")
    parser.add_argument("--no-writes", action="store_true", help="nothing is written between requests")
    return parser.parse_args()


def line(server, path, requests, write):
    """The line of one path. The hello-world view is asked before and after: others use the machine."""
    hellos = [cost(server, HELLO) for _ in range(HELLOS)]
    costs = []
    for _ in range(requests):
        write()
        costs.append(cost(server, path))
    hellos += [cost(server, HELLO) for _ in range(HELLOS)]
    hello, middle = statistics.median(hellos), statistics.median(costs)
    spread = f"{min(costs) / hello:.1f}–{max(costs) / hello:.1f}"
    write()
    queries, seconds, size = counted(path)
    return (
        f"{middle / hello:7.1f} {spread:>13} {middle:8.2f} {hello:8.2f} {queries:7} {seconds * 1000:7.1f}"
        f" {size / 1000:7.1f}  {path}"
    )


def cost(server, path):
    """Milliseconds of the worker's CPU that one request takes."""
    begun = server.cpu()
    server.get(path)
    return (server.cpu() - begun) * 1000


def counted(path):
    """(queries, seconds spent in them, bytes of the answer)."""
    spent = []

    def timed(execute, *query):
        begun = time.perf_counter()
        try:
            return execute(*query)
        finally:
            spent.append(time.perf_counter() - begun)

    with connection.execute_wrapper(timed):
        size = get(path)
    return len(spent), sum(spent), size


def profile(path, requests, write):
    """The functions with the most time of their own, and this project's with the most altogether."""
    profiler = cProfile.Profile()
    for _ in range(requests):
        write()
        profiler.enable()
        get(path)
        profiler.disable()
    text = StringIO()
    stats = pstats.Stats(profiler, stream=text)
    text.write(f"--- {requests} requests: own time\n")
    stats.sort_stats("tottime").print_stats(ROWS)
    text.write(f"--- {requests} requests: this project's functions, with what they call\n")
    stats.sort_stats("cumtime").print_stats(f"{ROOT}/(catalog|portal|templates)/", ROWS)
    lines = text.getvalue().replace(f"{ROOT}/", "").replace(f"{sys.prefix}/", "").splitlines()
    return "\n".join(one for one in lines if one.strip())


def get(path):
    """Ask for `path` in this process; the bytes of its answer."""
    return sum(len(piece) for piece in client.get(path))


client = Client(headers={"host": "127.0.0.1"})

if __name__ == "__main__":
    main()
