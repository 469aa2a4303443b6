"""Who may change which record: what permissions on a whole noun cannot say.

What the public sees or saw is changed by a proposal that somebody else accepts (see proposals.py); at once by
who may publish only while nobody else may. A row without a state of its own (an import, a line) is as open or
closed as the record it belongs to, a source as the records that name it. Offices and exchange rates have no
drafts: they are public at once.
"""

from django.contrib.auth.models import Permission, User
from django.db.models import Q

from catalog import models
from catalog.models import Origin, State
from catalog.models.base import Publishable
from catalog.nouns import nouns

LOCKED = (State.PUBLISHED, State.WITHDRAWN)
PUBLIC_AT_ONCE = (models.Office, models.ExchangeRate)

# The record a row belongs to, by the name of its foreign key.
PARENT = {
    models.ProductAlias: "product",
    models.Parameter: "product",
    models.ImportRecord: "product",
    models.Demand: "product",
    models.DeskProduct: "desk",
    models.DeskBuyer: "desk",
    models.Party: "contract",
    models.ContractLine: "contract",
    models.Milestone: "contract",
    models.Amendment: "contract",
    models.Payment: "facility",
    models.Statement: "indicator",
}


def may_publish(user, model):
    return user.has_perm(f"catalog.publish_{model._meta.model_name}")


def may_choose_origin(user):
    """Editors and administrators choose it; what a desk officer writes is the ministry's."""
    return user.has_perm("catalog.add_source")


def governing(record):
    """The record whose state decides: `record` itself, its parent, or None where neither has one."""
    if isinstance(record, Publishable):
        return record
    name = PARENT.get(type(record))
    return getattr(record, name) if name and getattr(record, f"{name}_id") else None


def is_cited(source):
    """Whether a public record names this source."""
    citing = (
        noun.rows().filter(**{field.name: source})
        for noun in nouns()
        for field in noun.model._meta.concrete_fields
        if field.related_model is models.Source
    )
    return any(rows.exists() for rows in citing)


def is_public_matter(record):
    """Whether `record` is, or belongs to, something the public sees or saw."""
    if isinstance(record, PUBLIC_AT_ONCE):
        return True
    if isinstance(record, models.Source):
        return bool(record.pk) and is_cited(record)
    above = governing(record)
    return above is not None and bool(above.pk) and above.state in LOCKED


def is_locked(user, record):
    """Whether `user` may only propose to change `record`, which is a public matter."""
    return not changes_at_once(user, governing_model(type(record))) and is_public_matter(record)


def may_write(user, model):
    """Whether `user` adds or changes records of this noun: what is public at least as a proposal."""
    return user.has_perm(f"catalog.change_{model._meta.model_name}")


def governing_model(model):
    """The noun whose right to publish decides on changes of `model`."""
    name = PARENT.get(model)
    return model._meta.get_field(name).related_model if name else model


def may_decide(user, model):
    """Whether `user` accepts or refuses what others propose of this noun."""
    return may_write(user, model) and may_publish(user, governing_model(model))


def others_may_decide(user, model):
    """Whether somebody else with an open account decides on proposals of this noun."""
    name = f"publish_{governing_model(model)._meta.model_name}"
    permission = Permission.objects.get(content_type__app_label="catalog", codename=name)
    return (
        User.objects.filter(is_active=True, is_staff=True)
        .filter(Q(is_superuser=True) | Q(groups__permissions=permission) | Q(user_permissions=permission))
        .exclude(pk=user.pk)
        .exists()
    )


def changes_at_once(user, model):
    """Whether what `user` changes of a public record of this noun is public at once: nobody else can accept
    it. Asked once for each account that a request has in hand."""
    known = user.__dict__.setdefault("_changes_at_once", {})
    if model not in known:
        known[model] = may_publish(user, model) and not others_may_decide(user, model)
    return known[model]


def is_kept(record):
    """Whether `record` was public once: it can be withdrawn, not deleted. Samples have their own command."""
    return (
        isinstance(record, Publishable)
        and record.was_published
        and getattr(record, "origin", "") != Origin.SAMPLE
    )


def may_delete(user, record):
    """Besides the permission: nothing that was public; without the right to publish, only own drafts."""
    if is_kept(record) or is_locked(user, record):
        return False
    if not isinstance(record, Publishable) or may_publish(user, type(record)):
        return True
    return record.state == State.DRAFT and record.history.filter(history_type="+", history_user=user).exists()
