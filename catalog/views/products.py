from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from catalog import facets, search
from catalog.calendar import year_words
from catalog.column_facets import search_notices
from catalog.figures.listing import ListingRow, worth
from catalog.filters.base import KEPT, replaced
from catalog.filters.products import ORDERS, ProductFilterSet
from catalog.models import Currency, Demand, Desk, ImportRecord, Product, Sector
from catalog.numerals import number

from .pages import page_of

PAGE_SIZE = 24


class ProductList(View):
    """The listing: search, facets with counts, what the result is worth, and one page of rows."""

    def get(self, request):
        year = ImportRecord.objects.latest_year()
        sectors = list(Sector.objects.published())
        desks = list(Desk.objects.published())
        filterset = ProductFilterSet(request.GET, year=year, sectors=sectors, desks=desks)
        result = filterset.filter_queryset(filterset.queryset)
        total = worth(result, year)
        page, page_notices = self.page(request, filterset.ordered(result.for_listing(year)), total.count)
        answer = filterset.answer
        marker = search.Marker(answer.shown_text) if answer else None
        rows = [ListingRow(product, year, marker) for product in page]
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
            "notices": [*filterset.notices, *search_notices(filterset), *capped(filterset), *page_notices],
            "answer": answer,
            "corrected_url": replaced(filterset.chosen, q=answer.correction) if answer else "",
            "nearest": [] if total.count else nearest(filterset),
            "alike": [] if total.count else alike(filterset),
            "marker": marker,
            "crumbs": [{"label": _("Products")}],
        }
        return render(request, "catalog/product_list.html", context)

    def page(self, request, products, count):
        paginator = Paginator(listed(products), PAGE_SIZE)
        paginator.count = count  # counted already, together with what the result is worth
        return page_of(paginator, request.GET.get("page"))


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


def capped(filterset):
    """A sentence, in a list, where more products answer than are ranked."""
    if not (filterset.answer and filterset.answer.shown.more):
        return []
    most = number(len(filterset.answer.shown), get_language())
    return [
        _(
            "More than %(number)s products answer to these words. The %(number)s that fit best are listed "
            "and counted here; one more word finds others."
        )
        % {"number": most}
    ]


def alike(filterset):
    """Where no product answers to the words: the products that hold most of them, at most six."""
    if not filterset.answer or filterset.answer.shown.tiers:
        return []
    found = search.nearest(filterset.text)
    name = "sort_fa" if get_language() == "fa" else "sort_en"
    products = Product.objects.published().filter(pk__in=found.ids).select_related("sector")
    return list(products.best_first(found, name)[:6])


def nearest(filterset):
    """Where nothing was found: the same query with one parameter less where that finds something, as pairs of
    (Chip, number of products), most first."""
    found = []
    chosen = [name for name in filterset.chosen if name not in KEPT]
    for name in chosen if chosen != ["q"] else []:  # without its text it is every product
        count = filterset.filter_queryset(filterset.queryset, leave_out={name}).order_by().count()
        if count:
            found.append((facets.without(filterset, name), count))
    return sorted(found, key=lambda pair: -pair[1])[:5]
