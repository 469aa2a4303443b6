"""Financing: what was approved, and what was paid of it."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Facility, Payment
from catalog.models.derived import postponed

from . import columns
from .base import InlineRows, NounAdmin
from .forms import RowFormSet
from .workflow import Workflow


class PaymentRowSet(RowFormSet):
    """Checks the payments against the facility they stand under, before the database refuses them."""

    def clean(self):
        super().clean()
        for form in self.rows():
            paid_on = form.cleaned_data.get("paid_on")
            if paid_on and paid_on > timezone.localdate():
                form.add_error("paid_on", _("This day is still to come: nothing was paid then."))
        paid = sum(form.cleaned_data.get("amount") or 0 for form in self.rows())
        approved = self.instance.approved_amount
        if approved is not None and paid > approved:
            raise ValidationError(
                _("Together these payments come to %(paid)s: more than the %(approved)s approved."),
                params={
                    "paid": columns.count(paid),
                    "approved": columns.count(approved),
                },
            )


class PaymentRows(InlineRows):
    model = Payment
    formset = PaymentRowSet
    fields = ["paid_on", "amount"]

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1


@admin.register(Facility)
class FacilityAdmin(Workflow, NounAdmin):
    list_display = ["called", "who", "approved", "already_paid", columns.publication]
    list_filter = ["state", "kind", "currency", "origin"]
    list_select_related = ["company", "lender"]
    search_fields = [
        "reference",
        "company__name_en",
        "company__name_fa",
        "lender__name_en",
        "lender__name_fa",
        "lender_en",
        "lender_fa",
        "contract__reference",
    ]
    search_help_text = _("Reference, company, lender or contract")
    ordering = [F("approved_on").desc(nulls_last=True), "-pk"]
    autocomplete_fields = ["company", "contract", "lender", "source"]
    inlines = [PaymentRows]
    row_nouns = [Payment]
    fieldsets = [
        (
            _("Who is financed"),
            {"fields": ["reference", "company", "contract", "kind", "purpose_en", "purpose_fa"]},
        ),
        (
            _("By whom"),
            {
                "fields": ["lender", "lender_en", "lender_fa"],
                "description": _("Choose a company on record, or write the name as printed."),
            },
        ),
        (_("How much"), {"fields": [("approved_amount", "currency"), "approved_on"]}),
        (_("Where this comes from"), {"fields": ["origin", "source", "note"], "classes": ["collapse"]}),
    ]

    def save_model(self, request, obj, form, change):
        # An approval mended downwards with its payments is saved before them: the old sum would be too much.
        # The payments, which their form has summed against it, put the true one in its place.
        obj.paid = min(obj.paid, obj.approved_amount)
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        # Summed once at the end: the first of two amounts that change places may alone be too much.
        with postponed():
            super().save_formset(request, form, formset, change)

    @admin.display(description=_("reference"), ordering="reference")
    def called(self, facility):
        return columns.two_lines(columns.code(facility.reference), facility.get_kind_display())

    @admin.display(description=_("company"), ordering="company__sort_en")
    def who(self, facility):
        return columns.two_lines(facility.company, columns.sample_mark(facility))

    @admin.display(description=_("approved"), ordering="approved_amount")
    def approved(self, facility):
        return columns.two_lines(
            columns.amount(facility.approved_amount, facility.currency), columns.day(facility.approved_on)
        )

    @admin.display(description=_("paid"), ordering="paid")
    def already_paid(self, facility):
        return columns.amount(facility.paid, facility.currency)
