"""Whether the index says what it should: compares two sorted streams, one row of each in memory at a time."""

from dataclasses import dataclass


@dataclass(frozen=True)
class IndexFault:
    """One record on which the index is wrong. `fault`: "missing", "stale" (other words) or "left over"."""

    id: int
    fault: str


def index_faults(expected, indexed):
    """Yield each IndexFault between what should be indexed and what is: two iterables of (id, digest), both
    in ascending order of id."""
    expected, indexed = iter(expected), iter(indexed)
    wanted, row = next(expected, None), next(indexed, None)
    while wanted or row:
        if row is None or (wanted and wanted[0] < row[0]):
            yield IndexFault(wanted[0], "missing")
            wanted = next(expected, None)
        elif wanted is None or row[0] < wanted[0]:
            yield IndexFault(row[0], "left over")
            row = next(indexed, None)
        else:
            if wanted[1] != row[1]:
                yield IndexFault(row[0], "stale")
            wanted, row = next(expected, None), next(indexed, None)
