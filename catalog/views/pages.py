"""What the views of public records share."""

from django.core.paginator import EmptyPage, PageNotAnInteger
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from catalog.formats.numerals import digits, latin_digits
from catalog.listings.base import shown


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


def page_of(paginator, number):
    """(page, notices): the page asked for, or the nearest that exists with a sentence that says so."""
    number = latin_digits(number or "1")
    try:
        return paginator.page(number), []
    except EmptyPage:
        nearest = paginator.page(1 if int(number) < 1 else paginator.num_pages)
        return nearest, [
            _("There is no page %(asked)s; this is page %(shown)s.") % shown_pages(number, nearest)
        ]
    except PageNotAnInteger:
        return paginator.page(1), [
            _("“%(asked)s” is no page number; this is page %(shown)s.")
            % shown_pages(number, paginator.page(1))
        ]


def shown_pages(number, page):
    language = get_language()
    return {"asked": digits(shown(number[:20]), language), "shown": digits(str(page.number), language)}
