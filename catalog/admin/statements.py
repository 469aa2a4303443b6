from django.contrib import admin
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from catalog.models import Statement

from . import access, columns
from .base import NounAdmin
from .figure_field import FigureField, UnitField
from .forms import RecordForm, locked_message
from .list_filters import Contradicts, Lacking, Samples


class FigureForm(RecordForm):
    """A statement whose figure is written as it was said, 2.5 or 26,148.3, and counts one of the units that
    pages have words for."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "value" in self.fields:
            label = capfirst(Statement._meta.get_field("value").verbose_name)
            self.fields["value"] = FigureField(label=label, required=self.fields["value"].required)
        if "unit" in self.fields:
            label = capfirst(Statement._meta.get_field("unit").verbose_name)
            self.fields["unit"] = UnitField(self.instance.unit, label=label)
        if not self.instance._state.adding:
            self.initial["value"] = self.instance.figure

    def clean(self):
        """What was written is stored as a whole number and how many of its digits follow the point."""
        cleaned = super().clean()
        figure = cleaned.get("value")
        if figure is None:
            return cleaned
        places = max(0, -figure.as_tuple().exponent)
        if places and cleaned.get("currency"):
            self.add_error("value", _("Write an amount of money in whole units: 2,500,000, not 2.5."))
            return cleaned
        self.instance.decimals = places
        cleaned["value"] = int(figure.scaleb(places))
        return cleaned


class StatementForm(FigureForm):
    def clean(self):
        """A contradiction shows on both statements, so both must be open to whoever notes it."""
        cleaned = super().clean()
        if "contradicts" in self.changed_data and self.user and not self.proposes:
            for other in self.cleaned_data.get("contradicts", ()):
                if access.is_locked(self.user, other):
                    self.add_error("contradicts", locked_message(other))
                    break
        return cleaned


@admin.register(Statement)
class StatementAdmin(NounAdmin):
    form = StatementForm
    list_display = ["says", "figure", "kind", "said", "source", columns.origin]
    list_filter = [
        "kind",
        Contradicts,
        Samples,
        Lacking,
        "indicator",
        ("source", admin.RelatedOnlyFieldListFilter),
        "origin",
    ]
    list_select_related = ["source", "indicator"]
    search_fields = [
        "label_en",
        "label_fa",
        "key",
        "indicator__name_en",
        "indicator__name_fa",
        "said_by_en",
        "said_by_fa",
    ]
    search_help_text = _("Words of the statement, indicator, who said it")
    ordering = ["pk"]
    autocomplete_fields = ["indicator", "sector", "desk", "product", "source", "contradicts", "supersedes"]
    prepopulated_fields = {"key": ["label_en"]}
    fieldsets = [
        (
            _("What was said"),
            {
                "fields": [
                    "indicator",
                    "label_en",
                    "label_fa",
                    "key",
                    ("qualifier", "value"),
                    ("unit", "currency"),
                    "kind",
                ]
            },
        ),
        (_("Of which time"), {"fields": [("year_from", "year_to"), ("period_from", "period_to")]}),
        (_("Of what"), {"fields": ["sector", "desk", "product"]}),
        (
            _("Who said it, when"),
            {"fields": ["said_by_en", "said_by_fa", "said_on", "origin", "source", "note"]},
        ),
        (_("Beside other figures"), {"fields": ["contradicts", "supersedes", "headline"]}),
    ]

    @admin.display(description=_("statement"), ordering="label_en")
    def says(self, statement):
        return columns.two_lines(statement.label, statement.indicator)

    @admin.display(description=_("value"), ordering="value")
    def figure(self, statement):
        if statement.currency and not statement.decimals:
            value = columns.amount(statement.value, statement.currency)
        else:
            value = f"{columns.count(statement.figure)} {statement.get_currency_display()}".strip()
        return columns.two_lines(
            value, statement.get_qualifier_display() if statement.qualifier != "exact" else ""
        )

    @admin.display(description=_("said on"), ordering="said_on")
    def said(self, statement):
        return columns.two_lines(columns.day_cell(statement.said_on), statement.said_by)
