from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalog.models import ImportRecord
from catalog.models.base import calendar_of, year_in_time
from catalog.templatetags.values import quantity_in_words

from . import columns
from .base import NounAdmin
from .forms import RecordForm
from .list_filters import Contradicts, YearFilter


class ImportRecordForm(RecordForm):
    """The calendar follows from the year, unless somebody chose it; a figure that was changed is not what
    shares made, unless somebody says so."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "calendar" in self.fields:
            self.fields["calendar"].required = False

    def clean(self):
        cleaned = super().clean() or {}
        year, chosen = cleaned.get("year"), "calendar" in self.changed_data and cleaned.get("calendar")
        if year and not chosen:
            self.instance.calendar = self.cleaned_data["calendar"] = calendar_of(year)
        if "value" in self.changed_data and "calculated_from" not in self.changed_data:
            self.instance.calculated_from = self.cleaned_data["calculated_from"] = ""
        return cleaned


@admin.register(ImportRecord)
class ImportRecordAdmin(NounAdmin):
    form = ImportRecordForm
    list_display = ["what", "when", "worth", "amount_of_goods", "from_where", columns.in_sums, "known_from"]
    list_filter = [
        YearFilter,
        "calendar",
        "currency",
        Contradicts,
        "product__sector",
        "origin",
    ]
    list_select_related = ["product", "source"]
    search_fields = ["product__name_en", "product__name_fa", "product__hs_code"]
    search_help_text = _("Product or HS code")
    ordering = ["product__sort_en", year_in_time("year").desc(), "pk"]
    autocomplete_fields = ["product", "source"]
    fieldsets = [
        (
            _("What was imported"),
            {"fields": ["product", ("year", "calendar"), ("value", "currency"), "quantity", "countries"]},
        ),
        (_("Where this comes from"), {"fields": ["origin", "source", "calculated_from", "note"]}),
        (_("Where sources differ"), {"fields": ["chosen"]}),
    ]

    @admin.display(description=_("product"), ordering="product__sort_en")
    def what(self, record):
        return record.product

    @admin.display(description=_("year"), ordering=year_in_time("year"))
    def when(self, record):
        return columns.year(record.year)

    @admin.display(description=_("value"), ordering="value")
    def worth(self, record):
        return columns.amount(record.value, record.currency)

    @admin.display(description=_("quantity"), ordering="quantity")
    def amount_of_goods(self, record):
        if not record.quantity:
            return columns.EMPTY
        return quantity_in_words(record.quantity, record.product.unit)

    @admin.display(description=_("origin"), ordering="origin")
    def known_from(self, record):
        return columns.two_lines(columns.origin(record), record.source.publisher if record.source else "")

    @admin.display(description=_("countries of origin"))
    def from_where(self, record):
        return columns.names_listed(record.country_names[:3]) or columns.EMPTY
