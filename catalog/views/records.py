"""What the views of single records share."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.generic import DetailView

from catalog.models import FormerAddress


class PublishedDetailView(DetailView):
    """One public record. One that was merged leads to what it is one with, a withdrawn one answers 410 with
    its reason; others are not there."""

    def get_queryset(self):
        return self.model.objects.published()

    def get(self, request, *args, **kwargs):
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            key = kwargs[self.slug_url_kwarg]
            if kept := FormerAddress.leads_to(self.model, key):
                return HttpResponsePermanentRedirect(kept.get_absolute_url())
            withdrawn = self.model.objects.withdrawn().filter(**{self.slug_field: key}).first()
            if withdrawn is None:
                raise
            return render(request, "410.html", {"reason": withdrawn.withdrawn_reason}, status=410)


def sources_of(*groups):
    """The sources of these records (lists of them), each once, in the order they are met."""
    found = {record.source_id: record.source for group in groups for record in group if record.source_id}
    return list(found.values())
