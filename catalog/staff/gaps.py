"""What records lack: the data quality page counts it, and the lists are filtered by it."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from catalog.models import (
    Company,
    Contract,
    Demand,
    Desk,
    Engagement,
    IdleUnit,
    ImportRecord,
    Product,
    Source,
    Statement,
)

NO_PERSIAN, NO_ENGLISH = _("without a Persian text"), _("without an English text")
NO_DATE = _("without a date")


def _empty(*names):
    """Any of these texts is empty."""
    found = Q()
    for name in names:
        found |= Q(**{name: ""})
    return found


GAPS = {
    Product: {
        "hs": (_("without an HS code"), Q(hs_code="")),
        "imports": (_("without imports"), ~Exists(ImportRecord.objects.filter(product=OuterRef("pk")))),
        "fa": (NO_PERSIAN, _empty("name_fa", "summary_fa")),
        "en": (NO_ENGLISH, _empty("name_en", "summary_en")),
    },
    Company: {
        "fa": (NO_PERSIAN, _empty("name_fa")),
        "en": (NO_ENGLISH, _empty("name_en")),
        "place": (_("without a province"), Q(province="")),
        "sector": (_("without a sector"), Q(sector=None)),
    },
    Engagement: {"date": (NO_DATE, Q(since=None))},
    Demand: {"date": (NO_DATE, Q(year=None))},
    Desk: {
        "fa": (NO_PERSIAN, _empty("name_fa")),
        "en": (NO_ENGLISH, _empty("name_en")),
        "date": (NO_DATE, Q(opens=None, held_on=None)),
    },
    Contract: {
        "fa": (NO_PERSIAN, _empty("title_fa")),
        "en": (NO_ENGLISH, _empty("title_en")),
        "date": (NO_DATE, Q(signed_on=None)),
    },
    IdleUnit: {
        "fa": (NO_PERSIAN, _empty("name_fa")),
        "en": (NO_ENGLISH, _empty("name_en")),
        "date": (NO_DATE, Q(idle_since=None)),
    },
    Statement: {"date": (NO_DATE, Q(said_on=None))},
    Source: {"date": (NO_DATE, Q(published_on=None, published_about_en="", published_about_fa=""))},
}
