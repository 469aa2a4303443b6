"""The listing of products, and what it shows beside the products that a search finds."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog import search
from catalog.figures.amounts import calculated_among
from catalog.figures.companies import found_companies
from catalog.figures.listing import listing_rows, worth_of_groups
from catalog.formats.calendar import year_of_sums, year_words
from catalog.formats.numerals import number
from catalog.listings.base import DISPLAY_ONLY, names_of, replaced
from catalog.listings.facets import chips, cleared, search_notices, without
from catalog.listings.products import (
    FACET_COLUMNS,
    PRODUCT_GROUPS,
    PRODUCT_ORDERS,
    ProductFilterSet,
    ProductNumbers,
    buyers_named,
)
from catalog.listings.site_words import page_named
from catalog.models import Desk, Product, Sector
from catalog.models.products import dotted
from catalog.open_data import schema_org

from .listings import Listing, page_of

PAGE_SIZE = 24
MOST_ALIKE_SHOWN = 6
MOST_SECTORS = 4
LEVELS = (4, 2)  # digits of a heading and of a chapter
TYPED = ("q", "hs", "import_min", "import_max", "desk")  # what no facet offers; the order of their chips


class ProductList(Listing):
    """The listing: search, facets with counts, what the result is worth, and one page of rows."""

    filters = ProductFilterSet

    def get(self, request):
        every = PRODUCT_GROUPS()
        year = year_of_sums(group.import_year for group in every if group.import_year)
        sectors, desks = names_of(Sector), names_of(Desk)
        buyers = buyers_named(request.GET)
        filterset = ProductFilterSet(request.GET, year=year, sectors=sectors, desks=desks, buyers=buyers)
        numbers = ProductNumbers(filterset, every)
        parts = calculated_among(numbers.calculated(year), year)
        total = worth_of_groups(numbers.in_result, year, parts)
        page, page_notices = page_of(Paginator(range(total.count), PAGE_SIZE), request.GET.get("page"))
        searched = search_context(filterset)
        rows = listing_rows(ids_of(filterset, page), year, searched["marker"])
        page.object_list = [row.product for row in rows]
        notices = [*filterset.notices, *search_notices(filterset), *truncated(filterset), *page_notices]
        context = {
            **choice_context(filterset, numbers.facets()),
            **searched,
            "worth": total,
            "year": year,
            "year_words": year and year_words(year, get_language()),
            "page": page,
            "rows": rows,
            "linked_data": linked_data(request, rows, page),
            "with_samples": any(row.has_sample for row in rows),
            "desks": desks,
            "notices": notices,
            **found_beside(filterset),
            **offered_instead(filterset, numbers, total.count),
            "crumbs": [{"label": _("Products")}],
        }
        return render(request, "products/list.html", context)


def choice_context(filterset, facets):
    """What can be chosen, and what is."""
    return {
        "text": filterset.text,
        "query": filterset.chosen,
        "order": filterset.sorting,
        "orders": [
            choice for choice in PRODUCT_ORDERS if choice[0] != "relevance" or filterset.text_is_usable
        ],
        "facets": facets,
        "only_sector": only_choice(facets[0]),
        "chips": chips(filterset, facets, TYPED),
        "clear_url": cleared(filterset),
    }


def search_context(filterset):
    """What the text finds: `corrected_url` is the list for what it may have meant, or empty."""
    result = filterset.search_result
    correction = result.correction if result else ""
    return {
        "search_result": result,
        "corrected_url": replaced(filterset.chosen, q=correction) if correction else "",
        "marker": search.Highlighter(result.matched_text) if result else None,
    }


def ids_of(filterset, page):
    """Keys of the products on a page of the result, in its order."""
    return filterset.keys(page.start_index() - 1, page.end_index()) if page.paginator.count else []


def linked_data(request, rows, page):
    """The rows that are no samples as a schema.org ItemList, or None where there are none."""
    site = f"{request.scheme}://{request.get_host()}"
    items = [
        (place, row.product.name, site + row.product.url)
        for place, row in enumerate(rows, start=page.start_index())
        if not row.product.is_sample
    ]
    return schema_org.item_list(_("Products"), page.paginator.count, items) if items else None


def only_choice(facet):
    """The label of the one choice made in a facet, or an empty string."""
    labels = [choice.label for choice in facet.choices if choice.selected and choice.value]
    return labels[0] if len(labels) == 1 else ""


def truncated(filterset):
    """A sentence, in a list, where more products match than are ranked."""
    if not (filterset.search_result and filterset.search_result.matches.truncated):
        return []
    most = number(len(filterset.search_result.matches), get_language())
    return [
        _(
            "More than %(number)s products match these words. The %(number)s that fit best are listed "
            "and counted here; one more word finds others."
        )
        % {"number": most}
    ]


def found_beside(filterset):
    """What is shown above the products: `companies` that the text names, `more_companies` where there are
    more of them, and the `page` of the site that answers it as (name of its address, label)."""
    text = filterset.text if filterset.text_is_usable else ""
    called = search.companies_called(text) if text else []
    nearly = not called and bool(text) and not filterset.search_result.matches.tiers
    if nearly:
        called = search.companies_nearly_called(text)
    most = search.MAX_COMPANIES
    return {
        "companies": found_companies(called[:most]),
        "nearly_called": nearly,
        "more_companies": len(called) > most and not nearly,
        "page_named": page_named(text) if text else None,
    }


def offered_instead(filterset, numbers, count):
    """What is offered where `count` is 0: `nearest` queries with one parameter less, products `alike`, the
    `headings` above an HS code, and the `sectors` of products that hold a word of the text. `numbers`: the
    ProductNumbers of the query."""
    if count:
        return {"nearest": [], "alike": [], "headings": [], "sectors": []}
    alike, sectors = nearest_by_words(filterset)
    return {
        "nearest": with_one_less(filterset, numbers),
        "alike": alike,
        "headings": headings_above(filterset),
        "sectors": sectors,
    }


def nearest_by_words(filterset):
    """Where no product answers to the words: the products that hold most of them, and the sectors in which
    one may look; two lists."""
    if not filterset.search_result or filterset.search_result.matches.tiers or page_named(filterset.text):
        return [], []
    found = search.nearest(filterset.text)
    name = "sort_fa" if get_language() == "fa" else "sort_en"
    products = Product.objects.published().filter(pk__in=found.products.ids).select_related("sector")
    alike = list(products.best_first(found.products, name)[:MOST_ALIKE_SHOWN])
    return alike, sectors_with_most(found.field or [product.pk for product in alike])


def sectors_with_most(products):
    """The sectors of the products with these keys, those with most of them first."""
    of_products = Q(products__in=products, products__state="published")
    sectors = Sector.objects.published().annotate(found=Count("products", filter=of_products))
    found = sectors.filter(found__gt=0).order_by("-found", "order", "pk")
    return list(found[:MOST_SECTORS]) if products else []


def headings_above(filterset):
    """The heading and the chapter above the HS code that is asked for, where they have products, as pairs of
    (dotted digits, address, number of products)."""
    code = filterset.cleaned.get("hs") or search.code_digits(filterset.text)
    found = []
    for digits in (code[:level] for level in LEVELS if len(code) > level):
        products = filterset.result(leave_out={"q", "hs"}).filter(hs_code__startswith=digits)
        if count := products.order_by().count():
            found.append((dotted(digits), replaced(filterset.chosen, q=None, hs=digits), count))
    return found


def with_one_less(filterset, numbers):
    """The same query with one parameter less where that finds something, as pairs of (Chip, number of
    products), most first."""
    found = []
    chosen = [name for name in filterset.chosen if name not in DISPLAY_ONLY]
    for name in chosen if chosen not in (["q"], ["hs"]) else []:  # without it, it is every product
        counted = name in FACET_COLUMNS
        count = numbers.without(name) if counted else filterset.result({name}).order_by().count()
        if count:
            found.append((without(filterset, name), count))
    return sorted(found, key=lambda pair: -pair[1])[:5]
