"""Connects anew to a database that was replaced, and answers where one fails."""

from django.db import connection

from catalog.caching.failures import failure_of
from portal.database import sqlite_file
from portal.health import unavailable
from portal.health.outage import outage


class OutageMiddleware:
    """Views that fail are answered here; where a middleware fails, `views.server_error` does the same."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        sqlite_file.drop_stale(connection)
        response = self.get_response(request)
        if outage.lasts:
            outage.look()
        sqlite_file.let_go(connection)
        return response

    def process_exception(self, request, exception):
        failure = failure_of(exception)
        return unavailable.unavailable_answer(request, exception, failure) if failure else None
