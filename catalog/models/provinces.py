"""The 31 provinces."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Province(models.TextChoices):
    """Value = the slug that stands in addresses."""

    ALBORZ = "alborz", _("Alborz")
    ARDABIL = "ardabil", _("Ardabil")
    BUSHEHR = "bushehr", _("Bushehr")
    CHAHARMAHAL = "chaharmahal-bakhtiari", _("Chaharmahal and Bakhtiari")
    EAST_AZERBAIJAN = "east-azerbaijan", _("East Azerbaijan")
    FARS = "fars", _("Fars")
    GILAN = "gilan", _("Gilan")
    GOLESTAN = "golestan", _("Golestan")
    HAMADAN = "hamadan", _("Hamadan")
    HORMOZGAN = "hormozgan", _("Hormozgan")
    ILAM = "ilam", _("Ilam")
    ISFAHAN = "isfahan", _("Isfahan")
    KERMAN = "kerman", _("Kerman")
    KERMANSHAH = "kermanshah", _("Kermanshah")
    KHUZESTAN = "khuzestan", _("Khuzestan")
    KOHGILUYEH = "kohgiluyeh-boyer-ahmad", _("Kohgiluyeh and Boyer-Ahmad")
    KURDISTAN = "kurdistan", _("Kurdistan")
    LORESTAN = "lorestan", _("Lorestan")
    MARKAZI = "markazi", _("Markazi")
    MAZANDARAN = "mazandaran", _("Mazandaran")
    NORTH_KHORASAN = "north-khorasan", _("North Khorasan")
    QAZVIN = "qazvin", _("Qazvin")
    QOM = "qom", _("Qom")
    RAZAVI_KHORASAN = "razavi-khorasan", _("Razavi Khorasan")
    SEMNAN = "semnan", _("Semnan")
    SISTAN = "sistan-baluchestan", _("Sistan and Baluchestan")
    SOUTH_KHORASAN = "south-khorasan", _("South Khorasan")
    TEHRAN = "tehran", _("Tehran")
    WEST_AZERBAIJAN = "west-azerbaijan", _("West Azerbaijan")
    YAZD = "yazd", _("Yazd")
    ZANJAN = "zanjan", _("Zanjan")

    @property
    def short(self):
        """A name for a square of the map where the whole one has no room."""
        return _SHORT.get(self, self.label)

    @property
    def code(self):
        """A few letters for a square as wide as a thumb; `short` for most in Persian, which sets narrow."""
        return _CODES[self]


_SHORT = {
    Province.CHAHARMAHAL: pgettext_lazy("short name", "Chaharm."),
    Province.EAST_AZERBAIJAN: pgettext_lazy("short name", "E. Azerb."),
    Province.KERMANSHAH: pgettext_lazy("short name", "Kermansh."),
    Province.KOHGILUYEH: pgettext_lazy("short name", "Kohgil."),
    Province.MAZANDARAN: pgettext_lazy("short name", "Mazand."),
    Province.NORTH_KHORASAN: pgettext_lazy("short name", "N. Khor."),
    Province.RAZAVI_KHORASAN: pgettext_lazy("short name", "Raz. Khor."),
    Province.SISTAN: pgettext_lazy("short name", "Sistan B."),
    Province.SOUTH_KHORASAN: pgettext_lazy("short name", "S. Khor."),
    Province.WEST_AZERBAIJAN: pgettext_lazy("short name", "W. Azerb."),
}

_CODES = {
    Province.ALBORZ: pgettext_lazy("code of a province", "ALB"),
    Province.ARDABIL: pgettext_lazy("code of a province", "ARD"),
    Province.BUSHEHR: pgettext_lazy("code of a province", "BUS"),
    Province.CHAHARMAHAL: pgettext_lazy("code of a province", "CHB"),
    Province.EAST_AZERBAIJAN: pgettext_lazy("code of a province", "EAZ"),
    Province.FARS: pgettext_lazy("code of a province", "FAR"),
    Province.GILAN: pgettext_lazy("code of a province", "GIL"),
    Province.GOLESTAN: pgettext_lazy("code of a province", "GOL"),
    Province.HAMADAN: pgettext_lazy("code of a province", "HAM"),
    Province.HORMOZGAN: pgettext_lazy("code of a province", "HOR"),
    Province.ILAM: pgettext_lazy("code of a province", "ILA"),
    Province.ISFAHAN: pgettext_lazy("code of a province", "ISF"),
    Province.KERMAN: pgettext_lazy("code of a province", "KER"),
    Province.KERMANSHAH: pgettext_lazy("code of a province", "KSH"),
    Province.KHUZESTAN: pgettext_lazy("code of a province", "KHZ"),
    Province.KOHGILUYEH: pgettext_lazy("code of a province", "KOB"),
    Province.KURDISTAN: pgettext_lazy("code of a province", "KUR"),
    Province.LORESTAN: pgettext_lazy("code of a province", "LOR"),
    Province.MARKAZI: pgettext_lazy("code of a province", "MAR"),
    Province.MAZANDARAN: pgettext_lazy("code of a province", "MAZ"),
    Province.NORTH_KHORASAN: pgettext_lazy("code of a province", "NKH"),
    Province.QAZVIN: pgettext_lazy("code of a province", "QAZ"),
    Province.QOM: pgettext_lazy("code of a province", "QOM"),
    Province.RAZAVI_KHORASAN: pgettext_lazy("code of a province", "RKH"),
    Province.SEMNAN: pgettext_lazy("code of a province", "SEM"),
    Province.SISTAN: pgettext_lazy("code of a province", "SIB"),
    Province.SOUTH_KHORASAN: pgettext_lazy("code of a province", "SKH"),
    Province.TEHRAN: pgettext_lazy("code of a province", "TEH"),
    Province.WEST_AZERBAIJAN: pgettext_lazy("code of a province", "WAZ"),
    Province.YAZD: pgettext_lazy("code of a province", "YAZ"),
    Province.ZANJAN: pgettext_lazy("code of a province", "ZAN"),
}
