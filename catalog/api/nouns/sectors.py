from django.utils.translation import gettext_lazy as _

from catalog.api.fields import ENDING, NounSerializer, own_address
from catalog.models import Sector

from .noun import Noun


class SectorSerializer(NounSerializer):
    url = own_address("sector")

    class Meta:
        model = Sector
        fields = ("slug", "name_en", "name_fa", "summary_en", "summary_fa", *ENDING)


SECTORS = Noun(
    name="sectors",
    one="sector",
    title=_("Sectors"),
    model=Sector,
    serializer=SectorSerializer,
    filterset=lambda data: None,
    matching=lambda filterset: Sector.objects.published(),
    fetched=lambda sectors: sectors.select_related("source"),
)
