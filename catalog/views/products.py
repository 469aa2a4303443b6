"""The listing of products."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog import search
from catalog.figures import calculated
from catalog.figures.listing import listing_rows, worth_of_groups
from catalog.formats.calendar import year_of_sums, year_words
from catalog.formats.numerals import number
from catalog.listings.base import names_of, replaced
from catalog.listings.facets import chips, cleared, search_notices
from catalog.listings.products import GROUPS, ORDERS, ProductFilterSet, ProductNumbers, buyers_named
from catalog.models import Desk, Sector
from catalog.open_data import schema_org

from .found import beside, instead
from .listings import Listing, page_of

PAGE_SIZE = 24
TYPED = ("q", "hs", "import_min", "import_max", "desk")  # what no facet offers; the order of their chips


class ProductList(Listing):
    """The listing: search, facets with counts, what the result is worth, and one page of rows."""

    filters = ProductFilterSet

    def get(self, request):
        every = GROUPS()
        year = year_of_sums(group.import_year for group in every if group.import_year)
        sectors, desks = names_of(Sector), names_of(Desk)
        buyers = buyers_named(request.GET)
        filterset = ProductFilterSet(request.GET, year=year, sectors=sectors, desks=desks, buyers=buyers)
        numbers = ProductNumbers(filterset, every)
        parts = calculated.among(numbers.calculated(year), year)
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
            **beside(filterset),
            **instead(filterset, numbers, total.count),
            "crumbs": [{"label": _("Products")}],
        }
        return render(request, "products/list.html", context)


def choice_context(filterset, facets):
    """What can be chosen, and what is."""
    return {
        "text": filterset.text,
        "query": filterset.chosen,
        "order": filterset.sorting,
        "orders": [choice for choice in ORDERS if choice[0] != "relevance" or filterset.text_is_usable],
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
