"""Addresses of records, worked out once a kind: `reverse` is slow for the hundred links of a page."""

from functools import cache, lru_cache

from django.urls import Resolver404, get_resolver, get_urlconf, resolve, reverse

from catalog.formats.language import page_language

STAND_IN = "stand-in"


def record_address(name, key):
    """The address of the page of that name for a record with this `key`: a slug or a reference."""
    if not key:
        return reverse(name, args=[key])  # which says that there is none
    before, after = _around(name, page_language(), get_urlconf())
    return f"{before}{key}{after}"


@lru_cache(200)
def _around(name, *_address_space):
    """What stands before and after the key in addresses of that name."""
    before, _, after = reverse(name, args=[STAND_IN]).rpartition(STAND_IN)
    return before, after


def is_taken(address, key):
    """Whether another page than that of a record with this `key` stands at its address: products/suggest/."""
    if key not in _written_out():
        return False
    try:
        return key not in resolve(address).kwargs.values()
    except Resolver404:  # no key at all: its field says so
        return False


@cache
def _written_out():
    """The parts of addresses that stand in the tables of addresses as they are; to resolve one takes long."""
    return frozenset(_parts(get_resolver().url_patterns))


def _parts(patterns):
    for pattern in patterns:
        yield from str(pattern.pattern).split("/")
        yield from _parts(getattr(pattern, "url_patterns", ()))
