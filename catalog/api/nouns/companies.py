from django.db.models import F, Prefetch
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from catalog.api.fields import (
    ENDING,
    ORIGIN,
    Code,
    Freshness,
    NounSerializer,
    OriginSerializer,
    ProductLink,
    SectorLink,
    own_address,
)
from catalog.figures.companies import furthest
from catalog.listings.companies import CompanyFilterSet
from catalog.models import Company, Demand, Engagement, EngagementStage

from .noun import Noun
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
    def to_representation(self, value):
        return len(value.public_engagements)


class Buys(serializers.IntegerField):
    def to_representation(self, value):
        return len({demand.product_id for demand in value.public_demands})


class FurthestStage(Code):
    def to_representation(self, value):
        return super().to_representation(furthest([one.stage for one in value.public_engagements]))


class CompanySerializer(NounSerializer):
    sector = SectorLink(label=_("Main sector"), allow_null=True)
    makes = Makes(source="*", label=_("Products it works on"))
    furthest_stage = FurthestStage(EngagementStage.choices, source="*", label=_("Furthest stage"))
    buys = Buys(source="*", label=_("Products it wants to buy"))
    engagements = WorkSerializer(
        many=True, source="public_engagements", label=_("What it works on, the furthest first")
    )
    demands = PurchaseSerializer(many=True, source="public_demands", label=_("What it wants to buy"))
    url = own_address("company")

    class Meta:
        model = Company
        fields = (
            *("slug", "name_en", "name_fa", "kind", "knowledge_based", "sector", "province"),
            *("town_en", "town_fa", "makes", "furthest_stage", "buys", "founded", "size", "website"),
            *("public_email", "public_phone", "summary_en", "summary_fa", "verified_on"),
            *("engagements", "demands", *ENDING),
        )


def fetched(companies):
    related = ("product__sector", "source")
    engagements = Engagement.objects.published().select_related(*related).furthest_first()
    demands = Demand.objects.published().select_related(*related)
    in_order = (F("year").asc(nulls_last=True), "product__sort_en", "pk")
    return companies.select_related("sector", "source").prefetch_related(
        Prefetch("engagements", engagements, to_attr="public_engagements"),
        Prefetch("demands", demands.order_by(*in_order), to_attr="public_demands"),
    )


COMPANIES = Noun(
    name="companies",
    one="company",
    title=_("Companies"),
    model=Company,
    serializer=CompanySerializer,
    filterset=lambda data: CompanyFilterSet(data, Company.objects.published()),
    matching=lambda filterset: filterset.ordered(filterset.filter_queryset(filterset.queryset)),
    fetched=fetched,
)
