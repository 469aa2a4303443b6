"""What pages cost right after an edit, as a multiple of a hello-world view: quick, for one who works on them.

    python -m tests.bench.cold /en/ /en/products/?sector=refining
    python -m tests.bench.cold --size 100000 --profile /en/programme/
    python -m tests.bench.cold --database ../portal.sqlite3 /en/

One gunicorn worker answers. Whole pages are not kept, and before every request another process writes a row
of the catalogue, a table in turn. CPU is the worker's; stated is the median. The catalogue is made once in
var/bench/<size>. A file named by --database is copied first, and migrated where it has to be. A profile is
taken in this process, on the same terms.
"""

import argparse
import cProfile
import os
import pstats
import shutil
import statistics
import subprocess
import sys
import time
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.server import ROOT, serving
from tests.bench.writer import Writer

PLACE = ROOT / "var" / "bench"
HELLO, HELLOS = "/hello", 40
ROWS = 25  # functions a profile names


def main():
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
    chosen = parser.parse_args()
    place = copied(chosen.database, chosen.fresh) if chosen.database else generated(chosen.size)
    variables = {
        "VAR_DIR": str(place),
        "DATABASE_URL": "",
        "PAGE_CACHE_MIB": "0",
        "API_REQUESTS_A_MINUTE": "1000000",
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
    }
    os.environ.update(variables)
    prepare(place)
    with Writer(variables) as writer:
        measure(chosen, variables, (lambda: None) if chosen.no_writes else writer.write)


def generated(size):
    """The directory with the catalogue of that size, made where there is none."""
    from tests.bench.__main__ import prepare as make  # noqa: PLC0415

    place = PLACE / str(size)
    if not (place / "portal.sqlite3").exists():
        print(f"Making a catalogue of {size:,} products ...", file=sys.stderr)
        make({"VAR_DIR": str(place), "DATABASE_URL": ""}, size)
    return place


def copied(database, fresh):
    """A directory of this working copy's own with a copy of `database`."""
    database = database.resolve()
    place = PLACE / "copies" / f"{database.parent.name}-{database.stem}"
    place.mkdir(parents=True, exist_ok=True)
    copy = place / "portal.sqlite3"
    if fresh or not copy.exists() or copy.stat().st_ctime < database.stat().st_mtime:
        for leftover in place.glob("portal.sqlite3*"):
            leftover.unlink()
        print(f"Copying {database} ...", file=sys.stderr)
        shutil.copyfile(database, copy)
    return place


def prepare(place):
    """Migrate the database and collect the static files, where either is out of date."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def manage(*command):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, stdout=sys.stderr
        )

    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        connection.close()
        manage("migrate", "--verbosity", "1")
    manifest = place / "static" / "staticfiles.json"
    newest = max(path.stat().st_mtime for path in (ROOT / "static").rglob("*"))
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        manage("collectstatic", "--noinput", "--verbosity", "0")


def measure(chosen, variables, write):
    for path in (HELLO, *chosen.paths):
        get(path)  # what a process works out once is worked out
        get(path)
    print("  ratio        spread   CPU ms hello ms queries  SQL ms      KB  path")
    with serving(variables) as server:
        for path in (HELLO, HELLO, *chosen.paths, *chosen.paths):
            server.get(path)
        for path in chosen.paths:
            report(server, path, chosen.requests, write)
            if chosen.profile:
                print(profile(path, chosen.requests, write))


def report(server, path, requests, write):
    """Print the line of one path. The hello-world view is asked before and after: others use the machine."""
    hellos = [cost(server, HELLO) for _ in range(HELLOS)]
    costs = []
    for _ in range(requests):
        write()
        costs.append(cost(server, path))
    hellos += [cost(server, HELLO) for _ in range(HELLOS)]
    hello = statistics.median(hellos)
    write()
    queries, seconds, size = counted(path)
    spread = f"{min(costs) / hello:.1f}–{max(costs) / hello:.1f}"
    middle = statistics.median(costs)
    print(
        f"{middle / hello:7.1f} {spread:>13} {middle:8.2f} {hello:8.2f} {queries:7} {seconds * 1000:7.1f}"
        f" {size / 1000:7.1f}  {path}",
        flush=True,
    )


def cost(server, path):
    """Milliseconds of the worker's CPU that one request takes."""
    begun = server.cpu()
    server.get(path)
    return (server.cpu() - begun) * 1000


def counted(path):
    """(queries, seconds spent in them, bytes of the answer)."""
    from django.db import connection  # noqa: PLC0415

    spent = []

    def wrapper(execute, sql, params, many, context):
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent.append(time.perf_counter() - begun)

    with connection.execute_wrapper(wrapper):
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
    stats.sort_stats("cumtime").print_stats("/(catalog|portal|templates|contact)/", ROWS)
    lines = text.getvalue().replace(f"{ROOT}/", "").replace(f"{sys.prefix}/", "").splitlines()
    return "\n".join(line for line in lines if line.strip())


def get(path):
    """Ask for `path`; the bytes of its answer, which must be a page."""
    from portal.wsgi import application  # noqa: PLC0415

    parts = urlsplit(path)
    answers = []
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "HTTP_HOST": "127.0.0.1",
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    response = application(environ, lambda status, headers, exc_info=None: answers.append(status))
    try:
        size = sum(len(piece) for piece in response)
    finally:
        getattr(response, "close", lambda: None)()
    if answers[0].startswith("5"):
        raise SystemExit(f"{path} answered {answers[0]}")
    return size


if __name__ == "__main__":
    main()
