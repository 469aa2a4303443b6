from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from catalog.models import Origin
from catalog.open_data.bulk import stored
from catalog.open_data.datasets import LICENCE_URL
from catalog.open_data.dcat import catalogue_document
from catalog.open_data.dictionary import noun_entries
from catalog.open_data.holdings import holdings, stocks

TITLE = gettext_lazy("Open data")


@require_safe
def data(request):
    """What can be taken away, under which licence, where it comes from, and what every field means."""
    held, bulk = holdings(), stored.current_bulk()
    available = stocks(held)
    page = request.build_absolute_uri(request.path)
    context = {
        "stocks": available,
        "bulk": bulk,
        "bulk_names": [stored.MANIFEST, stored.CHECKSUMS],
        "catalogue": catalogue_document(available, TITLE, publishers(), page, bulk),
        "licence_url": LICENCE_URL,
        "api_root": request.build_absolute_uri(reverse("api:index")),
        "origins": Origin.choices,
        "holdings": held,
        "nouns": noun_entries(),
        "prefix": settings.OCDS_PREFIX,
        "prefix_registered": settings.OCDS_PREFIX != settings.OCDS_DEMONSTRATION_PREFIX,
        "today": timezone.localdate(),
        "crumbs": [{"label": _("Open data")}],
    }
    return render(request, "data/page.html", context)


def publishers():
    """Whose catalogue it is, by language: the owner, else the site itself."""
    owner = settings.SITE_OWNER
    return {
        code: owner[code] or owner["en"] or owner["fa"] or settings.SITE_NAME[code]
        for code, _name in settings.LANGUAGES
    }
