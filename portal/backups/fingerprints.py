"""What a database holds, as counts and digests of its tables: equal on both engines for equal rows."""

import datetime
import json
from decimal import Decimal
from functools import singledispatch
from hashlib import sha256

from django.apps import apps
from django.db import connections
from django.db.models import QuerySet

ROWS_FETCHED = 2000


ANYTHING = ("auth.User", "catalog.Product", "catalog.Sector", "contact.Enquiry")
"""Where none of these has a row, an installation holds nothing that anybody could miss."""


def filled_table(using="default"):
    """The label of a table of ANYTHING that has rows, "" where there is none."""
    present = set(connections[using].introspection.table_names())
    for model in map(apps.get_model, ANYTHING):
        if model._meta.db_table in present and QuerySet(model, using=using).exists():
            return model._meta.label_lower
    return ""


PASSING = {"portal.JobRun"}
"""Changes with every timer, and is of no use elsewhere."""


def models():
    """Every model whose rows a backup must hold, histories and the tables between two models among them."""
    found = apps.get_models(include_auto_created=True)
    return sorted((model for model in found if _has_table(model)), key=lambda model: model._meta.label_lower)


def _has_table(model):
    return model._meta.managed and not model._meta.proxy and model._meta.label not in PASSING


def of_tables(using="default"):
    """{label of the model: {"rows": count, "digest": 64 hexadecimal digits}} of the whole database."""
    return {model._meta.label_lower: of_table(model, using) for model in models()}


def of_table(model, using="default"):
    digest, rows = sha256(), 0
    for row in rows_of(model, using):
        digest.update(json.dumps([comparable(value) for value in row], ensure_ascii=False).encode())
        rows += 1
    return {"rows": rows, "digest": digest.hexdigest()}


def rows_of(model, using="default"):
    """The values of every row in the order of the fields, by key."""
    names = [field.attname for field in model._meta.concrete_fields]
    return QuerySet(model, using=using).order_by("pk").values_list(*names).iterator(ROWS_FETCHED)


@singledispatch
def comparable(value):
    """A value as text, a number or None, the same whatever engine it comes from."""
    return value if value is None or isinstance(value, (bool, int)) else str(value)


@comparable.register
def _(value: datetime.datetime):
    return value.astimezone(datetime.UTC).isoformat() if value.tzinfo else value.isoformat()


@comparable.register
def _(value: Decimal):
    return str(value.normalize())


@comparable.register(bytes)
@comparable.register(memoryview)
def _(value):
    return bytes(value).hex()


@comparable.register(dict)
@comparable.register(list)
def _(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def differences(expected, found):
    """Sentences on what is not equal in two results of `of_tables`."""
    for label in sorted(expected.keys() | found.keys()):
        wanted, here = expected.get(label), found.get(label)
        if wanted == here:
            continue
        if wanted is None or here is None:
            yield f"{label}: {'is new' if wanted is None else 'is missing'}"
        elif wanted["rows"] != here["rows"]:
            yield f"{label}: {wanted['rows']} rows in the backup, {here['rows']} here"
        else:
            yield f"{label}: {here['rows']} rows, not all of them equal"
