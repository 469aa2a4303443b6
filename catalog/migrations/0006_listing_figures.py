import django.core.validators
from django.db import migrations, models
from django.db.models import Case, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce

MOST_IMPORTED = (F("import_year").desc(), F("import_usd").desc())


def fill(apps, schema_editor):
    """Set the figures of the products that are there already."""
    using = schema_editor.connection.alias
    imports = apps.get_model("catalog", "ImportRecord").objects.using(using)
    sample = Case(When(origin="sample", then=Value(True)), default=Value(False))
    latest = imports.filter(product=OuterRef("pk"), currency="USD").order_by("-year").annotate(sample=sample)
    apps.get_model("catalog", "Product").objects.using(using).update(
        import_year=Subquery(latest.values("year")[:1]),
        import_usd=Subquery(latest.values("value")[:1]),
        import_is_sample=Coalesce(Subquery(latest.values("sample")[:1]), Value(False)),
    )


class Migration(migrations.Migration):
    dependencies = [("catalog", "0005_search_words")]

    operations = [
        migrations.AlterModelOptions(
            name="importrecord",
            options={
                "base_manager_name": "objects",
                "ordering": ["-year", "pk"],
                "verbose_name": "import record",
                "verbose_name_plural": "import records",
            },
        ),
        migrations.AddField(
            model_name="product",
            name="import_is_sample",
            field=models.BooleanField(default=False, editable=False, verbose_name="that figure is a sample"),
        ),
        migrations.AddField(
            model_name="product",
            name="import_usd",
            field=models.BigIntegerField(
                editable=False, null=True, verbose_name="imports of that year, US dollars"
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="import_year",
            field=models.PositiveSmallIntegerField(
                editable=False,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1300),
                    django.core.validators.MaxValueValidator(1500),
                ],
                verbose_name="latest year of imports",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(
                "state", *MOST_IMPORTED, "sort_en", "id", "sector", name="product_most_imported_en"
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(
                "state", *MOST_IMPORTED, "sort_fa", "id", "sector", name="product_most_imported_fa"
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(
                fields=[
                    "state",
                    "sector",
                    "stage",
                    "maker_count",
                    "reported",
                    "origin",
                    "import_year",
                    "import_is_sample",
                    "import_usd",
                ],
                name="product_counts",
            ),
        ),
    ]
