"""The number of the catalogue's edition. Only SQLite needs it: PostgreSQL has the snapshot of a query."""

from django.db import migrations

CREATE = [
    "CREATE TABLE catalog_edition (id integer PRIMARY KEY CHECK (id = 1), number integer NOT NULL)",
    "INSERT INTO catalog_edition (id, number) VALUES (1, 1)",
]


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in CREATE:
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE catalog_edition")


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_programme")]

    operations = [migrations.RunPython(create, drop)]
