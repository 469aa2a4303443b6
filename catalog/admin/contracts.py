"""Contracts and their rows: what an officer writes on the day something is signed."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.formats.numerals import digits
from catalog.models import Amendment, Contract, ContractLine, Milestone, Party

from . import columns
from .base import InlineRows, NounAdmin
from .documents import DocumentRows
from .forms import RowFormSet
from .list_filters import Lacking, Late, Samples, SignedInYear
from .workflow import Workflow


class PartyRowSet(RowFormSet):
    once = ("company", "role")
    once_message = _("This company is listed twice in this role.")


class LineRowSet(RowFormSet):
    """Checks the lines against the contract they stand under."""

    def clean(self):
        super().clean()
        lines = [form.cleaned_data for form in self.rows()]
        contract = self.instance
        with_amount = [line for line in lines if line.get("amount") is not None]
        if not contract.counts:
            self._refuse_deliveries()
        if with_amount and not contract.currency:
            self._tell_contract("currency", _("The lines have amounts: say in which currency."))
        if contract.total_basis == Contract.Basis.LINES and not with_amount and not self._amounts_in_error():
            self._tell_contract(
                "total_basis",
                _(
                    "No line below has an amount. Write the amounts of the lines, or choose “the total as"
                    " stated” and write the total; it may stay empty while nobody knows it."
                ),
            )

    def _amounts_in_error(self):
        return any("amount" in form.errors for form in self.forms)

    def _refuse_deliveries(self):
        for form in self.rows():
            if form.cleaned_data.get("delivered_amount"):
                form.add_error(
                    "delivered_amount",
                    _("Only contracts deliver: change the kind of the contract above, or empty this."),
                )

    def _tell_contract(self, field, message):
        """The message beside the contract's field, and here, so that the contract is not saved."""
        form = self.instance.admin_form
        if field not in form.errors:
            form.add_error(field, message)
        raise ValidationError(message)


class MilestoneRowSet(RowFormSet):
    def clean(self):
        super().clean()
        for form in self.rows():
            done = form.cleaned_data.get("done")
            if done and done > timezone.localdate():
                form.add_error("done", _("This day is still to come: it cannot have been done then."))


class PartyRows(InlineRows):
    model = Party
    formset = PartyRowSet
    fields = ["role", "company", "name_en", "name_fa"]
    autocomplete_fields = ["company"]

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 2

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        if obj is not None:
            return formset
        return type("NewPartyRowSet", (_SuggestedRoles, formset), {})


class _SuggestedRoles:
    """A new contract begins with a buyer's and a maker's row; left empty, they are not saved."""

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = [{"role": Party.Role.BUYER}, {"role": Party.Role.SUPPLIER}]
        super().__init__(*args, **kwargs)


class LineRows(InlineRows):
    model = ContractLine
    formset = LineRowSet
    fields = ["product", "description_en", "description_fa", "quantity", "unit", "amount", "delivered_amount"]
    autocomplete_fields = ["product"]

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 2


class MilestoneRows(InlineRows):
    model = Milestone
    formset = MilestoneRowSet
    fields = ["kind", "due", "done"]

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1


class AmendmentRows(InlineRows):
    model = Amendment
    fields = ["on", "what_en", "what_fa", "why_en", "why_fa"]


@admin.register(Contract)
class ContractAdmin(Workflow, NounAdmin):
    list_display = ["called", "desk_and_day", "total", "condition", columns.publication]
    list_filter = [
        "state",
        "status",
        "kind",
        SignedInYear,
        Late,
        Samples,
        Lacking,
        ("desk", admin.RelatedOnlyFieldListFilter),
        "origin",
    ]
    list_select_related = ["desk"]
    search_fields = [
        "reference",
        "title_en",
        "title_fa",
        "parties__name_en",
        "parties__name_fa",
        "parties__company__name_en",
        "parties__company__name_fa",
        "lines__product__name_en",
        "lines__product__name_fa",
    ]
    search_help_text = _("Reference, subject, party or product")
    ordering = [F("signed_on").desc(nulls_last=True), "-pk"]
    autocomplete_fields = ["desk", "sector", "source"]
    inlines = [PartyRows, LineRows, MilestoneRows, AmendmentRows, DocumentRows]
    row_nouns = [Party, ContractLine, Milestone, Amendment]
    fieldsets = [
        (_("What was signed"), {"fields": ["reference", "kind", "title_en", "title_fa", "desk", "sector"]}),
        (_("When"), {"fields": [("signed_on", "signed_precision"), "due", "status"]}),
        (
            _("How much"),
            {
                "fields": ["total_basis", "currency", "stated_amount", ("items_count", "items_unit")],
                "description": _(
                    "Usually the lines below have the amounts and their sum counts. Where only a total is"
                    " known, choose “the total as stated” and write it here."
                ),
            },
        ),
        (_("Where this comes from"), {"fields": ["origin", "source", "note"], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("milestones")

    @admin.display(description=_("reference"), ordering="reference")
    def called(self, contract):
        first = format_html("{} {}", columns.code(contract.reference), columns.sample_mark(contract))
        return columns.two_lines(first, contract.title)

    @admin.display(description=_("desk"), ordering="desk")
    def desk_and_day(self, contract):
        return columns.two_lines(contract.desk or columns.EMPTY, columns.day(contract.signed_on))

    @admin.display(description=_("amount"))
    def total(self, contract):
        return columns.two_lines(
            columns.amount(contract.amount, contract.currency), contract.get_kind_display()
        )

    @admin.display(description=_("condition"), ordering="due")
    def condition(self, contract):
        """Its status, when it is due, and how many of its milestones are done and late."""
        status = columns.EMPTY
        if contract.status:
            status = format_html(
                '<span class="state state-{}">{}</span>', contract.status, contract.get_status_display()
            )
        due = _("due %(day)s") % {"day": columns.day(contract.due)} if contract.due else ""
        return format_html(
            "{}{}", columns.two_lines(status, due), columns.two_lines("", milestones_words(contract))
        )


def milestones_words(contract):
    """ "2 of 4 milestones, 1 late"; empty without milestones."""
    progress = [milestone.progress for milestone in contract.milestones.all()]
    if not progress:
        return ""
    language = get_language()
    counts = {"done": digits(progress.count("done"), language), "all": digits(len(progress), language)}
    done = _("%(done)s of %(all)s milestones") % counts
    if "late" not in progress:
        return done
    late = _("%(count)s late") % {"count": digits(progress.count("late"), language)}
    return format_html('{} · <span class="late">{}</span>', done, late)
