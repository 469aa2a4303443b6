"""Tells the log of an outage: its first failure with the trace, few of the others, and its end."""

import logging
import threading
import time

from django.db import connection

from catalog.caching.failures import failure_of

from .parts import OK, checks, forget

LINES, MINUTE = 10, 60
"""So many failures are told in so many seconds; the others are counted."""
QUIET_SECONDS = 5
"""Seconds without a failure after which it may be over: a full disk still takes what is small enough."""
NEEDED_PARTS = ("database", "media")
logger = logging.getLogger(__name__)


class Outage:
    """What fails in this process just now."""

    def __init__(self):
        self.lock = threading.Lock()
        self.began = None
        self.failures, self.last = 0, 0
        self.told = (0, 0)  # since when, how many

    @property
    def lasts(self):
        return self.began is not None

    def failed(self, error, failure, path):
        """Note that a request could not be answered as it should be; the next one connects anew."""
        if not connection.in_atomic_block:
            connection.close()
        with self.lock:
            self.failures += 1
            self.last = time.monotonic()
            if self.began is None:
                self.began, self.told = time.monotonic(), (time.monotonic(), 0)
                forget(NEEDED_PARTS)  # what was well before says nothing of its end
                logger.error("%s (%s): %s", failure.value, path, _first_line(error), exc_info=error)
            elif self._may_tell():
                logger.error("%s (%s): %s", failure.value, path, _first_line(error))

    def look(self):
        """Tell its end, where what failed works again."""
        if time.monotonic() - self.last < QUIET_SECONDS or set(checks(NEEDED_PARTS).values()) != {OK}:
            return
        with self.lock:
            if self.began is None:
                return
            seconds = time.monotonic() - self.began
            logger.warning("all works again after %.0f s and %d failed requests", seconds, self.failures)
            self.began, self.failures = None, 0

    def _may_tell(self):
        since, lines = self.told
        if time.monotonic() - since >= MINUTE:
            since, lines = time.monotonic(), 0
        self.told = since, lines + 1
        return lines < LINES


def _first_line(error):
    return " ".join(str(error).split())[:200]


outage = Outage()


class NoOutage(logging.Filter):
    """Leaves out what Django says of requests that failed in an outage: the outage tells them itself."""

    def filter(self, record):
        failed = record.exc_info and failure_of(record.exc_info[1])
        return not failed and getattr(record, "status_code", 0) != 503
