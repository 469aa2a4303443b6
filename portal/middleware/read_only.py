"""Refuses requests that would write to public pages."""

from django.http import HttpResponseNotAllowed

READING = {"GET", "HEAD", "OPTIONS"}
WRITING = {"set_language", "admin_password_reset", "password_reset_confirm"}
"""Names of addresses outside the admin's own table that take forms of the staff."""


class ReadOnlyMiddleware:
    """Answers 405 and names the methods that are allowed. It stands before the protection against forged
    forms, which would say 403 to a program that has no form."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        # The admin writes, so do its choice of language and new passwords; the API refuses in its own words.
        match = request.resolver_match
        if request.method in READING or match.app_name not in {"catalog", ""}:
            return None
        return None if match.url_name in WRITING else HttpResponseNotAllowed(["GET", "HEAD"])
