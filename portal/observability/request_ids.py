"""The id of the request at hand: it stands in each of its log lines and in its answer."""

import re
import secrets
from contextvars import ContextVar

from catalog.api.client_address import is_proxy

HEADER = "X-Request-ID"
TAKEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
"""What an id of the proxy looks like."""

current_request_id = ContextVar("request_id", default="")


def give_request_id(request):
    """Give the request its id: the proxy's, where FORWARDED_ALLOW_IPS names who sent it, else a new one."""
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    trusted = TAKEN.fullmatch(given) and is_proxy(request.META.get("REMOTE_ADDR", ""))
    found = given if trusted else secrets.token_hex(8)
    current_request_id.set(found)
    return found
