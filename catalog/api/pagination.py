"""Pages by position instead of number: each page begins after the last row of the one before.

A row that is inserted meanwhile neither repeats a row nor hides one. The position is the last row's values
in the order of the listing; a cursor is that position signed, so that nobody can make one, and bound to the
query it belongs to. The framework's own CursorPagination orders by columns alone, takes the first of them for
the position and cannot pass over empty values: an order of ours has expressions, and what is not known last.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.core.signing import BadSignature, Signer
from django.db.models import F, Q
from django.db.models.expressions import OrderBy
from django.urls import reverse
from rest_framework.pagination import BasePagination
from rest_framework.response import Response

from catalog.listings.base import canonical_order
from catalog.listings.facets import search_notices

PAGE_SIZE, LARGEST_PAGE = 25, 100
CURSOR = "cursor"
_signer = Signer(salt="catalog.api.cursor")


class PositionPagination(BasePagination):
    """The keys of the rows that `view.query` asks for, with the addresses of the pages around them."""

    def paginate_queryset(self, queryset, request, view=None):
        self.view, self.request = view, request
        query = view.query
        self.count = view.count(queryset)
        self.page = cursor_page(queryset, query.size, query.cursor, query.language)
        return self.page.keys

    def get_paginated_response(self, data):
        filterset = self.view.query.filterset
        return Response(
            {
                "count": self.count,
                "next": self._address(self.page.next),
                "previous": self._address(self.page.previous),
                "notices": search_notices(filterset) if getattr(filterset, "text", "") else [],
                "results": data,
            }
        )

    def _address(self, cursor):
        if cursor is None:
            return None
        signed = cursor.signed(f"{self.view.noun.path}?{self.view.query.text}")
        return self.request.build_absolute_uri(list_path(self.view, self.request.query_params, signed))

    def get_paginated_response_schema(self, schema):
        """What a page is, for the OpenAPI document; `schema` describes its rows."""
        address = {"type": ["string", "null"], "format": "uri"}
        notices = {"type": "array", "items": {"type": "string"}}
        return {
            "type": "object",
            "properties": {
                "count": {"type": "integer", "description": "How many there are on all pages."},
                "next": {**address, "description": "The next page, or null."},
                "previous": {**address, "description": "The page before, or null."},
                "notices": {**notices, "description": "Such as: the text has no word to search for."},
                "results": schema,
            },
        }


def list_path(view, data, cursor=None):
    """The path of a noun's list with that query, at that cursor; empty values left out."""
    changed = data.copy()
    changed.pop(CURSOR, None)
    if cursor:
        changed[CURSOR] = cursor
    text = canonical_order(changed).urlencode(safe=",:")
    return reverse(f"api:{view.noun.stem}_list") + (f"?{text}" if text else "")


@dataclass(frozen=True)
class Cursor:
    """`values` of the row it stands at, whether the page lies `before` that row instead of after it, and the
    language whose order it is."""

    values: tuple
    before: bool
    language: str

    def signed(self, query):
        """The cursor as a text, for the query with that text."""
        parts = [_packed(self.values), int(self.before), self.language, _digest(query)]
        return _signer.sign_object(parts, compress=True)


def read_cursor(text, query):
    """The Cursor that `text` is, None where it is none of that query."""
    try:
        values, before, language, digest = _signer.unsign_object(text)
    except BadSignature:
        return None
    return Cursor(_unpacked(values), bool(before), language) if digest == _digest(query) else None


def _digest(query):
    return hashlib.sha256(query.encode()).hexdigest()[:16]


def _packed(values):
    return [
        {type(value).__name__: value.isoformat()} if isinstance(value, date) else value for value in values
    ]


def _unpacked(values):
    read_as = {"date": date.fromisoformat, "datetime": datetime.fromisoformat}
    return tuple(
        next(read_as[kind](text) for kind, text in value.items()) if isinstance(value, dict) else value
        for value in values
    )


@dataclass(frozen=True)
class CursorPage:
    """Keys of rows in the order of the listing, and the Cursors of its neighbours, None where it has none."""

    keys: list
    previous: Cursor | None
    next: Cursor | None


def cursor_page(ordered, size, cursor, language):
    """The CursorPage of at most `size` rows at `cursor` (None: the first). `ordered` is a queryset whose
    order ends in the key; what may be empty says `nulls_last`. One query, of no other columns than those
    of the order: to sort rows in all their width takes ten times as long."""
    keys = [_Key.of(f"key{n}", part) for n, part in enumerate(_order(ordered))]
    before = bool(cursor and cursor.before)
    queryset = ordered.annotate(**{key.name: key.expression for key in keys})
    if cursor:
        queryset = queryset.filter(_beyond(keys, cursor.values, before))
    in_order = queryset.order_by(*(key.order(before) for key in keys))
    positions = list(in_order.values_list(*(key.name for key in keys))[: size + 1])
    more = len(positions) > size
    positions = positions[:size]
    if before:
        positions.reverse()
    if not positions:
        return CursorPage([], None, None)
    return CursorPage(
        [position[-1] for position in positions],
        previous=Cursor(positions[0], True, language) if (more if before else cursor) else None,
        next=Cursor(positions[-1], False, language) if (before or more) else None,
    )


def _order(queryset):
    return queryset.query.order_by or queryset.model._meta.ordering


@dataclass(frozen=True)
class _Key:
    """One part of an order, as an annotation of that name."""

    name: str
    expression: object
    descending: bool
    nullable: bool

    @classmethod
    def of(cls, name, part):
        if isinstance(part, str):
            return cls(name, F(part.removeprefix("-")), part.startswith("-"), False)
        if isinstance(part, OrderBy):
            return cls(name, part.expression, part.descending, bool(part.nulls_last))
        return cls(name, part, False, False)

    def order(self, reverse):
        nulls = {"nulls_first" if reverse else "nulls_last": True} if self.nullable else {}
        return OrderBy(F(self.name), descending=self.descending != reverse, **nulls)

    def same(self, value):
        return Q(**{f"{self.name}__isnull": True} if value is None else {self.name: value})

    def beyond(self, value, reverse):
        """Condition: stands after `value` (before it, if `reverse`); what is empty stands last. None where
        nothing does."""
        if value is None:
            return Q(**{f"{self.name}__isnull": False}) if reverse else None
        condition = Q(**{f"{self.name}__{'lt' if self.descending != reverse else 'gt'}": value})
        return condition | Q(**{f"{self.name}__isnull": True}) if self.nullable and not reverse else condition


def _beyond(keys, values, reverse):
    found, same = Q(pk__in=[]), Q()
    for key, value in zip(keys, values, strict=True):
        if (condition := key.beyond(value, reverse)) is not None:
            found |= same & condition
        same &= key.same(value)
    return found
