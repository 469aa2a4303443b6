"""Desks in the API."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from catalog.api.serializers import (
    ENDING,
    ORIGIN,
    Code,
    CompanyLink,
    DeskLink,
    NounSerializer,
    OriginSerializer,
    ProductLink,
    RecordSerializer,
    SectorLink,
    addresses_of,
)
from catalog.api.viewsets import NounViewSet
from catalog.listings.desks import DeskFilterSet
from catalog.models import Desk, DeskBuyer, DeskStatus, Office, Product, Sector, State


class OfficeSerializer(OriginSerializer):
    class Meta:
        model = Office
        fields = (
            *("key", "name_en", "name_fa", "address_en", "address_fa", "phone", "email"),
            *("hours_en", "hours_fa", *ORIGIN),
        )


class DeskBuyerSerializer(RecordSerializer):
    company = CompanyLink(label=_("Company"))

    class Meta:
        model = DeskBuyer
        fields = ("company", "terms_en", "terms_fa")


class DeskSerializer(NounSerializer):
    sectors = SectorLink(many=True, source="public_sectors", label=_("Sectors"))
    status = Code(DeskStatus.choices, label=_("Condition"))
    products = ProductLink(many=True, source="public_products", label=_("Products on its list"))
    buyers = DeskBuyerSerializer(many=True, source="public_buyers", label=_("Buyers who come"))
    office = OfficeSerializer(label=_("Office"), allow_null=True)
    continues = DeskLink(label=_("Continues the desk"), allow_null=True)
    url, page_en, page_fa = addresses_of("desk")

    class Meta:
        model = Desk
        fields = (
            *("slug", "name_en", "name_fa", "summary_en", "summary_fa", "sectors", "ordinal", "year"),
            *("mode", "opens", "closes", "held_on", "status", "place_en", "place_fa"),
            *("target_amount", "target_currency", "take_part_en", "take_part_fa"),
            *("products", "buyers", "office", "continues", *ENDING),
        )


class DeskViewSet(NounViewSet):
    plural, singular, title = "desks", "desk", _("Desks")
    queryset = Desk.objects.published().select_related("office__source", "continues", "source")
    serializer_class = DeskSerializer
    filterset_class = DeskFilterSet

    def related(self):
        products = Product.objects.published().select_related("sector").order_by("desk_offers__pk")
        buyers = DeskBuyer.objects.filter(company__state=State.PUBLISHED).select_related("company")
        yield ("sectors",), Prefetch("sectors", Sector.objects.published(), to_attr="public_sectors")
        yield ("products",), Prefetch("products", products, to_attr="public_products")
        yield ("buyers",), Prefetch("desk_buyers", buyers, to_attr="public_buyers")
