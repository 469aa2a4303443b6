from django.db.models import F
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.figures import financing
from catalog.figures.amounts import has_rials
from catalog.figures.programme.statements import RELATED, and_others, with_others
from catalog.models import Office, Origin, Source, Statement
from catalog.models.prepared import PreparedQuery

BY_YEAR = F("year_from").asc(nulls_last=True)

facts_of_the_article = PreparedQuery(
    lambda: (
        Statement.objects.published()
        .filter(origin=Origin.ARTICLE)
        .order_by(BY_YEAR, "indicator", "pk")
        .select_related(*RELATED)
    )
)
open_sources = PreparedQuery(lambda: Source.objects.filter(licence=Source.Licence.CC_BY))


@require_safe
def about(request):
    """The programme in the article's figures, what the site is and is not, and how its figures are made."""
    facts = with_others(facts_of_the_article())
    context = {
        "facts": facts,
        "rials": has_rials(and_others(facts)),
        "credits": sorted({source.credit for source in open_sources()}),
        "financing": financing.overview(),
        "financing_stated": financing.stated_among(sorted(facts, key=lambda fact: fact.pk)),
        "offices": Office.objects.prefetch_related("sectors"),
        "crumbs": [{"label": _("About the site")}],
    }
    return render(request, "site/about.html", context)
