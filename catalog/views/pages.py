"""What the views of public records share."""

from django.http import Http404
from django.shortcuts import render
from django.views.generic import DetailView


class PublishedDetailView(DetailView):
    """One public record. A withdrawn one answers 410 with its reason; others are not there."""

    def get_queryset(self):
        return self.model.objects.published()

    def get(self, request, *args, **kwargs):
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            withdrawn = (
                self.model.objects.withdrawn()
                .filter(**{self.slug_field: kwargs[self.slug_url_kwarg]})
                .first()
            )
            if withdrawn is None:
                raise
            return render(request, "410.html", {"reason": withdrawn.withdrawn_reason}, status=410)
