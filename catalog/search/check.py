"""Whether the index says what it should: a walk along both, which holds one row of each in memory."""

from dataclasses import dataclass

from catalog.search.documents import digest


@dataclass(frozen=True)
class Difference:
    """One product on which the index is wrong. `fault`: "missing", "stale" (other words) or "left over"."""

    id: int
    fault: str


def differences(documents, stored):
    """Yield each `Difference` between what should be indexed and what is.

    `documents` (of Document) and `stored` (of id and digest) are iterables in ascending order of id.
    """
    documents, stored = iter(documents), iter(stored)
    document, row = next(documents, None), next(stored, None)
    while document or row:
        if row is None or (document and document.id < row[0]):
            yield Difference(document.id, "missing")
            document = next(documents, None)
        elif document is None or row[0] < document.id:
            yield Difference(row[0], "left over")
            row = next(stored, None)
        else:
            if digest(document) != row[1]:
                yield Difference(document.id, "stale")
            document, row = next(documents, None), next(stored, None)
