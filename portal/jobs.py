"""Runs the jobs of the timers once, however many hosts have the timers, and notes how each run went."""

import socket
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from catalog.caching.failures import failure_of

from .backups.making import ERASED
from .models import JobRun

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None


@dataclass(frozen=True)
class Job:
    """A command of manage.py, how often a timer calls it, and its arguments."""

    every: timedelta
    arguments: tuple = ()


MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
JOBS = {
    "send_mail": Job(MINUTE),
    "send_watches": Job(10 * MINUTE),
    "count_service": Job(HOUR),
    "erased": Job(HOUR, (f"--save={settings.BACKUP_DIR / ERASED}",)),
    "backup": Job(DAY),
    "write_bulk": Job(DAY),
    "clearsessions": Job(DAY),
    "erase_old": Job(DAY),
    "ask_keepers": Job(DAY),
}
"""The jobs by name; deploy/ has a timer for each."""

JUST_RUN = 0.5
"""Share of its interval within which a job that ended well is not run again: another host was first."""


def run(name):
    """Run a job, unless a process on any host is at it or has just been; returns whether it ran here."""
    with alone(name) as taken:
        if not taken or has_just_run(name):
            return False
        with noted(name):
            call_command(name, *JOBS[name].arguments)
    return True


def has_just_run(name):
    """Whether it ended well a moment ago; a run in the future is none: the clock was set back."""
    now = timezone.now()
    moment = (now - JUST_RUN * JOBS[name].every, now)
    return JobRun.objects.filter(pk=name, ended__isnull=False, error="", began__range=moment).exists()


@contextmanager
def noted(name):
    """Write down how the run inside goes; of an unforeseen error its kind alone: its words may be private."""
    began = timezone.now()
    first = {"host": socket.gethostname(), "began": began, "ended": None, "error": ""}
    JobRun.objects.update_or_create(pk=name, defaults=first)
    row = JobRun.objects.filter(pk=name)
    try:
        yield
    except BaseException as error:
        known = str(error) if isinstance(error, CommandError) else failure_of(error)
        said = known or f"{type(error).__name__}, see the log"
        with suppress(DatabaseError):  # the first error says why
            row.update(ended=timezone.now(), error=said[:300] or "failed")
        raise
    row.update(ended=timezone.now(), succeeded=began)


def alone(name, *, wait=False):
    """A context that is True for one process at a time of all that share the database, and False for others
    unless they `wait` for their turn. The turn ends with the process too."""
    return (_alone_on_postgresql if connection.vendor == "postgresql" else _alone_by_file)(name, wait)


@contextmanager
def _alone_on_postgresql(name, wait):
    take = "pg_advisory_lock" if wait else "pg_try_advisory_lock"
    with closing(connection.copy()) as own, own.cursor() as cursor:  # a job may close the usual connection
        cursor.execute(f"SELECT {take}(hashtextextended(%s, 0))", [f"portal.jobs.{name}"])
        yield wait or cursor.fetchone()[0]


@contextmanager
def _alone_by_file(name, wait):
    folder = settings.VAR_DIR / "jobs"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / name).open("w", encoding="utf-8") as lock:
        if not fcntl:
            yield True
            return
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True
