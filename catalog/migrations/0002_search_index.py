"""The empty table of the search index: FTS5 on SQLite, one tsvector a product on PostgreSQL."""

from django.db import migrations

CREATE = {
    "sqlite": [
        """
        CREATE VIRTUAL TABLE catalog_search USING fts5(
            name, alias, company, body, digest UNINDEXED,
            tokenize='ascii', detail=column, columnsize=0, prefix='2 3'
        )
        """,
    ],
    "postgresql": [
        """
        CREATE TABLE catalog_search (
            id bigint PRIMARY KEY, digest char(32) NOT NULL, tokens tsvector NOT NULL
        )
        """,
        "CREATE INDEX catalog_search_tokens ON catalog_search USING gin (tokens)",
    ],
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE catalog_search")


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
