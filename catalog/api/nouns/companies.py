"""Companies in the API."""

from django.db.models import F, Prefetch
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from catalog.api.serializers import (
    ENDING,
    ORIGIN,
    Code,
    Freshness,
    NounSerializer,
    OriginSerializer,
    ProductLink,
    SectorLink,
    addresses_of,
)
from catalog.api.viewsets import NounViewSet
from catalog.figures.companies import furthest
from catalog.listings.companies import CompanyFilterSet
from catalog.models import Company, Demand, Engagement, EngagementStage

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


class Makes(serializers.IntegerField):
    def read(self, record, addresses):
        return len(record.public_engagements)


class Buys(serializers.IntegerField):
    def read(self, record, addresses):
        return len({demand.product_id for demand in record.public_demands})


class FurthestStage(Code):
    def read(self, record, addresses):
        return furthest([one.stage for one in record.public_engagements]) or None


class CompanySerializer(NounSerializer):
    sector = SectorLink(label=_("Main sector"), allow_null=True)
    makes = Makes(source="*", label=_("Products it works on"))
    furthest_stage = FurthestStage(EngagementStage.choices, source="*", label=_("Furthest stage"))
    buys = Buys(source="*", label=_("Products it wants to buy"))
    engagements = WorkSerializer(
        many=True, source="public_engagements", label=_("What it works on, the furthest first")
    )
    demands = PurchaseSerializer(many=True, source="public_demands", label=_("What it wants to buy"))
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
    plural, singular, title = "companies", "company", _("Companies")
    queryset = Company.objects.published().select_related("sector", "source")
    serializer_class = CompanySerializer
    filterset_class = CompanyFilterSet

    def related(self):
        engagements = Engagement.objects.published().select_related("product__sector", "source")
        demands = Demand.objects.published().select_related("product__sector", "source")
        yield (
            ("engagements", "makes", "furthest_stage"),
            Prefetch("engagements", engagements.furthest_first(), to_attr="public_engagements"),
        )
        in_order = (F("year").asc(nulls_last=True), "product__sort_en", "pk")
        yield (
            ("demands", "buys"),
            Prefetch("demands", demands.order_by(*in_order), to_attr="public_demands"),
        )
