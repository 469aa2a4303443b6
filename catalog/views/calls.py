"""The list of calls: for which products the public is asked who makes them, and what came of it."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.figures.calls import EVERY_CALL, calls_in_order, counted_by_state
from catalog.figures.sectors import public_sectors
from catalog.listings.base import address
from catalog.listings.calls import CallFilterSet
from catalog.listings.facets import FacetColumn, chips, cleared, facets_of
from catalog.models import Call, CallState
from catalog.models.calls import state_between

from .listings import Listing, page_of

PAGE_SIZE = 24


class CallList(Listing):
    """Calls: open ones first, then those to come, then closed ones."""

    filters = CallFilterSet

    def get(self, request):
        filterset, today = CallFilterSet(request.GET, Call.objects.published()), timezone.localdate()
        every = EVERY_CALL()
        found = calls_in_order(calls_chosen(filterset, every), today)
        page, page_notices = page_of(Paginator(found, PAGE_SIZE), request.GET.get("page"))
        facets = call_facets(filterset, every, today)
        page.object_list = calls_of(page.object_list)
        feed = reverse("catalog:call_feed") + (address(filterset.chosen) if filterset.chosen else "")
        context = {
            "page": page,
            "count": len(found),
            "counts": counted_by_state(every, today),
            "facets": facets,
            "chips": chips(filterset, facets),
            "clear_url": cleared(filterset),
            "feed": feed,
            "notices": [*filterset.notices, *page_notices],
            "crumbs": [{"label": _("Calls")}],
        }
        return render(request, "calls/list.html", context)


def calls_chosen(filterset, every):
    """The calls of the result."""
    if not filterset.cleaned:
        return every
    chosen = set(filterset.filter_queryset(filterset.queryset).order_by().values_list("pk", flat=True))
    return [call for call in every if call.pk in chosen]


def calls_of(rows):
    """The Calls of these rows, in their order, each with its product and sector at hand."""
    calls = Call.objects.select_related("product__sector").in_bulk([row.pk for row in rows])
    return [calls[row.pk] for row in rows if row.pk in calls]


def call_facets(filterset, every, today):
    """State and sector, counted over all public calls, which are few."""
    sectors = public_sectors()
    slugs = {sector.pk: sector.slug for sector in sectors}
    rows = [
        (
            {
                "state": {state_between(call.opens, call.closes, today).value},
                "sector": {slugs.get(call.product__sector)},
            },
            1,
        )
        for call in every
    ]
    columns = [
        FacetColumn("state", _("Status"), CallState.choices),
        FacetColumn("sector", _("Sector"), [(sector.slug, sector.name) for sector in sectors]),
    ]
    return facets_of(filterset.chosen, columns, rows)
