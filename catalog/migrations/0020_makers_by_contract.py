import django.db.models.deletion
from django.db import migrations, models


FORGET = ["DELETE FROM catalog_countedproduct", "DELETE FROM catalog_productcount"]
"""Counts of the old kind; `manage.py start`, or `reindex`, counts and derives everything anew."""


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0019_province_of_desks"),
    ]

    operations = [
        migrations.RunSQL(FORGET, FORGET),
        migrations.CreateModel(
            name="ProductMaker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("named", "Named"),
                            ("contracted", "Contracted"),
                            ("design", "Design"),
                            ("development", "Development"),
                            ("prototype", "Prototype"),
                            ("testing", "Testing"),
                            ("production", "Production"),
                        ],
                        max_length=12,
                        verbose_name="stage",
                    ),
                ),
                ("is_sample", models.BooleanField(default=False)),
                ("counts", models.BooleanField(default=True, verbose_name="makes it a maker")),
                ("stands", models.BooleanField(default=False, verbose_name="the furthest of its records")),
                ("rests_on_sample", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="ProductPromise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "commitment",
                    models.CharField(
                        choices=[
                            ("named", "Named"),
                            ("indicative", "Indicative"),
                            ("budgeted", "Budgeted"),
                            ("tendered", "Tendered"),
                            ("offtake", "Offtake"),
                            ("signed", "Signed"),
                        ],
                        max_length=10,
                        verbose_name="commitment",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(null=True, verbose_name="Iranian year")),
                ("quantity", models.PositiveBigIntegerField(null=True, verbose_name="quantity")),
                ("value", models.BigIntegerField(null=True, verbose_name="value")),
                (
                    "currency",
                    models.CharField(
                        blank=True,
                        choices=[("IRR", "Rials"), ("EUR", "Euros"), ("USD", "US dollars")],
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                ("is_sample", models.BooleanField(default=False)),
                ("bought", models.BooleanField(default=False, verbose_name="bought and delivered")),
                ("counted", models.BooleanField(default=True)),
            ],
        ),
        migrations.AlterModelOptions(
            name="demand",
            options={
                "base_manager_name": "objects",
                "ordering": [models.OrderBy(models.F("year"), nulls_last=True), "pk"],
                "verbose_name": "demand",
                "verbose_name_plural": "demands",
            },
        ),
        migrations.AlterModelOptions(
            name="party",
            options={
                "base_manager_name": "objects",
                "ordering": ["role", "pk"],
                "verbose_name": "party",
                "verbose_name_plural": "parties",
            },
        ),
        migrations.RemoveIndex(
            model_name="product",
            name="product_counts",
        ),
        migrations.RemoveIndex(
            model_name="productcount",
            name="productcount_sums",
        ),
        migrations.RemoveField(
            model_name="product",
            name="provinces",
        ),
        migrations.RemoveField(
            model_name="productcount",
            name="province",
        ),
        migrations.AddField(
            model_name="demand",
            name="contract",
            field=models.ForeignKey(
                blank=True,
                help_text="While that contract is public, its lines count instead of this demand.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="demands",
                to="catalog.contract",
                verbose_name="contract it became",
            ),
        ),
        migrations.AddField(
            model_name="historicaldemand",
            name="contract",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="While that contract is public, its lines count instead of this demand.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="catalog.contract",
                verbose_name="contract it became",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="sample_maker_count",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="of these samples"),
        ),
        migrations.AddField(
            model_name="product",
            name="stage_is_sample",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="that stage rests on samples alone"
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="tags",
            field=models.CharField(default="", editable=False, max_length=2000),
        ),
        migrations.AddField(
            model_name="productcount",
            name="tag",
            field=models.CharField(blank=True, default="", max_length=50),
        ),
        migrations.AlterField(
            model_name="demand",
            name="commitment",
            field=models.CharField(
                choices=[
                    ("named", "Named"),
                    ("indicative", "Indicative"),
                    ("budgeted", "Budgeted"),
                    ("tendered", "Tendered"),
                    ("offtake", "Offtake"),
                    ("signed", "Signed"),
                ],
                default="indicative",
                max_length=10,
                verbose_name="commitment",
            ),
        ),
        migrations.AlterField(
            model_name="engagement",
            name="stage",
            field=models.CharField(
                choices=[
                    ("named", "Named"),
                    ("contracted", "Contracted"),
                    ("design", "Design"),
                    ("development", "Development"),
                    ("prototype", "Prototype"),
                    ("testing", "Testing"),
                    ("production", "Production"),
                ],
                default="named",
                max_length=12,
                verbose_name="stage",
            ),
        ),
        migrations.AlterField(
            model_name="historicaldemand",
            name="commitment",
            field=models.CharField(
                choices=[
                    ("named", "Named"),
                    ("indicative", "Indicative"),
                    ("budgeted", "Budgeted"),
                    ("tendered", "Tendered"),
                    ("offtake", "Offtake"),
                    ("signed", "Signed"),
                ],
                default="indicative",
                max_length=10,
                verbose_name="commitment",
            ),
        ),
        migrations.AlterField(
            model_name="historicalengagement",
            name="stage",
            field=models.CharField(
                choices=[
                    ("named", "Named"),
                    ("contracted", "Contracted"),
                    ("design", "Design"),
                    ("development", "Development"),
                    ("prototype", "Prototype"),
                    ("testing", "Testing"),
                    ("production", "Production"),
                ],
                default="named",
                max_length=12,
                verbose_name="stage",
            ),
        ),
        migrations.AlterField(
            model_name="product",
            name="stage",
            field=models.CharField(
                choices=[
                    ("open", "No maker on record"),
                    ("named", "Named"),
                    ("reported", "Reported made"),
                    ("contracted", "Contracted"),
                    ("design", "Design"),
                    ("development", "Development"),
                    ("prototype", "Prototype"),
                    ("testing", "Testing"),
                    ("production", "Production"),
                ],
                db_index=True,
                default="open",
                editable=False,
                max_length=12,
                verbose_name="stage",
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(
                fields=[
                    "state",
                    "sector",
                    "stage",
                    "stage_is_sample",
                    "maker_count",
                    "reported",
                    "origin",
                    "import_year",
                    "import_is_sample",
                    "import_usd",
                    "tags",
                    "hs_code",
                ],
                name="product_counts",
            ),
        ),
        migrations.AddIndex(
            model_name="productcount",
            index=models.Index(
                fields=[
                    "tag",
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
        migrations.AddField(
            model_name="productmaker",
            name="company",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="catalog.company",
            ),
        ),
        migrations.AddField(
            model_name="productmaker",
            name="contract",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="catalog.contract",
            ),
        ),
        migrations.AddField(
            model_name="productmaker",
            name="engagement",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="catalog.engagement",
            ),
        ),
        migrations.AddField(
            model_name="productmaker",
            name="line",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="catalog.contractline",
            ),
        ),
        migrations.AddField(
            model_name="productmaker",
            name="product",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="catalog.product",
            ),
        ),
        migrations.AddField(
            model_name="productpromise",
            name="buyer",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="catalog.company",
            ),
        ),
        migrations.AddField(
            model_name="productpromise",
            name="contract",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="catalog.contract",
            ),
        ),
        migrations.AddField(
            model_name="productpromise",
            name="demand",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="catalog.demand",
            ),
        ),
        migrations.AddField(
            model_name="productpromise",
            name="line",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="catalog.contractline",
            ),
        ),
        migrations.AddField(
            model_name="productpromise",
            name="party",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="catalog.party",
            ),
        ),
        migrations.AddField(
            model_name="productpromise",
            name="product",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="catalog.product",
            ),
        ),
        migrations.AddIndex(
            model_name="productmaker",
            index=models.Index(
                condition=models.Q(("rests_on_sample", True), ("stands", True)),
                fields=["product"],
                name="productmaker_on_samples",
            ),
        ),
    ]
