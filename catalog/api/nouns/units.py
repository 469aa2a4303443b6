"""Idle units in the API."""

from django.utils.translation import gettext_lazy as _

from catalog.api.serializers import (
    COMPANY_WORD,
    ENDING,
    FreshnessField,
    NounSerializer,
    ProductLink,
    SectorLink,
    address_fields,
)
from catalog.api.viewsets import NounViewSet, Related
from catalog.listings.units import UnitFilterSet
from catalog.models import IdleUnit, Sector
from catalog.nouns import noun_of


class UnitSerializer(NounSerializer):
    sector = SectorLink(label=_("Sector"))
    products = ProductLink(many=True, label=_("Wanted products it could make"))
    freshness = FreshnessField()
    url, page_en, page_fa = address_fields("unit")

    class Meta:
        model = IdleUnit
        fields = (
            *("slug", "name_en", "name_fa", "status", "revived_on", "sector", "province"),
            *("town_en", "town_fa", "park_en", "park_fa", "idle_since", "causes", "needs"),
            *("needs_en", "needs_fa", "capacity", "capacity_unit", "jobs", "products"),
            *("confirmed_on", "freshness", *COMPANY_WORD, *ENDING),
        )


class UnitViewSet(NounViewSet):
    noun, title = noun_of(IdleUnit), _("Idle units")
    queryset = IdleUnit.objects.published().with_match()
    records = IdleUnit.objects.all()
    serializer_class = UnitSerializer
    filterset_class = UnitFilterSet

    @classmethod
    def get_filterset(cls, data, *, every_choice=False):
        sectors = Sector.objects.published() if every_choice or "sector" in data else ()
        return UnitFilterSet(data, sectors=sectors)

    related = {
        "products": Related(
            IdleUnit.products.through.objects.order_by("product__sort_en", "product"),
            "idleunit",
            ProductLink,
            ("product__state", "product__sector__state"),
            "product__",
        )
    }
