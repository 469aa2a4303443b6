from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalog.models import Holiday

from . import columns
from .base import NounAdmin


@admin.register(Holiday)
class HolidayAdmin(NounAdmin):
    list_display = ["on", "called", "source", columns.last_change]
    list_select_related = ["source"]
    search_fields = ["name_en", "name_fa"]
    search_help_text = _("Name in either language")
    ordering = ["-date"]
    autocomplete_fields = ["source"]
    fieldsets = [
        (
            _("The holiday"),
            {
                "fields": ["date", "name_en", "name_fa", "source"],
                "description": _(
                    "On this day offices are closed, and the clock of answers stands. Thursdays and "
                    "Fridays are off anyway."
                ),
            },
        ),
        (_("For staff"), {"fields": ["note"], "classes": ["collapse"]}),
    ]

    @admin.display(description=_("day"), ordering="date")
    def on(self, holiday):
        return columns.day_cell(holiday.date)

    @admin.display(description=_("name"), ordering="name_en")
    def called(self, holiday):
        return columns.named(holiday)
