"""What a desk that moved was announced as: its first day, last day, place, province and mode before it moved.

Each is kept in a column of its own (`was_first_day`), which is empty unless what the public once read changed
to something else. It holds what was announced first, and a desk that goes back to that has not moved.
"""

from contextlib import contextmanager

from django.db import router, transaction

from catalog.search.fold import words

from .base import State
from .derived import Derived, DerivedQuerySet, chunks

PLACE_COLUMNS = ("was_place_en", "was_place_fa")
ANNOUNCED = {
    "was_first_day": lambda desk: desk.opens or desk.held_on,
    "was_last_day": lambda desk: desk.closes or desk.held_on,
    "was_province": lambda desk: desk.province,
    "was_mode": lambda desk: desk.mode,
    "was_place_en": lambda desk: desk.place_en,
    "was_place_fa": lambda desk: desk.place_fa,
}
"""{column: what a desk says now of the same thing}"""
NOT_MOVED = dict.fromkeys(ANNOUNCED, "") | {"was_first_day": None, "was_last_day": None}
READ = ("opens", "closes", "held_on", "province", "mode", "place_en", "place_fa")
MOVE_COLUMNS = ("pk", "state", "published_at", "stated", *READ, *ANNOUNCED)


def announced(before, now, is_over):
    """{column: what it shall hold} after a desk changed from `before` to `now`, plain values of MOVE_COLUMNS.
    `is_over` says of one whether the desk is held: to correct its day then moves nothing."""
    was_public = before.published_at or before.state in (State.PUBLISHED, State.WITHDRAWN)
    noted = {column: getattr(before, column) for column in ANNOUNCED}
    if not was_public or (is_over(before) and is_over(now)):
        return noted
    for column, value_of in ANNOUNCED.items():
        first = noted[column] or value_of(before)
        moved = first and not _same(column, first, value_of(now))
        noted[column] = first if moved else NOT_MOVED[column]
    return noted


def _same(column, first, now):
    """A place that is told more exactly, or spelled otherwise, is the same place."""
    return set(words(first)) <= set(words(now)) if column in PLACE_COLUMNS else first == now


@contextmanager
def noting_moves(rows):
    """In one transaction, note which of these public `rows`, a queryset, moved by what is written inside.
    Gives {key: {column: value}} of those that did, filled at the end."""
    told = {}
    with transaction.atomic(using=rows.db):
        before = {row.pk: row for row in rows.order_by().values_list(*MOVE_COLUMNS, named=True)}
        yield told
        everything = rows.model._base_manager.using(rows.db)
        for some in chunks(before):
            for now in everything.filter(pk__in=some).order_by().values_list(*MOVE_COLUMNS, named=True):
                noted = announced(before[now.pk], now, rows.model.is_over)
                if stale := {name: value for name, value in noted.items() if value != getattr(now, name)}:
                    everything.filter(pk=now.pk).write_quietly(**stale)
                    told[now.pk] = noted


class MovesQuerySet(DerivedQuerySet):
    """A queryset whose writes note which of its rows moved."""

    def update(self, **values):
        if not set(values) & {*READ}:
            return super().update(**values)
        with noting_moves(self):
            return super().update(**values)

    update.alters_data = True

    def bulk_create(self, objs, *args, unique_fields=None, **kwargs):
        objs = list(objs)
        same = self._same_as(objs, unique_fields or [])
        with noting_moves(self._rows([key for rows in same for key in rows.values_list("pk", flat=True)])):
            return super().bulk_create(objs, *args, unique_fields=unique_fields, **kwargs)


class Moves(Derived):
    """A row that notes what it was announced as when it moves. `tells_moves` is False for a save that moves
    nothing in the world: the days of samples count from the day of their first load."""

    tells_moves = True

    class Meta:
        abstract = True

    def save(self, *args, using=None, **kwargs):
        using = using or router.db_for_write(type(self), instance=self)
        if not (self.pk and self.tells_moves):
            return super().save(*args, using=using, **kwargs)
        with noting_moves(self._own_row(using)) as told:
            super().save(*args, using=using, **kwargs)
        for column, value in told.get(self.pk, {}).items():
            setattr(self, column, value)
        return None
