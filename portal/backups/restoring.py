"""Restores a backup into an installation that holds nothing, and compares one with what is here."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.migrations.loader import MigrationLoader

from contact import erasing

from . import archives, engines, fingerprints, making, uploads


def restore(archive, identity=None):
    """Put the database and the uploads of an archive into this empty installation, bring the tables up to
    date, and erase again what visitors had erased since; returns the manifest.

    CommandError, and nothing changed, where the archive is not whole or the installation is not empty. Rows
    are compared where the archive's program has the tables that this one has.
    """
    refuse_filled()
    settings.VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR, prefix="restoring-") as work:
        folder = Path(work)
        manifest = archives.unpack(archive, folder, identity)
        names = (engines.SQLITE_NAME, engines.POSTGRESQL_NAME)
        database = next(folder / name for name in names if name in manifest["members"])
        engines.put_copy_back(database)
        uploads.put_files_back(folder)
    if has_these_tables(manifest) and (found := list(manifest_differences(manifest))):
        raise CommandError("\n".join(["What was restored differs from the backup:", *found]))
    call_command("migrate", verbosity=0)
    call_command("update_statistics")  # no backup of PostgreSQL holds them
    erasing.reapply(erasing.read_erased(archive.parent / making.ERASED))
    return manifest


def has_these_tables(manifest):
    """Whether the archive was made by a program with the same migrations."""
    here = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return {tuple(name.split("/")) for name in manifest["migrations"]} == set(here)


def refuse_filled():
    if label := fingerprints.filled_table():
        raise CommandError(
            f"This installation holds {label} rows. A backup is restored into an empty one: set VAR_DIR or"
            " DATABASE_URL to a new place."
        )
    if filled := list(uploads.members().values()):
        raise CommandError(
            f"This installation holds uploads, such as {filled[0]}: set VAR_DIR to a new place."
        )


def manifest_differences(manifest):
    """Sentences on what differs between the manifest of a backup and this installation."""
    yield from fingerprints.differences(manifest["tables"], fingerprints.of_tables())
    here = uploads.members()
    for name, expected in manifest["members"].items():
        if "/" not in name:
            continue  # the database
        if name not in here:
            yield f"{name}: the file is missing"
        elif archives.size_and_digest(here[name]) != expected:
            yield f"{name}: the file is another one"
