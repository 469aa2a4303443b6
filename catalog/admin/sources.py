from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from catalog.models import Source

from . import columns
from .base import NounAdmin
from .list_filters import Lacking
from .merging import Merging


@admin.register(Source)
class SourceAdmin(Merging, NounAdmin):
    list_display = ["called", "day", "licence", "where"]
    list_filter = ["licence", Lacking]
    search_fields = ["key", "publisher_en", "publisher_fa", "address"]
    search_help_text = _("Publisher, key or address")
    ordering = ["publisher_en", "published_on", "key"]
    fieldsets = [
        (
            _("The source"),
            {
                "fields": [
                    "publisher_en",
                    "publisher_fa",
                    "key",
                    "address",
                    "published_on",
                    "published_about_en",
                    "published_about_fa",
                    "licence",
                ]
            },
        ),
    ]

    @admin.display(description=_("publisher"), ordering="publisher_en")
    def called(self, source):
        return columns.two_lines(source.publisher, columns.code(source.key))

    @admin.display(description=_("published on"), ordering="published_on")
    def day(self, source):
        return columns.day_cell(source.published_on)

    @admin.display(description=_("address"))
    def where(self, source):
        return (
            format_html('<bdi dir="ltr" class="address">{}</bdi>', source.address)
            if source.address
            else columns.EMPTY
        )
