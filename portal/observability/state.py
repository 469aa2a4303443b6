"""How the installation stands, as numbers: what the operator's page words and Prometheus is told."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min, Q
from django.utils import timezone

from catalog.models import Change, Outbox
from portal import health
from portal.backups import archives, making
from portal.jobs import JOBS
from portal.models import JobRun

OUTBOX_LATE = timedelta(minutes=15)
BACKUP_LATE = timedelta(hours=26)
GRACE = timedelta(minutes=5)


@dataclass(frozen=True)
class WaitingMail:
    """Mail in the outbox: how much waits, how much of it was refused before, since when the oldest waits; and
    how much was given up on, which waits no more."""

    count: int
    refused: int
    since: datetime | None
    undeliverable: int = 0

    @property
    def age(self):
        return timezone.now() - self.since if self.since else timedelta()

    @property
    def is_fine(self):
        return not self.refused and self.age < OUTBOX_LATE


def outbox():
    found = Outbox.objects.waiting().aggregate(
        count=Count("pk"), refused=Count("pk", Q(tries__gt=0) & ~Q(last_error="")), since=Min("created_at")
    )
    return WaitingMail(**found, undeliverable=Outbox.objects.undeliverable().count())


@dataclass(frozen=True)
class Backup:
    """An archive in BACKUP_DIR."""

    name: str
    size: int
    made_at: datetime

    @property
    def age(self):
        return datetime.now(UTC) - self.made_at

    @property
    def is_encrypted(self):
        return self.name.endswith(archives.ENCRYPTED_ENDING)

    @property
    def is_fine(self):
        return self.age < BACKUP_LATE


def newest_backup():
    """The Backup made last; None where there is none."""
    folder = settings.BACKUP_DIR
    for path in making.backups(folder) if folder.is_dir() else ():
        return Backup(path.name, path.stat().st_size, making.made_at(path))
    return None


def free_disk():
    """(folder, free bytes) of the disks the site writes to, a disk once."""
    found = {}
    for folder in (settings.VAR_DIR, settings.BACKUP_DIR):
        if folder.is_dir():
            found.setdefault(folder.stat().st_dev, (folder, shutil.disk_usage(folder).free))
    return list(found.values())


def database_facts():
    """(name of the engine, its version, size in bytes)."""
    sql = (
        "SELECT sqlite_version(), page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        if connection.vendor == "sqlite"
        else "SELECT current_setting('server_version'), pg_database_size(current_database())"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return connection.display_name, *cursor.fetchone()


def pending_migrations():
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def last_public_change():
    """When something last changed in public; None where nothing did."""
    return Change.objects.order_by("-at").values_list("at", flat=True).first()


@dataclass(frozen=True)
class LastRun:
    """The last run of a job; `run` is None where nobody ever ran it."""

    name: str
    run: JobRun | None

    @property
    def is_late(self):
        """Whether it missed two of its turns, and some minutes for a slow one."""
        since = self.run and self.run.succeeded
        return not since or timezone.now() - since > 2 * JOBS[self.name].every + GRACE

    @property
    def is_fine(self):
        return not self.is_late and not self.run.error


def job_runs():
    """The LastRun of each job of the timers."""
    runs = JobRun.objects.in_bulk()
    return [LastRun(name, runs.get(name)) for name in JOBS]


def readiness():
    """{part of /readyz: "ok" or what is wrong}."""
    return health.checks()
