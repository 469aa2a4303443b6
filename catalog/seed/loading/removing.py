"""Taking the samples out: the one exception to hard deletion (rule 8)."""

from django.apps import apps
from django.db import models
from simple_history.exceptions import NotHistoricalModelError
from simple_history.utils import get_history_manager_for_model

from catalog.models import LoadedRow, LoadRun
from catalog.models.derived import chunks, postponed

from .mixing import SAMPLE, has_origin, keys_to_records, links, living, origin_path, parent_key
from .nouns import LOADED_NOUNS
from .terms import remove_terms

NOUN_NAMES = {noun.model: noun.name for noun in LOADED_NOUNS}


class SamplesTiedError(Exception):
    """Something that is no sample hangs on one; `ties` lists it. Nothing was removed."""

    def __init__(self, ties):
        self.ties = ties
        super().__init__("\n".join(map(str, ties)))


def remove_samples():
    """Remove every sample with its rows and history, in one transaction; {model's name: how many rows}.

    Raises SamplesTiedError, having changed nothing, where staff tied something to a sample.
    """
    with postponed():
        if ties := find_ties():
            raise SamplesTiedError(ties)
        removed = {"product terms": remove_terms()}
        ids = {model: _sample_ids(model) for model in _models() if origin_path(model)}
        samples = {model: {*ids[model], *_removed_before(model)} for model in ids if has_origin(model)}
        for model in _referring_first(ids):
            for some in chunks(ids[model]):
                model._base_manager.filter(pk__in=some).delete()
            removed[str(model._meta.verbose_name)] = len(ids[model])
        for model in ids:
            _remove_history(model, samples)
        LoadedRow.objects.filter(sample=True).delete()
        LoadRun.objects.create(what=LoadRun.What.SAMPLES_REMOVED)
    return {name: count for name, count in removed.items() if count}


def find_ties():
    """Links that would be torn: from rows of another origin to a sample, and rows staff added below one."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if living(model) is not model or hasattr(model, "history_id"):
            continue
        path, parent = origin_path(model), parent_key(model)
        for key in keys_to_records(model):
            if not key.db_constraint:  # of a row that follows from others, and goes with them
                continue
            if path is None and key.remote_field.on_delete is models.SET_NULL:  # of a file of staff: emptied
                continue
            rows = model._base_manager.filter(**{f"{key.name}__origin": SAMPLE})
            if key.name == parent:
                rows = rows.none() if model._meta.auto_created else rows.exclude(pk__in=_loaded_ids(model))
            elif path:
                rows = rows.exclude(**{path: SAMPLE})
            found += links(rows, key)
    return found


def _loaded_ids(model):
    rows = LoadedRow.objects.filter(noun=NOUN_NAMES.get(model, ""), sample=True)
    return [row.values["id"] for row in rows]


def _models():
    """Models with rows of their own: no history, no joining tables."""
    return [
        model for model in apps.get_models() if living(model) is model and not hasattr(model, "history_id")
    ]


def _sample_ids(model):
    return list(model._base_manager.filter(**{origin_path(model): SAMPLE}).values_list("pk", flat=True))


def _referring_first(wanted):
    """The models of `wanted` in an order in which nothing that is left points to what goes. A key that is
    emptied when its record goes, such as a product's last call, does not count."""
    left = list(wanted)
    while left:
        pointed_at = {
            key.remote_field.model
            for model in left
            for key in keys_to_records(model)
            if key.remote_field.model is not model and key.remote_field.on_delete is not models.SET_NULL
        }
        free = [model for model in left if model not in pointed_at]
        if not free:
            raise RuntimeError(f"These models point to one another in a circle: {left}")
        yield from free
        left = [model for model in left if model in pointed_at]


def _history(model):
    """The model that keeps the history of `model`; None where none is kept."""
    try:
        return get_history_manager_for_model(model).model
    except (AttributeError, NotHistoricalModelError):
        return None


def _removed_before(model):
    """Ids of samples of `model` that staff removed one by one; only the history knows them."""
    kept = _history(model)
    if kept is None or not has_origin(model):
        return set()
    alive = model._base_manager.values("pk")
    return set(kept._base_manager.filter(origin=SAMPLE).exclude(id__in=alive).values_list("id", flat=True))


def _remove_history(model, samples):
    """Remove what history keeps of `samples`: {model: ids}, for the models that have an origin."""
    kept = _history(model)
    if kept is None:
        return
    # A line that staff took out of a sample contract is known only by the contract it was in.
    parent = parent_key(model)
    column = f"{parent}_id" if parent else "id"
    owner = model._meta.get_field(parent).remote_field.model if parent else model
    alive = model._base_manager.values("pk")
    for some in chunks(samples[owner]):
        stale = kept._base_manager.filter(**{f"{column}__in": some}).exclude(id__in=alive)
        ids = list(stale.values_list("history_id", flat=True))
        for joined in _joined_history(kept):
            joined._base_manager.filter(history_id__in=ids).delete()
        kept._base_manager.filter(pk__in=ids).delete()


def _joined_history(kept):
    """Tables that keep the many-to-many fields of the history `kept`."""
    return [
        relation.related_model
        for relation in kept._meta.related_objects
        if isinstance(relation, models.ManyToOneRel) and relation.field.name == "history"
    ]
