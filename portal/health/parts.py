"""What /readyz, the metrics and the operator's page say of each part: "ok", or why not, in English.

Anybody may read it: no reason says where the site lies. Each result is kept for a while, a process each, so
that nobody who asks often costs anything.
"""

import logging
import os
import shutil
import threading
import time
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from catalog.caching.failures import Failure, failure_of
from portal.assets import wholeness
from portal.backups.uploads import FOLDER_NAMES

from . import probe

OK = "ok"
UPLOAD_STORAGES = ("default", "proofs", "proposed")
"""The storages of uploads."""
ALL_RIGHTS = os.R_OK | os.W_OK | os.X_OK
logger = logging.getLogger(__name__)


def database():
    return probe.database_failure() or OK


def migrations():
    """One migration that is missing is "pending"; nothing is known where the database does not answer."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as error:
        return f"unknown: {failure_of(error) or Failure.AWAY}"
    return f"{len(pending)} pending: run manage.py migrate" if pending else OK


def static():
    """The site's own files as they were collected."""
    found = wholeness.fault()
    return f"{found}: start the site again" if found else OK


def disk():
    """Room where the site writes."""
    least = settings.LEAST_FREE_MIB * 2**20
    for name, place in _places().items():
        try:
            free = shutil.disk_usage(place).free
        except OSError:
            return f"the disk of {name} cannot be read"
        if free < least:
            return f"{free // 2**20} MiB are free for {name}, fewer than {settings.LEAST_FREE_MIB}"
    return OK


def media():
    """The folders of uploads, which are made with the first file."""
    closed = [name for name, place in _folders().items() if not os.access(_existing(place), ALL_RIGHTS)]
    return f"{', '.join(closed)} cannot be read or written" if closed else OK


def uploads():
    """Whether each file that a row names is there."""
    try:
        missing = sum(1 for storage, name in _named_files() if not storage.exists(name))
    except (Error, OSError):
        return "unknown: database or files cannot be read"
    return f"{missing} missing: manage.py check_index names those of documents" if missing else OK


PARTS = {  # each with the seconds that its result is kept
    "database": (database, 3),
    "migrations": (migrations, 10),
    "static": (static, 30),
    "disk": (disk, 5),
    "media": (media, 5),
    "uploads": (uploads, 600),
}
FAILED_FOR = 30
"""Seconds at most that a failed part is believed to be so."""
NOT_VITAL = {"uploads"}
"""Named where it fails, but one lost file is no reason to send visitors away from every host."""


NOT_LOOKED_AT = (0, None)


class _Kept:
    """The last result of a part. While one looks anew, the others are told the last one."""

    def __init__(self, part):
        self.part = part
        self.lock = threading.Lock()
        self.last = NOT_LOOKED_AT  # until when it is kept, what it is

    def result(self):
        until, result = self.last
        if time.monotonic() < until or not self.lock.acquire(blocking=result is None):
            return result
        try:
            if time.monotonic() >= self.last[0]:  # who waited finds it done
                self.look()
            return self.last[1]
        finally:
            self.lock.release()

    def look(self):
        check, seconds = PARTS[self.part]
        before, result = self.last[1], check()
        kept_for = seconds if result == OK else min(seconds, FAILED_FOR)
        self.last = time.monotonic() + kept_for, result
        if result != (before or OK):
            logger.warning("readiness of %s: %s", self.part, result)


_kept = {part: _Kept(part) for part in PARTS}


def checks(parts=PARTS):
    """{part: "ok" or the reason why not} of all parts, or of those that are asked for."""
    return {part: _kept[part].result() for part in parts}


def is_ready(found):
    """Whether visitors should be sent here, by what `checks` found."""
    return all(result == OK for part, result in found.items() if part not in NOT_VITAL)


def forget(parts=PARTS):
    """Look anew at whatever of these is asked for next."""
    for part in parts:
        _kept[part].last = NOT_LOOKED_AT


def _places():
    """{name: folder} of the disks on which the site writes, each once."""
    places = {"the site": settings.VAR_DIR, **_folders()}
    if connection.vendor == "sqlite":
        places["the database"] = Path(connection.settings_dict["NAME"]).parent
    existing = {name: _existing(place) for name, place in places.items()}
    by_disk = {place.stat().st_dev: (name, place) for name, place in reversed(existing.items())}
    return dict(by_disk.values())


def _folders():
    """{name: folder} of the uploads; of none that are kept in memory."""
    found = {FOLDER_NAMES.get(name, name): storages[name] for name in UPLOAD_STORAGES}
    return {
        name: Path(storage.location)
        for name, storage in found.items()
        if isinstance(storage, FileSystemStorage)
    }


def _existing(place):
    """The folder, or the one in which it would be made."""
    return next(folder for folder in (place, *place.parents) if folder.exists())


def _named_files():
    """(storage, name) of each file that a row of the catalogue or of what visitors sent names."""
    for label in ("catalog.Document", "contact.Proof"):
        model = apps.get_model(label)
        storage = model._meta.get_field("file").storage
        for name in model._default_manager.order_by("pk").values_list("file", flat=True).iterator():
            if name:
                yield storage, name
