from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from catalog.api.fields import (
    ENDING,
    ORIGIN,
    CompanyLink,
    Freshness,
    NounSerializer,
    OriginSerializer,
    SectorLink,
    own_address,
)
from catalog.listings.products import read_query
from catalog.models import Demand, Engagement, ImportRecord, Parameter, Product
from catalog.models.codes import codes_of

from .noun import Noun


class Countries(serializers.ListField):
    """Two-letter codes of countries, largest share first."""

    child = serializers.CharField()

    def to_representation(self, data):
        return list(codes_of(data))


class ImportSerializer(OriginSerializer):
    countries = Countries(label=_("Countries of origin"), help_text=_("Two-letter codes, largest first."))

    class Meta:
        model = ImportRecord
        fields = ("year", "value", "currency", "quantity", "countries", *ORIGIN)


class DemandSerializer(OriginSerializer):
    buyer = CompanyLink(label=_("Buyer"))
    freshness = Freshness()

    class Meta:
        model = Demand
        fields = (
            *("buyer", "year", "quantity", "value", "currency", "commitment", "confirmed_on", "freshness"),
            *ORIGIN,
        )


ENGAGEMENT_FIELDS = (
    *("stage", "since", "capacity", "free_capacity", "local_share", "seeks", "evidence_en", "evidence_fa"),
    *("confirmed_on", "freshness", *ORIGIN),
)


class EngagementSerializer(OriginSerializer):
    company = CompanyLink(label=_("Company"))
    freshness = Freshness()

    class Meta:
        model = Engagement
        fields = ("company", *ENGAGEMENT_FIELDS)


class ParameterSerializer(OriginSerializer):
    class Meta:
        model = Parameter
        fields = (
            *("name_en", "name_fa", "operator", "value", "value_to", "unit", "weight", "test_method"),
            *ORIGIN,
        )


class ProductSerializer(NounSerializer):
    sector = SectorLink(label=_("Sector"))
    freshness = Freshness()
    imports = ImportSerializer(many=True, label=_("Imports by year"))
    demands = DemandSerializer(many=True, source="public_demands", label=_("Demands of buyers"))
    engagements = EngagementSerializer(
        many=True, source="public_engagements", label=_("Companies that work on it, the furthest first")
    )
    parameters = ParameterSerializer(many=True, label=_("Technical parameters"))
    url = own_address("product")

    class Meta:
        model = Product
        fields = (
            *("slug", "name_en", "name_fa", "summary_en", "summary_fa", "sector", "hs_code", "unit"),
            *("stage", "maker_count", "reported", "specification", "take_part_en", "take_part_fa"),
            *("target_year", "confirmed_on", "freshness"),
            *("imports", "demands", "engagements", "parameters", *ENDING),
        )


def fetched(products):
    """Products with the rows they show; of public products, so that their own state need not be asked."""
    demands = Demand.objects.with_public_buyer().select_related("buyer", "source")
    engagements = Engagement.objects.with_public_company().select_related("company", "source")
    return products.select_related("sector", "source").prefetch_related(
        Prefetch("imports", ImportRecord.objects.select_related("source")),
        Prefetch("demands", demands, to_attr="public_demands"),
        Prefetch("engagements", engagements.furthest_first(), to_attr="public_engagements"),
        Prefetch("parameters", Parameter.objects.select_related("source")),
    )


PRODUCTS = Noun(
    name="products",
    one="product",
    title=_("Products"),
    model=Product,
    serializer=ProductSerializer,
    filterset=read_query,
    matching=lambda filterset: filterset.ordered(filterset.result()),
    fetched=fetched,
)
