"""Reads the query of the product listing, and counts what it finds."""

from collections import Counter
from functools import cached_property, partial

import django_filters
from django.db.models import Case, Count, F, Sum, Value, When
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from catalog import search
from catalog.formats.numerals import number
from catalog.models import Desk, Makers, Origin, Product, ProductCount, Province, Sector, Stage
from catalog.models.prepared import Keys, OneOf, PreparedQuery
from catalog.models.products import LATEST_YEAR_FIRST, MAKERS_CONDITIONS

from .base import (
    DigitsFilter,
    ListingFilterSet,
    OrderFilter,
    WholeNumberFilter,
    names_of,
    option_name,
    toggled,
)
from .facets import Choice, Column, Facet, counts_by_column, facet_of, values_chosen

ORDERS = [
    ("relevance", _("Best match first")),
    ("-import", _("Most imported first")),
    ("import", _("Least imported first")),
    ("name", _("By name")),
    ("-updated", _("Latest change first")),
]
COLUMNS = ("sector", "stage", "companies", "origin")
"""Facets that are columns of ProductCount, in the order of GROUP."""

GROUP = ("sector", "stage", "makers", "product_origin", "import_year", "import_is_sample")
COUNTED = 100_000
"""Products found up to which provinces are counted row by row: of a million that takes seconds."""


def in_groups(products):
    """Public products as ProductCount.objects.by(*GROUP) counts all of them, row by row."""
    whens = (When(condition, then=Value(name)) for name, condition in MAKERS_CONDITIONS.items())
    products = products.order_by().annotate(makers=Case(*whens), product_origin=F("origin")).values(*GROUP)
    sums = {"products": Count("pk"), "usd": Sum("import_usd")}
    return products.annotate(**sums).values_list(*GROUP, *sums)


def in_provinces(products):
    """(the provinces of a product, as it keeps them; number of products), of those that have some."""
    some = products.exclude(provinces="").order_by().values("provinces")
    return some.annotate(products=Count("pk")).values_list("provinces", "products")


def with_keys(keys):
    return Product.objects.published_unindexed().filter(OneOf("pk", keys))


GROUPS = PreparedQuery(lambda: ProductCount.objects.by(*GROUP))
GROUPS_OF_KEYS = PreparedQuery(lambda keys: in_groups(with_keys(keys)), keys=Keys())
PROVINCES = PreparedQuery(lambda: ProductCount.objects.by("province"))
PROVINCES_OF_KEYS = PreparedQuery(lambda keys: in_provinces(with_keys(keys)), keys=Keys())


class ProductFilterSet(ListingFilterSet):
    """Every query parameter of the listing but `page`. `year` (or None) is that of import values; `sectors`
    and `desks` are the public ones, so that reading the query asks the database nothing."""

    q = django_filters.CharFilter(method="search", label=_("Search"), max_length=1000)
    sector = django_filters.MultipleChoiceFilter(field_name="sector__slug", distinct=False, label=_("Sector"))
    stage = django_filters.MultipleChoiceFilter(
        choices=Stage, distinct=False, label=_("Stage of the furthest maker")
    )
    companies = django_filters.ChoiceFilter(choices=Makers, method="by_makers", label=_("Makers"))
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
    order = OrderFilter(choices=ORDERS, label=_("Order"))

    def __init__(self, data, *, year, sectors, desks):
        self.year = year
        self.sectors = sectors
        self.choices = {"sector": partial(named, sectors), "desk": partial(named, desks)}
        super().__init__(data, Product.objects.published())

    @classmethod
    def order_of(cls, query):
        return "relevance" if query.get("q", "").strip() else "-import"

    def prepare(self):
        for name, choices in self.choices.items():
            self.filters[name].extra["choices"] = choices

    def search(self, queryset, name, text):
        return queryset.filter(pk__in=self.search_result.matches.ids) if self.search_result else queryset

    def by_makers(self, queryset, name, value):
        return queryset.with_makers(value)

    def by_import(self, queryset, name, value):
        bound = "import_usd__gte" if name == "import_min" else "import_usd__lte"
        return queryset.filter(import_year=self.year, **{bound: value})

    def by_province(self, queryset, name, values):
        return queryset.in_provinces(values) if values else queryset

    def result(self, leave_out=()):
        if self.search_result and "q" not in leave_out:
            return self.filter_queryset(Product.objects.published_unindexed(), leave_out)
        return super().result(leave_out)

    @property
    def qs(self):
        if self.sorting in {"name", "-updated"}:  # these columns have indexes: read as far as the page goes
            return self.ordered(self.filter_queryset(Product.objects.published_unindexed()))
        return super().qs

    @cached_property
    def search_result(self):
        """The search.SearchResult of the text, looked for once; None where there is no usable text."""
        return search.find(self.text) if self.text_is_usable else None

    @property
    def sorting(self):
        return self.cleaned.get("order") or ("relevance" if self.text_is_usable else "-import")

    def ordered(self, queryset):
        """`queryset` in the chosen order, ties broken by name and key."""
        name = "sort_fa" if get_language() == "fa" else "sort_en"
        ties = (name, "pk")
        if self.sorting == "relevance" and self.search_result:
            return queryset.best_first(self.search_result.matches, name)
        if self.sorting == "-updated":
            return queryset.order_by("-updated_at", *ties)
        if self.sorting in ("name", "relevance"):
            return queryset.order_by(*ties)
        value = F("import_usd")
        value = value.desc(nulls_last=True) if self.sorting == "-import" else value.asc(nulls_last=True)
        return queryset.order_by(LATEST_YEAR_FIRST, value, *ties)

    def chosen_besides(self, *names):
        """Whether something besides these filters (and the order) narrows the result."""
        return any(name not in {*names, "order"} for name in self.cleaned)


def read_query(data, *, every_choice=False):
    """The ProductFilterSet of a query, for all but the page, which has read these already. The year, the
    sectors and the desks are read where the query needs them, or with `every_choice`; one query each."""
    return ProductFilterSet(
        data,
        year=ProductCount.objects.latest_year() if {"import_min", "import_max"} & set(data) else None,
        sectors=names_of(Sector) if every_choice or "sector" in data else (),
        desks=names_of(Desk) if every_choice or "desk" in data else (),
    )


class ProductNumbers:
    """How many products a query finds in each group, without the facets of COLUMNS: one query for all facets
    but the provinces, which take another.

    `every` is what GROUPS() gives: what is found where nothing but COLUMNS is chosen.
    """

    def __init__(self, filterset, every):
        self.filterset = filterset
        self.chosen = {name: values_chosen(filterset.chosen, name) for name in COLUMNS}
        slugs = {sector.pk: sector.slug for sector in filterset.sectors}
        groups = self._groups(every)
        self.groups = [(slugs[sector], *rest) for sector, *rest in groups if sector in slugs]

    def _groups(self, every):
        if not self.filterset.chosen_besides(*COLUMNS):
            return every
        if self.filterset.search_result and not self.filterset.chosen_besides(*COLUMNS, "q"):
            return GROUPS_OF_KEYS(keys=self.filterset.search_result.matches.keys)
        return in_groups(self.filterset.result(leave_out=COLUMNS))

    @cached_property
    def in_result(self):
        """The groups that fit the choices in COLUMNS: the result itself."""
        places = [(place, self.chosen[name]) for place, name in enumerate(COLUMNS) if self.chosen[name]]
        return [group for group in self.groups if all(group[place] in values for place, values in places)]

    def facets(self):
        """The facets of the listing, as a list."""
        found = counts_by_column(self.groups, [self.chosen[name] for name in COLUMNS])
        sector, stage, makers, origin = (
            facet_of(self.filterset.chosen, column, number_of)
            for column, number_of in zip(columns(self.filterset.sectors), found, strict=True)
        )
        return [sector, stage, makers, self._provinces(), origin]

    def _provinces(self):
        """The facet of the provinces. Of more than COUNTED products they are listed in their own order."""
        query, label = self.filterset.chosen, str(self.filterset.filters["province"].label)
        found = self._by_province()
        if found is not None:
            labels = Province.choices
            return facet_of(query, Column("province", label, labels, by_count=True), found)
        chosen = values_chosen(query, "province")
        choices = [
            Choice(value, str(name), None, value in chosen, partial(toggled, query, "province", value))
            for value, name in Province.choices
        ]
        note = gettext("Counted beside each province for results of up to %(number)s products.")
        return Facet("province", label, choices, note=note % {"number": number(COUNTED, get_language())})

    def _by_province(self):
        """Products found by province, whatever provinces are chosen; None where they are too many."""
        if not self.filterset.chosen_besides(*COLUMNS, "province"):
            counted = self._counted().by("province") if any(self.chosen.values()) else PROVINCES()
            return Counter({group.province: group.products for group in counted})
        found, number_found = Counter(), 0
        for provinces, n in self._provinces_found():
            number_found += n
            for province in provinces[1:-1].split(","):
                found[province] += n
        return found if number_found <= COUNTED else None

    def _provinces_found(self):
        chosen = [name for name in self.filterset.cleaned if name != "order"]
        if chosen == ["q"] and self.filterset.search_result:
            return PROVINCES_OF_KEYS(keys=self.filterset.search_result.matches.keys)
        return in_provinces(self.filterset.result(leave_out={"province"}))

    def _counted(self):
        """The ProductCounts that fit the choices in COLUMNS."""
        columns = dict(zip(COLUMNS, GROUP, strict=False))
        keys = {sector.slug: sector.pk for sector in self.filterset.sectors}
        chosen = {**self.chosen, "sector": {keys[slug] for slug in self.chosen["sector"]}}
        return ProductCount.objects.filter(
            **{f"{columns[name]}__in": values for name, values in chosen.items() if values}
        )


def columns(sectors):
    """The facets of COLUMNS as Columns."""
    return [
        Column("sector", gettext("Sector"), named(sectors), by_count=True),
        Column("stage", gettext("Stage of the furthest maker"), Stage.choices, every=True, stages=True),
        Column("companies", gettext("Makers"), Makers.choices, multiple=False, every=True),
        Column("origin", gettext("Where the record comes from"), Origin.choices),
    ]


def named(records):
    """Choices of records by their slug."""
    return [(record.slug, option_name(record)) for record in records]
