"""Writes the bulk files aside, whole, and puts them in the place of the last ones in one step."""

import fcntl
import hashlib
import json
import os
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import override

from catalog.caching import editions
from catalog.nouns import key_of, noun_of
from catalog.open_data import dictionary
from catalog.open_data.datasets import LICENCE_URL
from catalog.open_data.exports import csv_file
from catalog.open_data.exports.columns import LIST_SEPARATOR, batches

from . import records
from .stored import BULK_NAME, CHECKSUMS, CURRENT, MANIFEST, gone_around

ROWS_AT_A_TIME = 1000
ASIDE, LOCK = ".writing", ".lock"
VERSIONS_LEFT = 2  # of the one before somebody may have read the list of files a moment ago
NOT_OF_THE_MODEL = {records.ORIGIN_COLUMN: "string", "updated_on": "date"}
BULK_FORMATS = {"csv": "text/csv", "jsonl": "application/jsonl"}


class AlreadyWritingError(Exception):
    """Another process is writing the same files."""


def write_files(place):
    """Write all files into a new folder of `place` and let CURRENT lead to it; the manifest, a dict.

    All of them show the catalogue at one moment, however long it takes. Raises AlreadyWritingError.
    """
    place.mkdir(parents=True, exist_ok=True)
    with _alone(place), _aside(place / ASIDE) as aside:
        begun = timezone.now()
        with _one_moment():
            resources = _resources(aside)
            manifest = _manifest(resources, begun, editions.current(), gone_around(begun))
        description = _written(aside / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
        sums = {MANIFEST: description} | {one["path"]: one["hash"].partition(":")[2] for one in resources}
        (aside / CHECKSUMS).write_text("".join(f"{value}  {name}\n" for name, value in sums.items()), "utf-8")
        finished = place / begun.strftime("%Y%m%dT%H%M%S.%fZ")
        aside.rename(finished)
        pointer = place / f"{CURRENT}.new"
        pointer.unlink(missing_ok=True)
        pointer.symlink_to(finished.name)
        pointer.replace(place / CURRENT)
        _drop_old(place)
    editions.advance()  # the page that lists the files is kept under the edition
    return manifest


@contextmanager
def _alone(place):
    with (place / LOCK).open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyWritingError from error
        yield


@contextmanager
def _aside(folder):
    """An empty folder, which is gone afterwards unless it was renamed: on a full disk half of the files would
    take the last room."""
    shutil.rmtree(folder, ignore_errors=True)  # of a run that was cut off
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _one_moment():
    """Every query inside sees the same rows, and no writer waits meanwhile. Django's own transactions would
    take the writer's lock on SQLite (see the settings), and see each commit on PostgreSQL."""
    if connection.in_atomic_block:  # somebody chose already
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def _resources(folder):
    """Write every noun into `folder`; what the manifest says of each file."""
    found, named = [], set()
    for contents in records.contents():
        found += _files_of(folder, contents, named)
    return found + _files_of(folder, records.contents_of_sources(named), set())


def _files_of(folder, contents, named):
    """Write the files of a noun, and add the ids of the sources of its rows to `named`."""
    files = {suffix: _File(folder / f"{contents.name}.{suffix}") for suffix in BULK_FORMATS}
    files["csv"].write(csv_file.lines([contents.names]))
    count = 0
    for some in batches(contents.rows().order_by("pk"), contents.read, rows=list, size=ROWS_AT_A_TIME):
        named |= {record.source_id for record in some if getattr(record, "source_id", None)}
        rows = records.plain_values(contents, some)
        files["csv"].write(csv_file.lines([_cell(value) for value in row] for row in rows))
        files["jsonl"].write("".join(_line(contents.names, row) for row in rows))
        count += len(rows)
    for file in files.values():
        file.end()
    return [_resource(contents, suffix, file, count) for suffix, file in files.items()]


@dataclass
class _File:
    """A file that is summed up while it is written."""

    path: os.PathLike
    digest: object = field(default_factory=hashlib.sha256)

    def __post_init__(self):
        self.opened = self.path.open("wb")

    def write(self, text):
        data = text.encode()
        self.digest.update(data)
        self.opened.write(data)

    def end(self):
        self.opened.flush()
        os.fsync(self.opened.fileno())
        self.opened.close()


def _written(path, text):
    """Write a file at once; its SHA-256."""
    file = _File(path)
    file.write(text)
    file.end()
    return file.digest.hexdigest()


def _cell(value):
    return csv_file.safe(LIST_SEPARATOR.join(value)) if isinstance(value, list) else csv_file.cell(value)


def _line(names, row):
    return json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=_text) + "\n"


def _text(value):
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"No JSON for {value!r}")


def _manifest(resources, begun, edition, gone):
    """A Data Package (https://datapackage.org), which many programs read as it is. `gone`: see stored.py."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": BULK_NAME,
        "created": begun.isoformat(timespec="microseconds"),
        "version": edition,
        "gone": gone,
        "licenses": [{"name": "CC-BY-4.0", "path": LICENCE_URL}],
        "resources": resources,
    }


def _resource(contents, suffix, file, count):
    found = {
        "name": f"{contents.name}-{suffix}",
        "noun": contents.model.__name__,
        "path": file.path.name,
        "format": suffix,
        "mediatype": BULK_FORMATS[suffix],
        "encoding": "utf-8",
        "bytes": file.path.stat().st_size,
        "hash": f"sha256:{file.digest.hexdigest()}",
        "rows": count,
    }
    return found | ({"schema": _schema(contents)} if suffix == "csv" else {})  # the other has the same names


def _schema(contents):
    """The fields of a noun's file, worded in both languages."""
    words = {}
    for language in ("en", "fa"):
        with override(language):
            known = {one.name: one for one in dictionary.entry_of(contents.model).fields}
            words[language] = {name: known[name].label for name in contents.names if name in known}
    fields = []
    for name in contents.names:
        model_field = next((one for one in contents.fields if one.name == name), None)
        described = {"name": name, "type": NOT_OF_THE_MODEL.get(name) or _type(model_field)}
        if name in words["en"]:
            described |= {"title": words["en"][name], "title_fa": words["fa"][name]}
        if model_field is not None and model_field.flatchoices:
            described["constraints"] = {"enum": [value for value, _ in model_field.flatchoices if value]}
        fields.append(described)
    found = {"fields": fields, "primaryKey": contents.key}
    links = [
        {
            "fields": one.name,
            "reference": {"resource": f"{target.name}-csv", "fields": target.key},
        }
        for one in contents.fields
        if one.related_model and not one.many_to_many and (target := noun_of(one.related_model))
    ]
    return found | ({"foreignKeys": links} if links else {})


def _type(model_field):
    if model_field.many_to_many or model_field.name in records.LIST_COLUMNS:
        return "list"
    if model_field.related_model:
        return "integer" if key_of(model_field.related_model) == "id" else "string"
    kinds = {
        "BooleanField": "boolean", "DateField": "date", "DateTimeField": "datetime", "DecimalField": "number",
    }  # fmt: skip
    internal = model_field.get_internal_type()
    return kinds.get(internal, "integer" if "Integer" in internal or "AutoField" in internal else "string")


def _drop_old(place):
    versions = sorted(one for one in place.iterdir() if one.is_dir() and not one.is_symlink())
    for old in versions[:-VERSIONS_LEFT]:
        with suppress(OSError):
            shutil.rmtree(old)
