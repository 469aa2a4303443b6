"""Companies in the API."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from catalog.api.serializers import (
    COMPANY_WORD,
    ENDING,
    ORIGIN_FIELDS,
    CodeField,
    Computed,
    FreshnessField,
    NounSerializer,
    OriginSerializer,
    ProductLink,
    SectorLink,
    address_fields,
)
from catalog.api.viewsets import NounViewSet, Related
from catalog.listings.companies import CompanyFilterSet
from catalog.models import Company, Demand, Engagement, EngagementStage, ProductMaker, ProductPromise
from catalog.models.engagements import furthest
from catalog.nouns import noun_of

from .products import ENGAGEMENT_FIELDS, EVIDENCE_FIELDS, PROMISE_FIELDS, EvidenceSerializer, Promised


class WorkSerializer(OriginSerializer):
    product = ProductLink(label=_("Product"))
    freshness = FreshnessField()

    class Meta:
        model = Engagement
        fields = ("product", *ENGAGEMENT_FIELDS)


class PurchaseSerializer(OriginSerializer):
    product = ProductLink(label=_("Product"))
    freshness = FreshnessField()

    class Meta:
        model = Demand
        fields = (
            *("product", "year", "quantity", "value", "currency", "commitment", "confirmed_on", "freshness"),
            *COMPANY_WORD,
            *ORIGIN_FIELDS,
        )


class MadeSerializer(EvidenceSerializer):
    product = ProductLink(label=_("Product"))

    class Meta:
        model = ProductMaker
        fields = ("product", *EVIDENCE_FIELDS)


class WantedSerializer(Promised):
    product = ProductLink(label=_("Product"))

    class Meta:
        model = ProductPromise
        fields = ("product", *PROMISE_FIELDS)


class MakesField(Computed, serializers.IntegerField):
    columns = ("made",)

    def value(self, made):
        return sum(one["stands"] for one in made)


class BuysField(Computed, serializers.IntegerField):
    columns = ("promises",)

    def value(self, promises):
        return len({promise["product"]["slug"] for promise in promises if not promise["bought"]})


class FurthestStageField(Computed, CodeField):
    columns = ("made",)

    def value(self, made):
        return furthest([one["stage"] for one in made if one["stands"]]) or None


class CompanySerializer(NounSerializer):
    sector = SectorLink(label=_("Main sector"), allow_null=True)
    makes = MakesField(source="*", label=_("Products it works on"))
    furthest_stage = FurthestStageField(EngagementStage.choices, source="*", label=_("Furthest stage"))
    buys = BuysField(source="*", label=_("Products it wants to buy"))
    made = MadeSerializer(many=True, label=_("What it makes, by its work and by contracts"))
    promises = WantedSerializer(many=True, label=_("What it promises to buy, by demands and contracts"))
    engagements = WorkSerializer(many=True, label=_("What it works on, the furthest first"))
    demands = PurchaseSerializer(many=True, label=_("What it wants to buy"))
    url, page_en, page_fa = address_fields("company")

    class Meta:
        model = Company
        fields = (
            *("slug", "name_en", "name_fa", "kind", "knowledge_based", "sector", "province"),
            *("town_en", "town_fa", "makes", "furthest_stage", "buys", "founded", "size", "website"),
            *("public_email", "public_phone", "summary_en", "summary_fa", "verified_on"),
            *("made", "promises", "engagements", "demands", *ENDING),
        )


class CompanyViewSet(NounViewSet):
    noun, title = noun_of(Company), _("Companies")
    queryset = Company.objects.published()
    records = Company.objects.all()
    serializer_class = CompanySerializer
    filterset_class = CompanyFilterSet

    related = {
        "made": Related(ProductMaker.objects.furthest_first(), "company", MadeSerializer),
        "promises": Related(
            ProductPromise.objects.order_by("year", "product__sort_en", "pk"), "buyer", WantedSerializer
        ),
        "engagements": Related(
            Engagement.objects.furthest_first(),
            "company",
            WorkSerializer,
            ("state", "product__state", "product__sector__state"),
        ),
        "demands": Related(
            Demand.objects.without_public_contract().order_by(
                F("year").asc(nulls_last=True), "product__sort_en", "pk"
            ),
            "buyer",
            PurchaseSerializer,
            ("product__state", "product__sector__state"),
        ),
    }
