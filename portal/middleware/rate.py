"""Lets public pages know by which exchange rate the visitor reads sums in rials (`?rate=market`)."""

from django.utils.translation import get_language_from_path

from catalog.currency import visitor_rate


class RateMiddleware:
    """Holds the visitor's choice of a rate while a page in a language is made."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not get_language_from_path(request.path_info):
            return self.get_response(request)
        with visitor_rate.chosen(request.GET):
            return self.get_response(request)
