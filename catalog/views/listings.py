"""What the views of listings share."""

from django.http import HttpResponsePermanentRedirect
from django.utils.encoding import iri_to_uri
from django.views import View

LONGEST = 8000  # characters of an address that a server still takes; what is longer is answered where it is


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
                if not request.htmx and len(address) <= LONGEST:
                    return HttpResponsePermanentRedirect(address)
                request.uncacheable = True  # whoever asks without a script is sent on
        return super().dispatch(request, *args, **kwargs)
