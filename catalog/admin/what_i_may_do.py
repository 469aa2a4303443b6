"""The page "What may I do here?": what an account may do with each noun, and what it is limited to."""

from dataclasses import dataclass

from django.contrib import admin
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from catalog.staff import roles, scopes

from . import access


@dataclass
class PermissionRow:
    """A noun and what the account may do with it, each as words; "" where it may not."""

    noun: str
    reads: str
    writes: str
    deletes: str
    decides: str


def permissions_page(request):
    user = request.user
    context = {
        **admin.site.each_context(request),
        "title": _("What may I do here?"),
        "roles": [roles.label(group.name) for group in user.groups.all()],
        "is_superuser": user.is_superuser,
        "limits": scopes.scope_names(user),
        "rows": [row_of(user, model) for model in _nouns(request)],
        "keeps_accounts": user.has_perm("auth.change_user"),
        "reads_enquiries": roles.may_read_enquiries(user),
    }
    return TemplateResponse(request, "admin/what_i_may_do.html", context)


def _nouns(request):
    """The nouns that the account reads, in the order of the first page."""
    listed = (noun["model"] for app in admin.site.get_app_list(request, "catalog") for noun in app["models"])
    return [model for model in listed if model not in roles.MACHINERY]


def row_of(user, model):
    """The PermissionRow of a noun."""
    name = model._meta.model_name
    reached = scopes.reaches(user, model)
    return PermissionRow(
        noun=capfirst(model._meta.verbose_name_plural),
        reads=_("Yes") if user.has_perm(f"catalog.view_{name}") else "",
        writes=_writing(user, model) if reached and access.may_write(user, model) else "",
        deletes=_("what was never public") if reached and user.has_perm(f"catalog.delete_{name}") else "",
        decides=_deciding(user, model) if reached and access.may_decide(user, model) else "",
    )


def _writing(user, model):
    if model in access.PUBLIC_AT_ONCE:
        return _("changes at once") if _is_alone(user, model) else _("proposes changes")
    if _is_alone(user, model):
        return _("drafts, and what is public")
    return _("drafts; proposes changes of what is public")


def _is_alone(user, model):
    return access.may_decide(user, model) and access.decides_alone(user, model)


def _deciding(user, model):
    return (
        _("also on the own work: nobody else may") if _is_alone(user, model) else _("on the work of others")
    )
