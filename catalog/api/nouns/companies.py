"""Companies in the API."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from catalog.api.serializers import (
    ENDING,
    ORIGIN,
    Code,
    Computed,
    Freshness,
    NounSerializer,
    OriginSerializer,
    ProductLink,
    SectorLink,
    addresses_of,
)
from catalog.api.viewsets import NounViewSet, Related
from catalog.figures.companies import furthest
from catalog.listings.companies import CompanyFilterSet
from catalog.models import Company, Demand, Engagement, EngagementStage
from catalog.nouns import noun_of

from .products import ENGAGEMENT_FIELDS


class WorkSerializer(OriginSerializer):
    product = ProductLink(label=_("Product"))
    freshness = Freshness()

    class Meta:
        model = Engagement
        fields = ("product", *ENGAGEMENT_FIELDS)


class PurchaseSerializer(OriginSerializer):
    product = ProductLink(label=_("Product"))
    freshness = Freshness()

    class Meta:
        model = Demand
        fields = (
            *("product", "year", "quantity", "value", "currency", "commitment", "confirmed_on", "freshness"),
            *ORIGIN,
        )


class Makes(Computed, serializers.IntegerField):
    columns = ("engagements",)

    def value(self, engagements):
        return len(engagements)


class Buys(Computed, serializers.IntegerField):
    columns = ("demands",)

    def value(self, demands):
        return len({demand["product"]["slug"] for demand in demands})


class FurthestStage(Computed, Code):
    columns = ("engagements",)

    def value(self, engagements):
        return furthest([engagement["stage"] for engagement in engagements]) or None


class CompanySerializer(NounSerializer):
    sector = SectorLink(label=_("Main sector"), allow_null=True)
    makes = Makes(source="*", label=_("Products it works on"))
    furthest_stage = FurthestStage(EngagementStage.choices, source="*", label=_("Furthest stage"))
    buys = Buys(source="*", label=_("Products it wants to buy"))
    engagements = WorkSerializer(many=True, label=_("What it works on, the furthest first"))
    demands = PurchaseSerializer(many=True, label=_("What it wants to buy"))
    url, page_en, page_fa = addresses_of("company")

    class Meta:
        model = Company
        fields = (
            *("slug", "name_en", "name_fa", "kind", "knowledge_based", "sector", "province"),
            *("town_en", "town_fa", "makes", "furthest_stage", "buys", "founded", "size", "website"),
            *("public_email", "public_phone", "summary_en", "summary_fa", "verified_on"),
            *("engagements", "demands", *ENDING),
        )


class CompanyViewSet(NounViewSet):
    noun, title = noun_of(Company), _("Companies")
    queryset = Company.objects.published()
    records = Company.objects.all()
    serializer_class = CompanySerializer
    filterset_class = CompanyFilterSet

    related = {
        "engagements": Related(
            Engagement.objects.furthest_first(),
            "company",
            WorkSerializer,
            ("state", "product__state", "product__sector__state"),
        ),
        "demands": Related(
            Demand.objects.order_by(F("year").asc(nulls_last=True), "product__sort_en", "pk"),
            "buyer",
            PurchaseSerializer,
            ("product__state", "product__sector__state"),
        ),
    }
