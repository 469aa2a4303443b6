"""Addresses of records, worked out once a kind: `reverse` is slow for the hundred links of a page."""

from functools import lru_cache

from django.urls import get_urlconf, reverse
from django.utils.translation import get_language

STAND_IN = "stand-in"


def record_address(name, key):
    """The address of the page of that name for a record with this `key`: a slug or a reference."""
    if not key:
        return reverse(name, args=[key])  # which says that there is none
    before, after = _around(name, get_language(), get_urlconf())
    return f"{before}{key}{after}"


@lru_cache(200)
def _around(name, *_address_space):
    """What stands before and after the key in addresses of that name."""
    before, _, after = reverse(name, args=[STAND_IN]).rpartition(STAND_IN)
    return before, after
