"""How many public records there are to take away, where they come from and when they last changed.

To look at 500,000 import records one by one, each with its product and sector, takes a second. So the rows
that the public cannot see, which are few, are subtracted from all rows; and of these every origin is counted
but the most frequent, which is what is left.
"""

import datetime
from collections import Counter
from dataclasses import dataclass
from functools import cache

from django.db import connection
from django.db.models import Count, Max, Value
from django.utils import timezone

from catalog.models import Origin
from catalog.models.base import not_public
from catalog.models.prepared import PreparedQuery
from catalog.nouns import Noun, nouns
from catalog.open_data.datasets import Dataset, datasets

_most_frequent = {}
"""{model: its most frequent origin when it was last counted}. The next count is quick with it, and right with
any other."""


@dataclass(frozen=True)
class Holding:
    """The public records of a noun, by origin, and the moment of the last change or None."""

    noun: Noun
    by_origin: dict
    changed: datetime.datetime | None

    @property
    def label(self):
        return self.noun.model._meta.verbose_name_plural

    @property
    def counts(self):
        """(Origin, number or None) of each."""
        return tuple((origin, self.by_origin.get(origin) or None) for origin in Origin)

    @property
    def total(self):
        return sum(self.by_origin.values())

    @property
    def day(self):
        return self.changed and timezone.localdate(self.changed)


@dataclass(frozen=True)
class Stock:
    """A dataset that can be had: how many public rows, and when the last of them changed."""

    dataset: Dataset
    count: int
    changed: datetime.datetime

    @property
    def day(self):
        return timezone.localdate(self.changed)


def holdings():
    """The Holding of each noun whose records have an origin, however few; a query for each noun and three."""
    counted = tuple(noun for noun in nouns("counted") if noun.has("origin"))
    hidden, changed = _hidden(counted), {row.noun: row.changed for row in _last_changes(counted)()}
    return [
        Holding(noun, _by_origin(noun.model, total) - hidden[noun.name], changed[noun.name])
        for noun, total in zip(counted, _totals(counted), strict=True)
    ]


def stocks(held):
    """The Stock of each dataset that has a row and an address; `held` are the holdings. A query for each
    dataset that is not all of a noun."""
    found = []
    known = {holding.noun.model: holding for holding in held}
    for dataset in datasets():
        if not dataset.existing:
            continue
        if dataset.rows:
            rows = dataset.rows().order_by().aggregate(count=Count("pk"), changed=Max("updated_at"))
            stock = Stock(dataset, **rows)
        else:
            holding = known[dataset.model]
            stock = Stock(dataset, holding.total, holding.changed)
        if stock.count:
            found.append(stock)
    return found


def _by_origin(model, total):
    """Counter of all rows of a model by origin."""
    most = _most_frequent.get(model, Origin.SAMPLE)
    found = Counter({row.origin: row.rows for row in _rows_by_origin(model, most)()})
    found[most] = total - found.total()
    _most_frequent[model] = max(found, key=found.get)
    return found


def _hidden(counted):
    """{noun's name: Counter by origin} of the rows that the public cannot see; one query."""
    found = {noun.name: Counter() for noun in counted}
    for row in _hidden_rows(counted)():
        found[row.noun][row.origin] = row.rows
    return found


@cache
def _rows_by_origin(model, but):
    """The query of a model's rows by origin, of all origins but one."""
    origins = [origin for origin in Origin.values if origin != but]
    return PreparedQuery(lambda: _grouped(model.objects.filter(origin__in=origins)))


def _grouped(rows):
    grouped = rows.order_by().values("origin").annotate(rows=Count("pk"))
    return grouped.values_list("origin", "rows", named=True)


def _totals(counted):
    """How many rows each of these nouns has, a tuple; one query. SQLite counts without reading the rows only
    where nothing else is asked."""
    name = connection.ops.quote_name
    tables = [name(noun.model._meta.db_table) for noun in counted]
    counts = ", ".join(f"(SELECT COUNT(*) FROM {table})" for table in tables)  # noqa: S608, our own names
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return cursor.fetchone()


@cache
def _last_changes(counted):
    """The query of the last change of a public row of each of these nouns."""
    return _of_each(counted, _last_changed, changed=Max("updated_at"))


def _last_changed(noun):
    """The public row of a noun that changed last. Found from the end of an index: PostgreSQL reads all public
    rows for their maximum."""
    return noun.model.objects.filter(pk__in=noun.rows().order_by("-updated_at").values("pk")[:1])


@cache
def _hidden_rows(counted):
    """The query of the rows of each of these nouns that the public cannot see, by origin."""
    return _of_each(
        counted, lambda noun: noun.model.objects.filter(not_public(noun.model)), "origin", rows=Count("pk")
    )


def _of_each(counted, rows_of, *columns, **sums):
    """One query of all nouns: each group of its rows with the name of the noun."""

    def build():
        first, *others = (
            rows_of(noun).order_by().annotate(noun=Value(noun.name)).values("noun", *columns).annotate(**sums)
            for noun in counted
        )
        return first.union(*others, all=True).values_list("noun", *columns, *sums, named=True)

    return PreparedQuery(build)
