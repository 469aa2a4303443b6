"""Reading the rows of a noun, and the rows that belong to them, as dicts of columns."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet

from .serializers import RecordSerializer


@dataclass(frozen=True)
class Related:
    """Rows that belong to others: a queryset in order, its column with the key of that other row, the
    serializer of what each shows, and what leads there from the row."""

    queryset: QuerySet
    parent: str
    serializer: type[RecordSerializer]
    prefix: str = ""

    def of(self, keys, addresses):
        """{key of the other row: list of what its rows show}; one query."""
        needed = [column for columns in self.serializer.columns().values() for column in columns]
        columns = (self.parent, *(f"{self.prefix}{column}" for column in needed))
        readers = self.serializer.readers(self.prefix).items()
        shown = defaultdict(list)
        for row in selected(self.queryset, columns).filter(**{f"{self.parent}__in": keys}):
            shown[row[self.parent]].append({name: read(row, addresses) for name, read in readers})
        return shown


def rows_of(queryset, serializer, related, fields, addresses, **wanted):
    """The rows that are `wanted`, {key: row}: the columns that `fields` of the serializer are read from, and
    what the rows show that belong to them ({name: Related}). One query, and one for each Related."""
    columns = {column for name in fields for column in serializer.columns()[name]}
    lists = [name for name in related if name in columns]
    own = tuple(sorted({"pk", *columns} - {*lists}))
    rows = {row["pk"]: row for row in selected(queryset, own).filter(**wanted)}
    for name in lists:
        shown = related[name].of(list(rows), addresses)
        for key, row in rows.items():
            row[name] = shown.get(key, [])
    return rows


@lru_cache(maxsize=200)
def selected(queryset, columns):
    """`queryset` as dicts of these columns; to look up their names takes as long as to ask for the rows."""
    return queryset.values(*columns)
