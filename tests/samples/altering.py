"""Gives every sample record other names, other amounts and other quantities."""

from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat

WORD = " Zq7"
FACTOR = 13
DIVISOR = 10
"""Every amount becomes 1.3 times what it was: the samples keep their order among themselves."""

TEXTS = ("name", "title", "summary", "town", "park", "place", "take_part", "evidence", "lender", "purpose")
TEXTS += ("needs", "label", "said_by", "address", "hours", "description", "what", "why", "terms")
AMOUNTS = {
    "ImportRecord": ("value", "quantity"),
    "Demand": ("quantity", "value"),
    "Engagement": ("capacity", "free_capacity"),
    "Contract": ("stated_amount",),
    "ContractLine": ("quantity", "amount", "delivered_amount"),
    "Desk": ("target_amount",),
    "Facility": ("approved_amount",),
    "Payment": ("amount",),
    "IdleUnit": ("capacity", "jobs"),
    "Statement": ("value",),
}
PARENTS = {
    **dict.fromkeys(("ContractLine", "Party", "Milestone", "Amendment"), "contract"),
    **dict.fromkeys(("DeskProduct", "DeskBuyer"), "desk"),
    "Payment": "facility",
}


def alter_samples():
    """Change all samples, then all that follows from them."""
    for model in apps.get_app_config("catalog").get_models():
        if hasattr(model, origin_of(model).partition("__")[0]):
            alter_texts(model)
            alter_amounts(model, models.Q(**{origin_of(model): "sample"}))
    call_command("reindex", verbosity=0)


def alter_real_amounts():
    """Change the amounts of all records that are no samples; what was stated stays as it was said."""
    for model in apps.get_app_config("catalog").get_models():
        if model.__name__ in AMOUNTS and model.__name__ != "Statement":
            alter_amounts(model, ~models.Q(**{origin_of(model): "sample"}))
    call_command("reindex", verbosity=0)


def alter_texts(model):
    """Change the names and texts of a model's samples, without the upkeep of what follows from each row."""
    rows = models.QuerySet(model).filter(**{origin_of(model): "sample"})
    texts = {name: Concat(F(name), Value(WORD)) for name in text_fields(model)}
    for name, changed in texts.items():
        models.QuerySet(model).filter(pk__in=rows.exclude(**{name: ""}).values("pk")).update(
            **{name: changed}
        )


def alter_amounts(model, condition):
    """Change the amounts of the rows of a model that meet a condition, likewise."""
    rows = models.QuerySet(model).filter(condition)
    for name in AMOUNTS.get(model.__name__, ()):
        larger = F(name) * FACTOR / DIVISOR
        models.QuerySet(model).filter(pk__in=rows.filter(**{f"{name}__gt": 0}).values("pk")).update(
            **{name: larger}
        )


def origin_of(model):
    parent = PARENTS.get(model.__name__)
    return f"{parent}__origin" if parent else "origin"


def text_fields(model):
    names = {f"{stem}_{language}" for stem in TEXTS for language in ("en", "fa")}
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.name in names and isinstance(field, models.CharField | models.TextField)
    ]
