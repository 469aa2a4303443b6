"""Desks in the API."""

from django.utils.translation import gettext_lazy as _

from catalog.api.serializers import (
    ENDING,
    ORIGIN_FIELDS,
    CodeField,
    CompanyLink,
    DeskLink,
    NounSerializer,
    OriginSerializer,
    ProductLink,
    RecordSerializer,
    Rule,
    SectorLink,
    address_fields,
)
from catalog.api.viewsets import NounViewSet, Related
from catalog.listings.desks import DeskFilterSet
from catalog.models import Desk, DeskBuyer, DeskProduct, DeskStatus, Office
from catalog.models.moves import ANNOUNCED
from catalog.nouns import noun_of


class OfficeSerializer(OriginSerializer):
    class Meta:
        model = Office
        fields = (
            *("key", "name_en", "name_fa", "address_en", "address_fa", "phone", "email"),
            *("hours_en", "hours_fa", *ORIGIN_FIELDS),
        )


class DeskBuyerSerializer(RecordSerializer):
    company = CompanyLink(label=_("Company"))

    class Meta:
        model = DeskBuyer
        fields = ("company", "terms_en", "terms_fa")


class StatusField(Rule, CodeField):
    columns = ("stated", "opens", "closes", "held_on")


class DeskSerializer(NounSerializer):
    sectors = SectorLink(many=True, label=_("Sectors"))
    status = StatusField(DeskStatus.choices, label=_("Status"))
    products = ProductLink(many=True, label=_("Products on its list"))
    buyers = DeskBuyerSerializer(many=True, label=_("Buyers who come"))
    office = OfficeSerializer(label=_("Office"), allow_null=True)
    continues = DeskLink(label=_("Continues the desk"), allow_null=True)
    url, page_en, page_fa = address_fields("desk")

    class Meta:
        model = Desk
        fields = (
            *(
                "slug",
                "name_en",
                "name_fa",
                "summary_en",
                "summary_fa",
                "sectors",
                "province",
                "ordinal",
                "year",
            ),
            *("mode", "opens", "closes", "held_on", "status", "place_en", "place_fa"),
            *ANNOUNCED,
            *("target_amount", "target_currency", "take_part_en", "take_part_fa"),
            *("products", "buyers", "office", "continues", *ENDING),
        )


class DeskViewSet(NounViewSet):
    noun, title = noun_of(Desk), _("Desks")
    queryset = Desk.objects.published()
    records = Desk.objects.all()
    serializer_class = DeskSerializer
    filterset_class = DeskFilterSet

    related = {
        "sectors": Related(
            Desk.sectors.through.objects.order_by("sector__order", "sector"),
            "desk",
            SectorLink,
            ("sector__state",),
            "sector__",
        ),
        "products": Related(
            DeskProduct.objects.all(),
            "desk",
            ProductLink,
            ("product__state", "product__sector__state"),
            "product__",
        ),
        "buyers": Related(DeskBuyer.objects.all(), "desk", DeskBuyerSerializer, ("company__state",)),
    }
