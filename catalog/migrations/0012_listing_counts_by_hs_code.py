from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0011_unit_matches")]

    operations = [
        migrations.RemoveIndex(model_name="product", name="product_counts"),
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
                    "provinces",
                    "hs_code",
                ],
                name="product_counts",
            ),
        ),
    ]
