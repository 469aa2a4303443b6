"""Keeping what is derived true on every ORM road.

A product's stage, its number of makers, its sort keys, its line in the search index and its place in the
counts follow from other rows, and so do what was paid of a facility and what a contract amounts to. Every
class here says whose columns follow from it, and by which paths it reaches them (`reaches`). Every way of
writing rows with the ORM (save, delete, queryset update and delete, bulk methods, related managers through
`base_manager_name`) ends in `refresh()` of the rows it reached before and after, in the same transaction. Raw
SQL is mended by `manage.py reindex`.
"""

from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar

from django.apps import apps
from django.db import models, router, transaction
from django.db.models import Q

from catalog import search
from catalog.search.fold import sort_key

from .base import SavesChanges

_postponed = ContextVar("postponed", default=None)
CHUNK = 2000


@contextmanager
def postponed(using="default"):
    """One transaction in which each row is refreshed once, at the end: for loads of many rows."""
    with transaction.atomic(using=using):
        waiting = defaultdict(set)
        token = _postponed.set(waiting)
        try:
            yield
        finally:
            _postponed.reset(token)
        for noun, ids in waiting.items():
            refresh(noun, ids, using)
        if waiting["Product"]:
            apps.get_model("catalog", "ProductCount").objects.using(using).compact()


def refresh_reached(reached, using):
    """Refresh every row of `reached`, {noun: ids}."""
    for noun, ids in reached.items():
        refresh(noun, ids, using)


def refresh(noun, ids, using):
    """Recompute what is derived for the rows of `noun` ("Product") with these ids, now or at the end of the
    surrounding `postponed`."""
    waiting = _postponed.get()
    if waiting is not None:
        waiting[noun].update(ids)
    elif ids:
        apps.get_model("catalog", noun).objects.using(using).refresh(ids)


def sort_keys(row, **names):
    """The sort keys of `row` that are not what they should be, as a dict: `names` maps a key to its text."""
    keys = {field: sort_key(text) for field, text in names.items()}
    return {field: key for field, key in keys.items() if getattr(row, field) != key}


def store_stale(rows, using):
    """Write the stale derived columns of these rows (they have `stale_derived`), and set them on them."""
    for row in rows:
        if stale := row.stale_derived():
            type(row)._base_manager.using(using).filter(pk=row.pk).write_quietly(**stale)
            for field, value in stale.items():
                setattr(row, field, value)


def store_suggestions(noun, rows, using):
    """Offer the published ones of these rows (they have `suggestion`) while one types, and no others."""
    rows = list(rows)
    public = [row for row in rows if row.is_public]
    search.suggestions.put([row.suggestion() for row in public], using)
    search.suggestions.remove(noun, [row.pk for row in rows if row not in public], using)


def together(reached):
    """One {noun: ids} of several."""
    found = defaultdict(set)
    for one in reached:
        for noun, ids in one.items():
            found[noun] |= ids
    return found


def chunks(values, size=CHUNK):
    """Lists of at most `size` values: databases bound the number of parameters of a query."""
    values = list(values)
    return (values[start : start + size] for start in range(0, len(values), size))


class DerivedQuerySet(models.QuerySet):
    """A queryset whose writes keep true what follows from its rows."""

    def reached(self):
        """{noun: set of the ids of its rows whose derived columns follow from these}."""
        found = defaultdict(set)
        for noun, paths in self.model.reaches.items():
            for path in paths:
                found[noun].update(self.order_by().values_list(path, flat=True))
            found[noun].discard(None)
        return found

    def _rows(self, pks):
        return self.model._base_manager.using(self.db).filter(pk__in=pks)

    def _reached_by(self, pks):
        return together(self._rows(some).reached() for some in chunks(pks))

    def _derive_own(self, pks):
        if derive := getattr(self.model, "derive_own", None):
            for some in chunks(pks):
                derive(self._rows(some), self.db)

    def update(self, **values):
        with transaction.atomic(using=self.db):
            pks = list(self.order_by().values_list("pk", flat=True))
            before = self._reached_by(pks)
            changed = super().update(**values)
            self._derive_own(pks)
            refresh_reached(together([before, self._reached_by(pks)]), self.db)
            return changed

    update.alters_data = True

    def delete(self):
        with transaction.atomic(using=self.db):
            before = self.reached()
            forget = getattr(self.model, "forget_own", None)
            pks = list(self.order_by().values_list("pk", flat=True)) if forget else []
            deleted = super().delete()
            if forget:
                forget(pks, self.db)
            refresh_reached(before, self.db)
            return deleted

    delete.alters_data = True
    delete.queryset_only = True

    def bulk_create(self, objs, *args, unique_fields=None, **kwargs):
        objs = list(objs)
        with transaction.atomic(using=self.db):
            before = self._overwritten_by(objs, unique_fields or [])
            created = super().bulk_create(objs, *args, unique_fields=unique_fields, **kwargs)
            if any(obj.pk is None for obj in created):  # ignore_conflicts gives no keys back
                pks = list(self.model._base_manager.using(self.db).values_list("pk", flat=True))
            else:
                pks = [obj.pk for obj in created]
            self._derive_own(pks)
            refresh_reached(together([before, self._reached_by(pks)]), self.db)
            return created

    def _overwritten_by(self, objs, unique_fields):
        """What is reached by the rows that a bulk_create with update_conflicts will update, perhaps move."""
        return together(rows.reached() for rows in self._same_as(objs, unique_fields))

    def _same_as(self, objs, unique_fields):
        """Querysets of the rows that are the same as these by their `unique_fields`; none without fields."""
        for some in chunks(objs if unique_fields else [], 100):
            same = Q()
            for obj in some:
                same |= Q(**{field: getattr(obj, field) for field in unique_fields})
            yield self.model._base_manager.using(self.db).filter(same)

    def write_quietly(self, **values):
        """An update that derives nothing: for the derived columns themselves."""
        return super().update(**values)


class Derived(SavesChanges):
    """A row from which derived columns follow, its own or others'. See the module's text.

    `reaches`: {noun: paths to the keys of its rows whose derived columns follow from this one}.
    """

    reaches = {"Product": ("product_id",)}

    class Meta:
        abstract = True

    def save(self, *args, using=None, **kwargs):
        using = using or router.db_for_write(type(self), instance=self)
        with transaction.atomic(using=using):
            before = self._own_row(using).reached() if self.pk else {}
            super().save(*args, using=using, **kwargs)
            self.after_write(using)
            refresh_reached(together([before, self._own_row(using).reached()]), using)

    def delete(self, using=None, keep_parents=False):
        using = using or router.db_for_write(type(self), instance=self)
        with transaction.atomic(using=using):
            before = self._own_row(using).reached()
            pk = self.pk
            deleted = super().delete(using=using, keep_parents=keep_parents)
            if forget := getattr(self, "forget_own", None):
                forget([pk], using)
            refresh_reached(before, using)
            return deleted

    def after_write(self, using):
        """Room for columns of its own that follow from others."""

    def _own_row(self, using):
        return type(self)._base_manager.using(using).filter(pk=self.pk)
