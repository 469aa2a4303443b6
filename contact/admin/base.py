"""What the staff's pages on enquiries share: who sees them, and their frame."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse

from catalog.admin.fields import is_key
from catalog.admin.looked_up import LookedUp
from catalog.staff import roles
from contact import inbox
from contact.models import Enquiry


class Enquiries(LookedUp):
    """What lists and pages of this app share: who sees them."""

    actions = None
    list_per_page = 25
    show_full_result_count = False

    def has_module_permission(self, request):
        return roles.may_read_enquiries(request.user)

    def has_view_permission(self, request, obj=None):
        return roles.may_read_enquiries(request.user)

    def seen(self, request, key):
        """The Enquiry with this key that the account reads. Raises Http404, PermissionDenied."""
        if not roles.may_read_enquiries(request.user):
            raise PermissionDenied
        rows = inbox.visible_to(request.user).select_related(
            "office", "assigned_to", "company", "desk", "contract", "unit"
        )
        found = rows.filter(pk=key).first() if is_key(str(key)) else None
        if found is None:
            raise Http404
        return found

    def page(self, request, template, title, **context):
        request.current_app = self.admin_site.name
        frame = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": Enquiry._meta,
            "media": self.media,
        }
        return TemplateResponse(request, template, frame | context)
