from django.db.models import F
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.figures import financing as figures
from catalog.figures.programme.statements import RELATED, and_others, missing_of, with_others
from catalog.models import Office, Statement
from catalog.models.prepared import PreparedQuery

BY_YEAR = F("year_from").asc(nulls_last=True)

facts_of_the_article = PreparedQuery(
    lambda: (
        Statement.objects.published()
        .filter(figures.BY_THE_ARTICLE)
        .order_by(BY_YEAR, "indicator", "pk")
        .select_related(*RELATED)
    )
)
all_offices = PreparedQuery(Office.objects.all)


@require_safe
def financing(request):
    """Which financing there is, on what conditions, and what companies of each size and sector were paid."""
    facts = with_others(facts_of_the_article())
    overview = figures.overview()
    context = {
        "real": overview.real,
        "samples": overview.samples,
        "stated": figures.stated_among(facts),
        "missing": missing_of(and_others(facts)),
        "offices": all_offices(),
        "absent": absent(overview.real),
        "crumbs": [{"label": _("Financing")}],
    }
    return render(request, "financing/page.html", context)


def absent(real):
    """What a reader would look for here and nothing says."""
    unknown = [
        _("rates, terms, securities and upper limits: no source that this site rests on states them"),
        _("a list of the papers to bring"),
    ]
    if not real.facilities:
        unknown.insert(0, _("what companies of your size or sector were paid"))
    return unknown
