"""Whether samples and the real are mixed anywhere: asked of every relation there is, history included.

The relations are found by looking at the models, so that a noun added later is asked too.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.models import Q

SAMPLE = "sample"


@dataclass(frozen=True)
class CrossingLink:
    """A row that points to another across the border between samples and the real."""

    model: str
    row: str
    field: str
    target: str

    def __str__(self):
        return f"{self.model} {self.row}: {self.field} is {self.target}"


def has_origin(model):
    return any(field.name == "origin" for field in model._meta.concrete_fields)


def living(model):
    """The model whose history `model` keeps, or itself."""
    return getattr(model, "instance_type", model)


def keys_to_records(model):
    """The foreign keys of `model` that lead to a model whose rows say where they come from."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and has_origin(field.remote_field.model)
    ]


def parent_key(model):
    """The foreign key a row without an origin of its own follows in being a sample; None where there is none.

    A line follows its contract; a row that joins a desk to its sectors follows the desk.
    """
    if has_origin(model):
        return None
    original = living(model)
    if holder := original._meta.auto_created:
        keys = [field for field in keys_to_records(model) if field.remote_field.model is holder]
    elif hasattr(original, "is_sample"):
        keys = [
            field for field in keys_to_records(original) if field.remote_field.on_delete is models.CASCADE
        ]
    else:
        keys = []
    return keys[0].name if keys else None


def origin_path(model):
    """Where a query finds the origin of a row of `model`: "origin", "contract__origin" or None."""
    if has_origin(model):
        return "origin"
    parent = parent_key(model)
    return f"{parent}__origin" if parent else None


def mixed_links():
    """Every CrossingLink by which a sample hangs on something real that allows none, or something real on
    a sample.

    Products, sectors and indicators allow samples: sample imports, demands and engagements stand on real
    products.
    """
    found = []
    for model in apps.get_models(include_auto_created=True):
        path, parent = origin_path(model), parent_key(model)
        for key in keys_to_records(model) if path else ():
            if key.name == parent:
                continue
            target = f"{key.name}__origin"
            mixed = Q(**{target: SAMPLE}) & ~Q(**{path: SAMPLE})
            if not getattr(key.remote_field.model, "samples_may_point_here", False):
                mixed |= Q(**{path: SAMPLE}) & Q(**{f"{target}__isnull": False}) & ~Q(**{target: SAMPLE})
            found += links(model._base_manager.filter(mixed), key)
    return found


def links(rows, key):
    """A CrossingLink for each of these rows by the foreign key `key`."""
    return [
        CrossingLink(row._meta.verbose_name, str(row), str(key.verbose_name), str(getattr(row, key.name)))
        for row in rows.select_related(key.name)
    ]
