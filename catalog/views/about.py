from django.db.models import Prefetch
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.models import Office, Sector, Source
from catalog.models.prepared import PreparedQuery

open_sources = PreparedQuery(lambda: Source.objects.filter(licence=Source.Licence.CC_BY))


@require_safe
def about(request):
    """What the site is and is not, where its records come from and how its figures are made."""
    context = {
        "credits": sorted({source.credit for source in open_sources()}),
        "offices": Office.objects.select_related("figure").prefetch_related(
            Prefetch("sectors", Sector.objects.published())
        ),
        "crumbs": [{"label": _("About this site")}],
    }
    return render(request, "site/about.html", context)
