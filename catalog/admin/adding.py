"""What "Save and add another" carries over: of many records of one table, what they have in common."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

REPEATED_FIELDS = ("year", "calendar", "currency", "origin", "source")


class AddingAnother:
    """For a ModelAdmin: the next form begins with what the record just saved or proposed says of
    REPEATED_FIELDS."""

    def response_add(self, request, obj, post_url_continue=None):
        return self._next_form(request, obj, super().response_add(request, obj, post_url_continue))

    def response_change(self, request, obj):
        return self._next_form(request, obj, super().response_change(request, obj))

    def _next_form(self, request, obj, response):
        if "_addanother" not in request.POST or response.status_code != 302:
            return response
        names = {
            field.name: field.attname for field in self.opts.concrete_fields if field.name in REPEATED_FIELDS
        }
        values = {name: getattr(obj, attname) for name, attname in names.items()}
        query = urlencode({name: value for name, value in values.items() if value not in (None, "")})
        address = reverse(f"admin:catalog_{self.opts.model_name}_add")
        return HttpResponseRedirect(f"{address}?{query}" if query else address)
