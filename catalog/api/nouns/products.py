"""Products in the API."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from catalog.api.serializers import (
    COMPANY_WORD,
    ENDING,
    ORIGIN_FIELDS,
    CompanyLink,
    Computed,
    ContractLink,
    FreshnessField,
    NounSerializer,
    OriginSerializer,
    RecordSerializer,
    SectorLink,
    address_fields,
)
from catalog.api.viewsets import NounViewSet, Related
from catalog.listings.products import ProductFilterSet, read_query
from catalog.models import (
    Call,
    Demand,
    Engagement,
    ImportRecord,
    Parameter,
    Party,
    Product,
    ProductCode,
    ProductCount,
    ProductMaker,
    ProductPromise,
)
from catalog.models.codes import codes_of
from catalog.models.import_records import shares_in
from catalog.models.prepared import PreparedQuery
from catalog.nouns import noun_of

PRODUCTS_BY_STAGE = PreparedQuery(lambda: ProductCount.objects.by("stage"))


class CountryListField(Computed, serializers.ListField):
    """Two-letter codes of countries, largest share first."""

    child = serializers.CharField()

    def value(self, text):
        return list(codes_of(text))


class SharesField(Computed, serializers.ListField):
    """Shares of whole tariff lines, each {code, percent, source}; `source` is the key of who states it."""

    child = serializers.DictField()

    def value(self, text):
        return [
            {"code": share.code, "percent": float(share.percent), "source": share.source}
            for share in shares_in(text)
        ]


class ImportSerializer(OriginSerializer):
    calculated_from = SharesField(
        label=_("Calculated from shares of tariff lines"),
        help_text=_("Empty where the figure itself is stated."),
    )
    countries = CountryListField(
        label=_("Countries of origin"), help_text=_("Two-letter codes, largest first.")
    )

    class Meta:
        model = ImportRecord
        fields = (
            "year",
            "calendar",
            "value",
            "currency",
            "quantity",
            "countries",
            "counts",
            "calculated_from",
            *ORIGIN_FIELDS,
        )


class DemandSerializer(OriginSerializer):
    buyer = CompanyLink(label=_("Buyer"))
    freshness = FreshnessField()

    class Meta:
        model = Demand
        fields = (
            *("buyer", "year", "quantity", "value", "currency", "commitment", "confirmed_on", "freshness"),
            *COMPANY_WORD,
            *ORIGIN_FIELDS,
        )


ENGAGEMENT_FIELDS = (
    *("stage", "since", "capacity", "free_capacity", "local_share", "seeks", "evidence_en", "evidence_fa"),
    *("confirmed_on", "freshness", *COMPANY_WORD, *ORIGIN_FIELDS),
)


class EngagementSerializer(OriginSerializer):
    company = CompanyLink(label=_("Company"))
    freshness = FreshnessField()

    class Meta:
        model = Engagement
        fields = ("company", *ENGAGEMENT_FIELDS)


class EvidenceSerializer(RecordSerializer):
    """What makes a company the maker of a product: its own work, or a contract."""

    sample = serializers.BooleanField(source="is_sample", label=_("Is a sample"))
    contract = ContractLink(label=_("By the contract"), allow_null=True)


EVIDENCE_FIELDS = ("stage", "counts", "stands", "sample", "contract")


class MakerSerializer(EvidenceSerializer):
    company = CompanyLink(label=_("Company"))

    class Meta:
        model = ProductMaker
        fields = ("company", *EVIDENCE_FIELDS)


class Promised(RecordSerializer):
    """A promise to buy a product, by a demand or by a contract."""

    sample = serializers.BooleanField(source="is_sample", label=_("Is a sample"))
    contract = ContractLink(label=_("By the contract"), allow_null=True)


PROMISE_FIELDS = ("commitment", "year", "quantity", "value", "currency", "bought", "sample", "contract")


class PartyName(RecordSerializer):
    present = ("id",)

    class Meta:
        model = Party
        fields = ("name_en", "name_fa")


class PromiseSerializer(Promised):
    buyer = CompanyLink(label=_("Buyer"), allow_null=True)
    printed = PartyName(
        source="party", label=_("Buyer as printed, where it is not on record"), allow_null=True
    )

    class Meta:
        model = ProductPromise
        fields = ("buyer", "printed", *PROMISE_FIELDS)


class ParameterSerializer(OriginSerializer):
    class Meta:
        model = Parameter
        fields = (
            *("name_en", "name_fa", "operator", "value", "value_to", "unit", "weight", "test_method"),
            *ORIGIN_FIELDS,
        )


class CodeSerializer(OriginSerializer):
    share = serializers.FloatField(label=_("share, percent"), allow_null=True)

    class Meta:
        model = ProductCode
        fields = ("code", "share", *ORIGIN_FIELDS)


class CallSerializer(RecordSerializer):
    present = ("id",)

    class Meta:
        model = Call
        fields = ("opens", "closes", "claims", "accepted", "refused", "undecided")


class ProductSerializer(NounSerializer):
    sector = SectorLink(label=_("Sector"))
    call = CallSerializer(source="last_call", label=_("Last call: does anybody make this?"), allow_null=True)
    freshness = FreshnessField()
    imports = ImportSerializer(many=True, label=_("Imports by year"))
    demands = DemandSerializer(many=True, label=_("Demands of buyers"))
    engagements = EngagementSerializer(many=True, label=_("Companies that work on it, the furthest first"))
    makers = MakerSerializer(many=True, label=_("Makers: what makes each company one, the furthest first"))
    promises = PromiseSerializer(many=True, label=_("Promises to buy, by demands and contracts"))
    codes = CodeSerializer(many=True, label=_("Further customs codes, and shares of codes"))
    parameters = ParameterSerializer(many=True, label=_("Technical parameters"))
    url, page_en, page_fa = address_fields("product")

    class Meta:
        model = Product
        fields = (
            *("slug", "name_en", "name_fa", "summary_en", "summary_fa", "sector", "hs_code", "unit"),
            *(
                "stage",
                "stage_is_sample",
                "maker_count",
                "sample_maker_count",
                "reported",
                "specification",
                "take_part_en",
                "take_part_fa",
            ),
            *("target_year", "confirmed_on", "freshness", "call"),
            *("imports", "makers", "promises", "demands", "engagements", "codes", "parameters", *ENDING),
        )


class ProductViewSet(NounViewSet):
    noun, title = noun_of(Product), _("Products")
    queryset = Product.objects.published()
    records = Product.objects.all()
    serializer_class = ProductSerializer
    filterset_class = ProductFilterSet

    @classmethod
    def get_filterset(cls, data, *, every_choice=False):
        return read_query(data, every_choice=every_choice)

    def count(self, queryset):
        if self.query.filterset.chosen_besides():
            return super().count(queryset)
        return sum(group.products for group in PRODUCTS_BY_STAGE())

    related = {
        "imports": Related(ImportRecord.objects.all(), "product", ImportSerializer),
        "demands": Related(
            Demand.objects.without_public_contract(), "product", DemandSerializer, ("buyer__state",)
        ),
        "engagements": Related(
            Engagement.objects.furthest_first(), "product", EngagementSerializer, ("state", "company__state")
        ),
        "makers": Related(ProductMaker.objects.furthest_first(), "product", MakerSerializer),
        "promises": Related(ProductPromise.objects.order_by("year", "pk"), "product", PromiseSerializer),
        "codes": Related(ProductCode.objects.all(), "product", CodeSerializer),
        "parameters": Related(Parameter.objects.all(), "product", ParameterSerializer),
    }
