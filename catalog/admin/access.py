"""Who may change which record: what permissions on a whole noun cannot say.

What the public sees or saw is changed by a proposal that somebody else accepts (see proposals.py); at once by
who may publish only while nobody else may. A row without a state of its own (an import, a line) is as open or
closed as the record it belongs to, a source as the records that name it. Offices and exchange rates have no
drafts: they are public at once. An account that is limited (see catalog/staff/scopes.py) changes what is in
its scope, and sees drafts of no other.
"""

from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from catalog import models
from catalog.models import Origin, State
from catalog.models.base import Publishable
from catalog.models.revisions import RevisionKind, RevisionState
from catalog.nouns import nouns
from catalog.staff import scopes

LOCKED = (State.PUBLISHED, State.WITHDRAWN)
PUBLIC_AT_ONCE = (models.Office, models.ExchangeRate, models.Holiday)

# The record a row belongs to, by the name of its foreign key.
PARENT = {
    models.ProductAlias: "product",
    models.ProductCode: "product",
    models.Parameter: "product",
    models.ImportRecord: "product",
    models.Demand: "product",
    models.Call: "product",
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
    return not changes_at_once(user, record) and is_public_matter(record)


def submission_of(record):
    """The Revision by which a record in review was sent there; None where it is in none, or nobody is known
    to have sent it. Read once for each record in hand."""
    if record.state != State.IN_REVIEW:
        return None
    if "_submission" not in record.__dict__:
        kind = ContentType.objects.get_for_model(type(record))
        sent = models.Revision.objects.filter(
            content_type=kind, record_id=record.pk, state=RevisionState.OPEN
        )
        record._submission = (
            sent.filter(kind=RevisionKind.PUBLICATION).select_related("author", "content_type").first()
        )
    return record._submission


def is_own(user, record):
    """Whether a record that is not public is the work of `user`: sent to review by them, else begun by
    them."""
    if sent := submission_of(record):
        return sent.author_id == user.pk
    return not record.was_published and record.history.filter(history_type="+", history_user=user).exists()


def may_judge(user, record):
    """Whether `user` publishes this record as it stands, or sends it back: an own one only while nobody else
    may."""
    model = type(record)
    if not (may_decide(user, model) and scopes.in_scope(user, record)):
        return False
    return not others_may_decide(user, record) or not is_own(user, record)


def is_under_review(user, record):
    """Whether `record`, or what it belongs to, waits in review for somebody else: nobody writes to it."""
    above = governing(record)
    waits = above is not None and bool(above.pk) and above.state == State.IN_REVIEW
    return waits and not may_judge(user, above)


def visible(user, queryset):
    """Those records of a queryset that `user` sees: what is public or was, and drafts in their scope."""
    if scopes.tags_of(user) is None:
        return queryset
    model = queryset.model
    name = PARENT.get(model)
    if issubclass(model, Publishable):
        open_to_all = Q(state__in=LOCKED)
    elif name:
        open_to_all = Q(**{f"{name}__state__in": LOCKED})
    else:
        return queryset
    return queryset.filter(open_to_all | Q(pk__in=scopes.within(user, model).values("pk")))


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


def others_may_decide(user, record):
    """Whether somebody else with an open account decides on `record`, or on a Revision of one."""
    limits = _limits_of_others(user, governing_model(_noun_of(record)))
    return None in limits or any(tags & scoped_record(record) for tags in limits)


def decides_alone(user, model):
    """Whether nobody else with an open account decides on any record of this noun."""
    return not _limits_of_others(user, governing_model(model))


def _noun_of(record):
    return record.model if isinstance(record, models.Revision) else type(record)


def scoped_record(record):
    """What tells whose scope a record belongs to, or a Revision of one."""
    if not isinstance(record, models.Revision):
        return scopes.reach_of(record)
    stored = record.record
    return scopes.reach_of(stored) if stored is not None else scopes.tags_in(record.reach)


def is_in_scope(user, record):
    """Whether a record, or a Revision of one, is in the scope of `user`."""
    tags = scopes.tags_of(user)
    return tags is None or bool(tags & scoped_record(record))


def _limits_of_others(user, model):
    """What each other account is limited to that decides on this noun, None for one that is not. Asked once
    for each account that a request has in hand."""
    known = user.__dict__.setdefault("_limits_of_others", {})
    if model not in known:
        name = f"publish_{model._meta.model_name}"
        permission = Permission.objects.get(content_type__app_label="catalog", codename=name)
        holders = Q(is_superuser=True) | Q(groups__permissions=permission) | Q(user_permissions=permission)
        others = User.objects.filter(holders, is_active=True, is_staff=True).exclude(pk=user.pk).distinct()
        free = Q(is_superuser=True) | Q(scope=None)
        known[model] = [None] if others.filter(free).exists() else [scopes.tags_of(each) for each in others]
    return known[model]


def changes_at_once(user, record):
    """Whether what `user` changes of a public record is public at once: nobody else can accept it."""
    return may_publish(user, governing_model(type(record))) and not others_may_decide(user, record)


def is_kept(record):
    """Whether `record` was public once: it can be withdrawn, not deleted. Samples have their own command."""
    return (
        isinstance(record, Publishable)
        and record.was_published
        and getattr(record, "origin", "") != Origin.SAMPLE
    )


def may_delete(user, record):
    """Besides the permission: nothing that was public; without the right to publish, only own drafts."""
    if is_kept(record) or is_locked(user, record) or is_under_review(user, record):
        return False
    if not isinstance(record, Publishable) or may_publish(user, type(record)):
        return True
    return record.state == State.DRAFT and record.history.filter(history_type="+", history_user=user).exists()
