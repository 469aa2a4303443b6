"""Refuses requests that would write to public pages."""

from django.http import HttpResponseNotAllowed

READING = {"GET", "HEAD", "OPTIONS"}


class ReadOnlyMiddleware:
    """Answers 405 and names the methods that are allowed. It stands before the protection against forged
    forms, which would say 403 to a program that has no form."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        # The admin writes, so does its choice of language, and the API refuses in its own words.
        match = request.resolver_match
        if request.method in READING or match.app_name not in {"catalog", ""}:
            return None
        return None if match.url_name == "set_language" else HttpResponseNotAllowed(["GET", "HEAD"])
