"""Pages on the quality of the data: what records lack, and which two are the same."""

from dataclasses import dataclass

from django.contrib import admin
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from catalog.staff import todo, twins

from . import columns


@dataclass
class DuplicatePair:
    one: object
    other: object
    one_url: str
    other_url: str
    merge_url: str


def _page(request, template, title, **context):
    request.current_app = admin.site.name
    context |= admin.site.each_context(request) | {"title": title}
    return TemplateResponse(request, template, context)


def quality_page(request):
    """What records lack, by noun."""
    shown = {
        "sections": todo.missing(request.user),
        "confirmed": todo.confirmed_by_company(request.user),
    }
    return _page(request, "admin/quality.html", _("Data quality"), **shown)


def duplicates(request):
    """Records that are most likely the same thing, in pairs."""
    found, many = [], []
    for model in twins.MODELS:
        noun_admin = admin.site._registry[model]
        if noun_admin.has_view_permission(request):
            pairs = pairs_of(request, noun_admin)
            title = capfirst(model._meta.verbose_name_plural)
            if pairs:
                found.append((title, pairs))
            if twins.are_very_many(model, noun_admin.get_queryset(request)):
                many.append(title)
    shown = {"found": found, "many": columns.names_listed(many)}
    return _page(request, "admin/duplicates.html", _("Records that may be the same"), **shown)


def pairs_of(request, noun_admin):
    model = noun_admin.model
    keys = twins.twin_pairs(model, noun_admin.get_queryset(request))
    records = model._base_manager.in_bulk({key for pair in keys for key in pair})
    name = f"admin:catalog_{model._meta.model_name}"
    return [
        DuplicatePair(
            records[one],
            records[other],
            reverse(f"{name}_change", args=[one]),
            reverse(f"{name}_change", args=[other]),
            f"{reverse(f'{name}_merge', args=[one])}?other={other}"
            if noun_admin.may_merge(request, records[one], records[other])
            else "",
        )
        for one, other in keys
    ]
