import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from .frozen import validators


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="LoadRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("facts", "Facts"),
                            ("samples", "Samples"),
                            ("samples_removed", "Samples Removed"),
                        ],
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=80, unique=True, verbose_name="key")),
                ("publisher_en", models.CharField(max_length=120, verbose_name="publisher, in English")),
                (
                    "publisher_fa",
                    models.CharField(blank=True, max_length=120, verbose_name="publisher, in Persian"),
                ),
                ("address", models.URLField(blank=True, max_length=1000, verbose_name="address")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="published on")),
                (
                    "licence",
                    models.CharField(
                        choices=[("CC BY 4.0", "CC BY 4.0"), ("facts only", "Facts only")],
                        default="facts only",
                        max_length=20,
                        verbose_name="licence",
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["publisher_en", "published_on", "key"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalIndicator",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "withdrawn_reason_en",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in English",
                    ),
                ),
                (
                    "withdrawn_reason_fa",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in Persian",
                    ),
                ),
                ("slug", models.SlugField(max_length=80, verbose_name="address")),
                ("name_en", models.CharField(max_length=160, verbose_name="name, in English")),
                ("name_fa", models.CharField(max_length=160, verbose_name="name, in Persian")),
                (
                    "unit",
                    models.SlugField(
                        help_text="money, or what is counted: products, companies, desks …",
                        max_length=30,
                        verbose_name="unit",
                    ),
                ),
                ("definition_en", models.TextField(blank=True, verbose_name="definition, in English")),
                ("definition_fa", models.TextField(blank=True, verbose_name="definition, in Persian")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical indicator",
                "verbose_name_plural": "historical indicators",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalOffice",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, db_index=True, editable=False, verbose_name="last change"
                    ),
                ),
                ("key", models.SlugField(max_length=80, verbose_name="key")),
                ("name_en", models.CharField(max_length=160, verbose_name="name, in English")),
                ("name_fa", models.CharField(max_length=160, verbose_name="name, in Persian")),
                (
                    "address_en",
                    models.CharField(blank=True, max_length=300, verbose_name="address, in English"),
                ),
                (
                    "address_fa",
                    models.CharField(blank=True, max_length=300, verbose_name="address, in Persian"),
                ),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("hours_en", models.CharField(blank=True, max_length=120, verbose_name="hours, in English")),
                ("hours_fa", models.CharField(blank=True, max_length=120, verbose_name="hours, in Persian")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical office",
                "verbose_name_plural": "historical offices",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSource",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("key", models.SlugField(max_length=80, verbose_name="key")),
                ("publisher_en", models.CharField(max_length=120, verbose_name="publisher, in English")),
                (
                    "publisher_fa",
                    models.CharField(blank=True, max_length=120, verbose_name="publisher, in Persian"),
                ),
                ("address", models.URLField(blank=True, max_length=1000, verbose_name="address")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="published on")),
                (
                    "licence",
                    models.CharField(
                        choices=[("CC BY 4.0", "CC BY 4.0"), ("facts only", "Facts only")],
                        default="facts only",
                        max_length=20,
                        verbose_name="licence",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical source",
                "verbose_name_plural": "historical sources",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "withdrawn_reason_en",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in English",
                    ),
                ),
                (
                    "withdrawn_reason_fa",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in Persian",
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address")),
                ("name_en", models.CharField(max_length=160, verbose_name="name, in English")),
                ("name_fa", models.CharField(max_length=160, verbose_name="name, in Persian")),
                (
                    "unit",
                    models.SlugField(
                        help_text="money, or what is counted: products, companies, desks …",
                        max_length=30,
                        verbose_name="unit",
                    ),
                ),
                ("definition_en", models.TextField(blank=True, verbose_name="definition, in English")),
                ("definition_fa", models.TextField(blank=True, verbose_name="definition, in Persian")),
            ],
            options={
                "verbose_name": "indicator",
                "verbose_name_plural": "indicators",
                "ordering": ["pk"],
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True),
                            models.Q(
                                models.Q(("withdrawn_reason_en", ""), _negated=True),
                                models.Q(("withdrawn_reason_fa", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="indicator_withdrawal_explained",
                        violation_error_message="Give the reason of the withdrawal in both languages.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LoadedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("noun", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=200)),
                ("values", models.JSONField()),
                ("sample", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("noun", "key"), name="loadedrow_once")],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSector",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, db_index=True, editable=False, verbose_name="last change"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "withdrawn_reason_en",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in English",
                    ),
                ),
                (
                    "withdrawn_reason_fa",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in Persian",
                    ),
                ),
                ("slug", models.SlugField(max_length=80, verbose_name="address")),
                ("name_en", models.CharField(max_length=120, verbose_name="name, in English")),
                ("name_fa", models.CharField(max_length=120, verbose_name="name, in Persian")),
                ("summary_en", models.TextField(blank=True, verbose_name="summary, in English")),
                ("summary_fa", models.TextField(blank=True, verbose_name="summary, in Persian")),
                (
                    "icon",
                    models.SlugField(
                        blank=True,
                        help_text="Name of a Lucide icon, such as car.",
                        max_length=40,
                        verbose_name="icon",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=100, verbose_name="order")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical sector",
                "verbose_name_plural": "historical sectors",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Sector",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(auto_now=True, db_index=True, verbose_name="last change"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "withdrawn_reason_en",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in English",
                    ),
                ),
                (
                    "withdrawn_reason_fa",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in Persian",
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address")),
                ("name_en", models.CharField(max_length=120, verbose_name="name, in English")),
                ("name_fa", models.CharField(max_length=120, verbose_name="name, in Persian")),
                ("summary_en", models.TextField(blank=True, verbose_name="summary, in English")),
                ("summary_fa", models.TextField(blank=True, verbose_name="summary, in Persian")),
                (
                    "icon",
                    models.SlugField(
                        blank=True,
                        help_text="Name of a Lucide icon, such as car.",
                        max_length=40,
                        verbose_name="icon",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=100, verbose_name="order")),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "sector",
                "verbose_name_plural": "sectors",
                "ordering": ["order", "pk"],
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin__in", ["article", "press"]), _negated=True),
                            ("source__isnull", False),
                            _connector="OR",
                        ),
                        name="sector_source_known",
                        violation_error_message="Name the source: this record says that it was reported.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True),
                            models.Q(
                                models.Q(("withdrawn_reason_en", ""), _negated=True),
                                models.Q(("withdrawn_reason_fa", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="sector_withdrawal_explained",
                        violation_error_message="Give the reason of the withdrawal in both languages.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalProduct",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, db_index=True, editable=False, verbose_name="last change"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "withdrawn_reason_en",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in English",
                    ),
                ),
                (
                    "withdrawn_reason_fa",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in Persian",
                    ),
                ),
                ("slug", models.SlugField(max_length=80, verbose_name="address")),
                ("name_en", models.CharField(max_length=160, verbose_name="name, in English")),
                ("name_fa", models.CharField(max_length=160, verbose_name="name, in Persian")),
                ("summary_en", models.TextField(blank=True, verbose_name="summary, in English")),
                ("summary_fa", models.TextField(blank=True, verbose_name="summary, in Persian")),
                (
                    "hs_code",
                    models.CharField(
                        db_index=True,
                        help_text="6 to 8 digits, HS 2017.",
                        max_length=8,
                        validators=[validators.HSCodeValidator()],
                        verbose_name="HS code",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[("piece", "piece"), ("set", "set"), ("kg", "kilogram"), ("tonne", "tonne")],
                        default="piece",
                        max_length=10,
                        verbose_name="unit",
                    ),
                ),
                (
                    "specification",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "Open to whoever asks"),
                            ("buyer", "With the buyer"),
                            ("foreign_maker", "With the foreign maker only"),
                            ("none", "There is none yet"),
                        ],
                        help_text="Who gives out the technical specification; empty when not known.",
                        max_length=15,
                        verbose_name="specification",
                    ),
                ),
                ("take_part_en", models.TextField(blank=True, verbose_name="how to take part, in English")),
                ("take_part_fa", models.TextField(blank=True, verbose_name="how to take part, in Persian")),
                (
                    "target_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1300),
                            django.core.validators.MaxValueValidator(1500),
                        ],
                        verbose_name="target year",
                    ),
                ),
                (
                    "reported",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("target", "Named as a target"),
                            ("made", "Reported made at home"),
                            ("import_need", "Reported as imported"),
                        ],
                        max_length=12,
                        verbose_name="what the press reported",
                    ),
                ),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="last confirmed on")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.sector",
                        verbose_name="sector",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical product",
                "verbose_name_plural": "historical products",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCompany",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, db_index=True, editable=False, verbose_name="last change"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "withdrawn_reason_en",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in English",
                    ),
                ),
                (
                    "withdrawn_reason_fa",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in Persian",
                    ),
                ),
                ("slug", models.SlugField(max_length=80, verbose_name="address")),
                ("name_en", models.CharField(max_length=160, verbose_name="name, in English")),
                ("name_fa", models.CharField(blank=True, max_length=160, verbose_name="name, in Persian")),
                ("legal_id", models.CharField(blank=True, max_length=20, verbose_name="legal id")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("firm", "Firm"),
                            ("research", "Research body"),
                            ("public_body", "Public body"),
                            ("financier", "Financier"),
                        ],
                        help_text="Empty when not known.",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "knowledge_based",
                    models.BooleanField(blank=True, null=True, verbose_name="knowledge-based"),
                ),
                (
                    "province",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("alborz", "Alborz"),
                            ("ardabil", "Ardabil"),
                            ("bushehr", "Bushehr"),
                            ("chaharmahal-bakhtiari", "Chaharmahal and Bakhtiari"),
                            ("east-azerbaijan", "East Azerbaijan"),
                            ("fars", "Fars"),
                            ("gilan", "Gilan"),
                            ("golestan", "Golestan"),
                            ("hamadan", "Hamadan"),
                            ("hormozgan", "Hormozgan"),
                            ("ilam", "Ilam"),
                            ("isfahan", "Isfahan"),
                            ("kerman", "Kerman"),
                            ("kermanshah", "Kermanshah"),
                            ("khuzestan", "Khuzestan"),
                            ("kohgiluyeh-boyer-ahmad", "Kohgiluyeh and Boyer-Ahmad"),
                            ("kurdistan", "Kurdistan"),
                            ("lorestan", "Lorestan"),
                            ("markazi", "Markazi"),
                            ("mazandaran", "Mazandaran"),
                            ("north-khorasan", "North Khorasan"),
                            ("qazvin", "Qazvin"),
                            ("qom", "Qom"),
                            ("razavi-khorasan", "Razavi Khorasan"),
                            ("semnan", "Semnan"),
                            ("sistan-baluchestan", "Sistan and Baluchestan"),
                            ("south-khorasan", "South Khorasan"),
                            ("tehran", "Tehran"),
                            ("west-azerbaijan", "West Azerbaijan"),
                            ("yazd", "Yazd"),
                            ("zanjan", "Zanjan"),
                        ],
                        db_index=True,
                        max_length=30,
                        verbose_name="province",
                    ),
                ),
                ("town_en", models.CharField(blank=True, max_length=80, verbose_name="town, in English")),
                ("town_fa", models.CharField(blank=True, max_length=80, verbose_name="town, in Persian")),
                (
                    "founded",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1300),
                            django.core.validators.MaxValueValidator(1500),
                        ],
                        verbose_name="founded in",
                    ),
                ),
                (
                    "size",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("micro", "up to 10 people"),
                            ("small", "11 to 50 people"),
                            ("medium", "51 to 250 people"),
                            ("large", "more than 250 people"),
                        ],
                        max_length=6,
                        verbose_name="size",
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "public_phone",
                    models.CharField(blank=True, max_length=40, verbose_name="public telephone"),
                ),
                ("public_email", models.EmailField(blank=True, max_length=254, verbose_name="public e-mail")),
                ("summary_en", models.TextField(blank=True, verbose_name="summary, in English")),
                ("summary_fa", models.TextField(blank=True, verbose_name="summary, in Persian")),
                (
                    "verified_on",
                    models.DateField(
                        blank=True,
                        help_text="The day the ministry last checked this record.",
                        null=True,
                        verbose_name="verified on",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.sector",
                        verbose_name="main sector",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical company",
                "verbose_name_plural": "historical companies",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Company",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(auto_now=True, db_index=True, verbose_name="last change"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "withdrawn_reason_en",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in English",
                    ),
                ),
                (
                    "withdrawn_reason_fa",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in Persian",
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address")),
                ("name_en", models.CharField(max_length=160, verbose_name="name, in English")),
                ("name_fa", models.CharField(blank=True, max_length=160, verbose_name="name, in Persian")),
                ("legal_id", models.CharField(blank=True, max_length=20, verbose_name="legal id")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("firm", "Firm"),
                            ("research", "Research body"),
                            ("public_body", "Public body"),
                            ("financier", "Financier"),
                        ],
                        help_text="Empty when not known.",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "knowledge_based",
                    models.BooleanField(blank=True, null=True, verbose_name="knowledge-based"),
                ),
                (
                    "province",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("alborz", "Alborz"),
                            ("ardabil", "Ardabil"),
                            ("bushehr", "Bushehr"),
                            ("chaharmahal-bakhtiari", "Chaharmahal and Bakhtiari"),
                            ("east-azerbaijan", "East Azerbaijan"),
                            ("fars", "Fars"),
                            ("gilan", "Gilan"),
                            ("golestan", "Golestan"),
                            ("hamadan", "Hamadan"),
                            ("hormozgan", "Hormozgan"),
                            ("ilam", "Ilam"),
                            ("isfahan", "Isfahan"),
                            ("kerman", "Kerman"),
                            ("kermanshah", "Kermanshah"),
                            ("khuzestan", "Khuzestan"),
                            ("kohgiluyeh-boyer-ahmad", "Kohgiluyeh and Boyer-Ahmad"),
                            ("kurdistan", "Kurdistan"),
                            ("lorestan", "Lorestan"),
                            ("markazi", "Markazi"),
                            ("mazandaran", "Mazandaran"),
                            ("north-khorasan", "North Khorasan"),
                            ("qazvin", "Qazvin"),
                            ("qom", "Qom"),
                            ("razavi-khorasan", "Razavi Khorasan"),
                            ("semnan", "Semnan"),
                            ("sistan-baluchestan", "Sistan and Baluchestan"),
                            ("south-khorasan", "South Khorasan"),
                            ("tehran", "Tehran"),
                            ("west-azerbaijan", "West Azerbaijan"),
                            ("yazd", "Yazd"),
                            ("zanjan", "Zanjan"),
                        ],
                        db_index=True,
                        max_length=30,
                        verbose_name="province",
                    ),
                ),
                ("town_en", models.CharField(blank=True, max_length=80, verbose_name="town, in English")),
                ("town_fa", models.CharField(blank=True, max_length=80, verbose_name="town, in Persian")),
                (
                    "founded",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1300),
                            django.core.validators.MaxValueValidator(1500),
                        ],
                        verbose_name="founded in",
                    ),
                ),
                (
                    "size",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("micro", "up to 10 people"),
                            ("small", "11 to 50 people"),
                            ("medium", "51 to 250 people"),
                            ("large", "more than 250 people"),
                        ],
                        max_length=6,
                        verbose_name="size",
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "public_phone",
                    models.CharField(blank=True, max_length=40, verbose_name="public telephone"),
                ),
                ("public_email", models.EmailField(blank=True, max_length=254, verbose_name="public e-mail")),
                ("summary_en", models.TextField(blank=True, verbose_name="summary, in English")),
                ("summary_fa", models.TextField(blank=True, verbose_name="summary, in Persian")),
                (
                    "verified_on",
                    models.DateField(
                        blank=True,
                        help_text="The day the ministry last checked this record.",
                        null=True,
                        verbose_name="verified on",
                    ),
                ),
                ("sort_en", models.CharField(db_index=True, default="", editable=False, max_length=255)),
                ("sort_fa", models.CharField(db_index=True, default="", editable=False, max_length=255)),
                (
                    "sector",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="companies",
                        to="catalog.sector",
                        verbose_name="main sector",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "company",
                "verbose_name_plural": "companies",
                "ordering": ["sort_en", "pk"],
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin__in", ["article", "press"]), _negated=True),
                            ("source__isnull", False),
                            _connector="OR",
                        ),
                        name="company_source_known",
                        violation_error_message="Name the source: this record says that it was reported.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True),
                            models.Q(
                                models.Q(("withdrawn_reason_en", ""), _negated=True),
                                models.Q(("withdrawn_reason_fa", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="company_withdrawal_explained",
                        violation_error_message="Give the reason of the withdrawal in both languages.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("founded__isnull", True),
                            models.Q(("founded__gte", 1300), ("founded__lte", 1500)),
                            _connector="OR",
                        ),
                        name="company_founded",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("legal_id", ""), _negated=True),
                        fields=("legal_id",),
                        name="company_legal_id_once",
                        violation_error_message="Another company has this legal id.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Office",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(auto_now=True, db_index=True, verbose_name="last change"),
                ),
                ("key", models.SlugField(max_length=80, unique=True, verbose_name="key")),
                ("name_en", models.CharField(max_length=160, verbose_name="name, in English")),
                ("name_fa", models.CharField(max_length=160, verbose_name="name, in Persian")),
                (
                    "address_en",
                    models.CharField(blank=True, max_length=300, verbose_name="address, in English"),
                ),
                (
                    "address_fa",
                    models.CharField(blank=True, max_length=300, verbose_name="address, in Persian"),
                ),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("hours_en", models.CharField(blank=True, max_length=120, verbose_name="hours, in English")),
                ("hours_fa", models.CharField(blank=True, max_length=120, verbose_name="hours, in Persian")),
                (
                    "sectors",
                    models.ManyToManyField(
                        blank=True, related_name="offices", to="catalog.sector", verbose_name="sectors"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "office",
                "verbose_name_plural": "offices",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin__in", ["article", "press"]), _negated=True),
                            ("source__isnull", False),
                            _connector="OR",
                        ),
                        name="office_source_known",
                        violation_error_message="Name the source: this record says that it was reported.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(auto_now=True, db_index=True, verbose_name="last change"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "withdrawn_reason_en",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in English",
                    ),
                ),
                (
                    "withdrawn_reason_fa",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in Persian",
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address")),
                ("name_en", models.CharField(max_length=160, verbose_name="name, in English")),
                ("name_fa", models.CharField(max_length=160, verbose_name="name, in Persian")),
                ("summary_en", models.TextField(blank=True, verbose_name="summary, in English")),
                ("summary_fa", models.TextField(blank=True, verbose_name="summary, in Persian")),
                (
                    "hs_code",
                    models.CharField(
                        db_index=True,
                        help_text="6 to 8 digits, HS 2017.",
                        max_length=8,
                        validators=[validators.HSCodeValidator()],
                        verbose_name="HS code",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[("piece", "piece"), ("set", "set"), ("kg", "kilogram"), ("tonne", "tonne")],
                        default="piece",
                        max_length=10,
                        verbose_name="unit",
                    ),
                ),
                (
                    "specification",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "Open to whoever asks"),
                            ("buyer", "With the buyer"),
                            ("foreign_maker", "With the foreign maker only"),
                            ("none", "There is none yet"),
                        ],
                        help_text="Who gives out the technical specification; empty when not known.",
                        max_length=15,
                        verbose_name="specification",
                    ),
                ),
                ("take_part_en", models.TextField(blank=True, verbose_name="how to take part, in English")),
                ("take_part_fa", models.TextField(blank=True, verbose_name="how to take part, in Persian")),
                (
                    "target_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1300),
                            django.core.validators.MaxValueValidator(1500),
                        ],
                        verbose_name="target year",
                    ),
                ),
                (
                    "reported",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("target", "Named as a target"),
                            ("made", "Reported made at home"),
                            ("import_need", "Reported as imported"),
                        ],
                        max_length=12,
                        verbose_name="what the press reported",
                    ),
                ),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="last confirmed on")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("open", "No maker on record"),
                            ("named", "Named"),
                            ("reported", "Reported made"),
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
                (
                    "maker_count",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="companies on record"
                    ),
                ),
                ("sort_en", models.CharField(db_index=True, default="", editable=False, max_length=255)),
                ("sort_fa", models.CharField(db_index=True, default="", editable=False, max_length=255)),
                (
                    "sector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="products",
                        to="catalog.sector",
                        verbose_name="sector",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "product",
                "verbose_name_plural": "products",
                "ordering": ["sort_en", "pk"],
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin__in", ["article", "press"]), _negated=True),
                            ("source__isnull", False),
                            _connector="OR",
                        ),
                        name="product_source_known",
                        violation_error_message="Name the source: this record says that it was reported.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True),
                            models.Q(
                                models.Q(("withdrawn_reason_en", ""), _negated=True),
                                models.Q(("withdrawn_reason_fa", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="product_withdrawal_explained",
                        violation_error_message="Give the reason of the withdrawal in both languages.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("target_year__isnull", True),
                            models.Q(("target_year__gte", 1300), ("target_year__lte", 1500)),
                            _connector="OR",
                        ),
                        name="product_target_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hs_code", ""), _negated=True), ("hs_code__regex", "^[0-9]{6,8}\\Z")
                        ),
                        name="product_hs_code_digits",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Desk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(auto_now=True, db_index=True, verbose_name="last change"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "withdrawn_reason_en",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in English",
                    ),
                ),
                (
                    "withdrawn_reason_fa",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in Persian",
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address")),
                ("name_en", models.CharField(max_length=160, verbose_name="name, in English")),
                ("name_fa", models.CharField(max_length=160, verbose_name="name, in Persian")),
                ("summary_en", models.TextField(blank=True, verbose_name="summary, in English")),
                ("summary_fa", models.TextField(blank=True, verbose_name="summary, in Persian")),
                (
                    "ordinal",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="1 for the first desk of its industry.",
                        null=True,
                        verbose_name="number",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Left empty, it follows from the dates.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1300),
                            django.core.validators.MaxValueValidator(1500),
                        ],
                        verbose_name="Iranian year",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("room", "In a room"),
                            ("online", "Online"),
                            ("both", "In a room and online"),
                        ],
                        max_length=6,
                        verbose_name="how it is held",
                    ),
                ),
                ("opens", models.DateField(blank=True, null=True, verbose_name="opens on")),
                ("closes", models.DateField(blank=True, null=True, verbose_name="closes on")),
                (
                    "held_on",
                    models.DateField(
                        blank=True, help_text="For a desk of a single day.", null=True, verbose_name="held on"
                    ),
                ),
                ("place_en", models.CharField(blank=True, max_length=160, verbose_name="place, in English")),
                ("place_fa", models.CharField(blank=True, max_length=160, verbose_name="place, in Persian")),
                (
                    "stated",
                    models.CharField(
                        choices=[
                            ("announced", "Announced; no word yet that it took place"),
                            ("held", "Held"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="announced",
                        help_text="Counts while there are no dates; with dates, coming, open and held follow from them.",
                        max_length=10,
                        verbose_name="word about it",
                    ),
                ),
                (
                    "target_amount",
                    models.BigIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="target",
                    ),
                ),
                (
                    "target_currency",
                    models.CharField(
                        blank=True,
                        choices=[("IRR", "Rials"), ("EUR", "Euros"), ("USD", "US dollars")],
                        max_length=3,
                        verbose_name="currency of the target",
                    ),
                ),
                ("take_part_en", models.TextField(blank=True, verbose_name="how to take part, in English")),
                ("take_part_fa", models.TextField(blank=True, verbose_name="how to take part, in Persian")),
                (
                    "continues",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="continued_by",
                        to="catalog.desk",
                        verbose_name="continues the desk",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="desks",
                        to="catalog.office",
                        verbose_name="office",
                    ),
                ),
                (
                    "sectors",
                    models.ManyToManyField(related_name="desks", to="catalog.sector", verbose_name="sectors"),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "desk",
                "verbose_name_plural": "desks",
                "ordering": [
                    models.OrderBy(models.F("year"), descending=True, nulls_last=True),
                    models.OrderBy(models.F("opens"), descending=True, nulls_last=True),
                    models.OrderBy(models.F("held_on"), descending=True, nulls_last=True),
                    "pk",
                ],
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin__in", ["article", "press"]), _negated=True),
                            ("source__isnull", False),
                            _connector="OR",
                        ),
                        name="desk_source_known",
                        violation_error_message="Name the source: this record says that it was reported.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True),
                            models.Q(
                                models.Q(("withdrawn_reason_en", ""), _negated=True),
                                models.Q(("withdrawn_reason_fa", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="desk_withdrawal_explained",
                        violation_error_message="Give the reason of the withdrawal in both languages.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("year__isnull", True),
                            models.Q(("year__gte", 1300), ("year__lte", 1500)),
                            _connector="OR",
                        ),
                        name="desk_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("target_amount__isnull", True), ("target_amount__gte", 0), _connector="OR"
                        ),
                        name="desk_target",
                        violation_error_message="The target cannot be less than zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("target_amount__isnull", True),
                            models.Q(("target_currency", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="desk_target_has_currency",
                        violation_error_message="Say in which currency the target is.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes__isnull", True),
                            models.Q(("opens__isnull", False), ("opens__lte", models.F("closes"))),
                            _connector="OR",
                        ),
                        name="desk_closes_after_it_opens",
                        violation_error_message="It closes before it opens, or the opening day is missing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("continues", models.F("pk")), _negated=True),
                        name="desk_continues_another",
                        violation_error_message="A desk cannot continue itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeskBuyer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("terms_en", models.CharField(blank=True, max_length=200, verbose_name="terms, in English")),
                ("terms_fa", models.CharField(blank=True, max_length=200, verbose_name="terms, in Persian")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="desk_visits",
                        to="catalog.company",
                        verbose_name="buyer",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="desk_buyers",
                        to="catalog.desk",
                        verbose_name="desk",
                    ),
                ),
            ],
            options={
                "verbose_name": "buyer on the desk",
                "verbose_name_plural": "buyers on the desk",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("desk", "company"),
                        name="deskbuyer_once",
                        violation_error_message="This buyer is already on the desk.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalDesk",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, db_index=True, editable=False, verbose_name="last change"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "withdrawn_reason_en",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in English",
                    ),
                ),
                (
                    "withdrawn_reason_fa",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in Persian",
                    ),
                ),
                ("slug", models.SlugField(max_length=80, verbose_name="address")),
                ("name_en", models.CharField(max_length=160, verbose_name="name, in English")),
                ("name_fa", models.CharField(max_length=160, verbose_name="name, in Persian")),
                ("summary_en", models.TextField(blank=True, verbose_name="summary, in English")),
                ("summary_fa", models.TextField(blank=True, verbose_name="summary, in Persian")),
                (
                    "ordinal",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="1 for the first desk of its industry.",
                        null=True,
                        verbose_name="number",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Left empty, it follows from the dates.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1300),
                            django.core.validators.MaxValueValidator(1500),
                        ],
                        verbose_name="Iranian year",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("room", "In a room"),
                            ("online", "Online"),
                            ("both", "In a room and online"),
                        ],
                        max_length=6,
                        verbose_name="how it is held",
                    ),
                ),
                ("opens", models.DateField(blank=True, null=True, verbose_name="opens on")),
                ("closes", models.DateField(blank=True, null=True, verbose_name="closes on")),
                (
                    "held_on",
                    models.DateField(
                        blank=True, help_text="For a desk of a single day.", null=True, verbose_name="held on"
                    ),
                ),
                ("place_en", models.CharField(blank=True, max_length=160, verbose_name="place, in English")),
                ("place_fa", models.CharField(blank=True, max_length=160, verbose_name="place, in Persian")),
                (
                    "stated",
                    models.CharField(
                        choices=[
                            ("announced", "Announced; no word yet that it took place"),
                            ("held", "Held"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="announced",
                        help_text="Counts while there are no dates; with dates, coming, open and held follow from them.",
                        max_length=10,
                        verbose_name="word about it",
                    ),
                ),
                (
                    "target_amount",
                    models.BigIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="target",
                    ),
                ),
                (
                    "target_currency",
                    models.CharField(
                        blank=True,
                        choices=[("IRR", "Rials"), ("EUR", "Euros"), ("USD", "US dollars")],
                        max_length=3,
                        verbose_name="currency of the target",
                    ),
                ),
                ("take_part_en", models.TextField(blank=True, verbose_name="how to take part, in English")),
                ("take_part_fa", models.TextField(blank=True, verbose_name="how to take part, in Persian")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "continues",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.desk",
                        verbose_name="continues the desk",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.office",
                        verbose_name="office",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical desk",
                "verbose_name_plural": "historical desks",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDeskBuyer",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("terms_en", models.CharField(blank=True, max_length=200, verbose_name="terms, in English")),
                ("terms_fa", models.CharField(blank=True, max_length=200, verbose_name="terms, in Persian")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.company",
                        verbose_name="buyer",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.desk",
                        verbose_name="desk",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical buyer on the desk",
                "verbose_name_plural": "historical buyers on the desk",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalProductAlias",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("text", models.CharField(max_length=160, verbose_name="other name")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("fa", "Persian")],
                        default="en",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical other name",
                "verbose_name_plural": "historical other names",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDeskProduct",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.desk",
                        verbose_name="desk",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical product on the desk",
                "verbose_name_plural": "historical products on the desk",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="DeskProduct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offers",
                        to="catalog.desk",
                        verbose_name="desk",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="desk_offers",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "product on the desk",
                "verbose_name_plural": "products on the desk",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("desk", "product"),
                        name="deskproduct_once",
                        violation_error_message="This product is already on the desk.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=160, verbose_name="other name")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("fa", "Persian")],
                        default="en",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "other name",
                "verbose_name_plural": "other names",
                "ordering": ["language", "text", "pk"],
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("product", "text"),
                        name="productalias_once",
                        violation_error_message="This product already has that name.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalOffice_sectors",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="catalog.historicaloffice",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.office",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.sector",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalOffice_sectors",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDesk_sectors",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "desk",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.desk",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="catalog.historicaldesk",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.sector",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalDesk_sectors",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Parameter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(auto_now=True, db_index=True, verbose_name="last change"),
                ),
                ("name_en", models.CharField(max_length=120, verbose_name="name, in English")),
                ("name_fa", models.CharField(max_length=120, verbose_name="name, in Persian")),
                (
                    "operator",
                    models.CharField(
                        choices=[
                            ("eq", "exactly"),
                            ("min", "at least"),
                            ("max", "at most"),
                            ("range", "from … to"),
                            ("text", "in words"),
                        ],
                        default="min",
                        max_length=5,
                        verbose_name="comparison",
                    ),
                ),
                ("value", models.CharField(max_length=60, verbose_name="value")),
                (
                    "value_to",
                    models.CharField(
                        blank=True, help_text="Only for a range.", max_length=60, verbose_name="up to"
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=30, verbose_name="unit")),
                (
                    "weight",
                    models.CharField(
                        choices=[("must", "must"), ("should", "should")],
                        default="must",
                        max_length=6,
                        verbose_name="must or should",
                    ),
                ),
                ("test_method", models.CharField(blank=True, max_length=120, verbose_name="test method")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parameters",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "parameter",
                "verbose_name_plural": "parameters",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin__in", ["article", "press"]), _negated=True),
                            ("source__isnull", False),
                            _connector="OR",
                        ),
                        name="parameter_source_known",
                        violation_error_message="Name the source: this record says that it was reported.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("operator", "range"), models.Q(("value_to", ""), _negated=True)),
                            models.Q(models.Q(("operator", "range"), _negated=True), ("value_to", "")),
                            _connector="OR",
                        ),
                        name="parameter_range_has_two_ends",
                        violation_error_message="A range has two values; every other comparison has one.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(auto_now=True, db_index=True, verbose_name="last change"),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1300),
                            django.core.validators.MaxValueValidator(1500),
                        ],
                        verbose_name="Iranian year",
                    ),
                ),
                (
                    "value",
                    models.BigIntegerField(
                        validators=[django.core.validators.MinValueValidator(0)], verbose_name="value"
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        choices=[("IRR", "Rials"), ("EUR", "Euros"), ("USD", "US dollars")],
                        default="USD",
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                (
                    "quantity",
                    models.PositiveBigIntegerField(
                        blank=True,
                        help_text="In the unit of the product.",
                        null=True,
                        verbose_name="quantity",
                    ),
                ),
                (
                    "countries",
                    models.CharField(
                        blank=True,
                        help_text="Two-letter codes separated by commas, largest first: CN,DE.",
                        max_length=120,
                        validators=[validators.CountriesValidator()],
                        verbose_name="countries of origin",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="imports",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "import record",
                "verbose_name_plural": "import records",
                "ordering": ["-year", "pk"],
                "indexes": [
                    models.Index(fields=["currency", "year", "product", "value"], name="importrecord_by_year")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin__in", ["article", "press"]), _negated=True),
                            ("source__isnull", False),
                            _connector="OR",
                        ),
                        name="importrecord_source_known",
                        violation_error_message="Name the source: this record says that it was reported.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("year__isnull", True),
                            models.Q(("year__gte", 1300), ("year__lte", 1500)),
                            _connector="OR",
                        ),
                        name="importrecord_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__isnull", True), ("value__gte", 0), _connector="OR"),
                        name="importrecord_value",
                    ),
                    models.UniqueConstraint(
                        fields=("product", "year", "currency"),
                        name="importrecord_once_a_year",
                        violation_error_message="This product already has a figure for that year and currency.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalParameter",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, db_index=True, editable=False, verbose_name="last change"
                    ),
                ),
                ("name_en", models.CharField(max_length=120, verbose_name="name, in English")),
                ("name_fa", models.CharField(max_length=120, verbose_name="name, in Persian")),
                (
                    "operator",
                    models.CharField(
                        choices=[
                            ("eq", "exactly"),
                            ("min", "at least"),
                            ("max", "at most"),
                            ("range", "from … to"),
                            ("text", "in words"),
                        ],
                        default="min",
                        max_length=5,
                        verbose_name="comparison",
                    ),
                ),
                ("value", models.CharField(max_length=60, verbose_name="value")),
                (
                    "value_to",
                    models.CharField(
                        blank=True, help_text="Only for a range.", max_length=60, verbose_name="up to"
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=30, verbose_name="unit")),
                (
                    "weight",
                    models.CharField(
                        choices=[("must", "must"), ("should", "should")],
                        default="must",
                        max_length=6,
                        verbose_name="must or should",
                    ),
                ),
                ("test_method", models.CharField(blank=True, max_length=120, verbose_name="test method")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical parameter",
                "verbose_name_plural": "historical parameters",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalImportRecord",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, db_index=True, editable=False, verbose_name="last change"
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1300),
                            django.core.validators.MaxValueValidator(1500),
                        ],
                        verbose_name="Iranian year",
                    ),
                ),
                (
                    "value",
                    models.BigIntegerField(
                        validators=[django.core.validators.MinValueValidator(0)], verbose_name="value"
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        choices=[("IRR", "Rials"), ("EUR", "Euros"), ("USD", "US dollars")],
                        default="USD",
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                (
                    "quantity",
                    models.PositiveBigIntegerField(
                        blank=True,
                        help_text="In the unit of the product.",
                        null=True,
                        verbose_name="quantity",
                    ),
                ),
                (
                    "countries",
                    models.CharField(
                        blank=True,
                        help_text="Two-letter codes separated by commas, largest first: CN,DE.",
                        max_length=120,
                        validators=[validators.CountriesValidator()],
                        verbose_name="countries of origin",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical import record",
                "verbose_name_plural": "historical import records",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEngagement",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, db_index=True, editable=False, verbose_name="last change"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "withdrawn_reason_en",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in English",
                    ),
                ),
                (
                    "withdrawn_reason_fa",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in Persian",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("named", "Named"),
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
                (
                    "since",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1300),
                            django.core.validators.MaxValueValidator(1500),
                        ],
                        verbose_name="since",
                    ),
                ),
                (
                    "capacity",
                    models.PositiveBigIntegerField(
                        blank=True,
                        help_text="In the unit of the product.",
                        null=True,
                        verbose_name="capacity a year",
                    ),
                ),
                (
                    "free_capacity",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="of it free"),
                ),
                (
                    "local_share",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="local share, %",
                    ),
                ),
                (
                    "seeks",
                    models.CharField(
                        blank=True,
                        choices=[("partner", "a partner"), ("finance", "finance"), ("buyer", "a buyer")],
                        max_length=8,
                        verbose_name="seeks",
                    ),
                ),
                ("evidence_en", models.TextField(blank=True, verbose_name="evidence, in English")),
                ("evidence_fa", models.TextField(blank=True, verbose_name="evidence, in Persian")),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="last confirmed on")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.company",
                        verbose_name="company",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical engagement",
                "verbose_name_plural": "historical engagements",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDemand",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, db_index=True, editable=False, verbose_name="last change"
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1300),
                            django.core.validators.MaxValueValidator(1500),
                        ],
                        verbose_name="Iranian year",
                    ),
                ),
                (
                    "quantity",
                    models.PositiveBigIntegerField(
                        blank=True,
                        help_text="In the unit of the product.",
                        null=True,
                        verbose_name="quantity",
                    ),
                ),
                (
                    "value",
                    models.BigIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="value",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        blank=True,
                        choices=[("IRR", "Rials"), ("EUR", "Euros"), ("USD", "US dollars")],
                        max_length=3,
                        verbose_name="currency",
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
                        ],
                        default="indicative",
                        max_length=10,
                        verbose_name="commitment",
                    ),
                ),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="last confirmed on")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "buyer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.company",
                        verbose_name="buyer",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical demand",
                "verbose_name_plural": "historical demands",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalContract",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, db_index=True, editable=False, verbose_name="last change"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "withdrawn_reason_en",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in English",
                    ),
                ),
                (
                    "withdrawn_reason_fa",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in Persian",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        db_index=True,
                        help_text="Latin letters, digits and hyphens, such as S-1404-12; it never changes once published.",
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*\\Z",
                                "Latin letters, digits and hyphens: S-1404-12.",
                            )
                        ],
                        verbose_name="reference",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("contract", "Contract"),
                            ("offtake", "Offtake contract"),
                            ("memorandum", "Memorandum"),
                            ("agreement", "Agreement in principle"),
                            ("planned", "Planned contract"),
                        ],
                        default="contract",
                        help_text="Only contracts and offtakes count as contracts.",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title_en", models.CharField(max_length=200, verbose_name="subject, in English")),
                ("title_fa", models.CharField(max_length=200, verbose_name="subject, in Persian")),
                (
                    "signed_on",
                    models.DateField(
                        blank=True, help_text="Empty when not known.", null=True, verbose_name="signed on"
                    ),
                ),
                (
                    "signed_precision",
                    models.CharField(
                        choices=[("day", "to the day"), ("month", "to the month"), ("year", "to the year")],
                        default="day",
                        help_text="How exactly the day is known.",
                        max_length=5,
                        verbose_name="known",
                    ),
                ),
                ("due", models.DateField(blank=True, null=True, verbose_name="due")),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("signed", "Signed"),
                            ("in_execution", "In execution"),
                            ("delivered", "Delivered"),
                            ("ended_early", "Ended early"),
                            ("disputed", "Disputed"),
                        ],
                        help_text="Empty: not known.",
                        max_length=12,
                        verbose_name="condition",
                    ),
                ),
                (
                    "total_basis",
                    models.CharField(
                        choices=[("lines", "the sum of its lines"), ("stated", "the total as stated")],
                        default="lines",
                        help_text="One of the two counts, never both.",
                        max_length=6,
                        verbose_name="its amount is",
                    ),
                ),
                (
                    "stated_amount",
                    models.BigIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="total as stated",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        blank=True,
                        choices=[("IRR", "Rials"), ("EUR", "Euros"), ("USD", "US dollars")],
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                (
                    "items_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="number of items"),
                ),
                (
                    "items_unit",
                    models.CharField(
                        blank=True,
                        choices=[("kinds", "kinds of goods"), ("pieces", "pieces")],
                        max_length=6,
                        verbose_name="counted in",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.desk",
                        verbose_name="desk",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.sector",
                        verbose_name="sector",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical contract",
                "verbose_name_plural": "historical contracts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Engagement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(auto_now=True, db_index=True, verbose_name="last change"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "withdrawn_reason_en",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in English",
                    ),
                ),
                (
                    "withdrawn_reason_fa",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in Persian",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("named", "Named"),
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
                (
                    "since",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1300),
                            django.core.validators.MaxValueValidator(1500),
                        ],
                        verbose_name="since",
                    ),
                ),
                (
                    "capacity",
                    models.PositiveBigIntegerField(
                        blank=True,
                        help_text="In the unit of the product.",
                        null=True,
                        verbose_name="capacity a year",
                    ),
                ),
                (
                    "free_capacity",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="of it free"),
                ),
                (
                    "local_share",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="local share, %",
                    ),
                ),
                (
                    "seeks",
                    models.CharField(
                        blank=True,
                        choices=[("partner", "a partner"), ("finance", "finance"), ("buyer", "a buyer")],
                        max_length=8,
                        verbose_name="seeks",
                    ),
                ),
                ("evidence_en", models.TextField(blank=True, verbose_name="evidence, in English")),
                ("evidence_fa", models.TextField(blank=True, verbose_name="evidence, in Persian")),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="last confirmed on")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="engagements",
                        to="catalog.company",
                        verbose_name="company",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="engagements",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "engagement",
                "verbose_name_plural": "engagements",
                "ordering": ["pk"],
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin__in", ["article", "press"]), _negated=True),
                            ("source__isnull", False),
                            _connector="OR",
                        ),
                        name="engagement_source_known",
                        violation_error_message="Name the source: this record says that it was reported.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True),
                            models.Q(
                                models.Q(("withdrawn_reason_en", ""), _negated=True),
                                models.Q(("withdrawn_reason_fa", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="engagement_withdrawal_explained",
                        violation_error_message="Give the reason of the withdrawal in both languages.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since__isnull", True),
                            models.Q(("since__gte", 1300), ("since__lte", 1500)),
                            _connector="OR",
                        ),
                        name="engagement_since",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity__isnull", True), ("capacity__gte", 0), _connector="OR"),
                        name="engagement_capacity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("local_share__isnull", True), ("local_share__lte", 100), _connector="OR"
                        ),
                        name="engagement_local_share",
                        violation_error_message="A local share is at most 100 %.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("free_capacity__isnull", True),
                            ("free_capacity__lte", models.F("capacity")),
                            _connector="OR",
                        ),
                        name="engagement_free_capacity",
                        violation_error_message="The free capacity is more than the capacity.",
                    ),
                    models.UniqueConstraint(
                        fields=("company", "product"),
                        name="engagement_once",
                        violation_error_message="This company’s work on that product is already recorded.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Demand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(auto_now=True, db_index=True, verbose_name="last change"),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1300),
                            django.core.validators.MaxValueValidator(1500),
                        ],
                        verbose_name="Iranian year",
                    ),
                ),
                (
                    "quantity",
                    models.PositiveBigIntegerField(
                        blank=True,
                        help_text="In the unit of the product.",
                        null=True,
                        verbose_name="quantity",
                    ),
                ),
                (
                    "value",
                    models.BigIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="value",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        blank=True,
                        choices=[("IRR", "Rials"), ("EUR", "Euros"), ("USD", "US dollars")],
                        max_length=3,
                        verbose_name="currency",
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
                        ],
                        default="indicative",
                        max_length=10,
                        verbose_name="commitment",
                    ),
                ),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="last confirmed on")),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="demands",
                        to="catalog.company",
                        verbose_name="buyer",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="demands",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "demand",
                "verbose_name_plural": "demands",
                "ordering": [models.OrderBy(models.F("year"), nulls_last=True), "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin__in", ["article", "press"]), _negated=True),
                            ("source__isnull", False),
                            _connector="OR",
                        ),
                        name="demand_source_known",
                        violation_error_message="Name the source: this record says that it was reported.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("year__isnull", True),
                            models.Q(("year__gte", 1300), ("year__lte", 1500)),
                            _connector="OR",
                        ),
                        name="demand_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__isnull", True), ("value__gte", 0), _connector="OR"),
                        name="demand_value",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value__isnull", True),
                            models.Q(("currency", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="demand_value_has_currency",
                        violation_error_message="Say in which currency the value is.",
                    ),
                    models.UniqueConstraint(
                        fields=("product", "buyer", "year"),
                        name="demand_once_a_year",
                        violation_error_message="This buyer’s demand for that product and year is already recorded.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("year__isnull", True)),
                        fields=("product", "buyer"),
                        name="demand_once_without_year",
                        violation_error_message="This buyer’s demand for that product without a year is already recorded.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(auto_now=True, db_index=True, verbose_name="last change"),
                ),
                ("key", models.SlugField(max_length=80, unique=True, verbose_name="key")),
                ("label_en", models.CharField(max_length=200, verbose_name="what it says, in English")),
                ("label_fa", models.CharField(max_length=200, verbose_name="what it says, in Persian")),
                (
                    "value",
                    models.BigIntegerField(
                        help_text="A whole number; 26,148.3 is 261483 with 1 digit after the point.",
                        verbose_name="value",
                    ),
                ),
                (
                    "decimals",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(6)],
                        verbose_name="digits after the point",
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        choices=[
                            ("exact", "exactly"),
                            ("more than", "more than"),
                            ("about", "about"),
                            ("nearly", "nearly"),
                            ("at least", "at least"),
                        ],
                        default="exact",
                        max_length=10,
                        verbose_name="qualifier",
                    ),
                ),
                ("unit", models.CharField(max_length=30, verbose_name="unit")),
                (
                    "currency",
                    models.CharField(
                        blank=True,
                        choices=[("IRR", "Rials"), ("EUR", "Euros"), ("USD", "US dollars")],
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                ("period_from", models.DateField(blank=True, null=True, verbose_name="period from")),
                ("period_to", models.DateField(blank=True, null=True, verbose_name="period to")),
                (
                    "year_from",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1300),
                            django.core.validators.MaxValueValidator(1500),
                        ],
                        verbose_name="Iranian year from",
                    ),
                ),
                (
                    "year_to",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1300),
                            django.core.validators.MaxValueValidator(1500),
                        ],
                        verbose_name="Iranian year to",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("target", "Target"), ("plan", "Plan"), ("result", "Result")],
                        default="result",
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                (
                    "said_by_en",
                    models.CharField(blank=True, max_length=160, verbose_name="said by, in English"),
                ),
                (
                    "said_by_fa",
                    models.CharField(blank=True, max_length=160, verbose_name="said by, in Persian"),
                ),
                (
                    "said_on",
                    models.DateField(
                        blank=True,
                        help_text="Empty: the day is not recorded.",
                        null=True,
                        verbose_name="said on",
                    ),
                ),
                (
                    "headline",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="1 to 4; empty: not on the home page.",
                        null=True,
                        verbose_name="place on the home page",
                    ),
                ),
                (
                    "contradicts",
                    models.ManyToManyField(blank=True, to="catalog.statement", verbose_name="contradicts"),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="catalog.desk",
                        verbose_name="desk",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="catalog.indicator",
                        verbose_name="indicator",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="catalog.sector",
                        verbose_name="sector",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="catalog.statement",
                        verbose_name="supersedes",
                    ),
                ),
            ],
            options={
                "verbose_name": "statement",
                "verbose_name_plural": "statements",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin__in", ["article", "press"]), _negated=True),
                            ("source__isnull", False),
                            _connector="OR",
                        ),
                        name="statement_source_known",
                        violation_error_message="Name the source: this record says that it was reported.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__isnull", True), ("value__gte", 0), _connector="OR"),
                        name="statement_value",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decimals__lte", 6), models.Q(("currency", ""), ("decimals", 0), _connector="OR")
                        ),
                        name="statement_decimals",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unit", "money"), _negated=True),
                            models.Q(("currency", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="statement_money_has_currency",
                        violation_error_message="Say in which currency the value is.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("year_from__isnull", True),
                                models.Q(("year_from__gte", 1300), ("year_from__lte", 1500)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("year_to__isnull", True),
                                models.Q(("year_to__gte", 1300), ("year_to__lte", 1500)),
                                _connector="OR",
                            ),
                        ),
                        name="statement_years",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("year_to__isnull", True),
                            models.Q(("year_from__isnull", False), ("year_from__lte", models.F("year_to"))),
                            _connector="OR",
                        ),
                        name="statement_years_in_order",
                        violation_error_message="The years are the wrong way round.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contract",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(auto_now=True, db_index=True, verbose_name="last change"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "withdrawn_reason_en",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in English",
                    ),
                ),
                (
                    "withdrawn_reason_fa",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in Persian",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        help_text="Latin letters, digits and hyphens, such as S-1404-12; it never changes once published.",
                        max_length=40,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*\\Z",
                                "Latin letters, digits and hyphens: S-1404-12.",
                            )
                        ],
                        verbose_name="reference",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("contract", "Contract"),
                            ("offtake", "Offtake contract"),
                            ("memorandum", "Memorandum"),
                            ("agreement", "Agreement in principle"),
                            ("planned", "Planned contract"),
                        ],
                        default="contract",
                        help_text="Only contracts and offtakes count as contracts.",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title_en", models.CharField(max_length=200, verbose_name="subject, in English")),
                ("title_fa", models.CharField(max_length=200, verbose_name="subject, in Persian")),
                (
                    "signed_on",
                    models.DateField(
                        blank=True, help_text="Empty when not known.", null=True, verbose_name="signed on"
                    ),
                ),
                (
                    "signed_precision",
                    models.CharField(
                        choices=[("day", "to the day"), ("month", "to the month"), ("year", "to the year")],
                        default="day",
                        help_text="How exactly the day is known.",
                        max_length=5,
                        verbose_name="known",
                    ),
                ),
                ("due", models.DateField(blank=True, null=True, verbose_name="due")),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("signed", "Signed"),
                            ("in_execution", "In execution"),
                            ("delivered", "Delivered"),
                            ("ended_early", "Ended early"),
                            ("disputed", "Disputed"),
                        ],
                        help_text="Empty: not known.",
                        max_length=12,
                        verbose_name="condition",
                    ),
                ),
                (
                    "total_basis",
                    models.CharField(
                        choices=[("lines", "the sum of its lines"), ("stated", "the total as stated")],
                        default="lines",
                        help_text="One of the two counts, never both.",
                        max_length=6,
                        verbose_name="its amount is",
                    ),
                ),
                (
                    "stated_amount",
                    models.BigIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="total as stated",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        blank=True,
                        choices=[("IRR", "Rials"), ("EUR", "Euros"), ("USD", "US dollars")],
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                (
                    "items_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="number of items"),
                ),
                (
                    "items_unit",
                    models.CharField(
                        blank=True,
                        choices=[("kinds", "kinds of goods"), ("pieces", "pieces")],
                        max_length=6,
                        verbose_name="counted in",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to="catalog.desk",
                        verbose_name="desk",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to="catalog.sector",
                        verbose_name="sector",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "contract",
                "verbose_name_plural": "contracts",
                "ordering": [models.OrderBy(models.F("signed_on"), descending=True, nulls_last=True), "pk"],
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin__in", ["article", "press"]), _negated=True),
                            ("source__isnull", False),
                            _connector="OR",
                        ),
                        name="contract_source_known",
                        violation_error_message="Name the source: this record says that it was reported.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True),
                            models.Q(
                                models.Q(("withdrawn_reason_en", ""), _negated=True),
                                models.Q(("withdrawn_reason_fa", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="contract_withdrawal_explained",
                        violation_error_message="Give the reason of the withdrawal in both languages.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stated_amount__isnull", True), ("stated_amount__gte", 0), _connector="OR"
                        ),
                        name="contract_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stated_amount__isnull", True),
                            models.Q(("currency", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="contract_amount_has_currency",
                        violation_error_message="Say in which currency the amount is.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("total_basis", "lines"), _negated=True),
                            ("stated_amount__isnull", True),
                            _connector="OR",
                        ),
                        name="contract_counts_one_total",
                        violation_error_message="Either the lines count or the total as stated does: choose it, or empty it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="on")),
                ("what_en", models.CharField(max_length=300, verbose_name="what changed, in English")),
                ("what_fa", models.CharField(max_length=300, verbose_name="what changed, in Persian")),
                ("why_en", models.CharField(max_length=300, verbose_name="why, in English")),
                ("why_fa", models.CharField(max_length=300, verbose_name="why, in Persian")),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="amendments",
                        to="catalog.contract",
                        verbose_name="contract",
                    ),
                ),
            ],
            options={
                "verbose_name": "amendment",
                "verbose_name_plural": "amendments",
                "ordering": ["on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAmendment",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("on", models.DateField(verbose_name="on")),
                ("what_en", models.CharField(max_length=300, verbose_name="what changed, in English")),
                ("what_fa", models.CharField(max_length=300, verbose_name="what changed, in Persian")),
                ("why_en", models.CharField(max_length=300, verbose_name="why, in English")),
                ("why_fa", models.CharField(max_length=300, verbose_name="why, in Persian")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.contract",
                        verbose_name="contract",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical amendment",
                "verbose_name_plural": "historical amendments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMilestone",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("design_approval", "Design approved"),
                            ("tooling", "Tooling"),
                            ("type_approval", "Type approved"),
                            ("first_delivery", "First delivery"),
                            ("payment", "Payment"),
                            ("final_delivery", "Final delivery"),
                            ("other", "Other step"),
                        ],
                        default="first_delivery",
                        max_length=16,
                        verbose_name="step",
                    ),
                ),
                ("due", models.DateField(blank=True, null=True, verbose_name="due")),
                ("done", models.DateField(blank=True, null=True, verbose_name="done")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.contract",
                        verbose_name="contract",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical milestone",
                "verbose_name_plural": "historical milestones",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalParty",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("buyer", "Buyer"),
                            ("supplier", "Supplier"),
                            ("financier", "Financier"),
                            ("other", "Other party"),
                        ],
                        default="supplier",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name as printed, in English"),
                ),
                (
                    "name_fa",
                    models.CharField(blank=True, max_length=200, verbose_name="name as printed, in Persian"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.company",
                        verbose_name="company",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.contract",
                        verbose_name="contract",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical party",
                "verbose_name_plural": "historical parties",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("design_approval", "Design approved"),
                            ("tooling", "Tooling"),
                            ("type_approval", "Type approved"),
                            ("first_delivery", "First delivery"),
                            ("payment", "Payment"),
                            ("final_delivery", "Final delivery"),
                            ("other", "Other step"),
                        ],
                        default="first_delivery",
                        max_length=16,
                        verbose_name="step",
                    ),
                ),
                ("due", models.DateField(blank=True, null=True, verbose_name="due")),
                ("done", models.DateField(blank=True, null=True, verbose_name="done")),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="milestones",
                        to="catalog.contract",
                        verbose_name="contract",
                    ),
                ),
            ],
            options={
                "verbose_name": "milestone",
                "verbose_name_plural": "milestones",
                "ordering": [models.OrderBy(models.F("due"), nulls_last=True), "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due__isnull", False), ("done__isnull", False), _connector="OR"),
                        name="milestone_has_a_day",
                        violation_error_message="Say when it is due, or when it was done.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("buyer", "Buyer"),
                            ("supplier", "Supplier"),
                            ("financier", "Financier"),
                            ("other", "Other party"),
                        ],
                        default="supplier",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name as printed, in English"),
                ),
                (
                    "name_fa",
                    models.CharField(blank=True, max_length=200, verbose_name="name as printed, in Persian"),
                ),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parties",
                        to="catalog.company",
                        verbose_name="company",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="catalog.contract",
                        verbose_name="contract",
                    ),
                ),
            ],
            options={
                "verbose_name": "party",
                "verbose_name_plural": "parties",
                "ordering": ["role", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("company__isnull", False), ("name_en", ""), ("name_fa", "")),
                            models.Q(
                                ("company__isnull", True),
                                models.Q(
                                    models.Q(("name_en", ""), _negated=True),
                                    models.Q(("name_fa", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="party_company_or_name",
                        violation_error_message="Choose a company, or write the name as printed: one of the two.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalContractLine",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "description_en",
                    models.CharField(blank=True, max_length=200, verbose_name="description, in English"),
                ),
                (
                    "description_fa",
                    models.CharField(blank=True, max_length=200, verbose_name="description, in Persian"),
                ),
                ("quantity", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="quantity")),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        help_text="Empty: the unit of the product.",
                        max_length=30,
                        verbose_name="unit",
                    ),
                ),
                (
                    "amount",
                    models.BigIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="amount",
                    ),
                ),
                (
                    "delivered_amount",
                    models.BigIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="of it delivered",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.contract",
                        verbose_name="contract",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical line",
                "verbose_name_plural": "historical lines",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ContractLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "description_en",
                    models.CharField(blank=True, max_length=200, verbose_name="description, in English"),
                ),
                (
                    "description_fa",
                    models.CharField(blank=True, max_length=200, verbose_name="description, in Persian"),
                ),
                ("quantity", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="quantity")),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        help_text="Empty: the unit of the product.",
                        max_length=30,
                        verbose_name="unit",
                    ),
                ),
                (
                    "amount",
                    models.BigIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="amount",
                    ),
                ),
                (
                    "delivered_amount",
                    models.BigIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="of it delivered",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="catalog.contract",
                        verbose_name="contract",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contract_lines",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "line",
                "verbose_name_plural": "lines",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("product__isnull", False),
                            models.Q(
                                models.Q(("description_en", ""), _negated=True),
                                models.Q(("description_fa", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="contractline_says_what",
                        violation_error_message="Choose a product, or describe it in both languages.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                            models.Q(
                                ("delivered_amount__isnull", True),
                                ("delivered_amount__gte", 0),
                                _connector="OR",
                            ),
                        ),
                        name="contractline_amounts",
                        violation_error_message="An amount cannot be less than zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("delivered_amount__isnull", True),
                            models.Q(
                                ("amount__isnull", False), ("delivered_amount__lte", models.F("amount"))
                            ),
                            _connector="OR",
                        ),
                        name="contractline_delivered_within_amount",
                        violation_error_message="More was delivered than the line’s amount; if it grew, record an amendment and raise it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalStatement",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, db_index=True, editable=False, verbose_name="last change"
                    ),
                ),
                ("key", models.SlugField(max_length=80, verbose_name="key")),
                ("label_en", models.CharField(max_length=200, verbose_name="what it says, in English")),
                ("label_fa", models.CharField(max_length=200, verbose_name="what it says, in Persian")),
                (
                    "value",
                    models.BigIntegerField(
                        help_text="A whole number; 26,148.3 is 261483 with 1 digit after the point.",
                        verbose_name="value",
                    ),
                ),
                (
                    "decimals",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(6)],
                        verbose_name="digits after the point",
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        choices=[
                            ("exact", "exactly"),
                            ("more than", "more than"),
                            ("about", "about"),
                            ("nearly", "nearly"),
                            ("at least", "at least"),
                        ],
                        default="exact",
                        max_length=10,
                        verbose_name="qualifier",
                    ),
                ),
                ("unit", models.CharField(max_length=30, verbose_name="unit")),
                (
                    "currency",
                    models.CharField(
                        blank=True,
                        choices=[("IRR", "Rials"), ("EUR", "Euros"), ("USD", "US dollars")],
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                ("period_from", models.DateField(blank=True, null=True, verbose_name="period from")),
                ("period_to", models.DateField(blank=True, null=True, verbose_name="period to")),
                (
                    "year_from",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1300),
                            django.core.validators.MaxValueValidator(1500),
                        ],
                        verbose_name="Iranian year from",
                    ),
                ),
                (
                    "year_to",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1300),
                            django.core.validators.MaxValueValidator(1500),
                        ],
                        verbose_name="Iranian year to",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("target", "Target"), ("plan", "Plan"), ("result", "Result")],
                        default="result",
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                (
                    "said_by_en",
                    models.CharField(blank=True, max_length=160, verbose_name="said by, in English"),
                ),
                (
                    "said_by_fa",
                    models.CharField(blank=True, max_length=160, verbose_name="said by, in Persian"),
                ),
                (
                    "said_on",
                    models.DateField(
                        blank=True,
                        help_text="Empty: the day is not recorded.",
                        null=True,
                        verbose_name="said on",
                    ),
                ),
                (
                    "headline",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="1 to 4; empty: not on the home page.",
                        null=True,
                        verbose_name="place on the home page",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.desk",
                        verbose_name="desk",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.indicator",
                        verbose_name="indicator",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.sector",
                        verbose_name="sector",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.statement",
                        verbose_name="supersedes",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical statement",
                "verbose_name_plural": "historical statements",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDocument",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, db_index=True, editable=False, verbose_name="last change"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "withdrawn_reason_en",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in English",
                    ),
                ),
                (
                    "withdrawn_reason_fa",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in Persian",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("specification", "Specification"),
                            ("drawing", "Drawing"),
                            ("standard", "Standard or test method"),
                            ("call", "Call or invitation"),
                            ("minutes", "Minutes"),
                            ("contract", "Contract text"),
                            ("image", "Picture"),
                            ("other", "Other document"),
                        ],
                        default="specification",
                        max_length=14,
                        verbose_name="kind",
                    ),
                ),
                ("title_en", models.CharField(max_length=200, verbose_name="title, in English")),
                ("title_fa", models.CharField(max_length=200, verbose_name="title, in Persian")),
                (
                    "file",
                    models.TextField(
                        blank=True,
                        help_text="PDF, Word, Excel, CSV, text or picture; at most 20 MB.",
                        max_length=100,
                        validators=[
                            django.core.validators.FileExtensionValidator(
                                ["pdf", "docx", "xlsx", "csv", "txt", "png", "jpg", "jpeg", "webp"]
                            ),
                            validators.FileSizeValidator(),
                        ],
                        verbose_name="file",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[("fa", "Persian"), ("en", "English")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("version", models.CharField(blank=True, max_length=30, verbose_name="version")),
                (
                    "access",
                    models.CharField(
                        choices=[("public", "Public"), ("on_request", "On request")],
                        default="on_request",
                        max_length=10,
                        verbose_name="access",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.contract",
                        verbose_name="contract",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.desk",
                        verbose_name="desk",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical document",
                "verbose_name_plural": "historical documents",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("article", "The article"),
                            ("press", "Press"),
                            ("ministry", "Ministry"),
                            ("illustrative", "Illustrative"),
                            ("sample", "Sample"),
                        ],
                        db_index=True,
                        default="ministry",
                        max_length=12,
                        verbose_name="origin",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For staff only; never shown in public.",
                        verbose_name="editors’ note",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(auto_now=True, db_index=True, verbose_name="last change"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="first published"
                    ),
                ),
                (
                    "withdrawn_reason_en",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in English",
                    ),
                ),
                (
                    "withdrawn_reason_fa",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="reason of the withdrawal, in Persian",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("specification", "Specification"),
                            ("drawing", "Drawing"),
                            ("standard", "Standard or test method"),
                            ("call", "Call or invitation"),
                            ("minutes", "Minutes"),
                            ("contract", "Contract text"),
                            ("image", "Picture"),
                            ("other", "Other document"),
                        ],
                        default="specification",
                        max_length=14,
                        verbose_name="kind",
                    ),
                ),
                ("title_en", models.CharField(max_length=200, verbose_name="title, in English")),
                ("title_fa", models.CharField(max_length=200, verbose_name="title, in Persian")),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        help_text="PDF, Word, Excel, CSV, text or picture; at most 20 MB.",
                        upload_to=validators.StoredName(),
                        validators=[
                            django.core.validators.FileExtensionValidator(
                                ["pdf", "docx", "xlsx", "csv", "txt", "png", "jpg", "jpeg", "webp"]
                            ),
                            validators.FileSizeValidator(),
                        ],
                        verbose_name="file",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[("fa", "Persian"), ("en", "English")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("version", models.CharField(blank=True, max_length=30, verbose_name="version")),
                (
                    "access",
                    models.CharField(
                        choices=[("public", "Public"), ("on_request", "On request")],
                        default="on_request",
                        max_length=10,
                        verbose_name="access",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="catalog.contract",
                        verbose_name="contract",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="catalog.desk",
                        verbose_name="desk",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        help_text="Needed for what the article or the press reports.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ["kind", "pk"],
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin__in", ["article", "press"]), _negated=True),
                            ("source__isnull", False),
                            _connector="OR",
                        ),
                        name="document_source_known",
                        violation_error_message="Name the source: this record says that it was reported.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True),
                            models.Q(
                                models.Q(("withdrawn_reason_en", ""), _negated=True),
                                models.Q(("withdrawn_reason_fa", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="document_withdrawal_explained",
                        violation_error_message="Give the reason of the withdrawal in both languages.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("contract__isnull", True), ("desk__isnull", True), ("product__isnull", False)
                            ),
                            models.Q(
                                ("contract__isnull", True), ("desk__isnull", False), ("product__isnull", True)
                            ),
                            models.Q(
                                ("contract__isnull", False), ("desk__isnull", True), ("product__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="document_on_one_record",
                        violation_error_message="A document belongs to one product, one desk or one contract.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("access", "public"), _negated=True),
                            models.Q(("file", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="document_public_has_file",
                        violation_error_message="Upload the file, or say that it is given on request.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalStatement_contradicts",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="catalog.historicalstatement",
                    ),
                ),
                (
                    "from_statement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.statement",
                    ),
                ),
                (
                    "to_statement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.statement",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalStatement_contradicts",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="desk",
            name="buyers",
            field=models.ManyToManyField(
                related_name="desks_as_buyer",
                through="catalog.DeskBuyer",
                to="catalog.company",
                verbose_name="buyers",
            ),
        ),
        migrations.AddField(
            model_name="desk",
            name="products",
            field=models.ManyToManyField(
                related_name="desks",
                through="catalog.DeskProduct",
                to="catalog.product",
                verbose_name="products",
            ),
        ),
    ]
