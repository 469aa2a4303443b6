"""Whole answers stored in the memory of a process, under their ETags."""

import threading
from typing import NamedTuple

from cachetools import LRUCache


class StoredPage(NamedTuple):
    """An answer as it was given: its headers, its bytes and its status."""

    headers: dict
    content: bytes
    status: int = 200


class PageCache:
    """The answers that were asked for last, `size` bytes of content at most; 0 stores nothing."""

    def __init__(self, size):
        self._pages = LRUCache(size, getsizeof=lambda page: len(page.content))
        self._lock = threading.Lock()

    @property
    def enabled(self):
        return self._pages.maxsize > 0

    def get(self, tag):
        """The StoredPage under `tag`, or None."""
        with self._lock:
            return self._pages.get(tag)

    def store(self, tag, page):
        """Store a StoredPage, unless it is so large that it would drive all others out."""
        if len(page.content) <= self._pages.maxsize // 8:
            with self._lock:
                self._pages[tag] = page
