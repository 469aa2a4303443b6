"""The edition of the catalogue: a text that is another one as soon as anything is written and committed.

Every worker and host reads the same edition from the database, so what is kept under it is never stale. On
PostgreSQL it is the snapshot a query sees: equal snapshots see equal rows. It also changes when something
else is written on that server, which costs a fresh page and nothing more. SQLite has no such thing for all
connections, so triggers count there; writers stand in line on SQLite anyway.
"""

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections

from catalog import search

SNAPSHOT = "SELECT pg_current_snapshot()::text"
TRANSACTION = "SELECT pg_current_xact_id()"  # takes a number, and so moves the snapshots after it
NUMBER = "SELECT number FROM catalog_edition"
CREATE = (
    "CREATE TABLE catalog_edition (id integer PRIMARY KEY CHECK (id = 1), number integer NOT NULL)",
    "INSERT INTO catalog_edition (id, number) VALUES (1, 1)",
)


def current(using=DEFAULT_DB_ALIAS):
    """The edition, as a short text; one query."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(NUMBER if connection.vendor == "sqlite" else SNAPSHOT)
        return str(cursor.fetchone()[0])


def advance(using=DEFAULT_DB_ALIAS):
    """Make it another edition though no row changed: for what pages show from beside the database."""
    connection = connections[using]
    with connection.cursor() as cursor:
        sqlite = connection.vendor == "sqlite"
        cursor.execute("UPDATE catalog_edition SET number = number + 1" if sqlite else TRANSACTION)


def create(schema_editor):
    """Make what the edition needs, for a migration."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in CREATE:
            schema_editor.execute(statement)


def drop(schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE catalog_edition")


def count_writes(using=DEFAULT_DB_ALIAS, **_):
    """Put the triggers on every table of the catalogue, on SQLite. After each `migrate`: to change a column
    there Django makes the table anew, and the triggers of the old one go with it."""
    connection = connections[using]
    present = connection.introspection.table_names()
    if connection.vendor != "sqlite" or "catalog_edition" not in present:
        return
    with connection.cursor() as cursor:
        for table in [table for table in tables() if table in present]:
            for event in ("INSERT", "UPDATE", "DELETE"):
                name = f"edition_{table}_{event.lower()}"
                cursor.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {event} ON {table}"  # noqa: S608, our own names
                    " BEGIN UPDATE catalog_edition SET number = number + 1; END"
                )


def tables():
    """The tables whose rows a public page may show: all but histories and the loads' own bookkeeping. Of
    those of the search one stands for all: `reindex` changes them alone, and writes each of its rows anew."""
    models = apps.get_app_config("catalog").get_models(include_auto_created=True)
    aside = ("Historical", "Loaded", "LoadRun")
    shown = [model._meta.db_table for model in models if not model.__name__.startswith(aside)]
    return [*shown, search.suggestions.TABLE]
