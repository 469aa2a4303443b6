"""How many requests to the API, and how much else that takes long, a client may ask for in a minute.

Each process counts for itself: with four of them, up to four times as many get through.
"""

from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache
from rest_framework.throttling import SimpleRateThrottle

from catalog.api.client_address import address_of


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
        return f"{address_of(request)}:{int(self.now // self.duration)}"

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
