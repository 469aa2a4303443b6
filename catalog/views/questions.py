"""The public questions about one product or one desk, with the answers of the offices."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import Desk, Product

from .listings import page_of
from .records import PublishedDetailView

PAGE_SIZE = 20


class Questions(PublishedDetailView):
    """Of a record that is public; it answers for its questions as it does for its own page."""

    template_name = "questions/list.html"

    def get_context_data(self, **kwargs):
        record = self.object
        found = record.questions.published().select_related("office").latest_first()
        page, notices = page_of(Paginator(found, PAGE_SIZE), self.request.GET.get("page"))
        return super().get_context_data(
            record=record,
            page=page,
            notices=notices,
            feed=self.feed(record),
            noindex=record.is_sample or not page.paginator.count,
            crumbs=[
                *self.crumbs(record),
                {"label": record.name, "url": record.get_absolute_url()},
                {"label": _("Questions and answers")},
            ],
            **kwargs,
        )

    def feed(self, record):
        return ""


class ProductQuestions(Questions):
    model = Product

    def get_queryset(self):
        return super().get_queryset().select_related("sector")

    def crumbs(self, product):
        return [{"label": _("Products"), "url": reverse("catalog:product_list")}]

    def feed(self, product):
        return reverse("catalog:product_questions_feed", args=[product.slug])


class DeskQuestions(Questions):
    model = Desk

    def crumbs(self, desk):
        return [{"label": _("Desks"), "url": reverse("catalog:desk_list")}]
