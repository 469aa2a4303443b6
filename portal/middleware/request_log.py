"""Writes one line a request into the log, counts it, and names it in the answer."""

import logging
import time

from django.db import connection

from portal.observability import metrics, request_ids
from portal.observability.log_masking import masked

logger = logging.getLogger("portal.requests")
UNLOGGED_PATHS = {"/healthz", "/readyz"}
"""Asked every few seconds: written down only where the answer is an error."""


class QueryCount:
    """Counts what is asked of the database."""

    def __init__(self):
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


class RequestLogMiddleware:
    """Stands before all others. The line holds no query, no address and of people a number of staff alone;
    the time it names ends where the answer begins."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began = time.perf_counter()
        request_id = request_ids.give_request_id(request)
        queries = QueryCount()
        with connection.execute_wrapper(queries):
            response = self.get_response(request)
        response.headers[request_ids.HEADER] = request_id
        seconds = time.perf_counter() - began
        metrics.count_answer(request, response, seconds)
        if logger.isEnabledFor(logging.INFO) and (
            request.path_info not in UNLOGGED_PATHS or response.status_code >= 400
        ):
            write_entry(request, response, seconds, queries.count)
        return response


def write_entry(request, response, seconds, queries):
    path = masked(request.path_info)
    staff = getattr(request, "_cached_user", None)  # asked of nobody who did not have to say who they are
    fields = {
        "method": request.method,
        "path": path,
        "view": metrics.view_of(request),
        "status": response.status_code,
        "duration_ms": round(seconds * 1000, 1),
        "queries": queries,
        "bytes": None if response.streaming else len(response.content),
        "staff": staff.pk if staff else None,
    }
    logger.info("%s %s %s", request.method, path, response.status_code, extra=fields)
