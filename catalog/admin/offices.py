from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalog.models import Office

from . import columns
from .base import NounAdmin


@admin.register(Office)
class OfficeAdmin(NounAdmin):
    list_display = ["called", "reach", "opening", columns.origin, columns.last_change]
    list_filter = ["sectors", "origin"]
    search_fields = ["name_en", "name_fa", "key", "address_en", "address_fa"]
    search_help_text = _("Name or address")
    ordering = ["name_en", "pk"]
    autocomplete_fields = ["sectors", "source"]
    prepopulated_fields = {"key": ["name_en"]}
    fieldsets = [
        (
            _("The office"),
            {
                "fields": ["name_en", "name_fa", "key", "sectors"],
                "description": _(
                    "An office, not a person: people move on. What is written here is public at once."
                ),
            },
        ),
        (
            _("How to reach it"),
            {"fields": ["address_en", "address_fa", ("phone", "email"), "hours_en", "hours_fa"]},
        ),
        (_("Where this comes from"), {"fields": ["origin", "source", "note"], "classes": ["collapse"]}),
    ]

    @admin.display(description=_("name"), ordering="name_en")
    def called(self, office):
        return columns.named(office)

    @admin.display(description=_("telephone"))
    def reach(self, office):
        return columns.two_lines(columns.code(office.phone) if office.phone else columns.EMPTY, office.email)

    @admin.display(description=_("hours"))
    def opening(self, office):
        return office.hours or columns.EMPTY
