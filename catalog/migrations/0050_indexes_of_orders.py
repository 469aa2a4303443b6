"""Indexes that begin where a list begins: the newest change, and on PostgreSQL the largest value.

A falling column of an index ends with the rows that have no value on SQLite, as every list does; PostgreSQL
begins with them unless it is told, and then sorts all rows for the first ten.
"""

from django.db import migrations, models

FALLING = (
    "product_most_imported_en",
    "product_most_imported_fa",
    "product_near_in_sector",
    "contract_latest",
)
LAST = " NULLS LAST"


def end_with_the_empty(_apps, schema_editor):
    made_again(schema_editor, f" DESC{LAST}")


def begin_with_the_empty(_apps, schema_editor):
    made_again(schema_editor, " DESC")


def made_again(schema_editor, falling):
    """Make the indexes of FALLING anew, with other words for how they fall."""
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        for name in FALLING:
            cursor.execute("SELECT pg_get_indexdef(%s::regclass)", [name])
            definition = cursor.fetchone()[0]
            cursor.execute(f"DROP INDEX {name}")
            cursor.execute(definition.replace(LAST, "").replace(" DESC", falling))


class Migration(migrations.Migration):

    dependencies = [
        ("catalog", "0049_company_facets"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="company",
            index=models.Index(fields=["state", "-updated_at", "-id"], name="company_changed"),
        ),
        migrations.AddIndex(
            model_name="idleunit",
            index=models.Index(fields=["state", "-updated_at", "-id"], name="idleunit_changed"),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["state", "-updated_at", "-id"], name="product_changed"),
        ),
        migrations.RunPython(end_with_the_empty, begin_with_the_empty),
    ]
