"""The staff's site: named like the portal, nouns in the order of work, and what waits on the first page."""

from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from catalog.staff import audit, second_factor, sessions, todo

# Daily work first, then what it refers to. A noun that is not named here comes last.
MENU_ORDER = [
    "Revision",
    "Import",
    "CustomsFile",
    "Desk",
    "Contract",
    "Company",
    "Product",
    "Engagement",
    "Demand",
    "Call",
    "Question",
    "IdleUnit",
    "Facility",
    "ImportRecord",
    "Parameter",
    "Document",
    "Office",
    "GuideStep",
    "Holiday",
    "Indicator",
    "Statement",
    "ExchangeRate",
    "Sector",
    "Source",
]


class PortalAdminSite(admin.AdminSite):
    index_title = _("What to do")
    enable_nav_sidebar = True

    def each_context(self, request):
        name = settings.SITE_NAME.get(get_language(), settings.SITE_NAME["en"])
        return {
            **super().each_context(request),
            "site_header": name,
            "site_title": name,
            "site_url": f"/{get_language() if get_language() in settings.SITE_NAME else 'en'}/",
        }

    def admin_view(self, view, cacheable=False):
        """A form that comes after its session has ended leads to the sign-in, and back to what was typed."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def answer(request, *args, **kwargs):
            if super(PortalAdminSite, self).has_permission(request):
                sessions.keep(request.session)
                if second_factor.is_demanded(request.user) and request.method == "GET":
                    return HttpResponseRedirect(reverse("admin:second_factor"))
            if request.method == "POST" and not self.has_permission(request):
                from catalog.admin import stashed_forms  # noqa: PLC0415, models are ready only now

                if leading_back := stashed_forms.sent_back(request):
                    return leading_back
            return guarded(request, *args, **kwargs)

        return answer

    def get_urls(self):
        from catalog.admin import happened, quality, what_i_may_do  # noqa: PLC0415, models are ready only now
        from catalog.admin.accounts import pages, sign_in  # noqa: PLC0415
        from portal.admin import operation  # noqa: PLC0415

        return [
            path("changes/", self.admin_view(happened.view), name="happened"),
            path("what-i-may-do/", self.admin_view(what_i_may_do.permissions_page), name="what_i_may_do"),
            path("quality/", self.admin_view(quality.quality_page), name="quality"),
            path("duplicates/", self.admin_view(quality.duplicates), name="duplicates"),
            path("operation/", self.admin_view(operation.operation_page), name="operation"),
            path("login/code/", sign_in.code_step, name="second_step"),
            path("account/", pages.account, name="account"),
            path("account/second-factor/", pages.set_up_factor, name="second_factor"),
            path("account/second-factor/remove/", pages.remove_factor, name="second_factor_remove"),
            path("account/recovery-codes/", pages.new_codes, name="recovery_codes"),
            path("account/sign-out-everywhere/", pages.sign_out_everywhere, name="sign_out_everywhere"),
            *super().get_urls(),
        ]

    def login(self, request, extra_context=None):
        """The password, and then the code of those who have a second factor."""
        from catalog.admin.accounts.sign_in import PasswordStep  # noqa: PLC0415, models are ready only now

        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        context = {
            **self.each_context(request),
            "title": _("Log in"),
            "subtitle": None,
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            **(extra_context or {}),
        }
        if "next" not in request.GET and "next" not in request.POST:
            context["next"] = reverse("admin:index")
        request.current_app = self.name
        return never_cache(PasswordStep.as_view(extra_context=context))(request)

    def logout(self, request, extra_context=None):
        """Browsers forget the pages of whoever signs out."""
        answer = super().logout(request, extra_context)
        answer.headers["Clear-Site-Data"] = '"cache"'
        return answer

    def password_change(self, request, extra_context=None):
        answer = super().password_change(request, extra_context)
        if request.method == "POST" and answer.status_code == HTTPStatus.FOUND:
            sessions.end_all(request.user, but=request.session.session_key)
            audit.note(audit.EventKind.PASSWORD_CHANGED, request.user, request)
        return answer

    def has_permission(self, request):
        return super().has_permission(request) and not second_factor.is_demanded(request.user)

    def autocomplete_view(self, request):
        from catalog.admin.search_boxes import SearchBoxView  # noqa: PLC0415, models are ready only now

        return SearchBoxView.as_view(admin_site=self)(request)

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        for app in apps:
            if app["app_label"] == "catalog":
                app["models"].sort(key=lambda noun: _place(noun["object_name"]))
        return sorted(apps, key=lambda app: app["app_label"] != "catalog")

    def index(self, request, extra_context=None):
        from catalog.admin import proposals  # noqa: PLC0415, models are ready only now
        from contact import inbox  # noqa: PLC0415

        waiting = {
            "proposed": proposals.waiting_revisions(request.user),
            "own_proposals": proposals.own_revisions(request.user),
            "in_review": todo.in_review(request.user),
            "sections": [*inbox.enquiry_sections(request.user), *todo.sections(request.user)],
            "own_drafts": todo.own_drafts(request.user),
        }
        return super().index(request, {**waiting, **(extra_context or {})})


def _place(name):
    return MENU_ORDER.index(name) if name in MENU_ORDER else len(MENU_ORDER)
