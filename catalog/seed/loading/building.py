"""From rows to model objects that have passed the models' own checks; writes nothing.

An object is built for every row, also for one that stands in the database already: it carries that row's key
then, so that the rows pointing to it find it, and `writing` decides what becomes of it.
"""

from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from catalog.models import LoadedRow

from .nouns import REFERRED_BY
from .reading import FileRow

RECORDS_AT_ONCE = 2000


@dataclass
class Candidate:
    """What a row would be: `instance` unsaved, or with the key of the row it stands for.

    `loaded` is the LoadedRow of an earlier load, `current` the database's row, where there are such. `gone`
    says why the row is left out: it was loaded before and is no longer there, or what it belongs to is.
    """

    row: FileRow
    instance: models.Model
    loaded: LoadedRow | None = None
    current: models.Model | None = None
    gone: str = ""


class Registry:
    """Finds the object that a key in a file names, whether it comes from a file or from the database."""

    def __init__(self):
        self._found = {}

    def add(self, candidate):
        model = type(candidate.instance)
        if model in REFERRED_BY:
            # A row somebody typed stands for itself: what the file says of it must not hide what it is.
            typed = candidate.current is not None and candidate.loaded is None
            self._found[model, candidate.row.key] = (
                candidate.current if typed else candidate.instance,
                candidate.gone,
            )

    def find(self, model, key):
        """(object or None, why it is gone or "")."""
        if (model, key) not in self._found:
            self._found[model, key] = (model._base_manager.filter(**{REFERRED_BY[model]: key}).first(), "")
        return self._found[model, key]


def build(noun, rows, registry, faults):
    """A Candidate for each row of `noun`; what is wrong with a row is appended to `faults`.

    The model's rules are asked only while there is no fault: they want the rows pointed to in the database.
    """
    loaded = {row.key: row for row in LoadedRow.objects.filter(noun=noun.name)}
    current = _current(noun, [row.values["id"] for row in loaded.values()])
    candidates = []
    for row in rows:
        candidate = Candidate(row, noun.model(), loaded.get(row.key))
        if candidate.loaded:
            candidate.current = current.get(candidate.loaded.values["id"])
            if candidate.current is None:
                candidate.gone = "it was removed"
            else:
                candidate.instance.pk = candidate.current.pk
        candidates.append(candidate)
        registry.add(candidate)
    for candidate in candidates:
        faults += _fill(candidate, registry)
        registry.add(candidate)  # again: by now it may be gone with what it belongs to
    if noun.key_is_natural:
        _recognise(noun, candidates, registry)
    for candidate in () if faults else candidates:
        if not candidate.gone and not (candidate.current and not candidate.loaded):
            faults += faults_of_instance(candidate.row, candidate.instance)
    return candidates


def _current(noun, ids):
    """The rows of the database with these ids, by id, with what compares them at hand."""
    many = [field.name for field in noun.model._meta.many_to_many if field.name in noun.fields]
    found = {}
    for start in range(0, len(ids), RECORDS_AT_ONCE):
        rows = noun.model._base_manager.filter(pk__in=ids[start : start + RECORDS_AT_ONCE])
        found |= {row.pk: row for row in rows.prefetch_related(*many)}
    return found


def _fill(candidate, registry):
    """Set the cells on the instance; faults for keys that name nothing."""
    row, faults = candidate.row, []
    for column, value in row.cells.items():
        field = row.noun.fields.get(column)
        if field is None:
            continue
        if field.many_to_many:
            row.cells[column] = [
                target
                for target, gone in (find_record(candidate, registry, column, key, faults) for key in value)
                if target and not gone
            ]
        elif not isinstance(field, models.ForeignKey) or value is None:
            setattr(candidate.instance, column, value)
        else:
            target, gone = find_record(candidate, registry, column, value, faults)
            if gone and not candidate.loaded:
                candidate.gone = f"it belongs to “{value}”, and {gone}"
            elif target and not gone:
                setattr(candidate.instance, column, target)
    return faults


def find_record(candidate, registry, column, key, faults):
    """(record, why it is gone) that a key names; (None, "") and a fault where it names none."""
    model = candidate.row.noun.fields[column].remote_field.model
    target, gone = registry.find(model, key)
    if target is None:
        faults.append(candidate.row.fault(column, f"unknown {model._meta.verbose_name}: {key}"))
        return None, ""
    return target, gone


def _recognise(noun, candidates, registry):
    """Mark new rows that somebody has typed meanwhile: same key, not from a load."""
    fresh = [candidate for candidate in candidates if not candidate.loaded and not candidate.gone]
    if not fresh:
        return
    names = [noun.fields[column].attname for column in noun.key]
    typed = {
        tuple(values): pk for pk, *values in noun.model._base_manager.values_list("pk", *names).iterator()
    }
    for candidate in fresh:
        pk = typed.get(tuple(getattr(candidate.instance, name) for name in names))
        if pk is not None:
            candidate.current = noun.model._base_manager.get(pk=pk)
            registry.add(candidate)


def faults_of_instance(row, instance):
    """Faults of `instance` by the model's own rules for its fields and for the row as a whole."""
    # Foreign keys were found above; asking the database for each again would take most of a load's time.
    keys = [field.name for field in instance._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    absent = [name for name in keys if not instance._meta.get_field(name).is_cached(instance)]
    missing = [name for name in absent if not row.cells.get(name) and not instance._meta.get_field(name).null]
    if missing or any(row.cells.get(name) for name in absent):
        # A key that names nothing was reported before; the model's own rules would stumble over the gap.
        return [row.fault(name, "empty") for name in missing]
    try:
        instance.clean_fields(exclude=keys)
        instance.clean()
    except ValidationError as error:
        return faults_of(row, error)
    return []


def faults_of(row, error):
    """A ValidationError as faults, a column each where it names fields."""
    if not hasattr(error, "error_dict"):
        return [row.fault("", "; ".join(error.messages))]
    return [
        row.fault("" if field == NON_FIELD_ERRORS else field, "; ".join(messages))
        for field, messages in error.message_dict.items()
    ]
