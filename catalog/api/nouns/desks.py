"""Desks in the API."""

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
    Rule,
    SectorLink,
    addresses_of,
)
from catalog.api.viewsets import NounViewSet, Related
from catalog.listings.desks import DeskFilterSet
from catalog.models import Desk, DeskBuyer, DeskProduct, DeskStatus, Office, State
from catalog.models.base import parents_public

IN_SECTORS = Desk.sectors.through


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


class Status(Rule, Code):
    columns = ("stated", "opens", "closes", "held_on")


class DeskSerializer(NounSerializer):
    sectors = SectorLink(many=True, label=_("Sectors"))
    status = Status(DeskStatus.choices, label=_("Condition"))
    products = ProductLink(many=True, label=_("Products on its list"))
    buyers = DeskBuyerSerializer(many=True, label=_("Buyers who come"))
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
    queryset = Desk.objects.published()
    serializer_class = DeskSerializer
    filterset_class = DeskFilterSet

    related = {
        "sectors": Related(
            IN_SECTORS.objects.filter(sector__state=State.PUBLISHED).order_by("sector__order", "sector"),
            "desk",
            SectorLink,
            "sector__",
        ),
        "products": Related(
            DeskProduct.objects.filter(parents_public(DeskProduct, "product")),
            "desk",
            ProductLink,
            "product__",
        ),
        "buyers": Related(
            DeskBuyer.objects.filter(company__state=State.PUBLISHED), "desk", DeskBuyerSerializer
        ),
    }
