from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog import search
from catalog.caching.parts import kept
from catalog.figures.listing import listing_rows, worth
from catalog.formats.calendar import year_words
from catalog.formats.numerals import number
from catalog.listings import product_facets
from catalog.listings.base import KEPT, replaced
from catalog.listings.column_facets import search_notices
from catalog.listings.products import ORDERS, ProductFilterSet
from catalog.models import Desk, ImportRecord, Product, Sector

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
        answer = filterset.answer
        marker = (
            kept(lambda: search.Highlighter(answer.matched_text), "marker", answer.matched_text)
            if answer
            else None
        )
        rows = listing_rows(ids, year, marker)
        page.object_list = SimpleLazyObject(lambda: [row.product for row in rows])
        groups = kept(
            lambda: product_facets.product_facets(filterset, sectors, total.count), "facets", chosen
        )
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
            "chips": product_facets.chips(filterset, groups),
            "clear_url": product_facets.cleared(filterset),
            "desks": desks,
            "orders": [choice for choice in ORDERS if choice[0] != "relevance" or filterset.text_is_usable],
            "notices": [*filterset.notices, *search_notices(filterset), *capped(filterset), *page_notices],
            "answer": answer,
            "corrected_url": replaced(filterset.chosen, q=answer.correction) if answer else "",
            "nearest": [] if total.count else kept(lambda: nearest(filterset), "nearest", chosen),
            "alike": [] if total.count else kept(lambda: alike(filterset), "alike", chosen),
            "marker": marker,
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


def capped(filterset):
    """A sentence, in a list, where more products answer than are ranked."""
    if not (filterset.answer and filterset.answer.matches.truncated):
        return []
    most = number(len(filterset.answer.matches), get_language())
    return [
        _(
            "More than %(number)s products match these words. The %(number)s that fit best are listed "
            "and counted here; one more word finds others."
        )
        % {"number": most}
    ]


def alike(filterset):
    """Where no product answers to the words: the products that hold most of them, at most six."""
    if not filterset.answer or filterset.answer.matches.tiers:
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
        count = filterset.result(leave_out={name}).order_by().count()
        if count:
            found.append((product_facets.without(filterset, name), count))
    return sorted(found, key=lambda pair: -pair[1])[:5]
