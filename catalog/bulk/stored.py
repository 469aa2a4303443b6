"""The bulk files that stand in the folder for them, as long as all that is in them is still public."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from catalog.models import State
from catalog.models.base import Publishable

NAME = "domestic-production"
MANIFEST, CHECKSUMS, CURRENT = "datapackage.json", "SHA256SUMS", "current"
TYPES = {MANIFEST: "application/json", CHECKSUMS: "text/plain; charset=utf-8"}


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
        words = {
            one.__name__: one._meta.verbose_name_plural for one in apps.get_app_config("catalog").get_models()
        }
        by_noun = groupby(self.resources, key=itemgetter("noun", "rows"))
        return [(words.get(noun, noun), rows, list(files)) for (noun, rows), files in by_noun]

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
        types = {one["path"]: f"{one['mediatype']}; charset=utf-8" for one in self.resources} | TYPES
        return types.get(name)


def current():
    """The Bulk to be handed out, or None: there is none, or something in it was taken back since. One query
    where there is one.

    Rule 6 holds for copies too. Whoever withdraws a record closes the files until they are written anew.
    """
    try:
        place = (settings.BULK_ROOT / CURRENT).resolve(strict=True)
        found = Bulk(place, json.loads((place / MANIFEST).read_text("utf-8")))
    except FileNotFoundError:
        return None
    return None if taken_back_since(found.begun) else found


def taken_back_since(moment):
    """Whether a record that was public has been withdrawn or put back, or any row deleted, since then. The
    histories know; one query."""
    parts = []
    for model in apps.get_app_config("catalog").get_models():
        if not hasattr(model._meta, "simple_history_manager_attribute"):
            continue
        gone = Q(history_type="-")
        if issubclass(model, Publishable):
            gone |= Q(published_at__isnull=False) & ~Q(state=State.PUBLISHED)
        parts.append(model.history.filter(gone, history_date__gte=moment).order_by().values("history_id"))
    return parts[0].union(*parts[1:], all=True).exists()
