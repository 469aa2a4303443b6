"""Comparing what the files say with the database, and writing the difference.

LoadedRow.values keeps what the last load wrote of a row: the row's "id", and each column's value as JSON (a
foreign key as an id, a many-to-many field as a sorted list of ids, a date as ISO text). A row is updated only
while the database still holds exactly that; `state` is no column, so no load ever touches it.
"""

import datetime
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from catalog.models import LoadedRow, State

from .building import Candidate, faults_of
from .faults import LoadError, RowFault

LOAD_REASON = "data load"


@dataclass
class LoadCounts:
    """What a load did to the rows of one noun; `kept` names rows left as they were, with the reason."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)


def write_noun(candidates):
    """Write the candidates of one noun; its LoadCounts. LoadError for what only the database finds wrong."""
    counts = LoadCounts()
    fresh = []
    for candidate in candidates:
        if candidate.gone:
            counts.kept.append(f"{candidate.row.key} (not loaded: {candidate.gone})")
        elif candidate.loaded:
            _bring_up_to_date(candidate, counts)
        elif candidate.current:
            counts.kept.append(f"{candidate.row.key} (entered by hand)")
        else:
            fresh.append(candidate)
    _create(fresh)
    counts.created = len(fresh)
    return counts


def _bring_up_to_date(candidate, counts):
    wanted = _wanted(candidate)
    written = blank_values(candidate.row.noun, wanted) | candidate.loaded.values
    written.pop("id")
    now = stored_values(candidate.current, written)
    if now | wanted == now:
        counts.unchanged += 1
    elif changed := sorted(name for name in written if now[name] != written[name]):
        counts.kept.append(f"{candidate.row.key} (changed by hand: {', '.join(changed)})")
    else:
        _update(candidate)
        candidate.loaded.values = written | wanted | {"id": candidate.current.pk}
        candidate.loaded.save()
        counts.updated += 1


def _update(candidate):
    current, cells, fields = candidate.current, candidate.row.cells, candidate.row.noun.fields
    for column in _columns(candidate):
        if not fields[column].many_to_many:
            setattr(current, column, getattr(candidate.instance, column))
    current._change_reason = LOAD_REASON
    current.tells_moves = not candidate.row.sample
    try:
        with transaction.atomic():
            current.save()
    except (IntegrityError, DataError) as error:
        raise LoadError(_diagnose([candidate], error)) from error
    for column in _columns(candidate):
        if fields[column].many_to_many:
            getattr(current, column).set(cells[column])


def _create(fresh):
    """Create rows in waves: one that points to another of its own kind after that other."""
    waiting = fresh
    while waiting:
        ready = [candidate for candidate in waiting if _parents_saved(candidate.instance)]
        if not ready:
            raise LoadError([c.row.fault("", "these rows point to each other in a circle") for c in waiting])
        _create_wave(ready)
        waiting = [candidate for candidate in waiting if candidate.instance.pk is None]
    for candidate in fresh:
        for column in _columns(candidate):
            if candidate.row.noun.fields[column].many_to_many and candidate.row.cells[column]:
                candidate.instance._change_reason = LOAD_REASON
                getattr(candidate.instance, column).set(candidate.row.cells[column])
    LoadedRow.objects.bulk_create(
        LoadedRow(
            noun=candidate.row.noun.name,
            key=candidate.row.key,
            sample=candidate.row.sample,
            values=_wanted(candidate) | {"id": candidate.instance.pk},
        )
        for candidate in fresh
    )


def _parents_saved(instance):
    keys = (field for field in instance._meta.concrete_fields if isinstance(field, models.ForeignKey))
    return all(
        getattr(instance, key.name).pk
        for key in keys
        if key.is_cached(instance) and getattr(instance, key.name)
    )


def _create_wave(candidates):
    noun = candidates[0].row.noun
    for candidate in candidates:
        if noun.has_state:
            candidate.instance.state = State.PUBLISHED
            candidate.instance.published_at = timezone.now()
    try:
        with transaction.atomic():
            bulk_create_with_history(
                [candidate.instance for candidate in candidates],
                noun.model,
                batch_size=500,
                default_change_reason=LOAD_REASON,
            )
    except (IntegrityError, DataError) as error:
        for candidate in candidates:
            candidate.instance.pk = None
        raise LoadError(_diagnose(candidates, error)) from error


def _diagnose(candidates, error):
    """Which rows the database refused: its own words name the constraint, not the row."""
    faults = []
    for candidate in candidates:
        try:
            candidate.instance.full_clean()
        except ValidationError as invalid:
            faults += faults_of(candidate.row, invalid)
    row = candidates[0].row
    return faults or [RowFault(row.file, row.line, "", f"this row or one after it: {error}")]


def _columns(candidate: Candidate):
    return [column for column in candidate.row.cells if column in candidate.row.noun.fields]


def _wanted(candidate):
    """What the row says, as `stored_values` would read it back."""
    fields, cells = candidate.row.noun.fields, candidate.row.cells
    return {
        column: _json(cells[column] if fields[column].many_to_many else getattr(candidate.instance, column))
        for column in _columns(candidate)
    }


def stored_values(instance, columns):
    """What the database holds in these columns of `instance`, as LoadedRow keeps it."""
    values = {}
    for column in columns:
        field = instance._meta.get_field(column)
        value = getattr(instance, field.attname)
        values[column] = _json(value.all() if field.many_to_many else value)
    return values


def blank_values(noun, columns):
    """What columns hold that no load has written yet, as LoadedRow keeps it."""
    return {
        column: [] if noun.fields[column].many_to_many else _json(noun.fields[column].get_default())
        for column in columns
    }


def _json(value):
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, (list, models.QuerySet)):
        return sorted(target.pk for target in value)
    return value
