"""The one place that reads the query of the product listing."""

from functools import cached_property

import django_filters
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog import search
from catalog.caching.parts import kept
from catalog.models import Engagement, IdleUnit, Origin, Product, Province, Stage
from catalog.models.products import LATEST_YEAR_FIRST

from .base import DigitsFilter, ListingFilterSet, WholeNumberFilter

MAKERS = [
    ("some", _("One or more")),
    ("none", _("No maker on record")),
    ("reported", _("Reported made, maker not named")),
]
MAKERS_CONDITIONS = {
    "some": Q(maker_count__gt=0),
    "none": Q(maker_count=0) & ~Q(reported=Product.Reported.MADE),
    "reported": Q(maker_count=0, reported=Product.Reported.MADE),
}
ORDERS = [
    ("relevance", _("Best match first")),
    ("-import", _("Most imported first")),
    ("import", _("Least imported first")),
    ("name", _("By name")),
    ("-updated", _("Latest change first")),
]


class ProductFilterSet(ListingFilterSet):
    """Every query parameter of the listing but `page`. `year` (or None) is that of import values; `sectors`
    and `desks` are the public ones, so that reading the query asks the database nothing."""

    q = django_filters.CharFilter(method="search", label=_("Search"), max_length=1000)
    sector = django_filters.MultipleChoiceFilter(field_name="sector__slug", distinct=False, label=_("Sector"))
    stage = django_filters.MultipleChoiceFilter(
        choices=Stage, distinct=False, label=_("Stage of the furthest maker")
    )
    companies = django_filters.ChoiceFilter(choices=MAKERS, method="by_makers", label=_("Makers"))
    hs = DigitsFilter(field_name="hs_code", lookup_expr="startswith", label=_("HS code begins with"))
    import_min = WholeNumberFilter(method="by_import", label=_("Imported for at least, US dollars"))
    import_max = WholeNumberFilter(method="by_import", label=_("Imported for at most, US dollars"))
    desk = django_filters.ChoiceFilter(
        field_name="desk_offers__desk__slug", label=_("On the list of the desk")
    )
    province = django_filters.MultipleChoiceFilter(
        choices=Province, method="by_province", label=_("Province of a maker or an idle plant")
    )
    origin = django_filters.MultipleChoiceFilter(
        choices=Origin, distinct=False, label=_("Where the record comes from")
    )
    order = django_filters.ChoiceFilter(choices=ORDERS, method="in_order", label=_("Order"))

    def __init__(self, data, *, year, sectors, desks):
        self.year = year
        self.choices = {"sector": named(sectors), "desk": named(desks)}
        super().__init__(data, Product.objects.all())

    @classmethod
    def order_of(cls, query):
        return "relevance" if query.get("q", "").strip() else "-import"

    def prepare(self):
        for name, choices in self.choices.items():
            self.filters[name].extra["choices"] = choices

    def search(self, queryset, name, text):
        return queryset.filter(pk__in=self.answer.matches.ids) if self.answer else queryset

    def by_makers(self, queryset, name, value):
        return queryset.filter(MAKERS_CONDITIONS[value])

    def by_import(self, queryset, name, value):
        bound = "import_usd__gte" if name == "import_min" else "import_usd__lte"
        return queryset.filter(import_year=self.year, **{bound: value})

    def by_province(self, queryset, name, values):
        if not values:
            return queryset
        made_there = Engagement.objects.published().filter(company__province__in=values)
        named_there = IdleUnit.objects.published().standing().filter(province__in=values).naming()
        return queryset.filter(
            Q(pk__in=made_there.values("product")) | Q(pk__in=named_there.values("product"))
        )

    def in_order(self, queryset, name, value):
        return queryset  # ordering is the rows' alone: see `ordered`

    def result(self, leave_out=()):
        """The public products found, without the filters named in `leave_out`."""
        return self.filter_queryset(Product.objects.published(), leave_out)

    @property
    def text(self):
        return self.cleaned.get("q") or ""

    @property
    def text_is_usable(self):
        return search.has_words(self.text)

    @cached_property
    def answer(self):
        """The search.SearchResult of the text, looked for once; None where there is no usable text."""
        return kept(lambda: search.find(self.text), "answer", self.text) if self.text_is_usable else None

    @property
    def sorting(self):
        """The order in force, a value of ORDERS."""
        return self.cleaned.get("order") or ("relevance" if self.text_is_usable else "-import")

    def ordered(self, queryset):
        """`queryset` in the chosen order, ties broken by name and key."""
        name = "sort_fa" if get_language() == "fa" else "sort_en"
        ties = (name, "pk")
        if self.sorting == "relevance" and self.answer:
            return queryset.best_first(self.answer.matches, name)
        if self.sorting == "-updated":
            return queryset.order_by("-updated_at", *ties)
        if self.sorting in ("name", "relevance"):
            return queryset.order_by(*ties)
        value = F("import_usd")
        value = value.desc(nulls_last=True) if self.sorting == "-import" else value.asc(nulls_last=True)
        return queryset.order_by(LATEST_YEAR_FIRST, value, *ties)


def named(records):
    """Choices of records by their slug."""
    return [(record.slug, record.name) for record in records]
