"""Querysets whose SQL is made once in a process.

To build a queryset and to compile it takes several times as long as the database takes to answer it.
"""

from django.core.exceptions import EmptyResultSet
from django.db import connection

NUMBER = -2_000_000_000
"""Keys from here downwards stand for values that are not known yet."""


class Prepared:
    """A queryset as a function of a few values, its rows as a list:

        demands_of = Prepared(lambda product: Demand.objects.filter(product=product))
        demands_of(product.pk)

    A value is a key, a text, or a list of either for an `__in`; it may stand in conditions alone. The rows
    are those of one model, with annotations. Related records are not read along (select_related): see `give`.
    """

    def __init__(self, build):
        self.build = build
        self.statements = {}

    def __call__(self, *values):
        values = [padded(value) if isinstance(value, list) else value for value in values]
        shape = (connection.vendor, *(len(v) if isinstance(v, list) else type(v) for v in values))
        if shape not in self.statements:
            self.statements[shape] = self._statement(values)
        model, sql, places = self.statements[shape]
        if sql is None:
            return []
        given = flat(values)
        params = [given[place.number] if isinstance(place, Place) else place for place in places]
        return list(model._default_manager.raw(sql, params))

    def _statement(self, values):
        """(model, SQL or None where nothing can be found, its parameters with a Place for each value)."""
        numbers = iter(range(len(flat(values))))
        wanted = [
            [stand_in(one, next(numbers)) for one in value]
            if isinstance(value, list)
            else stand_in(value, next(numbers))
            for value in values
        ]
        queryset = self.build(*wanted)
        places = {stand_in: Place(number) for number, stand_in in enumerate(flat(wanted))}
        try:
            sql, params = queryset.query.sql_with_params()
        except EmptyResultSet:
            return queryset.model, None, ()
        return queryset.model, sql, [places.get(param, param) for param in params]


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


def give(by_key, *groups):
    """Puts the records that foreign keys point to at hand: each group is (rows, name of the foreign key), and
    `by_key` a Prepared that gives the records of a list of keys. One query for all."""
    named = [(row, name, key) for rows, name in groups for row in rows if (key := getattr(row, f"{name}_id"))]
    records = {record.pk: record for record in by_key(sorted({key for _row, _name, key in named}))}
    for row, name, key in named:
        setattr(row, name, records[key])
