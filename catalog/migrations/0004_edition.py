from django.db import migrations

from catalog.caching import editions


def create(apps, schema_editor):
    editions.create(schema_editor)


def drop(apps, schema_editor):
    editions.drop(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_programme")]

    operations = [migrations.RunPython(create, drop)]
