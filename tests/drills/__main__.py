"""Runs every drill and prints the table; `python -m tests.drills sqlite kills` only some."""

import signal
import subprocess
import sys
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg

from tests import postgres
from tests.machine import install, on_path

from . import backups, faults
from .site import Report, Site, failed, folder

stopping = threading.Event()
"""Set where one of the engines failed as a whole, or somebody pressed Ctrl-C."""


class Server:
    """PostgreSQL of the tests, which can be stopped and started again."""

    def __init__(self, address):
        self.place = Path(unquote(urlsplit(address).hostname))
        self.process = None

    def stop(self, _site=None):
        pid = int((self.place / "data" / "postmaster.pid").read_text().split()[0])
        if self.process:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)
        else:
            subprocess.run(["kill", "-INT", str(pid)], check=True)
            while (self.place / "data" / "postmaster.pid").exists():
                time.sleep(0.1)

    def start(self, _site=None):
        programs, as_user = postgres.postgres_programs(), postgres.unprivileged(self.place)
        flags = [part for setting in postgres.SETTINGS for part in ("-c", setting)]
        with (self.place / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [programs / "postgres", "-D", self.place / "data", "-k", self.place, *flags],
                stdout=log,
                stderr=log,
                cwd=self.place,
                start_new_session=True,
                **as_user,
            )
        postgres.wait_until_ready(self.place, self.process)


ENGINES = {"sqlite", "postgresql"}


def main():
    """Both engines at the same time: each drill mostly waits."""
    chosen, began = set(sys.argv[1:]), time.monotonic()
    names, engines = chosen - ENGINES, (chosen & ENGINES) or ENGINES
    on_path("faketime") or install("faketime", lambda: on_path("faketime"))
    print(" | ".join(Report.COLUMNS), flush=True)
    reports = {engine: Report() for engine in sorted(engines)}
    with folder() as template, ThreadPoolExecutor() as pool:
        filling = pool.submit(filled, template, "")
        drills = {"sqlite": sqlite_drills, "postgresql": postgresql_drills}
        runs = [
            pool.submit(drills[engine], report, names, template, filling)
            for engine, report in reports.items()
        ]
        try:
            for run in runs:
                run.result()
        except BaseException:
            stopping.set()
            raise
    rows = [row for report in reports.values() for row in report]
    show(rows, time.monotonic() - began)
    sys.exit(any(map(failed, rows)))


def sqlite_drills(report, names, template, filling):
    filling.result()
    each(report, names, on_sqlite(report, template))


def postgresql_drills(report, names, template, filling):
    with postgres.server() as address, folder() as var:
        server = Server(address)
        with psycopg.connect(address.removesuffix("portal") + "postgres", autocommit=True) as first:
            first.execute("CREATE DATABASE portal")
        try:
            filled(var, address)
            filling.result()
            each(report, names, on_postgresql(report, template, var, address, server))
        finally:
            if server.process:
                server.stop()


def filled(var, url):
    site = Site(var, url).start()
    site.stop()


def on_sqlite(report, template):
    """{name: drill}"""

    def copied(drill):
        def run():
            with folder(template) as var:
                drill(report, var, "")

        return run

    return {
        "kills": copied(faults.kills),
        "full": lambda: faults.disk_full(report, template),
        "file": lambda: faults.read_only_file(report, template),
        "disk": lambda: faults.read_only_disk(report, template),
        "moved": lambda: faults.file_moved(report, template),
        "upload": copied(faults.deleted_upload),
        "manifest": lambda: faults.static_files(
            report, template, "manifest deleted", faults.without_manifest
        ),
        "half": lambda: faults.static_files(report, template, "half the static files", faults.half),
        "damaged": lambda: faults.damaged_file(report, template),
        "clock": copied(faults.clock_back),
        "starts": lambda: faults.first_starts(report, ""),
        "loads": copied(backups.loads_killed),
        "backup": copied(backups.under_load),
    }


def on_postgresql(report, template, var, url, server):
    """{name: drill}"""
    switch = (server.stop, server.start)
    fault = "server stopped for 10 s"
    return {
        "kills": lambda: faults.kills(report, var, url),
        "stopped": lambda: faults.stopped(report, fault, var, url, switch),
        "limit": lambda: faults.connection_limit(report, var, url),
        "full": lambda: faults.disk_full(report, var, url),
        "upload": lambda: faults.deleted_upload(report, var, url),
        "clock": lambda: faults.clock_back(report, var, url),
        "starts": lambda: faults.first_starts(report, backups.blank(url)),
        "loads": lambda: backups.loads_killed(report, var, url),
        "backup": lambda: backups.under_load(report, var, url),
        "move": lambda: backups.moved(report, template, url),
    }


def each(report, names, drills):
    for name, drill in drills.items():
        if stopping.is_set() or (names and name not in names):
            continue
        began = time.monotonic()
        try:
            drill()
        except Exception as error:  # the other drills are worth running
            traceback.print_exc()
            report.note(fault=name, healed=f"NO: {error!r:.200}", lost="")
        print(f"({name}: {time.monotonic() - began:.0f} s)", flush=True)


def show(rows, seconds):
    print("\n| " + " | ".join(Report.COLUMNS) + " |")
    print("|" + " --- |" * len(Report.COLUMNS))
    for row in rows:
        print("| " + " | ".join(str(row.get(column.strip("/"), "")) for column in Report.COLUMNS) + " |")
    print(f"\n{len(rows)} drills in {seconds / 60:.0f} minutes, {sum(map(failed, rows))} failed")


if __name__ == "__main__":
    main()
