"""How many requests to the API, and how much else that takes long, a client may ask for in a minute.

Each process counts for itself: with four of them, up to four times as many get through.
"""

import ipaddress

from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache
from rest_framework.throttling import SimpleRateThrottle

NETWORK_BITS = 64  # of an IPv6 address: one household has that many addresses, and more


class AddressThrottle(SimpleRateThrottle):
    """API_REQUESTS_A_MINUTE requests from one address.

    It counts the requests of each minute. The framework's own way, the time of every request in a list, costs
    the more the more are allowed.
    """

    # Of more clients than that the ones who have not asked for longest are forgotten.
    cache = LocMemCache("api-throttle", {"OPTIONS": {"MAX_ENTRIES": 20_000}})

    points = 1
    """What a request takes of the budget of its address."""

    def get_rate(self):
        return f"{settings.API_REQUESTS_A_MINUTE}/minute"

    def get_cache_key(self, request, view):
        return f"{client_of(request.META)}:{int(self.now // self.duration)}"

    def allow_request(self, request, view):
        self.now = self.timer()
        key = self.get_cache_key(request, view)
        self.cache.add(key, 0, self.duration)
        return self.cache.incr(key, self.points) <= self.num_requests

    def wait(self):
        return self.duration - self.now % self.duration


def spend(request, points):
    """Take points from the minute's budget of who asks: 0, or the seconds until the next minute where they
    are used up. Pages that take as long as many requests of the API are counted so."""
    throttle = AddressThrottle()
    throttle.points = points
    return 0 if throttle.allow_request(request, None) else throttle.wait()


def client_of(meta):
    """Who asks: an address, of IPv6 its network. What `X-Forwarded-For` says counts only from the proxies
    that FORWARDED_ALLOW_IPS names, and only what the outermost of them saw: the rest anybody can write."""
    client = meta.get("REMOTE_ADDR", "")
    forwarded = [part.strip() for part in meta.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    while forwarded and forwarded[-1] and is_proxy(client):
        client = forwarded.pop()
    address = _address(client)
    if address is None or address.version == 4:
        return client
    return str(ipaddress.ip_network((address, NETWORK_BITS), strict=False))


def is_proxy(text):
    """Whether FORWARDED_ALLOW_IPS names this address, whose headers about others are believed then."""
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
