"""Which records an account changes, where it is limited to sectors, provinces and offices.

A record is in the scope of an account where one of its sectors, its province or its office is among those of
the account: its own, or those of the product, desk, contract or company it is about. A noun that reaches none
of them (rates, sources, indicators) is changed by accounts without limits alone.
"""

from functools import cache

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q

from catalog import models

DIMENSIONS = ("sector", "province", "office")

# Of each noun, what tells its sector, its province and its office.
OWN_SCOPES = {
    models.Sector: {"sector": "pk"},
    models.Product: {"sector": "sector"},
    models.Company: {"sector": "sector", "province": "province"},
    models.IdleUnit: {"sector": "sector", "province": "province"},
    models.Desk: {"sector": "sectors", "province": "province", "office": "office"},
    models.Contract: {"sector": "sector"},
    models.Statement: {"sector": "sector"},
    models.Office: {"office": "pk"},
}
# Of each noun, the records whose scope is its own too.
THROUGH = {
    models.ProductAlias: ["product"],
    models.ProductCode: ["product"],
    models.Parameter: ["product"],
    models.ImportRecord: ["product"],
    models.Demand: ["product"],
    models.Engagement: ["product"],
    models.Call: ["product"],
    models.Question: ["product", "desk"],
    models.DeskProduct: ["desk"],
    models.DeskBuyer: ["desk"],
    models.Contract: ["desk", "lines__product"],
    models.Party: ["contract"],
    models.ContractLine: ["contract"],
    models.Milestone: ["contract"],
    models.Amendment: ["contract"],
    models.Facility: ["company", "contract"],
    models.Payment: ["facility"],
    models.Document: ["product", "desk", "contract"],
    models.Statement: ["desk", "product"],
}


def extend(model, own, through):
    """Say, as OWN_SCOPES and THROUGH do, what tells the scope of a model of another app."""
    OWN_SCOPES[model], THROUGH[model] = own, through


@cache
def lookups(model):
    """((dimension, lookup)) of all that tells the scope of a record: ("sector", "product__sector")."""
    found = list(OWN_SCOPES.get(model, {}).items())
    for road in THROUGH.get(model, ()):
        found += [(dimension, f"{road}__{rest}") for dimension, rest in lookups(_end_of(model, road))]
    return tuple(found)


def _end_of(model, road):
    for step in road.split("__"):
        model = model._meta.get_field(step).related_model
    return model


def tags_of(user):
    """{(dimension, key)} that an account is limited to; None where it is not. Read once a request."""
    if "_scope_tags" not in user.__dict__:
        limited = None if user.is_superuser else models.Scope.objects.filter(user=user).first()
        user.__dict__["_scope_tags"] = (limited.tags if limited else None) or None
    return user.__dict__["_scope_tags"]


def scope_names(user):
    """The names of what an account is limited to, in words; [] where it is not."""
    return models.Scope.objects.get(user=user).names if tags_of(user) else []


def reaches(user, model):
    """Whether any record of this noun can be in the scope of an account."""
    tags = tags_of(user)
    return tags is None or bool({name for name, _key in tags} & {name for name, _lookup in lookups(model)})


def may_begin(user, model):
    """Whether an account can make a record of this noun that is in its scope."""
    tags = tags_of(user)
    if tags is None:
        return True
    dimensions = {name for name, _key in tags}
    return any(name in dimensions and lookup != "pk" for name, lookup in lookups(model))


def reach_of(record, links=None):
    """{(dimension, key)} of a record, stored or not. `links`: {name of a link to several records: those that
    a form gives it}."""
    found = set()
    for dimension, lookup in lookups(type(record)):
        found |= {(dimension, key) for key in _keys(record, lookup.split("__"), links or {})}
    return found


def in_scope(user, record, links=None):
    """Whether an account may change a record, as far as its limits say; `links` as for `reach_of`."""
    tags = tags_of(user)
    return tags is None or bool(tags & reach_of(record, links))


def within(user, model):
    """A queryset of the records of a noun that are in the scope of an account."""
    tags = tags_of(user)
    if tags is None:
        return model._base_manager.all()
    mine = Q(pk__in=[])
    for dimension, lookup in lookups(model):
        if keys := [key for name, key in tags if name == dimension]:
            mine |= Q(**{f"{lookup}__in": keys})
    return model._base_manager.filter(pk__in=model._base_manager.filter(mine).values("pk"))


def deciding_field(user, model):
    """The name of the one field whose choice says whether a record is in scope; "" where several may."""
    tags = tags_of(user) or ()
    dimensions = {name for name, _key in tags}
    first = {lookup.partition("__")[0] for name, lookup in lookups(model) if name in dimensions}
    return first.pop() if len(first) == 1 else ""


def text_of(tags):
    """Tags as a text in which `text_has` finds them: "|sector=3|province=yazd|"."""
    return "".join(f"|{name}={key}" for name, key in sorted(tags, key=str)) + "|" if tags else ""


def text_has(field, tags):
    """Condition: the text in `field` has at least one of these tags."""
    wanted = Q(pk__in=[])
    for name, key in tags:
        wanted |= Q(**{f"{field}__contains": f"|{name}={key}|"})
    return wanted


def tags_in(text):
    """The tags of such a text."""
    pairs = (part.split("=", 1) for part in text.split("|") if part)
    return {(name, key if name == "province" else int(key)) for name, key in pairs}


def _keys(record, steps, links):
    """The keys at the end of a road that begins at `record`."""
    step, *rest = steps
    if step == "pk":
        return {record.pk} - {None}
    field = record._meta.get_field(step)
    if not field.is_relation:
        return {getattr(record, field.attname)} - {"", None}
    ends = _ends(record, field, step, links)
    if not rest:
        return {each.pk for each in ends} - {None}
    return {key for each in ends for key in _keys(each, rest, {})}


def _ends(record, field, step, links):
    """The records that a field of `record` leads to."""
    if step in links:
        return list(links[step])
    if field.one_to_many or field.many_to_many:
        return list(getattr(record, step).all()) if record.pk else []
    try:
        found = getattr(record, step)
    except ObjectDoesNotExist:
        found = None
    return [found] if found is not None else []
