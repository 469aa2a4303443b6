"""Lets scripts of any other site read the API."""

from portal.views import API

HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class CrossOriginMiddleware:
    """Adds the headers to answers of the API. What it says is public, and it knows no users, so no cookie
    either: one with the language of the admin would change what shared caches hand on."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(API):
            return self.get_response(request)
        request.COOKIES = {}
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response
