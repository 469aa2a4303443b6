"""Backups of a site that is being written to: what is restored, what a killed backup leaves, a move."""

import os
import random
import re
import signal
import subprocess
import time
from contextlib import suppress

import psycopg

from portal.backups import archives

from .faults import Writer, running
from .people import Person
from .site import Site, folder, healed, lost

KILLS = 10
LOADS = 18
BLANK = "_blank"


def under_load(report, var, url):
    """Backed up while staff save, restored into an empty installation, compared and read page by page."""
    with running(var, url, workers=2) as (site, staff), folder() as backups, folder() as empty:
        site.environment["BACKUP_DIR"] = str(backups)
        with Writer(site, staff) as writer:
            writer.one_more(seconds=30)
            before = list(writer.acknowledged)
            status, archive, seconds = timed(site, "backup")
            writer.one_more(seconds=30)
        assert status == 0, archive
        left = killed(site, backups, seconds)
        restored = Site(empty, blank(url))
        _status, told, restoring = timed(restored, "restore", archive)
        verified, equal, verifying = timed(restored, "verify", archive)
        holds = lost(restored, before)
        ready, pages, wrong = crawled(restored)
        whole = verified == 0 and not wrong and not left
        report.note(
            fault=f"backup while staff save, {KILLS} more killed, the first one restored",
            engine=site.engine,
            visitor=f"{pages} pages of the restored site, {len(wrong)} wrong {wrong[:3] or ''}",
            staff=f"{len(writer.acknowledged)} saves, {len(before)} before the backup, which holds them",
            operator=f"backup {seconds:.0f} s, restore {restoring:.0f} s, verify {verifying:.0f} s: {equal}",
            readyz=ready,
            log=told,
            healed=healed(site, staff, "after") if whole else f"NO: {left or equal}",
            lost=holds,
        )


def timed(site, *arguments):
    """(status, last line, seconds) of a command."""
    began = time.monotonic()
    return *site.run(*map(str, arguments)), time.monotonic() - began


def killed(site, backups, seconds):
    """Archives, or what looks like one, that backups left which were killed at a random moment each."""
    whole = set(backups.glob("portal-*"))
    for _number in range(KILLS):
        end_it(site, random.uniform(0.1, seconds), "backup")
    left = sorted(path.name for path in set(backups.glob("portal-*")) - whole if not whole_one(site, path))
    status, line = site.run("backup")
    unfinished = [path.name for path in backups.iterdir() if path.name.startswith("making-")]
    return [*left, *unfinished, *([line] if status else [])]


def whole_one(site, path):
    """Was this archive finished before the kill came? Nobody writes meanwhile, so it equals the site."""
    return archives.UNFINISHED not in path.name and site.run("verify", str(path))[0] == 0


def end_it(site, seconds, *arguments):
    """Start a command and kill it with everything that it started."""
    process = subprocess.Popen(
        site.command(*arguments),
        env=site.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def blank(url):
    """The address of a new, empty database beside that of `url`; "" for SQLite."""
    if not url:
        return ""
    server, _slash, name = url.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}{BLANK} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}{BLANK} TEMPLATE template0 ENCODING UTF8 LOCALE 'C.UTF-8'")
    return f"{url}{BLANK}"


def crawled(site):
    """(readyz, pages, addresses that are not 200) of all that the sitemaps of a site name."""
    site.start()
    try:
        visitor, paths = Person(site), []
        for sitemap in addresses(visitor.ask("/sitemap.xml")):
            paths += addresses(visitor.ask(sitemap)) if sitemap.endswith(".xml") else [sitemap]
        wrong = [path for path in paths if visitor.ask(path).status != 200]
        return site.ready(), len(paths), wrong if paths else ["no sitemap"]
    finally:
        site.stop()


def addresses(answer):
    """The paths that a sitemap names."""
    return [re.sub(r"^https?://[^/]+", "", found) for found in re.findall(r"<loc>(.+?)</loc>", answer.text)]


def moved(report, template, url):
    """SQLite moved to PostgreSQL, refused while somebody writes and complete when nobody does."""
    with folder(template) as var:
        target = blank(url)
        with running(var) as (site, staff):
            staff.save("acknowledged")
        status, line, seconds = timed(site, "move", target)
        there = Site(var, target)
        ready, pages, wrong = crawled(there) if status == 0 else ("", 0, [line])
        checked, index = there.run("check_index")
        report.note(
            fault="SQLite moved to PostgreSQL",
            engine=there.engine,
            visitor=f"{pages} pages, {len(wrong)} wrong {wrong[:3] or ''}",
            staff="a save before is there",
            operator=f"move {seconds:.0f} s: {line}",
            readyz=ready,
            log=f"check_index: {index}",
            healed="yes" if (status, checked, wrong) == (0, 0, []) else f"NO: {line}",
            lost=lost(there, ["acknowledged"]),
        )


def loads_killed(report, var, url):
    """The files loaded again and cut off, at a random moment each; then a start."""
    with running(var, url) as (site, staff):
        staff.save("acknowledged")
        _status, _line, seconds = timed(site, "load_data")
        for _number in range(LOADS):
            end_it(site, random.uniform(0.5, seconds), "load_data")
        status, line = site.run("start", "--no-serve")
        checked, index = site.run("check_index")
        report.note(
            fault=f"load_data killed {LOADS} times",
            engine=site.engine,
            visitor=f"{site.rows('SELECT COUNT(*) FROM catalog_product')[0][0]} products",
            staff="works on meanwhile",
            operator=f"start: {status}",
            readyz=site.ready(),
            log=f"check_index: {index}",
            healed=healed(site, staff, "after") if (status, checked) == (0, 0) else f"NO: {line}",
            lost=lost(site, ["acknowledged", "after"]),
        )
