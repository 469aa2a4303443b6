from django.db import migrations

from catalog.search import schema


def create(apps, schema_editor):
    # What was indexed before holds no roots: the start of the site, or `reindex`, fills the empty index anew.
    schema_editor.execute("DELETE FROM catalog_search")
    schema.create_words(schema_editor)


def drop(apps, schema_editor):
    schema.drop_words(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0004_edition")]

    operations = [migrations.RunPython(create, drop)]
