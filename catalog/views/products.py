from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog import facets
from catalog.calendar import year_words
from catalog.column_facets import search_notices
from catalog.figures.listing import listing_rows, worth
from catalog.filters.base import KEPT, replaced
from catalog.filters.products import ORDERS, ProductFilterSet
from catalog.models import Desk, ImportRecord, Product, Sector
from catalog.parts import kept
from catalog.search.spelling import corrected

from .listings import Listing
from .pages import page_of

PAGE_SIZE = 24


class ProductList(Listing):
    """The listing: search, facets with counts, what the result is worth, and one page of rows."""

    filters = ProductFilterSet

    def get(self, request):
        filterset, sectors, desks = asked(request.GET)
        year, chosen = filterset.year, filterset.chosen.urlencode()
        total = kept(lambda: worth(filterset.result(), year), "worth", chosen)
        page, page_notices = page_of(Paginator(range(total.count), PAGE_SIZE), request.GET.get("page"))
        ids = kept(lambda: ids_of(filterset, page), "product_ids", chosen, page.number)
        rows = listing_rows(ids, year)
        page.object_list = SimpleLazyObject(lambda: [row.product for row in rows])
        groups = kept(lambda: facets.product_facets(filterset, sectors, total.count), "facets", chosen)
        context = {
            "filterset": filterset,
            "query": filterset.chosen,
            "chosen": chosen or "all",
            "only_sector": only_choice(groups[0]),
            "worth": total,
            "year": year,
            "year_words": year and year_words(year, get_language()),
            "page": page,
            "rows": rows,
            "with_samples": any(row.has_sample for row in rows),
            "facets": groups,
            "chips": facets.chips(filterset, groups),
            "clear_url": facets.cleared(filterset),
            "desks": desks,
            "orders": [choice for choice in ORDERS if choice[0] != "relevance" or filterset.text_is_usable],
            "notices": [*filterset.notices, *search_notices(filterset), *page_notices],
            "nearest": [] if total.count else kept(lambda: nearest(filterset), "nearest", chosen),
            "meant": None if total.count else kept(lambda: meant(filterset), "meant", chosen),
            "crumbs": [{"label": _("Products")}],
        }
        return render(request, "catalog/product_list.html", context)


def ids_of(filterset, page):
    """Keys of the products on a page of the result, in its order."""
    keys = filterset.ordered(filterset.result()).values_list("pk", flat=True)
    return list(keys[page.start_index() - 1 : page.end_index()]) if page.paginator.count else []


def asked(data):
    """A query as the listing, its downloads and its feed read it: the FilterSet, and the public sectors and
    desks that it knows. Three queries."""
    sectors = kept(lambda: list(Sector.objects.published()), "sectors")
    desks = kept(lambda: list(Desk.objects.published()), "desks")
    year = kept(ImportRecord.objects.latest_year, "latest_year")
    return ProductFilterSet(data, year=year, sectors=sectors, desks=desks), sectors, desks


def only_choice(facet):
    """The label of the one choice made in a facet, or an empty string."""
    labels = [choice.label for choice in facet.choices if choice.selected and choice.value]
    return labels[0] if len(labels) == 1 else ""


def nearest(filterset):
    """Where nothing was found: the same query with one parameter less where that finds something, as pairs of
    (Chip, number of products), most first."""
    found = []
    for name in filterset.chosen:
        if name in KEPT:
            continue
        count = filterset.result(leave_out={name}).order_by().count()
        if count:
            found.append((facets.without(filterset, name), count))
    return sorted(found, key=lambda pair: -pair[1])[:5]


def meant(filterset):
    """Where nothing was found: (text, address) of the same query with its words corrected, or None."""
    if not filterset.text_is_usable:
        return None
    text = corrected(filterset.text, Product.objects.published().words())
    return (text, replaced(filterset.chosen, q=text)) if text else None
