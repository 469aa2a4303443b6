"""The pages that say inside the admin what went wrong, and lead back to it."""

from django.conf import settings
from django.contrib import admin
from django.http import HttpResponse
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _

STATUS_WORDS = {
    400: (
        _("This request cannot be read"),
        _("Something in the address or the form was not as a browser sends it. Go back and try again."),
    ),
    403: (
        _("This page is not open to you"),
        _("Your role does not reach it. Ask an administrator, should you need it for your work."),
    ),
    404: (
        _("There is no such page"),
        _("The address may be mistyped, or what stood here was deleted."),
    ),
    500: (
        _("Something went wrong on our side"),
        _("It has been recorded. Go back, where what you typed may still stand, and try again later."),
    ),
    503: (
        _("This site cannot work just now"),
        _("Database or disk fail, and that has been recorded. Please try again in a minute."),
    ),
}
CSRF_WORDS = (
    _("The form was open for too long"),
    _(
        "Nothing was saved. Go back, reload the page and send the form again; your browser must accept this"
        " site’s cookies."
    ),
)
OTHER_ACCOUNT_WORDS = (
    _("This form belongs to another account"),
    _(
        "It was opened by an account that is not signed in now. Nothing was saved. What was typed is kept for"
        " an hour, for that account."
    ),
)


def is_inside(request):
    return request.path_info.startswith(reverse("admin:index"))


def staff_page(request, status, words=None, **context):
    """The page of that status; `words`: its title and sentence, where they are not those of the status."""
    if not hasattr(request, "user"):
        return HttpResponse(text_for_anybody(request, status), status=status)
    noun = _noun_at(request.path_info)
    list_of = noun if noun and noun.has_view_permission(request) else None
    context |= admin.site.each_context(request) | _said(status, words or STATUS_WORDS[status], list_of)
    return render(request, "admin/error.html", context, status=status)


def staff_csrf_failure(request):
    return staff_page(request, 403, CSRF_WORDS)


def text_for_anybody(request, status, **more):
    """The page of that status, made without what may be broken: session, account, database. `more` is for a
    form that could not be saved: see admin/send_again.html."""
    name = settings.SITE_NAME[get_language()]
    context = {"LANGUAGE_CODE": get_language(), "LANGUAGE_BIDI": get_language_bidi()}
    context |= {"site_header": name, "site_title": name, "has_permission": False, "messages": ()}
    context |= _said(status, STATUS_WORDS[status], _noun_at(request.path_info)) | more
    return loader.render_to_string("admin/error.html", context)


def _noun_at(path):
    """The ModelAdmin that an address belongs to, or None."""
    app_and_model = path.removeprefix(reverse("admin:index")).split("/")[:2]
    for model, noun in admin.site._registry.items():
        if app_and_model == [model._meta.app_label, model._meta.model_name]:
            return noun
    return None


def _said(status, words, list_of):
    """The context of the page; `list_of`: the ModelAdmin to whose list it leads back, or None."""
    said = {"status": status, "title": words[0], "sentence": words[1], "list_url": "", "list_label": ""}
    if list_of:
        opts = list_of.opts
        said["list_url"] = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
        said["list_label"] = capfirst(opts.verbose_name_plural)
    return said
