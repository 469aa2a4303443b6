"""Makes a backup while the site runs, and forgets those that are too old."""

import fcntl
import shutil
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from contact import erasing
from portal.build import BUILD

from . import archives, engines, uploads

BEGINNING, STAMP = "portal-", "%Y%m%dT%H%M%SZ"
ERASED = "erased.json"
"""The file beside the backups that says which enquiries and subscriptions were erased."""
LEAST = 3
"""Backups that are kept however old they are."""


def make():
    """Write one backup into BACKUP_DIR and delete those older than BACKUP_DAYS; returns its path."""
    folder = settings.BACKUP_DIR
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with alone_in_folder(folder):
        remove_unfinished(folder)
        moment = datetime.now(UTC)
        ending = archives.ENCRYPTED_ENDING if settings.BACKUP_KEYS else archives.ENDING
        target = folder / f"{BEGINNING}{moment.strftime(STAMP)}{ending}"
        with tempfile.TemporaryDirectory(dir=folder, prefix="making-") as work:
            database, tables = engines.snapshot(Path(work))
            manifest = {
                "made_at": moment.isoformat(),
                "build": BUILD,
                "engine": connection.vendor,
                "migrations": sorted(map("/".join, MigrationRecorder(connection).applied_migrations())),
                "tables": tables,
            }
            members = {database.name: database, **uploads.members()}
            archives.write(target, manifest, members, settings.BACKUP_KEYS)
        erasing.save_list(folder / ERASED)
        forget_old_backups(folder, moment)
    return target


@contextmanager
def alone_in_folder(folder):
    """Refuse to run beside another backup."""
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError("Another backup is being made.") from None
        yield


def remove_unfinished(folder):
    """What a backup that was killed left behind."""
    for path in folder.iterdir():
        if path.name.startswith("making-") and path.is_dir():
            shutil.rmtree(path)
        elif archives.UNFINISHED in path.name:
            path.unlink()


def backups(folder):
    """The archives of a folder, the newest first."""
    endings = (archives.ENDING, archives.ENCRYPTED_ENDING)
    found = [path for path in folder.glob(f"{BEGINNING}*") if path.name.endswith(endings)]
    return sorted(found, key=made_at, reverse=True)


def made_at(path):
    """When an archive was made, by its name."""
    text = path.name.removeprefix(BEGINNING).partition(".")[0]
    return datetime.strptime(text, STAMP).replace(tzinfo=UTC)


def forget_old_backups(folder, now):
    """Delete the backups older than BACKUP_DAYS; the newest few stay in any case."""
    for path in backups(folder)[LEAST:]:
        if now - made_at(path) > timedelta(days=settings.BACKUP_DAYS):
            path.unlink()
