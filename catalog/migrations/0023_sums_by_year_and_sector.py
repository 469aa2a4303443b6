import django.db.models.deletion
import jdatetime
from django.db import migrations, models


SECTORS = """
    UPDATE catalog_productmaker SET sector_id = (
        SELECT p.sector_id FROM catalog_product p WHERE p.id = catalog_productmaker.product_id
    )
"""


def fill_years(apps, schema_editor):
    """Store the Iranian year in which each contract was signed, a day at a time."""
    contracts = apps.get_model("catalog", "Contract").objects.using(schema_editor.connection.alias)
    signed = contracts.filter(signed_on__isnull=False)
    for day in list(signed.order_by().values_list("signed_on", flat=True).distinct()):
        contracts.filter(signed_on=day).update(signed_year=jdatetime.date.fromgregorian(date=day).year)


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0022_names_of_makers_and_promises'),
    ]

    operations = [
        migrations.AddField(
            model_name='contract',
            name='signed_year',
            field=models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='Iranian year of signature'),
        ),
        migrations.AddField(
            model_name='productmaker',
            name='sector',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='catalog.sector'),
        ),
        migrations.RunSQL(SECTORS, migrations.RunSQL.noop),
        migrations.RunPython(fill_years, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='contract',
            index=models.Index(fields=['state', 'signed_year', 'kind', 'currency', 'origin', 'amount'], name='contract_year_sums'),
        ),
        migrations.AddIndex(
            model_name='idleunit',
            index=models.Index(fields=['state', 'sector', 'province', 'status', 'origin'], name='idleunit_counts'),
        ),
        migrations.AddIndex(
            model_name='productmaker',
            index=models.Index(fields=['sector', 'stands', 'company'], name='productmaker_of_sector'),
        ),
        migrations.AddIndex(
            model_name='unitmatch',
            index=models.Index(fields=['product', 'import_usd', 'product_sort_en'], name='unitmatch_ranking'),
        ),
    ]
