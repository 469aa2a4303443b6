"""Keeps those who ask for much from taking what others need."""

import threading
from collections import Counter

from django.conf import settings
from django.utils.translation import gettext as _

from catalog.api.client_address import address_of
from catalog.api.throttling import spend
from portal import views

POINTS_OF_HEAVY, POINTS_OF_SEARCH = 10, 1
AGAIN = 5  # seconds after which a heavy answer may be asked for again
PATIENCE = 0.5  # seconds


class Slots:
    """Places of a process for heavy answers: `most` in all, half of them for one client."""

    def __init__(self, most):
        self.most = most
        self._changed = threading.Condition()
        self._clients = Counter()
        self._somebody_waits = False

    def take(self, client):
        """Whether the client has a place now. One may wait PATIENCE for it: who asks for a file as soon as
        another has come is earlier here than the place of that one is free."""
        with self._changed:
            if not self._is_free_for(client) and not self._wait_for(client):
                return False
            self._clients[client] += 1
            return True

    def give_back(self, client):
        with self._changed:
            self._clients[client] -= 1
            self._clients += Counter()  # forget who has none
            self._changed.notify()

    def _is_free_for(self, client):
        return self._clients[client] < self.most // 2 and self._clients.total() < self.most

    def _wait_for(self, client):
        """Whether a place became free in time; a second one who comes does not wait, for threads are few."""
        if self._somebody_waits:
            return False
        self._somebody_waits = True
        try:
            return self._changed.wait_for(lambda: self._is_free_for(client), PATIENCE)
        finally:
            self._somebody_waits = False


class SharedLoadMiddleware:
    """Turns away who asks for too much, before the view runs and after kept pages were answered.

    A view that takes long says `heavy = True`: it gets one of a few places, else 503, and keeps it until its
    answer was sent. It and searches that are not kept cost points of the minute's budget that the address
    spends on the API too; without points the answer is 429.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.slots = Slots(settings.HEAVY_AT_ONCE)

    def __call__(self, request):
        response = None
        try:
            response = self.get_response(request)
            return response
        finally:
            if hasattr(request, "heavy_client"):
                self.give_back_after(response, request.heavy_client)

    def process_view(self, request, view, args, kwargs):
        heavy = getattr(view, "heavy", False)
        points = POINTS_OF_HEAVY if heavy else POINTS_OF_SEARCH if is_search(request) else 0
        if not points:
            return None
        if wait := spend(request, points):
            words = _("Those were too many requests in a minute. Ask again in %(seconds)s seconds.")
            return views.come_again(request, 429, _("Please wait a little"), words, wait)
        client = address_of(request)
        if heavy and not self.slots.take(client):
            words = _(
                "A few large files are made at the same time. Ask for yours again in %(seconds)s seconds."
            )
            return views.come_again(request, 503, _("Other files are being made"), words, AGAIN)
        if heavy:
            request.heavy_client = client
        return None

    def give_back_after(self, response, client):
        """The place is free again once the answer was made, or sent where it is made while it is sent."""
        if response is not None and response.streaming:
            response._resource_closers.append(lambda: self.slots.give_back(client))
        else:
            self.slots.give_back(client)


def is_search(request):
    """Whether somebody searches a public list: the API counts its own, and staff are not counted."""
    match = request.resolver_match
    return bool(request.GET.get("q")) and match.app_name == "catalog" and match.url_name.endswith("_list")
