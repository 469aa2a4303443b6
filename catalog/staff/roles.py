"""The roles of the staff and what each may do. `ensure_roles` makes them groups, after `migrate`."""

from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog import models
from catalog.nouns import nouns

ADMINISTRATOR = "administrator"
REVIEWER = "reviewer"
EDITOR = "editor"
DESK_OFFICER = "desk officer"


@dataclass(frozen=True)
class Role:
    """What a role may do; every role reads every noun. `writes`: it adds and changes drafts and proposes
    changes of what is public, of every noun or of those of desks (`desks_alone`). `publishes`: it decides on
    what was sent to review and withdraws. Which records those are, an account's limits say (see
    scopes.py)."""

    label: str
    desks_alone: bool = False
    publishes: bool = False
    reads_enquiries: bool = False
    keeps_accounts: bool = False


# The one table of roles: the groups, the page "What may I do here?" and the tests are made from it.
ROLES = {
    ADMINISTRATOR: Role(_("Administrator"), publishes=True, reads_enquiries=True, keeps_accounts=True),
    REVIEWER: Role(_("Reviewer"), publishes=True, reads_enquiries=True),
    EDITOR: Role(_("Editor")),
    DESK_OFFICER: Role(_("Desk officer"), desks_alone=True, reads_enquiries=True),
}
LABELS = {name: role.label for name, role in ROLES.items()}

# Bookkeeping of loads and of what is derived; nobody edits it.
MACHINERY = (
    models.LoadedRow,
    models.LoadRun,
    models.ProductCount,
    models.CountedProduct,
    models.UnitMatch,
    models.ProductMaker,
    models.ProductPromise,
    models.FormerAddress,
    models.Change,
    models.Seen,
    models.SeenNoun,
    models.AccountEvent,  # administrators read them, and the outbox, as they read accounts
    models.Outbox,
    models.StaffSession,
    models.Revision,  # a page of its own says who sees and decides which
    models.Scope,  # chosen on the page of its account
    models.Import,  # pages of their own say who sees and decides which
    models.ImportRow,
    models.CustomsFile,
    models.CustomsLine,
    models.CustomsMapping,
    models.RememberedName,
    models.ServiceFigure,
)

# Accounts are closed and not deleted: the history says by name who changed what.
KEEPING = ("view", "add", "change")


def administrators():
    """The open accounts of administrators and superusers."""
    named = Q(is_superuser=True) | Q(groups__name=ADMINISTRATOR)
    return User.objects.filter(named, is_active=True, is_staff=True).distinct()


def label(name):
    """The name of a group in the active language; a group that is not one of ours stands for itself."""
    return str(LABELS.get(name, name))


def ensure_roles():
    """Make the groups hold exactly their permissions; the users in them stay. Safe to repeat."""
    for name, role in ROLES.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.set(_permissions(allowed_to(role)))


def governed():
    """The models whose rows the roles speak of."""
    return [
        model
        for model in apps.get_app_config("catalog").get_models()
        if model not in MACHINERY
        and not hasattr(model, "instance_type")  # histories are read on the history page
    ]


def allowed_to(role):
    """{(model, action)} of a Role."""
    written = [noun.model for noun in nouns("desk_officer")] if role.desks_alone else governed()
    allowed = {(model, "view") for model in governed()}
    if role.publishes:
        allowed |= {(model, "*") for model in written}
    else:
        allowed |= {(model, action) for model in written for action in _writing(model)}
    if role.reads_enquiries:
        allowed.add((models.Scope, "read_enquiries"))
    if role.keeps_accounts:
        allowed |= {(User, action) for action in KEEPING}
    return allowed


def may_read_enquiries(user):
    """Whether an account reads what visitors sent."""
    return user.has_perm("catalog.read_enquiries")


def _writing(model):
    """What a role that writes a model but does not publish it may do. What is public it may propose only (see
    catalog.admin.access)."""
    kept = (models.Source, models.Office, models.ExchangeRate, models.Holiday)
    return ("view", "add", "change") if model in kept else ("view", "add", "change", "delete")


def _permissions(allowed):
    """Permission rows of (model, action) pairs; action "*" stands for all of the model's."""
    codenames = {
        (model._meta.app_label, name if name == "read_enquiries" else f"{name}_{model._meta.model_name}")
        for model, action in allowed
        for name in (model._meta.default_permissions if action == "*" else [action])
    }
    rows = Permission.objects.filter(content_type__app_label__in={app for app, _codename in codenames})
    return [
        row
        for row in rows.select_related("content_type")
        if (row.content_type.app_label, row.codename) in codenames
    ]
