"""How many requests a client may make in a minute. Each process counts for itself: with four of them, up to
four times as many get through."""

import ipaddress
import math
import threading
import time

from cachetools import TTLCache
from django.conf import settings

from . import errors

MINUTE = 60  # seconds
CLIENTS = 50_000  # whom a process remembers; beyond that the oldest is forgotten
NETWORK_BITS = 64  # of an IPv6 address: one household has that many addresses, and more

_lock = threading.Lock()
_windows = TTLCache(CLIENTS, MINUTE)  # client: [end of its minute, requests in it]


def admit(request):
    """None, or the 429 or 406 with which a request is answered before anything else is looked at, pages that
    are kept included."""
    if seconds := wait(client_of(request.META), time.monotonic()):
        return errors.too_many(seconds)
    return None if takes_json(request) else errors.not_acceptable()


def takes_json(request):
    try:
        return request.accepts("application/json") or request.accepts(errors.MEDIA_TYPE)
    except (LookupError, ValueError):  # `Accept: text/plain; x*=foo''bar` cannot be read
        return False


def wait(client, now):
    """Count a request; 0 where it is answered, else whole seconds until the next will be."""
    with _lock:
        window = _windows.get(client)
        if window is None or window[0] <= now:
            window = _windows[client] = [now + MINUTE, 0]
        window[1] += 1
        return math.ceil(window[0] - now) if window[1] > settings.API_REQUESTS_A_MINUTE else 0


def forget():
    """Begin to count anew."""
    with _lock:
        _windows.clear()


def client_of(meta):
    """Who asks: an address, of IPv6 its network. What `X-Forwarded-For` says counts only from the proxies
    that FORWARDED_ALLOW_IPS names, and only what the outermost of them saw: the rest anybody can write."""
    found = meta.get("REMOTE_ADDR", "")
    forwarded = [part.strip() for part in meta.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    while forwarded and forwarded[-1] and _is_proxy(found):
        found = forwarded.pop()
    address = _address(found)
    if address is None or address.version == 4:
        return found
    return str(ipaddress.ip_network((address, NETWORK_BITS), strict=False))


def _is_proxy(text):
    if "*" in settings.FORWARDED_ALLOW_IPS:
        return True
    address = _address(text)
    if address is None:  # the socket of the machine's own proxy has no address
        return not text
    return any(address in ipaddress.ip_network(one, strict=False) for one in settings.FORWARDED_ALLOW_IPS)


def _address(text):
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
