"""Desks: where buyers and makers meet."""

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from catalog.formats.moves import moved
from catalog.models import Desk, DeskBuyer, DeskProduct

from . import columns
from .base import InlineRows, NounAdmin
from .documents import DocumentRows
from .forms import RecordForm, RowFormSet
from .list_filters import DeskCondition, Lacking, Samples, Unprepared, YearFilter
from .workflow import Workflow


class DeskForm(RecordForm):
    def clean(self):
        cleaned = super().clean()
        held_on = cleaned.get("held_on")
        if held_on and held_on > timezone.localdate() and cleaned.get("stated") == Desk.Stated.HELD:
            self.add_error("stated", _("The day is still to come: it cannot have been held."))
        currency_alone = cleaned.get("target_currency") and cleaned.get("target_amount") is None
        if currency_alone and "target_amount" not in self.errors:
            self.add_error("target_amount", _("Write the target, or empty its currency."))
        return cleaned


class OfferRowSet(RowFormSet):
    once = ("product",)
    once_message = _("This product is already on the desk’s list.")


class BuyerRowSet(RowFormSet):
    once = ("company",)
    once_message = _("This buyer is already on the desk’s list.")


class OfferRows(InlineRows):
    model = DeskProduct
    formset = OfferRowSet
    fields = ["product"]
    autocomplete_fields = ["product"]
    verbose_name = _("product")
    verbose_name_plural = _("products on the desk’s list")

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 2


class BuyerRows(InlineRows):
    model = DeskBuyer
    formset = BuyerRowSet
    fields = ["company", "terms_en", "terms_fa"]
    autocomplete_fields = ["company"]
    verbose_name = _("buyer")
    verbose_name_plural = _("buyers who come")

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1


@admin.register(Desk)
class DeskAdmin(Workflow, NounAdmin):
    form = DeskForm
    list_display = ["called", "when", "target", "condition", "lead", columns.publication]
    list_filter = [
        "state",
        DeskCondition,
        Unprepared,
        Samples,
        Lacking,
        YearFilter,
        "mode",
        "province",
        ("sectors", admin.RelatedOnlyFieldListFilter),
        "origin",
    ]
    list_select_related = ["office"]
    search_fields = [
        "name_en",
        "name_fa",
        "slug",
        "place_en",
        "place_fa",
        "sectors__name_en",
        "sectors__name_fa",
    ]
    search_help_text = _("Name, place or sector")
    autocomplete_fields = ["sectors", "office", "continues", "source"]
    prepopulated_fields = {"slug": ["name_en"]}
    inlines = [OfferRows, BuyerRows, DocumentRows]
    row_nouns = [DeskProduct, DeskBuyer]
    fieldsets = [
        (
            _("The desk"),
            {"fields": ["name_en", "name_fa", "slug", "sectors", "province", "ordinal", "continues"]},
        ),
        (
            _("When and where"),
            {
                "fields": [("opens", "closes"), "held_on", "year", "stated", "mode", "place_en", "place_fa"],
                "description": _(
                    "Give the days it opens and closes, or the one day it is held. Without any day, give the"
                    " year; the desk is then announced only."
                ),
            },
        ),
        (_("Target"), {"fields": [("target_amount", "target_currency")]}),
        (
            _("How to take part"),
            {"fields": ["office", "take_part_en", "take_part_fa", "summary_en", "summary_fa"]},
        ),
        (_("Where this comes from"), {"fields": ["origin", "source", "note"], "classes": ["collapse"]}),
    ]

    def save_model(self, request, obj, form, change):
        """Say what the public reads from now on of a desk that moved, or moved back."""
        read = moved(obj) if change else ""
        super().save_model(request, obj, form, change)
        reads = moved(obj) if obj.is_public else ""
        if form.proposes or reads == read:
            return
        text = _("The public reads now: “%(text)s”") % {"text": reads}
        if not reads:
            text = _("The public no longer reads that it moved.")
        self.message_user(request, text, messages.INFO)

    @admin.display(description=_("name"), ordering="name_en")
    def called(self, desk):
        return columns.named(desk)

    @admin.display(description=_("when"), ordering="opens")
    def when(self, desk):
        first, last = desk.opens or desk.held_on, desk.closes
        if first is None:
            return columns.plain(desk.year)
        until = columns.unbroken(_("to %(day)s") % {"day": columns.day(last)}) if last else ""
        return columns.two_lines(columns.day_cell(first), until)

    @admin.display(description=_("target"), ordering="target_amount")
    def target(self, desk):
        return columns.amount(desk.target_amount, desk.target_currency)

    @admin.display(description=_("condition"))
    def condition(self, desk):
        return format_html('<span class="state state-{}">{}</span>', desk.status.value, desk.status.label)

    @admin.display(description=_("office"), ordering="office")
    def lead(self, desk):
        return desk.office or columns.EMPTY
