from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from catalog import facets
from catalog.calendar import year_words
from catalog.column_facets import search_notices
from catalog.figures.listing import ListingRow, worth
from catalog.filters.base import KEPT, replaced
from catalog.filters.products import ORDERS, ProductFilterSet
from catalog.models import Currency, Demand, Desk, ImportRecord, Product, Sector
from catalog.search.spelling import corrected

from .pages import page_of

PAGE_SIZE = 24


class ProductList(View):
    """The listing: search, facets with counts, what the result is worth, and one page of rows."""

    def get(self, request):
        filterset, sectors, desks = asked(request.GET)
        year = filterset.year
        result = filterset.filter_queryset(filterset.queryset)
        total = worth(result, year)
        page, page_notices = self.page(request, filterset.ordered(result.for_listing(year)), total.count)
        rows = [ListingRow(product, year) for product in page]
        groups = facets.product_facets(filterset, sectors)
        context = {
            "filterset": filterset,
            "query": filterset.chosen,
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
            "nearest": [] if total.count else nearest(filterset),
            "meant": None if total.count else meant(filterset),
            "crumbs": [{"label": _("Products")}],
        }
        return render(request, "catalog/product_list.html", context)

    def page(self, request, products, count):
        paginator = Paginator(listed(products), PAGE_SIZE)
        paginator.count = count  # counted already, together with what the result is worth
        return page_of(paginator, request.GET.get("page"))


def asked(data):
    """A query as the listing, its downloads and its feed read it: the FilterSet, and the public sectors and
    desks that it knows. Three queries."""
    sectors, desks = list(Sector.objects.published()), list(Desk.objects.published())
    year = ImportRecord.objects.latest_year()
    return ProductFilterSet(data, year=year, sectors=sectors, desks=desks), sectors, desks


def only_choice(facet):
    """The label of the one choice made in a facet, or an empty string."""
    labels = [choice.label for choice in facet.choices if choice.selected and choice.value]
    return labels[0] if len(labels) == 1 else ""


def listed(products):
    """Products with what their rows show: USD imports by year, and public demands."""
    imports = ImportRecord.objects.filter(currency=Currency.USD).order_by("year")
    return products.prefetch_related(
        Prefetch("imports", queryset=imports, to_attr="usd_imports"),
        Prefetch("demands", queryset=Demand.objects.published(), to_attr="public_demands"),
    )


def nearest(filterset):
    """Where nothing was found: the same query with one parameter less where that finds something, as pairs of
    (Chip, number of products), most first."""
    found = []
    for name in filterset.chosen:
        if name in KEPT:
            continue
        count = filterset.filter_queryset(filterset.queryset, leave_out={name}).order_by().count()
        if count:
            found.append((facets.without(filterset, name), count))
    return sorted(found, key=lambda pair: -pair[1])[:5]


def meant(filterset):
    """Where nothing was found: (text, address) of the same query with its words corrected, or None."""
    if not filterset.text_is_usable:
        return None
    text = corrected(filterset.text, Product.objects.published().words())
    return (text, replaced(filterset.chosen, q=text)) if text else None
