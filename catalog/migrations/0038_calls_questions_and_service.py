"""Calls, questions with answers, holidays, and how fast offices answer."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0037_guide_steps'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(choices=[('article', 'The article'), ('press', 'Press'), ('ministry', 'Ministry'), ('illustrative', 'Illustrative'), ('sample', 'Sample')], db_index=True, default='ministry', max_length=12, verbose_name='origin')),
                ('note', models.TextField(blank=True, help_text='For staff only; never shown in public.', verbose_name='editors’ note')),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True, verbose_name='last change')),
                ('opens', models.DateField(default=django.utils.timezone.localdate, verbose_name='first day')),
                ('closes', models.DateField(blank=True, help_text='Empty: it is open for 20 days.', verbose_name='last day')),
                ('claims', models.PositiveIntegerField(default=0, editable=False, verbose_name='claims received')),
                ('accepted', models.PositiveIntegerField(default=0, editable=False, verbose_name='claims accepted')),
                ('refused', models.PositiveIntegerField(default=0, editable=False, verbose_name='claims refused')),
                ('undecided', models.PositiveIntegerField(default=0, editable=False, verbose_name='claims undecided')),
                ('counted_at', models.DateTimeField(editable=False, null=True, verbose_name='claims counted at')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='catalog.product', verbose_name='product')),
                ('source', models.ForeignKey(blank=True, help_text='Needed for what the article or the press reports.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.source', verbose_name='source')),
            ],
            options={
                'verbose_name': 'call',
                'verbose_name_plural': 'calls',
                'ordering': ['-closes', '-pk'],
                'base_manager_name': 'objects',
            },
        ),
        migrations.AddField(
            model_name='product',
            name='last_call',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='catalog.call', verbose_name='last call'),
        ),
        migrations.CreateModel(
            name='HistoricalCall',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('origin', models.CharField(choices=[('article', 'The article'), ('press', 'Press'), ('ministry', 'Ministry'), ('illustrative', 'Illustrative'), ('sample', 'Sample')], db_index=True, default='ministry', max_length=12, verbose_name='origin')),
                ('note', models.TextField(blank=True, help_text='For staff only; never shown in public.', verbose_name='editors’ note')),
                ('updated_at', models.DateTimeField(blank=True, db_index=True, editable=False, verbose_name='last change')),
                ('opens', models.DateField(default=django.utils.timezone.localdate, verbose_name='first day')),
                ('closes', models.DateField(blank=True, help_text='Empty: it is open for 20 days.', verbose_name='last day')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('product', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='catalog.product', verbose_name='product')),
                ('source', models.ForeignKey(blank=True, db_constraint=False, help_text='Needed for what the article or the press reports.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='catalog.source', verbose_name='source')),
            ],
            options={
                'verbose_name': 'historical call',
                'verbose_name_plural': 'historical calls',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalHoliday',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('origin', models.CharField(choices=[('article', 'The article'), ('press', 'Press'), ('ministry', 'Ministry'), ('illustrative', 'Illustrative'), ('sample', 'Sample')], db_index=True, default='ministry', max_length=12, verbose_name='origin')),
                ('note', models.TextField(blank=True, help_text='For staff only; never shown in public.', verbose_name='editors’ note')),
                ('updated_at', models.DateTimeField(blank=True, db_index=True, editable=False, verbose_name='last change')),
                ('date', models.DateField(db_index=True, verbose_name='day')),
                ('name_en', models.CharField(max_length=160, verbose_name='name, in English')),
                ('name_fa', models.CharField(max_length=160, verbose_name='name, in Persian')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(blank=True, db_constraint=False, help_text='Needed for what the article or the press reports.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='catalog.source', verbose_name='source')),
            ],
            options={
                'verbose_name': 'historical holiday',
                'verbose_name_plural': 'historical holidays',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalQuestion',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('origin', models.CharField(choices=[('article', 'The article'), ('press', 'Press'), ('ministry', 'Ministry'), ('illustrative', 'Illustrative'), ('sample', 'Sample')], db_index=True, default='ministry', max_length=12, verbose_name='origin')),
                ('note', models.TextField(blank=True, help_text='For staff only; never shown in public.', verbose_name='editors’ note')),
                ('updated_at', models.DateTimeField(blank=True, db_index=True, editable=False, verbose_name='last change')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], db_index=True, default='draft', editable=False, max_length=10, verbose_name='state')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='first published')),
                ('withdrawn_reason_en', models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason of the withdrawal, in English')),
                ('withdrawn_reason_fa', models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason of the withdrawal, in Persian')),
                ('text_en', models.TextField(max_length=2000, verbose_name='question, in English')),
                ('text_fa', models.TextField(max_length=2000, verbose_name='question, in Persian')),
                ('answer_en', models.TextField(max_length=5000, verbose_name='answer, in English')),
                ('answer_fa', models.TextField(max_length=5000, verbose_name='answer, in Persian')),
                ('asked_on', models.DateField(blank=True, null=True, verbose_name='asked on')),
                ('answered_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='answered on')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('desk', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='catalog.desk', verbose_name='desk')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='catalog.office', verbose_name='office that answered')),
                ('product', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='catalog.product', verbose_name='product')),
                ('source', models.ForeignKey(blank=True, db_constraint=False, help_text='Needed for what the article or the press reports.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='catalog.source', verbose_name='source')),
            ],
            options={
                'verbose_name': 'historical question',
                'verbose_name_plural': 'historical questions',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(choices=[('article', 'The article'), ('press', 'Press'), ('ministry', 'Ministry'), ('illustrative', 'Illustrative'), ('sample', 'Sample')], db_index=True, default='ministry', max_length=12, verbose_name='origin')),
                ('note', models.TextField(blank=True, help_text='For staff only; never shown in public.', verbose_name='editors’ note')),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True, verbose_name='last change')),
                ('date', models.DateField(unique=True, verbose_name='day')),
                ('name_en', models.CharField(max_length=160, verbose_name='name, in English')),
                ('name_fa', models.CharField(max_length=160, verbose_name='name, in Persian')),
                ('source', models.ForeignKey(blank=True, help_text='Needed for what the article or the press reports.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.source', verbose_name='source')),
            ],
            options={
                'verbose_name': 'holiday',
                'verbose_name_plural': 'holidays',
                'ordering': ['date'],
                'default_permissions': ('add', 'change', 'delete', 'view', 'publish'),
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(choices=[('article', 'The article'), ('press', 'Press'), ('ministry', 'Ministry'), ('illustrative', 'Illustrative'), ('sample', 'Sample')], db_index=True, default='ministry', max_length=12, verbose_name='origin')),
                ('note', models.TextField(blank=True, help_text='For staff only; never shown in public.', verbose_name='editors’ note')),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True, verbose_name='last change')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], db_index=True, default='draft', editable=False, max_length=10, verbose_name='state')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='first published')),
                ('withdrawn_reason_en', models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason of the withdrawal, in English')),
                ('withdrawn_reason_fa', models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason of the withdrawal, in Persian')),
                ('text_en', models.TextField(max_length=2000, verbose_name='question, in English')),
                ('text_fa', models.TextField(max_length=2000, verbose_name='question, in Persian')),
                ('answer_en', models.TextField(max_length=5000, verbose_name='answer, in English')),
                ('answer_fa', models.TextField(max_length=5000, verbose_name='answer, in Persian')),
                ('asked_on', models.DateField(blank=True, null=True, verbose_name='asked on')),
                ('answered_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='answered on')),
                ('desk', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='catalog.desk', verbose_name='desk')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='catalog.office', verbose_name='office that answered')),
                ('product', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='catalog.product', verbose_name='product')),
                ('source', models.ForeignKey(blank=True, help_text='Needed for what the article or the press reports.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.source', verbose_name='source')),
            ],
            options={
                'verbose_name': 'question',
                'verbose_name_plural': 'questions',
                'ordering': ['-answered_on', '-pk'],
                'default_permissions': ('add', 'change', 'delete', 'view', 'publish'),
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='ServiceFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('received', models.PositiveIntegerField(default=0, verbose_name='received')),
                ('due', models.PositiveIntegerField(default=0, verbose_name='answered, or waiting for longer than that')),
                ('in_time', models.PositiveIntegerField(default=0, verbose_name='answered within five working days')),
                ('answered', models.PositiveIntegerField(default=0, verbose_name='answered')),
                ('median', models.DecimalField(decimal_places=1, max_digits=6, null=True, verbose_name='working days until the answer, median')),
                ('open_now', models.PositiveIntegerField(default=0, verbose_name='open now')),
                ('oldest_open', models.DateField(null=True, verbose_name='the oldest of them is of')),
                ('as_of', models.DateTimeField(verbose_name='counted at')),
                ('office', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='figure', to='catalog.office', verbose_name='office')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(fields=['closes', 'opens', 'product'], name='call_by_days'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('origin__in', ['article', 'press']), _negated=True), ('source__isnull', False), _connector='OR'), name='call_source_known', violation_error_message='Name the source: this record says that it was reported.'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('origin', 'sample'), _negated=True), name='call_is_no_sample', violation_error_message='Nothing is called for as a sample.'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens'))), name='call_days_in_order', violation_error_message='A call closes after the day on which it opens.'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('claims', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('accepted'), '+', models.F('refused')), '+', models.F('undecided')))), name='call_counts_add_up'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.UniqueConstraint(fields=('product', 'opens'), name='call_once_a_day', violation_error_message='A call for this product opens on that day already.'),
        ),
        migrations.AddConstraint(
            model_name='holiday',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('origin__in', ['article', 'press']), _negated=True), ('source__isnull', False), _connector='OR'), name='holiday_source_known', violation_error_message='Name the source: this record says that it was reported.'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('origin__in', ['article', 'press']), _negated=True), ('source__isnull', False), _connector='OR'), name='question_source_known', violation_error_message='Name the source: this record says that it was reported.'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), _negated=True), models.Q(models.Q(('withdrawn_reason_en', ''), _negated=True), models.Q(('withdrawn_reason_fa', ''), _negated=True)), _connector='OR'), name='question_withdrawal_explained', violation_error_message='Give the reason of the withdrawal in both languages.'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('desk__isnull', True), ('product__isnull', False)), models.Q(('desk__isnull', False), ('product__isnull', True)), _connector='OR'), name='question_on_one_record', violation_error_message='A question is about one product or one desk.'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('asked_on__isnull', True), ('asked_on__lte', models.F('answered_on')), _connector='OR'), name='question_days_in_order', violation_error_message='It was asked before it was answered.'),
        ),
        migrations.AddConstraint(
            model_name='servicefigure',
            constraint=models.UniqueConstraint(django.db.models.functions.comparison.Coalesce('office', 0), name='servicefigure_once_an_office'),
        ),
    ]
