"""The last edition that this process read: what it kept of that one is shown while the database is away."""

import time
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from . import editions

SHOWN_FOR = 15 * 60  # seconds


@dataclass(frozen=True)
class KnownState:
    """The `state` that pages follow from besides their address, (edition, day), and when it was read."""

    state: tuple
    at: datetime
    clock: float

    @property
    def age(self):
        """Seconds since; a clock that is set back changes nothing."""
        return time.monotonic() - self.clock


class _Last:
    known = None


def read_state():
    """The state now, which is remembered; raises what the database raises."""
    edition = editions.current()
    now = timezone.localtime()
    day = timezone.localdate().isoformat()
    _Last.known = KnownState((edition, day), now, time.monotonic())
    return _Last.known.state


def last():
    """The KnownState read last, for as long as it may be shown; None after that."""
    known = _Last.known
    return known if known and known.age < SHOWN_FOR else None
