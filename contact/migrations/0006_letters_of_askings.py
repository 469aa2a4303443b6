import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("catalog", "0044_recovery_codes_hashed"), ("contact", "0005_one_token_an_enquiry")]

    operations = [
        migrations.AddField(
            model_name="asking",
            name="letter",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="catalog.outbox",
            ),
        ),
        migrations.AddField(
            model_name="asking",
            name="is_undelivered",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
