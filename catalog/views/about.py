from django.db.models import F
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.figures import financing
from catalog.models import Office, Origin, Source, Statement

BY_YEAR = F("year_from").asc(nulls_last=True)


@require_safe
def about(request):
    """The programme in the article's figures, what the site is and is not, and how its figures are made."""
    stated = Statement.objects.published().select_related("indicator", "source")
    context = {
        "facts": stated.filter(origin=Origin.ARTICLE).order_by(BY_YEAR, "indicator", "pk"),
        "credits": sorted({source.credit for source in Source.objects.filter(licence=Source.Licence.CC_BY)}),
        "financing": financing.overview(),
        "financing_stated": financing.stated(),
        "offices": Office.objects.prefetch_related("sectors"),
        "crumbs": [{"label": _("About the site")}],
    }
    return render(request, "catalog/about.html", context)
