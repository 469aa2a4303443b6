from django.db import migrations

from catalog.search import schema


def create(apps, schema_editor):
    schema.create(schema_editor)


def drop(apps, schema_editor):
    schema.drop(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
