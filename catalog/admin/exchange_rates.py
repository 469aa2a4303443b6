from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalog.models import ExchangeRate

from . import columns
from .base import NounAdmin
from .forms import RecordForm
from .list_filters import YearFilter


class ExchangeRateForm(RecordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].help_text = _(
                "Small Latin letters, digits and hyphens. Left empty, it is made from currency, kind and"
                " year, such as usd-official-1399."
            )

    def words_of_address(self):
        parts = (self.cleaned_data.get(name) for name in ("currency", "kind", "year"))
        return " ".join(str(part) for part in parts if part)


@admin.register(ExchangeRate)
class ExchangeRateAdmin(NounAdmin):
    form = ExchangeRateForm
    list_display = ["called", "rate", "period", "source", columns.origin]
    list_filter = ["kind", YearFilter, "origin"]
    list_select_related = ["source"]
    search_fields = ["key", "basis_en", "basis_fa", "source__publisher_en", "source__publisher_fa"]
    search_help_text = _("Key, words or source")
    autocomplete_fields = ["source"]
    fieldsets = [
        (_("The rate"), {"fields": ["key", ("currency", "kind"), "rials", "implied"]}),
        (
            _("Of which time"),
            {
                "fields": ["year", ("date_from", "date_to")],
                "description": _("It converts sums of this Iranian year only."),
            },
        ),
        (_("Where this comes from"), {"fields": ["basis_en", "basis_fa", "origin", "source", "note"]}),
    ]

    @admin.display(description=_("currency"), ordering="currency")
    def called(self, rate):
        return columns.two_lines(rate.get_currency_display(), rate.get_kind_display())

    @admin.display(description=_("rials for one unit"), ordering="rials")
    def rate(self, rate):
        return columns.two_lines(columns.count(rate.rials), _("implied") if rate.implied else "")

    @admin.display(description=_("Iranian year"), ordering="year")
    def period(self, rate):
        return columns.two_lines(
            columns.plain(rate.year), columns.day(rate.date_from) if rate.date_from else ""
        )
