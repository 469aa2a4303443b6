"""What the boxes in which staff look for a record offer, and in which order."""

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import BooleanField, Case, Q, Value, When
from django.utils.translation import get_language

from catalog.models import Origin
from catalog.staff import scopes

from . import columns

NAME_COLUMNS = {
    "name_en",
    "name_fa",
    "title_en",
    "title_fa",
    "reference",
    "hs_code",
    "publisher_en",
    "publisher_fa",
}


class SearchBoxView(AutocompleteJsonView):
    """The names that begin with what was typed first, real records before samples, in the alphabet of the
    page; beside a name what tells it from others of that name."""

    def get_queryset(self):
        found = self._in_reach(super().get_queryset())
        fields = {field.name for field in found.model._meta.concrete_fields}
        names = in_alphabet(found.query.order_by or found.model._meta.ordering, fields)
        order = []
        if self.term:
            found, order = found.annotate(begins=_when(_begins(self.term, fields))), ["-begins"]
        if "origin" in fields:
            found, order = found.annotate(invented=_when(Q(origin=Origin.SAMPLE))), [*order, "invented"]
        return found.order_by(*order, *names)

    def _in_reach(self, found):
        """Without what would be refused: the choice of another's where that puts the record out of scope."""
        user, field = self.request.user, self.source_field
        if scopes.deciding_field(user, field.model) != field.name:
            return found
        return found.filter(pk__in=scopes.within(user, found.model).values("pk"))

    def serialize_result(self, obj, to_field_name):
        beside = [text for text in _beside(obj) if text]
        text = f"{obj} · {' · '.join(beside)}" if beside else str(obj)
        if getattr(obj, "is_sample", False):
            text = columns.marked_as_sample(text)
        return super().serialize_result(obj, to_field_name) | {"text": text}


def _when(condition):
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _begins(term, fields):
    condition = Q(pk__in=[])
    for name in fields & NAME_COLUMNS:
        condition |= Q(**{f"{name}__istartswith": term})
    return condition


def _beside(obj):
    yield getattr(obj, "hs_dotted", "")
    sector = getattr(obj, "sector", None)
    yield str(sector) if sector else ""


def in_alphabet(ordering, fields):
    """An order whose names are those of the page's language: "sort_fa" for "sort_en"."""
    if get_language() != "fa":
        return list(ordering)
    return [_in_persian(part, fields) for part in ordering]


def _in_persian(part, fields):
    if not isinstance(part, str) or not part.endswith("_en"):
        return part
    persian = f"{part.removesuffix('_en')}_fa"
    # Every noun with one of the two sort keys has the other.
    return persian if part.endswith("sort_en") or persian.lstrip("-") in fields else part
