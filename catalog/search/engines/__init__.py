"""Which engine keeps the index of a database: `sqlite` or `postgres`, modules of one shape."""

from typing import Protocol

from catalog.search.engines import postgres, sqlite


class Engine(Protocol):
    """What both modules offer. `using` is a database alias; everything runs in the caller's transaction."""

    STRINGS: str
    INTEGERS: str
    HAS_WORD: str

    def put(self, documents, using): ...

    def remove(self, ids, using): ...

    def clear(self, using): ...

    def digests(self, ids, using): ...

    def tokens(self, ids, using): ...

    def matches(self, tiers, limit, using): ...

    def ranked(self, query, limit, using): ...


_ENGINES = {"sqlite": sqlite, "postgresql": postgres}


def engine_of(connection) -> Engine:
    """The engine for a connection. `KeyError` for a database that is neither SQLite nor PostgreSQL."""
    return _ENGINES[connection.vendor]
