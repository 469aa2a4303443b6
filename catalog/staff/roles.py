"""The roles of the staff and what each may do. `ensure_roles` makes them groups, after `migrate`."""

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

LABELS = {
    ADMINISTRATOR: _("Administrator"),
    REVIEWER: _("Reviewer"),
    EDITOR: _("Editor"),
    DESK_OFFICER: _("Desk officer"),
}

# Bookkeeping of loads and of what is derived; nobody edits it.
MACHINERY = (
    models.LoadedRow,
    models.LoadRun,
    models.ProductCount,
    models.CountedProduct,
    models.UnitMatch,
    models.ProductMaker,
    models.ProductPromise,
    models.Import,  # pages of their own say who sees and decides which
    models.ImportRow,
    models.CustomsFile,
    models.CustomsLine,
    models.CustomsMapping,
    models.RememberedName,
    models.Revision,
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
    every = [
        model
        for model in apps.get_app_config("catalog").get_models()
        if model not in MACHINERY
        and not hasattr(model, "instance_type")  # histories are read on the history page
    ]
    wanted = {
        ADMINISTRATOR: {(model, "*") for model in every} | {(User, action) for action in KEEPING},
        REVIEWER: {(model, "*") for model in every},
        EDITOR: {(model, action) for model in every for action in _writing(model)},
        DESK_OFFICER: {(model, "view") for model in every}
        | {(noun.model, action) for noun in nouns("desk_officer") for action in _writing(noun.model)},
    }
    for name, allowed in wanted.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.set(_permissions(allowed))


def _writing(model):
    """What a role that writes a model but does not publish it may do. What is public it may propose only (see
    catalog.admin.access)."""
    kept = (models.Source, models.Office, models.ExchangeRate)
    return ("view", "add", "change") if model in kept else ("view", "add", "change", "delete")


def _permissions(allowed):
    """Permission rows of (model, action) pairs; action "*" stands for all of the model's."""
    codenames = {
        (model._meta.app_label, f"{name}_{model._meta.model_name}")
        for model, action in allowed
        for name in (model._meta.default_permissions if action == "*" else [action])
    }
    rows = Permission.objects.filter(content_type__app_label__in={app for app, _codename in codenames})
    return [
        row
        for row in rows.select_related("content_type")
        if (row.content_type.app_label, row.codename) in codenames
    ]
