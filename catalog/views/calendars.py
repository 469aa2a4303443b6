"""The days of desks as calendar files: one desk, and a feed of all that have dates."""

from hashlib import sha256

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views import View

from catalog.listings.desks import DeskFilterSet
from catalog.models import Desk
from catalog.open_data.ical import calendar_file

from .records import PublishedDetailView


class DeskCalendarEntry(PublishedDetailView):
    """One desk; there is no entry of a desk without dates."""

    model = Desk

    def get_queryset(self):
        return super().get_queryset().dated().with_public_sectors()

    def render_to_response(self, context, **response_kwargs):
        return calendar_response(self.request, [self.object], self.object.name)


class DeskCalendar(View):
    """The public desks that have dates, narrowed as the listing is. Cancelled ones stay in, marked so: a
    subscriber's calendar holds them already."""

    def get(self, request):
        filterset = DeskFilterSet(request.GET, Desk.objects.published().dated().with_public_sectors())
        return calendar_response(request, filterset.result(), _("Desks"), filterset.notices)


def calendar_response(request, desks, name, notices=()):
    """The file, with an ETag of its own. No Last-Modified: a desk that is withdrawn leaves the feed
    without a later day, and a program that asks by day alone would keep it."""
    content = calendar_file(desks, lambda desk: request.build_absolute_uri(desk.get_absolute_url()), notices)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    # Inline, so that a telephone offers to add the event instead of keeping a file.
    filename = f"{' '.join(name.split())}.ics"  # a header has one line
    response["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=filename)
    response["ETag"] = f'"{sha256(content).hexdigest()[:32]}"'
    patch_cache_control(response, no_cache=True)
    return response
