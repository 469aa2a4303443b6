"""Parts of public pages, and figures on them, kept for as long as nothing they follow from has changed.

A part is kept under the catalogue's edition, the day and the language, so it is never stale: after any write
the next page asks for parts of another edition. Outside of a public page there is no edition
and nothing is kept. What is kept is shared by all threads and never changed. The least used part goes first
when the parts of a worker come to more than PART_CACHE_BYTES; 0 keeps nothing.
"""

import pickle
import sys
import threading
from contextlib import contextmanager
from contextvars import ContextVar

from cachetools import LRUCache
from django.conf import settings
from django.utils.translation import get_language

OBJECT_FACTOR = 3  # objects in memory beside the same ones pickled, roughly
OVERHEAD = 300  # bytes of an entry besides its value

_edition = ContextVar("edition", default=None)
_lock = threading.Lock()


def _size(value):
    if isinstance(value, str):
        return OVERHEAD + sys.getsizeof(value)
    return OVERHEAD + OBJECT_FACTOR * len(pickle.dumps(value))


_kept = LRUCache(settings.PART_CACHE_BYTES, getsizeof=lambda entry: entry[1])
_MISSING = (None, None)


@contextmanager
def page():
    """What a public page is made within; `under` then names its edition."""
    token = _edition.set(None)
    try:
        yield
    finally:
        _edition.reset(token)


def under(*edition):
    """Keep the parts of this page under an edition: values that change with anything shown."""
    _edition.set(edition)


def kept(make, *key):
    """`make()`, or what it gave before for the same key (of text, numbers and tuples) in this edition."""
    edition = _edition.get()
    if edition is None or not _kept.maxsize:
        return make()
    key = (key, get_language(), edition)
    with _lock:
        value, size = _kept.get(key, _MISSING)
    if size is None:
        value = make()
        size = _size(value)
        if size <= _kept.maxsize // 8:
            with _lock:
                _kept[key] = (value, size)
    return value
