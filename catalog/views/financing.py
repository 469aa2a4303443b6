from django.db.models import F
from django.shortcuts import render
from django.utils.translation import gettext as _

from catalog.charts import wording
from catalog.figures import financing as figures
from catalog.figures.programme.statements import RELATED, and_others, missing_of, with_others
from catalog.listings.financing import FinancingFilterSet
from catalog.models import Company, Office, Province, Statement
from catalog.models.prepared import PreparedQuery
from catalog.search.fold import sort_key

from .listings import Listing

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


class Financing(Listing):
    """Which financing there is, on what conditions, and what companies of each size and sector were paid, or
    those that a query chooses."""

    filters = FinancingFilterSet

    def get(self, request):
        filterset = FinancingFilterSet.read(request.GET)
        facts, sectors = with_others(facts_of_the_article()), figures.public_sectors()
        overview = figures.overview(sectors)
        chosen = figures.financing_given(filterset.qs) if filterset.cleaned else None
        context = {
            "real": overview.real,
            "samples": overview.samples,
            "chosen": chosen,
            "chosen_words": filterset.chosen_words,
            "rows": wording.with_paid_bars(chosen.latest) if chosen else [],
            "fields": form_fields(filterset, sectors),
            "notices": filterset.notices,
            "stated": figures.stated_among(facts),
            "missing": missing_of(and_others(facts)),
            "offices": all_offices(),
            "absent": absent(overview.real),
            "crumbs": [{"label": _("Financing")}],
        }
        return render(request, "financing/page.html", context)


def form_fields(filterset, sectors):
    """[(name, label, [(value, words)], value chosen)] of the form that says which companies are meant."""
    choices = {
        "size": Company.Size.choices,
        "sector": [(sector.slug, sector.name) for sector in sectors],
        "kind": Company.Kind.choices,
        "province": sorted(Province.choices, key=lambda choice: sort_key(str(choice[1]))),
    }
    return [
        (name, filterset.filters[name].label, options, filterset.chosen.get(name, ""))
        for name, options in choices.items()
    ]


def absent(real):
    """What a reader would look for here and nothing says."""
    unknown = [
        _("rates, terms, securities and upper limits: no source that this site rests on states them"),
        _("a list of the papers to bring"),
    ]
    if not real.facilities:
        unknown.insert(0, _("what companies of your size or sector were paid"))
    return unknown
