"""Which engine keeps the index of a database: `sqlite` or `postgres`, modules of one shape."""

from typing import Protocol

from catalog.search import postgres, sqlite


class Engine(Protocol):
    """What both modules offer. `using` is a database alias; everything runs in the caller's transaction."""

    CREATE: str

    def put(self, documents, using): ...

    def remove(self, ids, using): ...

    def clear(self, using): ...

    def stored(self, ids, using): ...

    def ids_sql(self, question): ...

    def tier_sql(self, question, id_sql): ...


_ENGINES = {"sqlite": sqlite, "postgresql": postgres}


def engine_of(connection) -> Engine:
    """The engine for a connection. `LookupError` for a database that is neither SQLite nor PostgreSQL."""
    return _ENGINES[connection.vendor]
