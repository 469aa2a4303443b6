"""What the API knows of a noun."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.db import models


@dataclass(frozen=True)
class Noun:
    """`name` and `one` name it in addresses and in the names of these; `title` for readers. `filterset` makes
    the FilterSet of its listing from a query (None: it has none), `matching` its public rows in the listing's
    order from that, `fetched` adds to any queryset of them what `serializer` shows. `key` is the field in
    the address of a row."""

    name: str
    one: str
    title: str
    model: type[models.Model]
    serializer: type
    filterset: Callable
    matching: Callable
    fetched: Callable
    key: str = "slug"

    @cache  # noqa: B019, there are six
    def field_names(self):
        """The names of its fields, in order."""
        return tuple(self.serializer().fields)
