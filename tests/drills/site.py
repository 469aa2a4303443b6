"""A site to break: gunicorn as `manage.py start` leaves it, on a copy of a database that was filled once."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

from tests.drills.people import Person, outcome

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 1500  # seconds: a first start on a busy machine
KEPT, OTHER = "/en/products/", "/en/companies/"
LOGS = tempfile.TemporaryDirectory(prefix="drill-logs-")


class Site:
    """`var` holds what it writes, `log` stands elsewhere: a full disk must not swallow what it says."""

    def __init__(self, var, url="", workers=1, before=(), **environment):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.var, self.url, self.before = Path(var), url, before
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "VAR_DIR": str(var),
            "PORT": str(self.port),
            "DATABASE_URL": url,
            "WEB_CONCURRENCY": str(workers),
            "LEAST_FREE_MIB": "2",
            **environment,
        }
        self.log = Path(tempfile.mkstemp(suffix=".log", dir=LOGS.name)[1])
        self.process = None

    @property
    def database(self):
        return self.var / "portal.sqlite3"

    @property
    def engine(self):
        return "PostgreSQL" if self.url else "SQLite"

    @property
    def passwords(self):
        lines = (self.var / "accounts.txt").read_text().splitlines()
        return dict(line.split()[:2] for line in lines)

    def rows(self, sql):
        if self.url:
            with psycopg.connect(self.url) as connection:
                return connection.execute(sql).fetchall()
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(sql).fetchall()

    def command(self, *arguments):
        return [*self.before, sys.executable, "manage.py", *arguments]

    def run(self, *arguments, patience=PATIENCE):
        """(status, last line that was printed) of a command."""
        done = subprocess.run(
            self.command(*arguments),
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=patience,
            check=False,
        )
        lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        return done.returncode, lines[-1] if lines else ""

    def start(self):
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command("start"),
                env=self.environment,
                cwd=ROOT,
                stdout=output,
                stderr=output,
                start_new_session=True,  # faketime ends alone, and would leave what it started
            )
        try:
            return self.wait_until_it_answers()
        except BaseException:
            self.stop()
            raise

    def wait_until_it_answers(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.address}/healthz", timeout=5).close()
            except OSError:
                time.sleep(0.2)
            else:
                return self
        raise RuntimeError(self.log.read_text()[-2000:])

    def stop(self):
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(PATIENCE)

    @property
    def master(self):
        """gunicorn itself, should it have been started by another program such as faketime."""
        return self.process.pid

    @property
    def workers(self):
        children = Path(f"/proc/{self.master}/task/{self.master}/children").read_text()
        return [int(child) for child in children.split()]

    def new_workers(self):
        """Kill the workers: those that follow open everything anew."""
        for worker in self.workers:
            os.kill(worker, signal.SIGKILL)
        end = time.monotonic() + 30
        while time.monotonic() < end and Person(self).ask("/healthz", patience=5).status != 200:
            time.sleep(0.2)

    def ready(self):
        """What /readyz names."""
        answer = Person(self).ask("/readyz")
        if answer.status not in (200, 503):
            return f"{answer.status or 'no answer'}"
        failed = [f"{part}: {text}" for part, text in json.loads(answer.text).items() if text != "ok"]
        return f"{answer.status} {'; '.join(failed) or 'ok'}"

    def lines(self):
        return self.log.read_text(errors="replace").splitlines()


class Report(list):
    """The table, a row a drill."""

    COLUMNS = ("fault", "engine", "visitor", "staff", "operator", "/readyz", "log", "healed", "lost")

    def note(self, **cells):
        self.append(cells)
        print(" | ".join(str(cells.get(column.strip("/"), "")) for column in self.COLUMNS), flush=True)


def failed(row):
    return row["healed"] != "yes" or row["lost"] != "nothing"


def seen(site, staff, words):
    """(visitor, staff, readyz, lines of the log) while something is broken."""
    before = len(site.lines())
    visitor = Person(site)
    kept, other = visitor.ask(KEPT), visitor.ask(OTHER)
    saved = staff.save(words)
    typed = words if saved.status not in (302, 0) and "name=" in saved.text else ""
    for _number in range(40):
        visitor.ask(OTHER)
    ready = site.ready()
    said = f"kept {outcome(kept)}; other {outcome(other)}"
    return said, outcome(saved, typed), ready, f"{len(site.lines()) - before} lines"


def healed(site, staff, words, seconds=45):
    """ "yes" once page, save and /readyz are as they should be, without a restart."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        visitor = Person(site)
        states = [visitor.ask(KEPT).status, visitor.ask(OTHER).status, staff.save(words).status, site.ready()]
        if states == [200, 200, 302, "200 ok"] and Person(site).sign_in() == 302:
            return "yes"
        time.sleep(1)
    return f"NO: {states}"


def lost(site, acknowledged):
    """ "nothing" where the database holds each of the texts that were acknowledged."""
    stored = {text for (text,) in site.rows("SELECT publisher_en FROM catalog_source")}
    missing = [text for text in acknowledged if text not in stored]
    return f"LOST {len(missing)} of {len(acknowledged)}" if missing else "nothing"


@contextmanager
def folder(template=None):
    """A folder that is gone afterwards, with what a filled site wrote where `template` is given."""
    place = Path(tempfile.mkdtemp(prefix="drill-"))
    try:
        if template:
            shutil.copytree(template, place, dirs_exist_ok=True)
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
