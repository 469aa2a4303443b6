"""Contracts in the API."""

from types import SimpleNamespace

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from catalog.api.serializers import (
    ENDING,
    CodeField,
    CompanyLink,
    Computed,
    DeskLink,
    NounSerializer,
    ProductLink,
    RecordSerializer,
    Rule,
    SectorLink,
    address_fields,
)
from catalog.api.viewsets import NounViewSet, Related
from catalog.listings.contracts import ContractFilterSet
from catalog.models import Amendment, Contract, ContractLine, Milestone, Party
from catalog.models.contract_parts import PROGRESS_CHOICES
from catalog.nouns import noun_of
from catalog.open_data.exports.contracts import signed_year


class PartySerializer(RecordSerializer):
    company = CompanyLink(label=_("Company"), allow_null=True)

    class Meta:
        model = Party
        fields = ("role", "company", "name_en", "name_fa")


class LineSerializer(RecordSerializer):
    product = ProductLink(label=_("Product"), allow_null=True)

    class Meta:
        model = ContractLine
        fields = (
            *("product", "description_en", "description_fa", "quantity", "unit"),
            *("amount", "delivered_amount"),
        )


class ProgressField(Computed, CodeField):
    columns = ("due", "done", "contract__kind", "contract__status")

    def value(self, due, done, kind, status):
        milestone = SimpleNamespace(due=due, done=done, contract=Contract(kind=kind, status=status))
        return Milestone.progress_on(milestone, timezone.localdate())


class MilestoneSerializer(RecordSerializer):
    progress = ProgressField(PROGRESS_CHOICES, label=_("How it stands"))

    class Meta:
        model = Milestone
        fields = ("kind", "due", "done", "progress")


class AmendmentSerializer(RecordSerializer):
    class Meta:
        model = Amendment
        fields = ("on", "what_en", "what_fa", "why_en", "why_fa")


class SignedYearField(Computed, serializers.IntegerField):
    columns = ("signed_on", "signed_precision")

    def value(self, signed_on, signed_precision):
        return signed_year(SimpleNamespace(signed_on=signed_on, signed_precision=signed_precision))


class CountsField(Rule, serializers.BooleanField):
    columns = ("kind",)


class ContractSerializer(NounSerializer):
    counts = CountsField(label=_("Counts as a contract"))
    sector = SectorLink(label=_("Sector"), allow_null=True)
    desk = DeskLink(label=_("Desk"), allow_null=True)
    parties = PartySerializer(many=True, label=_("Parties"))
    signed_year = SignedYearField(label=_("Signed in the Iranian year"), allow_null=True)
    amount = serializers.IntegerField(
        label=_("Amount"),
        help_text=_("The one total that counts: as stated, or the sum of its lines; in whole units."),
        allow_null=True,
    )
    delivered = serializers.IntegerField(label=_("Amount delivered"), allow_null=True)
    lines = LineSerializer(many=True, label=_("Lines"))
    milestones = MilestoneSerializer(many=True, label=_("Steps"))
    amendments = AmendmentSerializer(many=True, label=_("Amendments"))
    url, page_en, page_fa = address_fields("contract", "reference")

    class Meta:
        model = Contract
        fields = (
            *("reference", "kind", "counts", "title_en", "title_fa", "sector", "desk", "parties"),
            *("signed_on", "signed_precision", "signed_year", "due", "status"),
            *("amount", "currency", "total_basis", "delivered", "items_count", "items_unit"),
            *("lines", "milestones", "amendments", *ENDING),
        )


class ContractViewSet(NounViewSet):
    noun, title = noun_of(Contract), _("Contracts")
    queryset = Contract.objects.published()
    records = Contract.objects.all()
    serializer_class = ContractSerializer
    filterset_class = ContractFilterSet

    related = {
        "parties": Related(Party.objects.all(), "contract", PartySerializer, ("company__state",)),
        "lines": Related(ContractLine.objects.all(), "contract", LineSerializer),
        "milestones": Related(Milestone.objects.all(), "contract", MilestoneSerializer),
        "amendments": Related(Amendment.objects.all(), "contract", AmendmentSerializer),
    }
