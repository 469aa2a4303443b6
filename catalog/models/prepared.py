"""Querysets whose SQL is made once in a process.

To build a queryset and to compile it takes several times as long as the database takes to answer it.
"""

from copy import copy
from types import SimpleNamespace

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.query import ModelIterable

NUMBER = -2_000_000_000
"""Keys from here downwards stand for values that are not known yet."""


class Prepared:
    """A queryset as a function of a few values, its rows as a list:

        demands_of = Prepared(lambda product: Demand.objects.filter(product=product).select_related("buyer"))
        demands_of(product.pk)

    A value is a key, a text, or a list of either for an `__in`; it may stand in conditions alone.
    """

    def __init__(self, build):
        self.build = build
        self.statements = {}

    def __call__(self, *values):
        values = [padded(value) if isinstance(value, list) else value for value in values]
        connection = connections[DEFAULT_DB_ALIAS]
        shape = (connection.vendor, *(len(v) if isinstance(v, list) else type(v) for v in values))
        if shape not in self.statements:
            self.statements[shape] = Statement(self.build, values, connection)
        return self.statements[shape].rows(flat(values), connection)


class Statement:
    """The SQL of a queryset, made with stand-ins for its values, and how rows are read.

    Django's own compiler sends the SQL and its ModelIterable makes records of the rows; what they would work
    out anew each time, the SQL and how columns become values, is kept.
    """

    def __init__(self, build, values, connection):
        numbers = iter(range(len(flat(values))))
        wanted = [
            [stand_in(one, next(numbers)) for one in value]
            if isinstance(value, list)
            else stand_in(value, next(numbers))
            for value in values
        ]
        places = {one: Place(number) for number, one in enumerate(flat(wanted))}
        self.compiler = build(*wanted).query.get_compiler(connection=connection)
        try:
            self.sql, params = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql, params = None, ()
        else:
            columns = [column for column, *_rest in self.compiler.select]
            converters = self.compiler.get_converters(columns)
            self.compiler.get_converters = lambda _columns: converters
        self.params = [places.get(param, param) for param in params]

    def rows(self, values, connection):
        if self.sql is None:
            return []
        params = tuple(values[one.number] if isinstance(one, Place) else one for one in self.params)
        compiler = copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_args, **_options: (self.sql, params)
        query = SimpleNamespace(get_compiler=lambda using: compiler)
        return list(
            ModelIterable(SimpleNamespace(db=connection.alias, query=query, _known_related_objects={}))
        )


class Place:
    """Where the value of this number goes."""

    def __init__(self, number):
        self.number = number


def stand_in(value, number):
    """What stands for a value, of its type, while the SQL is made."""
    return NUMBER - number if isinstance(value, int) else f"\0value {number}"


def padded(values):
    """A list with its last value repeated up to 1, 2, 4, 8 … of them, so that there are few statements."""
    size = 1 << (len(values) - 1).bit_length() if values else 0
    return values + values[-1:] * (size - len(values))


def flat(values):
    return [one for value in values for one in (value if isinstance(value, list) else [value])]
