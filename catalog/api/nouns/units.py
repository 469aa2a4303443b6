from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from catalog.api.fields import ENDING, Freshness, NounSerializer, ProductLink, SectorLink, own_address
from catalog.listings.units import UnitFilterSet
from catalog.models import IdleUnit, Product, Sector

from .noun import Noun


class UnitSerializer(NounSerializer):
    sector = SectorLink(label=_("Sector"))
    products = ProductLink(many=True, source="public_products", label=_("Wanted products it could make"))
    freshness = Freshness()
    url = own_address("unit")

    class Meta:
        model = IdleUnit
        fields = (
            *("slug", "name_en", "name_fa", "status", "revived_on", "sector", "province"),
            *("town_en", "town_fa", "park_en", "park_fa", "idle_since", "causes", "needs"),
            *("needs_en", "needs_fa", "capacity", "capacity_unit", "jobs", "products"),
            *("confirmed_on", "freshness", *ENDING),
        )


def fetched(units):
    products = Product.objects.published().select_related("sector").order_by("sort_en", "pk")
    named = Prefetch("products", products, to_attr="public_products")
    return units.select_related("sector", "source").prefetch_related(named)


UNITS = Noun(
    name="units",
    one="unit",
    title=_("Idle units"),
    model=IdleUnit,
    serializer=UnitSerializer,
    filterset=lambda data: UnitFilterSet(data, sectors=Sector.objects.published()),
    matching=lambda filterset: filterset.ordered(filterset.filter_queryset(filterset.queryset)),
    fetched=fetched,
)
