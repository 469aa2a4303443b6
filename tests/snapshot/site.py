"""The site that is saved: its settings, its clock and its database.

The clock stands still at MOMENT, so sample days, ages and "today" are the same in every save.
"""

import datetime
import io
import os
import shutil
import sqlite3
from zlib import crc32

MOMENT = datetime.datetime(2026, 11, 29, 8, 30, tzinfo=datetime.UTC)  # noon in Tehran
HISTORY = MOMENT - datetime.timedelta(days=10)  # before any bulk file: nothing in them was taken back since
SPREAD = 600  # minutes before MOMENT over which last changes are spread, within the same day
STAFF = "snapshot"
# Records that the data has none of: withdrawn ones, and ones that are not public yet.
WITHDRAWN = {
    "product": 40, "company": 60, "contract": 30, "idleunit": 70, "desk": 12, "engagement": 90,
    "facility": 20,
}  # fmt: skip
DRAFT = {"product": 80, "company": 30, "contract": 50, "idleunit": 20, "desk": 5, "engagement": 150}
PDF = b"%PDF-1.4\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n"


def set_up(directory, database):
    """Start Django on the SQLite file `database`; everything else the site writes goes into `directory`."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="tests.snapshot.settings",
        VAR_DIR=str(directory),
        DATABASE_URL=f"sqlite:///{database}",
        PORTAL_ENV="development",
    )
    for name in ("DEBUG", "SITE_NAME_EN", "SITE_NAME_FA", "SITE_OWNER_EN", "SITE_OWNER_FA", "OCDS_PREFIX"):
        os.environ.pop(name, None)
    stop_clock()
    import django  # noqa: PLC0415, only now that the environment says which settings

    django.setup()


def stop_clock():
    """Let Django's `now` give MOMENT, before any model takes it as a default."""
    from django.utils import timezone  # noqa: PLC0415

    timezone.now = lambda: MOMENT


def copy_database(original, copy):
    """Copy a SQLite file with all that is committed in it."""
    with sqlite3.connect(original) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()


def prepare(path, facts_only):
    """Fill the database of this process as a new installation does, and keep a copy as the file `path`."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("load_data", facts_only=facts_only, verbosity=0)
    with connection.cursor() as cursor:
        if not facts_only:
            change_states(cursor)
        fix_times(cursor)
    add_staff()
    if not facts_only:
        add_documents()
    call_command("reindex", verbosity=0)
    with connection.cursor() as cursor:
        fix_times(cursor)
    connection.close()
    aside = path.with_suffix(f".{os.getpid()}")
    copy_database(connection.settings_dict["NAME"], aside)
    shutil.move(aside, path)


def columns(cursor):
    """(table, column) of every moment that a catalogue table keeps."""
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'catalog_%'")
    for (table,) in cursor.fetchall():
        cursor.execute(f"SELECT name FROM pragma_table_info('{table}') WHERE type = 'datetime'")
        yield from ((table, name) for (name,) in cursor.fetchall())


def fix_times(cursor):
    """Give every row the same moments at every run. Last changes differ from row to row, to be ordered by."""
    for table, column in columns(cursor):
        if column == "history_date":
            cursor.execute(f"UPDATE {table} SET {column} = %s", [as_stored(HISTORY)])
            continue
        cursor.execute(f"SELECT rowid FROM {table} WHERE {column} IS NOT NULL")
        rows = [
            (as_stored(MOMENT - datetime.timedelta(minutes=offset(table, pk))), pk)
            for (pk,) in cursor.fetchall()
        ]
        cursor.executemany(f"UPDATE {table} SET {column} = %s WHERE rowid = %s", rows)


def offset(table, pk):
    return crc32(f"{table.replace('historical', '')}{pk}".encode()) % SPREAD


def as_stored(moment):
    """A moment as Django writes it into SQLite."""
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%d %H:%M:%S")


def change_states(cursor):
    """Withdraw a record of each noun and make another a draft: the row at that place in the order of ids."""
    for noun, place in WITHDRAWN.items():
        cursor.execute(
            f"UPDATE catalog_{noun} SET state = 'withdrawn', withdrawn_reason_en = 'Entered twice.', "
            "withdrawn_reason_fa = 'دو بار ثبت شده بود.' "
            f"WHERE id = (SELECT id FROM catalog_{noun} ORDER BY id LIMIT 1 OFFSET %s)",
            [place],
        )
    for noun, place in DRAFT.items():
        cursor.execute(
            f"UPDATE catalog_{noun} SET state = 'draft', published_at = NULL "
            f"WHERE id = (SELECT id FROM catalog_{noun} ORDER BY id LIMIT 1 OFFSET %s)",
            [place],
        )


def add_staff():
    from django.contrib.auth import get_user_model  # noqa: PLC0415

    users = get_user_model().objects
    users.all().delete()
    users.create_superuser(STAFF, password=None)


def add_documents():
    """Documents of every kind of access on a product, a desk and a contract: the data has none."""
    from django.apps import apps  # noqa: PLC0415

    def first(noun):
        return apps.get_model("catalog", noun).objects.filter(state="published").order_by("pk").first()

    document = apps.get_model("catalog", "Document")
    product, desk, contract = first("Product"), first("Desk"), first("Contract")
    shared = {"state": "published", "published_at": MOMENT, "origin": "ministry"}
    rows = [
        {"product": product, "kind": "specification", "access": "public", "file": "documents/a.pdf"},
        {"product": product, "kind": "image", "access": "public", "file": "documents/b.png"},
        {"product": product, "kind": "standard", "access": "on_request"},
        {"product": product, "kind": "drawing", "access": "public", "file": "documents/gone.pdf"},
        {"desk": desk, "kind": "call", "access": "public", "file": "documents/c.pdf", "language": "fa"},
        {"contract": contract, "kind": "contract", "access": "public", "file": "documents/d.pdf"},
    ]
    for number, row in enumerate(rows, 1):
        names = {"title_en": f"Paper {number}: terms", "title_fa": f"سند {number}: شرایط", "version": "2"}
        document.objects.create(**shared, **names, **row)
    reason = {"withdrawn_reason_en": "Out of date.", "withdrawn_reason_fa": "به‌روز نبود."}
    withdrawn = {**shared, "state": "withdrawn", **reason}
    names = {"title_en": "Old paper", "title_fa": "سند کهنه"}
    document.objects.create(product=product, access="public", file="documents/a.pdf", **withdrawn, **names)


def store_files():
    """Put the documents' files where the storage looks for them; one stays missing."""
    from django.apps import apps  # noqa: PLC0415
    from django.core.files.base import ContentFile  # noqa: PLC0415
    from django.core.files.storage import default_storage  # noqa: PLC0415

    for name in set(
        apps.get_model("catalog", "Document").objects.exclude(file="").values_list("file", flat=True)
    ):
        if "gone" not in name and not default_storage.exists(name):
            default_storage.save(name, ContentFile(PNG if name.endswith("png") else PDF))


def bring_up_to_date():
    """Migrate the copy of the prepared database; derive anew only where a migration was missing."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    call_command("migrate", verbosity=0)
    if pending:
        call_command("reindex", verbosity=0)
        with connection.cursor() as cursor:
            fix_times(cursor)
    store_files()
    call_command("write_bulk", verbosity=0, stdout=io.StringIO())
