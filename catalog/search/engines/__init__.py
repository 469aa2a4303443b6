"""Which engine keeps the index of a database: `sqlite` or `postgres`, modules of one shape."""

from typing import Protocol

from catalog.search.engines import postgres, sqlite


class Engine(Protocol):
    """What both modules offer. `using` is a database alias; everything runs in the caller's transaction."""

    CREATE: str
    INDEXES: str
    TEXT: str
    ROWLESS: str
    TEXTS: str
    NUMBERS: str
    HOLDS: str

    def put(self, indexed, using): ...

    def remove(self, ids, using): ...

    def clear(self, using): ...

    def stored(self, ids, using): ...

    def held(self, ids, using): ...

    def rows(self, rungs, most, using): ...

    def placed(self, every, rungs, most, using): ...


_ENGINES = {"sqlite": sqlite, "postgresql": postgres}


def engine_of(connection) -> Engine:
    """The engine for a connection. `LookupError` for a database that is neither SQLite nor PostgreSQL."""
    return _ENGINES[connection.vendor]
