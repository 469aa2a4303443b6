"""Runs every drill and prints the table; `python -m tests.drills sqlite kills` only some."""

import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg

from tests import postgres

from . import backups, faults
from .site import Report, Site, folder


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


def main():
    chosen, report, began = set(sys.argv[1:]), Report(), time.monotonic()
    print(" | ".join(Report.COLUMNS), flush=True)
    with folder() as template:
        filled(template, "")
        if not chosen or "sqlite" in chosen:
            each(report, chosen, on_sqlite(report, template))
        if not chosen or "postgresql" in chosen:
            with postgres.server() as address, folder() as var:
                server = Server(address)
                with psycopg.connect(address.removesuffix("portal") + "postgres", autocommit=True) as first:
                    first.execute("CREATE DATABASE portal")
                try:
                    filled(var, address)
                    each(report, chosen, on_postgresql(report, template, var, address, server))
                finally:
                    if server.process:
                        server.stop()
    show(report, time.monotonic() - began)
    sys.exit(bool(report.failed))


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


def each(report, chosen, drills):
    names = chosen - {"sqlite", "postgresql"}
    for name, drill in drills.items():
        if names and name not in names:
            continue
        try:
            drill()
        except Exception as error:  # the other drills are worth running
            traceback.print_exc()
            report.note(fault=name, healed=f"NO: {error!r:.200}", lost="")


def show(report, seconds):
    print("\n| " + " | ".join(Report.COLUMNS) + " |")
    print("|" + " --- |" * len(Report.COLUMNS))
    for row in report:
        print("| " + " | ".join(str(row.get(column.strip("/"), "")) for column in Report.COLUMNS) + " |")
    print(f"\n{len(report)} drills in {seconds / 60:.0f} minutes, {len(report.failed)} failed")


if __name__ == "__main__":
    main()
