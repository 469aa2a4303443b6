"""Who may change which record: what permissions on a whole noun cannot say.

Whoever may not publish may not change what the public sees or saw. A row without a state of its own (an
import, a line) is as open or closed as the record it belongs to, a source as the records that name it.
Offices and exchange rates are public at once: catalog/staff/roles.py leaves them to administrators.
"""

from catalog import models
from catalog.models import Origin, State
from catalog.models.base import Publishable
from catalog.nouns import nouns

LOCKED = (State.PUBLISHED, State.WITHDRAWN)

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


def is_locked(user, record):
    """Whether `record` is, or belongs to, something the public sees or saw, and `user` may not publish it."""
    if isinstance(record, models.Source):
        return bool(record.pk) and not may_publish(user, models.Source) and is_cited(record)
    above = governing(record)
    return (
        above is not None and bool(above.pk) and above.state in LOCKED and not may_publish(user, type(above))
    )


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
