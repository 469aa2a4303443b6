"""What waits for a member of staff: shown on the first page of the admin."""

import datetime
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from catalog.models import (
    Contract,
    Desk,
    DeskBuyer,
    DeskProduct,
    Import,
    ImportRecord,
    ImportState,
    Origin,
    Outbox,
    State,
    Statement,
)
from catalog.models.base import Publishable
from catalog.models.freshness import OVERDUE_AFTER, Freshness, conditions, last_days, to_confirm
from catalog.nouns import nouns
from catalog.staff import scopes

from .gaps import GAPS

MOST_DRAFTS = 8
MOST_COUNTED = 1000
"""Nobody works through more; counting on would take long where there are many."""
SOON = datetime.timedelta(days=30)
SAMPLES = {"no": ~Q(origin=Origin.SAMPLE), "yes": Q(origin=Origin.SAMPLE)}


@dataclass(frozen=True)
class WaitingRecords:
    """Some records of one noun, `count` in all (`more`: at least), and the list that shows them."""

    label: str
    count: int
    url: str
    more: bool = False
    is_sample: bool = False


@dataclass(frozen=True)
class Section:
    title: str
    rows: list = field(default_factory=list)


@dataclass(frozen=True)
class Draft:
    noun: str
    name: str
    url: str


def publishable_models():
    """The models whose records are published one by one."""
    return [model for model in apps.get_app_config("catalog").get_models() if issubclass(model, Publishable)]


def sections(user):
    """The Sections of what this user looks after, those without anything left out."""
    found = [
        Section(_("Not confirmed for a year"), to_be_confirmed(user, Freshness.OVERDUE)),
        Section(_("Not confirmed for half a year"), to_be_confirmed(user, Freshness.DUE)),
        Section(_("Never confirmed"), to_be_confirmed(user, Freshness.UNCONFIRMED)),
        Section(_("Desks soon, not prepared"), unprepared_desks(user)),
        Section(_("Contracts that are late"), late_contracts(user)),
        Section(_("Figures that contradict each other"), contradictions(user)),
        Section(_("Own files, not brought in yet"), own_files(user)),
        Section(_("Mail that cannot be delivered"), undeliverable_mail(user)),
    ]
    return [section for section in found if section.rows]


def in_review(user):
    """Waiting rows of the nouns this user may publish, without those where nothing waits."""
    models = [m for m in publishable_models() if user.has_perm(f"catalog.publish_{m._meta.model_name}")]
    return _waiting(
        user,
        [
            (model, scopes.within(user, model).filter(state=State.IN_REVIEW), "state__exact=in_review")
            for model in models
        ],
    )


def to_be_confirmed(user, freshness):
    """Waiting rows of that freshness, of nouns this user may change: the real ones, then the samples."""
    of_this = conditions(*last_days())[freshness]
    models = [noun.model for noun in nouns() if noun.has("confirmed_on") and _may_change(user, noun.model)]
    found = []
    for sample, condition in SAMPLES.items():
        query = f"freshness={freshness}&sample={sample}"
        rows = [(m, scopes.within(user, m).filter(to_confirm(m), condition, of_this), query) for m in models]
        found += _waiting(user, rows, is_sample=sample == "yes")
    return found


def unprepared_desks(user):
    """Waiting rows of desks that begin within a month and have no products, or no buyers."""
    if not _may_change(user, Desk):
        return []
    labels = {"products": _("desks without products"), "buyers": _("desks without buyers")}
    rows = [(Desk, unprepared(scopes.within(user, Desk), what), f"soon={what}") for what in labels]
    return _waiting(user, rows, labels=list(labels.values()))


def unprepared(desks, what):
    """Those of `desks` that begin within a month without "products" or "buyers"."""
    today = timezone.localdate()
    days = (today, today + SOON)
    begin = Q(opens__range=days) | Q(opens=None, held_on__range=days)
    rows = {"products": DeskProduct, "buyers": DeskBuyer}[what]
    return desks.filter(begin).exclude(state=State.WITHDRAWN).exclude(pk__in=rows.objects.values("desk"))


def late_contracts(user):
    if not _may_change(user, Contract):
        return []
    return _waiting(user, [(Contract, with_late_steps(scopes.within(user, Contract)), "late=yes")])


def with_late_steps(contracts):
    """Those of `contracts` of which a step is late, or the whole."""
    today = timezone.localdate()
    whole = Q(due__lt=today, kind__in=Contract.COUNTED, status__in=Contract.RUNNING)
    return contracts.filter(whole | Q(open_step_due__lt=today)).exclude(state=State.WITHDRAWN)


def contradictions(user):
    """Waiting rows of stated figures that contradict one another, and of import figures of several sources of
    which staff chose none."""
    nouns_asked = [model for model in (Statement, ImportRecord) if _may_change(user, model)]
    rows = [(model, contradicting(scopes.within(user, model)), "contradicts=yes") for model in nouns_asked]
    return _waiting(user, rows)


def own_files(user):
    """Waiting rows of the spreadsheets of this user that are not brought in yet."""
    count = Import.objects.filter(author=user, state=ImportState.CHECKED).count()
    query = urlencode({"state__exact": ImportState.CHECKED, "author__id__exact": user.pk})
    url = f"{reverse('admin:catalog_import_changelist')}?{query}"
    return [WaitingRecords(str(Import._meta.verbose_name_plural), count, url)] if count else []


def contradicting(figures):
    """Those of these statements, or import records, that contradict another."""
    if figures.model is ImportRecord:
        return figures.contradicting()
    return figures.filter(pk__in=Statement.contradicts.through.objects.values("from_statement"))


def missing(user):
    """[Section] of what records lack, by noun, of the nouns this user may see; samples are left out."""
    found = []
    for model, gaps in GAPS.items():
        if not user.has_perm(f"catalog.view_{model._meta.model_name}"):
            continue
        real = SAMPLES["no"] if any(each.name == "origin" for each in model._meta.fields) else Q()
        query = "&sample=no" if real else ""
        rows = [
            (model, scopes.within(user, model).filter(real, condition), f"gap={name}{query}")
            for name, (_label, condition) in gaps.items()
        ]
        labels = [label for label, _condition in gaps.values()]
        if waiting := _waiting(user, rows, labels=labels):
            found.append(Section(str(model._meta.verbose_name_plural), waiting))
    return found


@dataclass(frozen=True)
class ConfirmedShare:
    """Of the real public records of a noun, how many the company, the buyer or the plant itself confirmed
    within a year."""

    label: str
    count: int
    all: int


def confirmed_by_company(user):
    """A ConfirmedShare of each noun that has such a date and that this user may see, without those of
    which there are none."""
    since = timezone.localdate() - datetime.timedelta(days=OVERDUE_AFTER)
    found = []
    for model in [noun.model for noun in nouns() if noun.has("confirmed_by_company_on")]:
        if not user.has_perm(f"catalog.view_{model._meta.model_name}"):
            continue
        reach = scopes.within(user, model).values("pk")
        real = model.objects.published().filter(SAMPLES["no"], pk__in=reach)
        counts = real.aggregate(
            all=Count("pk"), confirmed=Count("pk", filter=Q(confirmed_by_company_on__gte=since))
        )
        if counts["all"]:
            label = str(model._meta.verbose_name_plural)
            found.append(ConfirmedShare(label, counts["confirmed"], counts["all"]))
    return found


def own_drafts(user):
    """Up to MOST_DRAFTS Drafts that this user began, newest first within each noun."""
    found = []
    for model in publishable_models():
        begun = model.history.filter(history_type="+", history_user=user).values("id")
        for record in model.objects.filter(state=State.DRAFT, pk__in=begun).order_by("-pk")[
            : MOST_DRAFTS - len(found)
        ]:
            url = reverse(f"admin:catalog_{model._meta.model_name}_change", args=[record.pk])
            found.append(Draft(str(model._meta.verbose_name), str(record), url))
        if len(found) >= MOST_DRAFTS:
            break
    return found


def undeliverable_mail(user):
    """A WaitingRecords row of the messages that were given up on, for who looks after the outbox."""
    if not user.has_perm("auth.view_user"):
        return []
    count = Outbox.objects.undeliverable().count()
    url = reverse("admin:catalog_outbox_changelist") + "?sent=undeliverable"
    return [WaitingRecords(str(_("messages")), count, url)] if count else []


def _may_change(user, model):
    return user.has_perm(f"catalog.change_{model._meta.model_name}")


def _waiting(user, rows, labels=(), is_sample=False):
    """The WaitingRecords of each (model, records, query of the list that shows them) of which there are
    any."""
    mine = "" if scopes.tags_of(user) is None else "&mine=yes"
    found = []
    for place, (model, records, query) in enumerate(rows):
        count = records.order_by()[: MOST_COUNTED + 1].count()
        if count:
            url = reverse(f"admin:catalog_{model._meta.model_name}_changelist")
            label = str(labels[place] if labels else model._meta.verbose_name_plural)
            more = count > MOST_COUNTED
            found.append(
                WaitingRecords(label, min(count, MOST_COUNTED), f"{url}?{query}{mine}", more, is_sample)
            )
    return found
