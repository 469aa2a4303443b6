from django.db.models import F
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.figures import financing
from catalog.figures.amounts import has_rials
from catalog.figures.programme.statements import and_others, with_others
from catalog.models import Office, Origin, Source, Statement

BY_YEAR = F("year_from").asc(nulls_last=True)


@require_safe
def about(request):
    """The programme in the article's figures, what the site is and is not, and how its figures are made."""
    stated = Statement.objects.published().filter(origin=Origin.ARTICLE)
    facts = with_others(stated.order_by(BY_YEAR, "indicator", "pk"))
    context = {
        "facts": facts,
        "rials": has_rials(and_others(facts)),
        "credits": sorted({source.credit for source in Source.objects.filter(licence=Source.Licence.CC_BY)}),
        "financing": financing.overview(),
        "financing_stated": financing.stated(),
        "offices": Office.objects.prefetch_related("sectors"),
        "crumbs": [{"label": _("About the site")}],
    }
    return render(request, "site/about.html", context)
