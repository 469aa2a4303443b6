"""Sectors in the API."""

from django.utils.translation import gettext_lazy as _

from catalog.api.serializers import ENDING, NounSerializer, address_fields
from catalog.api.viewsets import NounViewSet
from catalog.models import Sector
from catalog.nouns import noun_of


class SectorSerializer(NounSerializer):
    url, page_en, page_fa = address_fields("sector")

    class Meta:
        model = Sector
        fields = ("slug", "name_en", "name_fa", "summary_en", "summary_fa", *ENDING)


class SectorViewSet(NounViewSet):
    noun, title = noun_of(Sector), _("Sectors")
    queryset = Sector.objects.published()
    records = Sector.objects.all()
    serializer_class = SectorSerializer
