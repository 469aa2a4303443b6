"""The faults: each function breaks one site, heals it and notes what was seen."""

import os
import random
import shutil
import signal
import subprocess
import threading
import time
from collections import Counter
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from .people import Person
from .site import KEPT, Site, folder, healed, lost, seen

KILLS = 50


@contextmanager
def running(var, url="", **options):
    """(site, staff) with the usual pages kept."""
    site = Site(var, url, **options).start()
    try:
        staff = Person(site)
        staff.sign_in()
        for path in (KEPT, KEPT):
            Person(site).ask(path)
        yield site, staff
    finally:
        site.stop()


class Writer(threading.Thread):
    """Saves numbered texts, one after the other; `acknowledged` are those that were taken."""

    def __init__(self, site, staff):
        super().__init__(daemon=True)
        self.site, self.staff, self.ends = site, staff, threading.Event()
        self.acknowledged, self.visits = [], Counter()

    def run(self):
        number = 0
        while not self.ends.is_set():
            number += 1
            with suppress(Exception):
                self.visits[f"save {self.save(f'Number {number}')}"] += 1
                self.visits[Person(self.site).ask(KEPT, patience=10).status] += 1

    def one_more(self, seconds):
        """Wait for one more text that is taken."""
        had, end = len(self.acknowledged), time.monotonic() + seconds
        while len(self.acknowledged) == had and time.monotonic() < end:
            time.sleep(0.05)

    def save(self, text):
        status = self.staff.save(text).status
        if status == 302:
            self.acknowledged.append(text)
        return status

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.ends.set()
        self.join(120)


def kills(report, var, url):
    with running(var, url, workers=2) as (site, staff):
        before = len(site.lines())
        with Writer(site, staff) as writer:
            for number in range(KILLS):
                writer.one_more(seconds=6)
                time.sleep(random.random())
                workers = site.workers
                if workers:
                    os.kill(workers[number % len(workers)], signal.SIGKILL)
        log = f"{len(site.lines()) - before} lines"
        report.note(
            fault=f"kill -9 of a worker, {KILLS} times",
            engine=site.engine,
            visitor=f"{writer.visits[200]} pages, {writer.visits[0]} cut off",
            staff=f"{len(writer.acknowledged)} saves, {writer.visits['save 0']} cut off",
            operator="nothing to do",
            readyz=site.ready(),
            log=log,
            healed=healed(site, staff, "after"),
            lost=lost(site, writer.acknowledged),
        )


def broken(report, fault, people, operator, heal):
    """Look at a site that is broken already, heal it, look again; `people`: the site and its staff."""
    site, staff = people
    visitor, said, ready, log = seen(site, staff, "Typed & kept")
    heal()
    report.note(
        fault=fault,
        engine=site.engine,
        visitor=visitor,
        staff=said,
        operator=operator,
        readyz=ready,
        log=log,
        healed=healed(site, staff, f"after {fault}"),
        lost=lost(site, ["acknowledged", f"after {fault}"]),
    )


def disk_full(report, template, url=""):
    """A small file system in memory for all that the site writes."""
    with folder() as place:
        need = sum(path.stat().st_size for path in template.rglob("*") if path.is_file()) // 2**20 + 24
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={need}m", "none", place], check=True)
        try:
            shutil.copytree(template, place, dirs_exist_ok=True)
            with running(place, url) as (site, staff):
                staff.save("acknowledged")
                if not url:  # or what is written next has room in the log of changes, which is there already
                    site.rows("PRAGMA wal_checkpoint(TRUNCATE)")
                fill(place / "ballast")
                fault, operator = "disk full (tmpfs)", "made room"
                broken(report, fault, (site, staff), operator, (place / "ballast").unlink)
        finally:
            subprocess.run(["umount", "--lazy", place], check=True)


def fill(path):
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * 4096)


def read_only_file(report, template):
    """The worker opens a file that nobody may change (chattr +i, which binds root too)."""
    with folder(template) as var, running(var) as (site, staff):
        staff.save("acknowledged")
        stop_writing = ["chattr", "+i", site.database]
        for worker in site.workers:
            os.kill(worker, signal.SIGKILL)
        subprocess.run(stop_writing, check=True)
        try:
            site.new_workers()
            Person(site).ask(KEPT)
            status, line = Site(var).run("start", "--no-serve")
            heal = [*stop_writing[:1], "-i", site.database]
            operator = f"start: {status} “{line}”"
            fault = "database file read-only"
            broken(report, fault, (site, staff), operator, lambda: subprocess.run(heal, check=True))
        finally:
            subprocess.run(["chattr", "-i", site.database], check=False)


def read_only_disk(report, template):
    """The kernel refuses while a file is open for writing: the workers are killed, and others follow."""
    with folder() as place:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200m", "none", place], check=True)
        try:
            shutil.copytree(template, place, dirs_exist_ok=True)
            with running(place) as (site, staff):
                staff.save("acknowledged")
                os.kill(site.master, signal.SIGSTOP)
                for worker in site.workers:
                    os.kill(worker, signal.SIGKILL)
                time.sleep(1)
                tried = subprocess.run(["mount", "-o", "remount,ro", place], check=False).returncode
                os.kill(site.master, signal.SIGCONT)
                if tried:
                    raise RuntimeError("The file system cannot be made read-only.")
                site.new_workers()
                status, line = Site(place).run("start", "--no-serve")
                operator = f"start: {status} “{line}”"
                writable = ["mount", "-o", "remount,rw", place]
                fault = "file system read-only"
                broken(report, fault, (site, staff), operator, lambda: subprocess.run(writable, check=True))
        finally:
            subprocess.run(["umount", "--lazy", place], check=True)


def stopped(report, fault, var, url, switch):
    """Ten seconds without the database, under traffic; `switch`: what takes it away and brings it back."""
    take_away, bring_back = switch
    with running(var, url) as (site, staff):
        staff.save("acknowledged")
        Person(site).ask(KEPT)
        before = len(site.lines())
        with Writer(site, staff) as writer:
            take_away(site)
            visitor, said, ready, _lines = seen(site, staff, "Typed & kept")
            time.sleep(max(0, 10 - 2))
            bring_back(site)
            time.sleep(3)
        log = f"{len(site.lines()) - before} lines"
        report.note(
            fault=fault,
            engine=site.engine,
            visitor=visitor,
            staff=f"{said} ({told(writer.visits)})",
            operator="nothing to do",
            readyz=ready,
            log=log,
            healed=healed(site, staff, "after"),
            lost=lost(site, [*writer.acknowledged, "after"]),
        )


def told(visits):
    return ", ".join(f"{count} × {status}" for status, count in visits.items())


def file_moved(report, template):
    def away(site):
        site.database.rename(site.var / "away")

    def back(site):
        assert not site.database.exists(), "somebody made an empty file"
        (site.var / "away").rename(site.database)

    with folder(template) as var:
        stopped(report, "database file away for 10 s", var, "", (away, back))


def connection_limit(report, var, url):
    with running(var, url) as (site, staff):
        staff.save("acknowledged")
        taken = []
        with suppress(psycopg.OperationalError):
            while len(taken) < 1000:
                taken.append(psycopg.connect(url))
        site.new_workers()
        with suppress(psycopg.OperationalError):
            taken.append(psycopg.connect(url))

        def free():
            for connection in taken:
                connection.close()

        broken(report, f"connection limit ({len(taken)} taken)", (site, staff), "freed them", free)


UPLOAD = """
from django.core.files.base import ContentFile
from catalog.models import Document, Product
document = Document(product=Product.objects.first(), title_en="Drill", title_fa="آزمون")
document.file.save("drill.txt", ContentFile("text"), save=False)
Document.objects.bulk_create([document])
print(document.file.path)
"""

UPLOAD_GONE = "from catalog.models import Document; Document.objects.filter(title_en='Drill').delete()"


def deleted_upload(report, var, url):
    path = Path(Site(var, url).run("shell", "-v", "0", "-c", UPLOAD)[1])
    away = path.with_suffix(".away")
    path.rename(away)
    with running(var, url) as (site, staff):
        staff.save("acknowledged")
        _status, line = site.run("check_index")
        broken(report, "deleted upload", (site, staff), f"check_index: {line}", lambda: away.rename(path))
        site.run("shell", "-v", "0", "-c", UPLOAD_GONE)  # or every drill that follows misses it
    path.unlink(missing_ok=True)


def static_files(report, template, fault, damage):
    """Healed by another start."""
    with folder(template) as var:
        with running(var) as (site, staff):
            staff.save("acknowledged")
            damage(var / "static")
            visitor, said, ready, log = seen(site, staff, "acknowledged too")
        with running(var) as (site, staff):
            sheets = {path.name for path in (var / "static" / "css").glob("site.*.css")}
            report.note(
                fault=fault,
                engine=site.engine,
                visitor=visitor,
                staff=said,
                operator=f"start: mended ({len(sheets)} sheet)",
                readyz=ready,
                log=log,
                healed=healed(site, staff, "after"),
                lost=lost(site, ["acknowledged", "acknowledged too", "after"]),
            )


def without_manifest(static):
    (static / "staticfiles.json").unlink()


def half(static):
    for number, path in enumerate(sorted(path for path in static.rglob("*.*.*") if path.is_file())):
        if number % 2:
            path.unlink()


def damaged_file(report, template):
    with folder(template) as var, running(var) as (site, staff):
        staff.save("acknowledged")
        site.stop()
        whole = site.database.read_bytes()
        site.database.write_bytes(whole[:100] + b"\xff" * 20_000 + whole[20_100:])
        status, line = site.run("start", "--no-serve")
        operator = f"start: {status} “{line}”"
        site.database.write_bytes(whole)
        site.start()
        staff.sign_in()
        Person(site).ask(KEPT)
        file = site.var / "copy"
        file.write_bytes(whole[:100] + b"\xff" * 20_000 + whole[20_100:])
        file.rename(site.database)

        def restore():
            for name in ("-wal", "-shm"):
                (site.var / f"portal.sqlite3{name}").unlink(missing_ok=True)
            file.write_bytes(whole)
            file.rename(site.database)

        broken(report, "damaged file", (site, staff), operator, restore)


def clock_back(report, var, url):
    with running(var, url) as (site, staff):
        staff.save("acknowledged")
    with running(var, url, before=("faketime", "-f", "-1d")) as (site, staff):
        visitor, said, ready, log = seen(site, staff, "a day earlier")
    with running(var, url) as (site, staff):
        report.note(
            fault="clock back one day",
            engine=site.engine,
            visitor=visitor,
            staff=said,
            operator="set the clock",
            readyz=ready,
            log=log,
            healed=healed(site, staff, "after"),
            lost=lost(site, ["acknowledged", "a day earlier", "after"]),
        )


def first_starts(report, url):
    """Killed at three moments of its migrations and its load, then two at once."""
    with folder() as var:
        site = Site(var, url)
        for seconds in (6, 14, 25):
            process = subprocess.Popen(
                site.command("start", "--no-serve"),
                env=site.environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            time.sleep(seconds)
            process.kill()
            process.wait()
        two = [
            subprocess.Popen(
                site.command("start", "--no-serve"),
                env=site.environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _number in range(2)
        ]
        ends = [(process.communicate()[1], process.returncode) for process in two]
        status, line = site.run("check_index")
        products = site.rows("SELECT COUNT(*) FROM catalog_product")[0][0]
        accounts = site.rows("SELECT COUNT(*) FROM auth_user")[0][0]
        whole = (status, products, accounts, [code for _error, code in ends]) == (0, 256, 4, [0, 0])
        with running(var, url) as (running_site, staff):
            report.note(
                fault="first start killed at 6, 14 and 25 s, then two at once",
                engine=site.engine,
                visitor=f"{products} products",
                staff=f"{accounts} accounts",
                operator=f"both ended with {[code for _error, code in ends]}",
                readyz=running_site.ready(),
                log=f"check_index: {line}",
                healed=healed(running_site, staff, "after") if whole else f"NO: {ends}",
                lost="nothing" if products == 256 else "LOST products",
            )
