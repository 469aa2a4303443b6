"""The public questions about a product or a desk."""

from dataclasses import dataclass

from django.db.models import Count, Window

from catalog.models import Question
from catalog.models.base import where_published
from catalog.models.prepared import KEY, PreparedQuery


@dataclass(frozen=True)
class QuestionFigures:
    """How many questions were answered in public, and the `latest` of them; None where there is none."""

    latest: Question | None
    count: int


def asked_of(product):
    """The QuestionFigures of a product that is public; one query."""
    return _asked(OF_PRODUCT(product=product.pk))


def asked_at(desk):
    """The QuestionFigures of a desk that is public; one query."""
    return _asked(OF_DESK(desk=desk.pk))


def _asked(rows):
    return QuestionFigures(rows[0], rows[0].of_all) if rows else QuestionFigures(None, 0)


def _latest(**record):
    questions = Question.objects.filter(where_published(), **record).select_related("office")
    return questions.annotate(of_all=Window(Count("pk"))).latest_first()[:1]


OF_PRODUCT = PreparedQuery(lambda product: _latest(product=product), product=KEY)
OF_DESK = PreparedQuery(lambda desk: _latest(desk=desk), desk=KEY)
