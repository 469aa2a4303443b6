from django.db import migrations, models

MATCHES = """
INSERT INTO catalog_unitmatch (product, unit, province, is_sample, import_usd, product_sort_en)
SELECT product.id, unit.id, unit.province, unit.origin = 'sample', COALESCE(product.import_usd, 0), product.sort_en
FROM catalog_idleunit_products named
JOIN catalog_idleunit unit ON unit.id = named.idleunit_id
JOIN catalog_sector sector_of_unit ON sector_of_unit.id = unit.sector_id
JOIN catalog_product product ON product.id = named.product_id
JOIN catalog_sector sector ON sector.id = product.sector_id
WHERE unit.state = 'published' AND unit.status <> 'revived' AND sector_of_unit.state = 'published'
AND product.state = 'published' AND sector.state = 'published'
ORDER BY product.id, unit.id"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0010_products_near_one_another")]

    operations = [
        migrations.CreateModel(
            name="UnitMatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("product", models.BigIntegerField()),
                ("unit", models.BigIntegerField(db_index=True)),
                ("province", models.CharField(max_length=30)),
                ("is_sample", models.BooleanField(default=False)),
                ("import_usd", models.BigIntegerField(default=0)),
                ("product_sort_en", models.CharField(default="", max_length=255)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("product", "unit"), name="unitmatch_once")],
            },
        ),
        migrations.RunSQL(MATCHES, migrations.RunSQL.noop),
    ]
