"""Products in the API."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from catalog.api.serializers import (
    ENDING,
    ORIGIN,
    CompanyLink,
    Freshness,
    NounSerializer,
    OriginSerializer,
    SectorLink,
    addresses_of,
)
from catalog.api.viewsets import NounViewSet
from catalog.listings.products import ProductFilterSet
from catalog.models import Demand, Desk, Engagement, ImportRecord, Parameter, Product, Sector
from catalog.models.codes import codes_of


class Countries(serializers.ListField):
    """Two-letter codes of countries, largest share first."""

    child = serializers.CharField()

    def read(self, record, addresses):
        return list(codes_of(record.countries))


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
    imports = ImportSerializer(many=True, source="public_imports", label=_("Imports by year"))
    demands = DemandSerializer(many=True, source="public_demands", label=_("Demands of buyers"))
    engagements = EngagementSerializer(
        many=True, source="public_engagements", label=_("Companies that work on it, the furthest first")
    )
    parameters = ParameterSerializer(many=True, source="public_parameters", label=_("Technical parameters"))
    url, page_en, page_fa = addresses_of("product")

    class Meta:
        model = Product
        fields = (
            *("slug", "name_en", "name_fa", "summary_en", "summary_fa", "sector", "hs_code", "unit"),
            *("stage", "maker_count", "reported", "specification", "take_part_en", "take_part_fa"),
            *("target_year", "confirmed_on", "freshness"),
            *("imports", "demands", "engagements", "parameters", *ENDING),
        )


class ProductViewSet(NounViewSet):
    plural, singular, title = "products", "product", _("Products")
    queryset = Product.objects.published().select_related("sector", "source")
    serializer_class = ProductSerializer
    filterset_class = ProductFilterSet

    @classmethod
    def get_filterset(cls, data, *, every_choice=False):
        """Reads from the database only what the query is about."""
        sectors = Sector.objects.published() if every_choice or "sector" in data else ()
        desks = Desk.objects.published() if every_choice or "desk" in data else ()
        year = ImportRecord.objects.latest_year() if {"import_min", "import_max"} & set(data) else None
        return ProductFilterSet(data, year=year, sectors=sectors, desks=desks)

    def related(self):
        """The rows of public products, so that their own state need not be asked."""
        imports = ImportRecord.objects.select_related("source")
        demands = Demand.objects.with_public_buyer().select_related("buyer", "source")
        engagements = Engagement.objects.with_public_company().select_related("company", "source")
        parameters = Parameter.objects.select_related("source")
        yield ("imports",), Prefetch("imports", imports, to_attr="public_imports")
        yield ("demands",), Prefetch("demands", demands, to_attr="public_demands")
        yield (
            ("engagements",),
            Prefetch("engagements", engagements.furthest_first(), to_attr="public_engagements"),
        )
        yield ("parameters",), Prefetch("parameters", parameters, to_attr="public_parameters")
