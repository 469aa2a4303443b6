"""The staff's site: named like the portal, nouns in the order of work, and what waits on the first page."""

from functools import wraps

from django.conf import settings
from django.contrib import admin
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.staff import todo

# Daily work first, then what it refers to. A noun that is not named here comes last.
ORDER = [
    "Revision",
    "Import",
    "CustomsFile",
    "Desk",
    "Contract",
    "Company",
    "Product",
    "Engagement",
    "Demand",
    "IdleUnit",
    "Facility",
    "ImportRecord",
    "Parameter",
    "Document",
    "Office",
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
            if request.method == "POST" and not self.has_permission(request):
                from catalog.admin import stashed_forms  # noqa: PLC0415, models are ready only now

                if leading_back := stashed_forms.sent_back(request):
                    return leading_back
            return guarded(request, *args, **kwargs)

        return answer

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

        waiting = {
            "proposed": proposals.waiting(request.user),
            "own_proposals": proposals.own(request.user),
            "in_review": todo.in_review(request.user),
            "overdue": todo.overdue(request.user),
            "unconfirmed": todo.unconfirmed(request.user),
            "own_drafts": todo.own_drafts(request.user),
        }
        return super().index(request, {**waiting, **(extra_context or {})})


def _place(name):
    return ORDER.index(name) if name in ORDER else len(ORDER)
