import json
from collections import Counter, defaultdict

from django.db import migrations, models

CHUNK = 5000
PROVINCES = """
SELECT engagement.product_id, company.province
FROM catalog_engagement engagement JOIN catalog_company company ON company.id = engagement.company_id
WHERE engagement.product_id BETWEEN %s AND %s AND engagement.state = 'published'
AND company.state = 'published' AND company.province <> ''
UNION
SELECT named.product_id, unit.province
FROM catalog_idleunit_products named JOIN catalog_idleunit unit ON unit.id = named.idleunit_id
JOIN catalog_sector sector ON sector.id = unit.sector_id
WHERE named.product_id BETWEEN %s AND %s AND unit.state = 'published' AND unit.status <> 'revived'
AND sector.state = 'published'"""
PRODUCTS = """
SELECT id, state, sector_id, stage, maker_count, reported, origin, import_year, import_is_sample, import_usd
FROM catalog_product WHERE id BETWEEN %s AND %s ORDER BY id"""


def count(apps, schema_editor):
    """Set the provinces of the products that are there already, and count them."""
    numbers = Counter()
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT MAX(id) FROM catalog_product")
        last = cursor.fetchone()[0] or 0
        for first in range(1, last + 1, CHUNK):
            count_some(cursor, first, first + CHUNK - 1, numbers)
    write_sums(apps.get_model("catalog", "ProductCount"), numbers, schema_editor.connection.alias)


def count_some(cursor, first, last, numbers):
    provinces = defaultdict(list)
    cursor.execute(PROVINCES, [first, last] * 2)
    for product, province in sorted(cursor.fetchall()):
        provinces[product].append(province)
    cursor.execute(PRODUCTS, [first, last])
    kinds = []
    for product, state, sector, stage, makers, reported, origin, year, is_sample, usd in cursor.fetchall():
        if state == "published":
            makers = "some" if makers else "reported" if reported == "made" else "none"
            kind = (sector, stage, makers, origin, year, bool(is_sample), usd, provinces[product])
            kinds.append((product, json.dumps(kind, separators=(",", ":"))))
    update = "UPDATE catalog_product SET provinces = %s WHERE id = %s"
    cursor.executemany(update, [(f",{','.join(some)},", product) for product, some in provinces.items() if some])
    cursor.executemany("INSERT INTO catalog_countedproduct (product, kind) VALUES (%s, %s)", kinds)
    numbers.update(kind for _, kind in kinds)


def write_sums(model, numbers, using):
    added, usd = Counter(), Counter()
    for text, number in numbers.items():
        sector, stage, makers, origin, year, is_sample, value, provinces = json.loads(text)
        shared = (sector, stage, makers, origin)
        added[*shared, "", year, is_sample] += number
        usd[*shared, "", year, is_sample] += number * (value or 0)
        for province in provinces:
            added[*shared, province, None, False] += number
    columns = ("sector", "stage", "makers", "product_origin", "province", "import_year", "import_is_sample")
    rows = [
        model(**dict(zip(columns, group, strict=True)), added=number, usd_added=usd[group])
        for group, number in added.items()
    ]
    model.objects.using(using).bulk_create(rows, 500)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0007_desk_mode_words")]

    operations = [
        migrations.CreateModel(
            name="CountedProduct",
            fields=[
                ("product", models.BigIntegerField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="ProductCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("sector", models.BigIntegerField()),
                ("stage", models.CharField(max_length=12)),
                ("makers", models.CharField(max_length=8)),
                ("product_origin", models.CharField(max_length=12)),
                ("province", models.CharField(blank=True, default="", max_length=30)),
                ("import_year", models.PositiveSmallIntegerField(null=True)),
                ("import_is_sample", models.BooleanField(default=False)),
                ("added", models.BigIntegerField()),
                ("usd_added", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.RemoveIndex(model_name="product", name="product_counts"),
        migrations.AddField(
            model_name="product",
            name="provinces",
            field=models.CharField(default="", editable=False, max_length=400),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
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
                ],
                name="product_counts",
            ),
        ),
        migrations.AddIndex(
            model_name="productcount",
            index=models.Index(
                fields=[
                    "province",
                    "sector",
                    "stage",
                    "makers",
                    "product_origin",
                    "import_year",
                    "import_is_sample",
                    "added",
                    "usd_added",
                ],
                name="productcount_sums",
            ),
        ),
    ]
