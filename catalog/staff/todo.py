"""What waits for a member of staff: shown on the first page of the admin."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Q
from django.urls import reverse

from catalog.models import Origin, State
from catalog.models.base import Publishable
from catalog.models.freshness import Freshness, conditions, last_days
from catalog.nouns import nouns
from catalog.staff import scopes

MOST = 8


@dataclass(frozen=True)
class Waiting:
    """Some records of one noun, `count` in all, and the list that shows them."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Draft:
    noun: str
    name: str
    url: str


def publishable_models():
    """The models whose records are published one by one."""
    return [model for model in apps.get_app_config("catalog").get_models() if issubclass(model, Publishable)]


def in_review(user):
    """Waiting rows of the nouns this user may publish, without those where nothing waits."""
    models = [m for m in publishable_models() if user.has_perm(f"catalog.publish_{m._meta.model_name}")]
    return _waiting(
        (model, scopes.within(user, model).filter(state=State.IN_REVIEW), "state__exact=in_review")
        for model in models
    )


def overdue(user):
    """Waiting rows of the ministry's records nobody confirmed for a year, of nouns this user may change."""
    return _to_confirm(user, Freshness.OVERDUE)


def unconfirmed(user):
    """Waiting rows of the ministry's records that nobody ever confirmed, of nouns this user may change."""
    return _to_confirm(user, Freshness.UNCONFIRMED)


def _to_confirm(user, freshness):
    of_this = Q(conditions(*last_days())[freshness], origin=Origin.MINISTRY)
    models = [noun.model for noun in nouns() if noun.has("confirmed_on")]
    query = f"freshness={freshness}&origin__exact=ministry"
    return _waiting(
        (model, scopes.within(user, model).filter(of_this), query)
        for model in models
        if user.has_perm(f"catalog.change_{model._meta.model_name}")
    )


def own_drafts(user):
    """Up to MOST Drafts that this user began, newest first within each noun."""
    found = []
    for model in publishable_models():
        begun = model.history.filter(history_type="+", history_user=user).values("id")
        for record in model.objects.filter(state=State.DRAFT, pk__in=begun).order_by("-pk")[
            : MOST - len(found)
        ]:
            url = reverse(f"admin:catalog_{model._meta.model_name}_change", args=[record.pk])
            found.append(Draft(str(model._meta.verbose_name), str(record), url))
        if len(found) >= MOST:
            break
    return found


def _waiting(rows):
    found = []
    for model, records, query in rows:
        if count := records.count():
            url = reverse(f"admin:catalog_{model._meta.model_name}_changelist")
            found.append(Waiting(str(model._meta.verbose_name_plural), count, f"{url}?{query}"))
    return found
