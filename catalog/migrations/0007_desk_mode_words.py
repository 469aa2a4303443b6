from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0006_listing_figures"),
    ]

    operations = [
        migrations.AlterField(
            model_name="desk",
            name="mode",
            field=models.CharField(
                blank=True,
                choices=[
                    ("room", "In person"),
                    ("online", "Online"),
                    ("both", "In person and online"),
                ],
                max_length=6,
                verbose_name="how it is held",
            ),
        ),
        migrations.AlterField(
            model_name="historicaldesk",
            name="mode",
            field=models.CharField(
                blank=True,
                choices=[
                    ("room", "In person"),
                    ("online", "Online"),
                    ("both", "In person and online"),
                ],
                max_length=6,
                verbose_name="how it is held",
            ),
        ),
    ]
