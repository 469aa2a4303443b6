"""The edition of the catalogue: a text that changes with every committed write that a public page can show.

Every worker and host reads it from the database. A page is stored under the edition that was read before its
rows were, so it is never stale: what is committed in between gives the next reader another edition. Triggers
on `tables()` record the writes in the table `catalog_edition`, and the edition is the sum of its numbers.
Sessions, histories, sign-ins and other databases of the same server do not move it.

On PostgreSQL each writing statement adds a row, so that no writer waits for another. A query sees the rows of
exactly those transactions whose changes of the catalogue it sees, because both are committed together. A
number is at least 1 and is never taken away again. Equal sums therefore mean the same set of writes, in
whatever order transactions began and were committed.

Every 500th row folds the committed rows into one row with their sum. That leaves the edition as it is, for
readers see either the old rows or the new one. Rows of open transactions are not visible to the fold and
stay, and it skips rows that another fold has locked. So no writer waits here either, the table needs no care,
and a reader adds up some hundred rows.

On SQLite there is one row, to which each write adds; writers stand in line there anyway. The numbers are
random on both engines: a database restored from a backup must not count up to an edition under which some
browser still holds a page of the lost data.
"""

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections

from catalog import search

EDITION_TABLE = "catalog_edition"
CURRENT = "SELECT SUM(number) FROM catalog_edition"
ADVANCE = {
    "sqlite": "UPDATE catalog_edition SET number = number + 1 + (random() & 1073741823)",
    "postgresql": "SELECT catalog_edition_advance()",
}
POSTGRESQL_TRIGGER = (
    "CREATE TRIGGER catalog_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION catalog_edition_count()"
)
SQLITE_TRIGGER = f"CREATE TRIGGER {{name}} AFTER {{event}} ON {{table}} BEGIN {ADVANCE['sqlite']}; END"
SQLITE_EVENTS = ("INSERT", "UPDATE", "DELETE")


NOT_SHOWN = {
    *("LoadedRow", "LoadRun", "Revision"),
    *("AccountEvent", "Outbox", "Scope", "StaffSession"),
    *("Seen", "SeenNoun"),
    *("Import", "ImportRow", "RememberedName", "CustomsFile", "CustomsLine", "CustomsMapping"),
}
"""Models of the staff’s own work: proposed changes, accounts, mail, files that wait, bookkeeping of loads."""


def current(using=DEFAULT_DB_ALIAS):
    """The edition, as a short text; one query."""
    with connections[using].cursor() as cursor:
        cursor.execute(CURRENT)
        return str(cursor.fetchone()[0])


def advance(using=DEFAULT_DB_ALIAS):
    """Make it another edition though no row changed: for what pages show from beside the database."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(ADVANCE[connection.vendor])


def ensure_triggers(using=DEFAULT_DB_ALIAS, **_):
    """Create the triggers that are missing. Called after each `migrate`: a migration may have added tables,
    and to change a column on SQLite Django makes the table anew, without its triggers."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    if EDITION_TABLE not in present:
        return
    statements = _sqlite_triggers if connection.vendor == "sqlite" else _postgresql_triggers
    with connection.cursor() as cursor:
        missing = list(statements(cursor, [table for table in tables() if table in present]))
        for statement in missing:
            cursor.execute(statement)
    if missing:
        advance(using)  # what was written without the triggers was not counted


def tables():
    """The tables whose rows a public page may show: all but histories and those of NOT_SHOWN. Of those of the
    search one stands for all: `reindex` changes them alone, and writes each of its rows anew."""
    models = apps.get_app_config("catalog").get_models(include_auto_created=True)
    return [
        *(model._meta.db_table for model in models if _may_be_shown(model)),
        search.suggestions.SUGGESTION_TABLE,
    ]


def _may_be_shown(model):
    name = model.__name__.partition("_")[0]  # Scope_sectors goes with Scope
    return name not in NOT_SHOWN and not name.startswith("Historical")


def _postgresql_triggers(cursor, wanted):
    cursor.execute(
        "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE tgname = 'catalog_edition' AND relnamespace = current_schema()::regnamespace"
    )
    present = {name for (name,) in cursor.fetchall()}
    return [POSTGRESQL_TRIGGER.format(table=table) for table in wanted if table not in present]


def _sqlite_triggers(cursor, wanted):
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    present = {name for (name,) in cursor.fetchall()}
    for table in wanted:
        for event in SQLITE_EVENTS:
            name = f"edition_{table}_{event.lower()}"
            if name not in present:
                yield SQLITE_TRIGGER.format(name=name, event=event, table=table)
