"""What the views of listings share, and of lists inside other pages that are shown a part at a time."""

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import HttpResponsePermanentRedirect
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from catalog.formats.numerals import digits, latin_digits
from catalog.listings.base import shown

LONGEST_URL = (
    8000  # characters of an address that a server still takes; what is longer is answered where it is
)
PART_SIZE = 50
"""Rows of a list that stand on a page at once: what a reader looks through without searching."""


class Listing(View):
    """A listing reads its query with `filters`, a ListingFilterSet, and has one address for each result: a
    form with empty fields, or choices in another order, are sent on to it once. Parts that a script asks for
    are answered as they are asked."""

    filters = None

    def dispatch(self, request, *args, **kwargs):
        if request.method in ("GET", "HEAD"):
            query = self.filters.canonical(request.GET)
            if list(query.lists()) != list(request.GET.lists()):
                address = iri_to_uri(request.path) + (f"?{query.urlencode()}" if query else "")
                if not request.htmx and len(address) <= LONGEST_URL:
                    return HttpResponsePermanentRedirect(address)
                request.uncacheable = True  # whoever asks without a script is sent on
        return super().dispatch(request, *args, **kwargs)


def page_of(paginator, number):
    """(page, notices): the page asked for, or the nearest that exists with a sentence that says so."""
    number = latin_digits(number or "1")
    try:
        return paginator.page(number), []
    except EmptyPage:
        nearest = paginator.page(1 if int(number) < 1 else paginator.num_pages)
        return nearest, [
            _("There is no page %(asked)s; this is page %(shown)s.") % shown_pages(number, nearest)
        ]
    except PageNotAnInteger:
        return paginator.page(1), [
            _("“%(asked)s” is no page number; this is page %(shown)s.")
            % shown_pages(number, paginator.page(1))
        ]


def pages_of_lists(query, **lists):
    """{name: the Django Page of that list which the query asks for by that name, else the first}."""
    return {name: page_of(Paginator(rows, PART_SIZE), query.get(name))[0] for name, rows in lists.items()}


def shown_pages(number, page):
    language = get_language()
    return {"asked": digits(shown(number[:20]), language), "shown": digits(str(page.number), language)}
