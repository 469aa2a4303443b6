from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from catalog.api.fields import (
    ENDING,
    Code,
    CompanyLink,
    DeskLink,
    NounSerializer,
    ProductLink,
    RecordSerializer,
    SectorLink,
    own_address,
)
from catalog.listings.contracts import ContractFilterSet
from catalog.models import Amendment, Contract, ContractLine, Milestone, Party
from catalog.open_data.exports.contracts import signed_year
from catalog.views.contracts import with_parties

from .noun import Noun

PROGRESS = (
    ("done", _("done")),
    ("late", _("due before today and not done")),
    ("ahead", _("still ahead")),
    ("dropped", _("never done: the contract ended early")),
)


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


class MilestoneSerializer(RecordSerializer):
    progress = Code(PROGRESS, label=_("How it stands"))

    class Meta:
        model = Milestone
        fields = ("kind", "due", "done", "progress")


class AmendmentSerializer(RecordSerializer):
    class Meta:
        model = Amendment
        fields = ("on", "what_en", "what_fa", "why_en", "why_fa")


class SignedYear(serializers.IntegerField):
    def get_attribute(self, instance):
        return signed_year(instance)


class ContractSerializer(NounSerializer):
    counts = serializers.BooleanField(label=_("Counts as a contract"))
    sector = SectorLink(label=_("Sector"), allow_null=True)
    desk = DeskLink(label=_("Desk"), allow_null=True)
    parties = PartySerializer(many=True, source="public_parties", label=_("Parties"))
    signed_year = SignedYear(label=_("Signed in the Iranian year"), allow_null=True)
    amount = serializers.IntegerField(
        label=_("Amount"),
        help_text=_("The one total that counts: as stated, or the sum of its lines; in whole units."),
        allow_null=True,
    )
    delivered = serializers.IntegerField(label=_("Amount delivered"), allow_null=True)
    lines = LineSerializer(many=True, label=_("Lines"))
    milestones = MilestoneSerializer(many=True, label=_("Steps"))
    amendments = AmendmentSerializer(many=True, label=_("Amendments"))
    url = own_address("contract", "reference")

    class Meta:
        model = Contract
        fields = (
            *("reference", "kind", "counts", "title_en", "title_fa", "sector", "desk", "parties"),
            *("signed_on", "signed_precision", "signed_year", "due", "status"),
            *("amount", "currency", "total_basis", "delivered", "items_count", "items_unit"),
            *("lines", "milestones", "amendments", *ENDING),
        )


def fetched(contracts):
    lines = ContractLine.objects.select_related("product__sector")
    related = contracts.with_amounts().select_related("sector", "desk", "source")
    return with_parties(related).prefetch_related(Prefetch("lines", lines), "milestones", "amendments")


def matching(filterset):
    return filterset.ordered(filterset.filter_queryset(filterset.queryset).with_lateness())


CONTRACTS = Noun(
    name="contracts",
    one="contract",
    title=_("Contracts"),
    model=Contract,
    serializer=ContractSerializer,
    filterset=lambda data: ContractFilterSet(data, Contract.objects.published()),
    matching=matching,
    fetched=fetched,
    key="reference",
)
