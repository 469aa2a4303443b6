"""The bulk files that stand in the folder for them, as long as all that is in them is still public."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from catalog.models.base import Publishable, where_published

BULK_NAME = "domestic-production"
WINDOW = timedelta(days=1)  # longer than any transaction
MANIFEST, CHECKSUMS, CURRENT = "datapackage.json", "SHA256SUMS", "current"
TYPES_OF_FILES = {MANIFEST: "application/json", CHECKSUMS: "text/plain; charset=utf-8"}


@dataclass(frozen=True)
class Bulk:
    """One writing: its folder, and its manifest as writing.py makes it."""

    folder: Path
    manifest: dict

    @property
    def begun(self):
        """The moment whose catalogue the files show."""
        return datetime.fromisoformat(self.manifest["created"])

    @property
    def resources(self):
        return self.manifest["resources"]

    @property
    def day(self):
        return timezone.localdate(self.begun)

    @property
    def nouns(self):
        """(name of the records, how many, files) of each noun, in the active language."""
        labels = {
            one.__name__: one._meta.verbose_name_plural for one in apps.get_app_config("catalog").get_models()
        }
        by_noun = groupby(self.resources, key=itemgetter("noun", "rows"))
        return [(labels.get(noun, noun), rows, list(files)) for (noun, rows), files in by_noun]

    @property
    def bytes(self):
        return sum(one["bytes"] for one in self.resources)

    @cached_property
    def sums(self):
        """SHA-256 by file name."""
        lines = (self.folder / CHECKSUMS).read_text("utf-8").splitlines()
        return {name: value for value, name in (line.split("  ", 1) for line in lines)}

    def media_type(self, name):
        """The type of one of its files, None where it has no such file."""
        types = {one["path"]: f"{one['mediatype']}; charset=utf-8" for one in self.resources} | TYPES_OF_FILES
        return types.get(name)


def current_bulk():
    """The Bulk to be handed out, or None: there is none, or something in it was taken back since. Two queries
    where there is one.

    Rule 6 holds for copies too. Whoever withdraws a record closes the files until they are written anew.
    """
    try:
        folder = (settings.BULK_ROOT / CURRENT).resolve(strict=True)
        bulk = Bulk(folder, json.loads((folder / MANIFEST).read_text("utf-8")))
    except FileNotFoundError:
        return None
    taken_back = gone_around(bulk.begun) != bulk.manifest.get("gone") or hidden_since(bulk.begun)
    return None if taken_back else bulk


def gone_around(moment):
    """How often a record that was public has been withdrawn or put back, or any row deleted, since a day
    before then. Histories are only added to, so another number means another one, also where its day is older
    than its commit: a withdrawal may be under way while the files are written. One query."""
    return _union(_gone(model, moment - WINDOW) for model in _with_history()).count()


def hidden_since(moment):
    """Whether a record that was public belongs since then to one that is not. One query."""
    return _union(
        _hidden(model, moment) for model in _with_history() if issubclass(model, Publishable)
    ).exists()


def _with_history():
    models = apps.get_app_config("catalog").get_models()
    return [model for model in models if hasattr(model._meta, "simple_history_manager_attribute")]


def _gone(model, moment):
    gone = Q(history_type="-")
    if issubclass(model, Publishable):
        gone |= Q(published_at__isnull=False) & ~where_published()
    return model.history.filter(gone, history_date__gte=moment)


def _hidden(model, moment):
    public = model.objects.published().filter(pk=OuterRef("id"))
    changed = model.history.filter(history_date__gte=moment, published_at__isnull=False)
    return changed.filter(where_published(), ~Exists(public))


def _union(histories):
    first, *others = (rows.order_by().values("history_id") for rows in histories)
    return first.union(*others, all=True)
