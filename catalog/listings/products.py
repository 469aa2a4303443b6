"""Reads the query of the product listing, and counts what it finds."""

from collections import Counter, defaultdict
from functools import cache, cached_property, lru_cache, partial

import django_filters
from django.db.models import Case, Count, F, Q, Sum, Value, When
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from catalog import search
from catalog.formats.calendar import year_order
from catalog.formats.numerals import number
from catalog.models import (
    Call,
    CallState,
    Commitment,
    Company,
    Desk,
    Engagement,
    Makers,
    Origin,
    Product,
    ProductCode,
    ProductCount,
    ProductPromise,
    Province,
    Sector,
    Stage,
)
from catalog.models.prepared import Keys, OneOf, PreparedQuery
from catalog.models.product_tags import NOT_KNOWN, calculated_tag, called_as
from catalog.models.products import DISTANCES, LATEST_YEAR_FIRST, MAKERS_CONDITIONS
from catalog.search.codes import HEADING
from catalog.search.fold import sort_key

from .base import (
    DigitsFilter,
    ListingFilterSet,
    Named,
    OrderFilter,
    WholeNumberFilter,
    names_of,
    option_name,
    toggled,
)
from .facets import Facet, FacetChoice, FacetColumn, counts_by_column, facet_of, values_chosen

PRODUCT_ORDERS = [
    ("relevance", _("Best match first")),
    ("-import", _("Most imported first")),
    ("import", _("Least imported first")),
    ("name", _("By name")),
    ("-updated", _("Latest change first")),
]
FACET_COLUMNS = ("sector", "stage", "companies", "origin")
"""Facets that are columns of ProductCount, in the order of GROUP."""

_sort_key = lru_cache(2000)(sort_key)

GROUP = ("sector", "stage", "makers", "product_origin", "import_year", "import_is_sample")
TAGGED = ("commitment", "specification", "seeks", "province", "could")
"""Facets of which a product has tags, in the order of the page."""

NEVER_CALLED = "never"
SPECIFICATIONS = [*Product.Specification.choices, (NOT_KNOWN, _("Not known"))]
CALLS = [
    (CallState.OPEN.value, _("Called for now")),
    (CallState.CLOSED.value, _("Was called for")),
    (NEVER_CALLED, _("Never called for")),
]
MOST_COUNTED_PRODUCTS = 100_000
"""Products found up to which tags are counted row by row: of a million that takes seconds."""

SORTED_HERE = 1000
"""Matches up to which they are put in order here: the query that orders them takes longer to build."""

MOST_BUYERS = 50
"""Buyers that a query may name."""

MOST_PROMISES = 5000
"""Promises up to which the buyers are listed and counted."""


def product_groups(products):
    """Public products as ProductCount.objects.by(*GROUP) counts all of them, row by row."""
    whens = (When(condition, then=Value(name)) for name, condition in MAKERS_CONDITIONS.items())
    products = products.order_by().annotate(makers=Case(*whens), product_origin=F("origin")).values(*GROUP)
    sums = {"products": Count("pk"), "usd": Sum("import_usd")}
    return products.annotate(**sums).values_list(*GROUP, *sums)


def in_tags(products):
    """(the tags of a product, as it keeps them; number of products), of those that have some."""
    some = products.exclude(tags="").order_by().values("tags")
    return some.annotate(products=Count("pk")).values_list("tags", "products")


def by_buyer(promises):
    """(slug of a public buyer, its names, number of products) of these promises, most products first."""
    named = ("buyer__slug", "buyer__name_en", "buyer__name_fa", "buyer__origin")
    groups = promises.filter(buyer__isnull=False).order_by().values(*named)
    return (
        groups.annotate(n=Count("product", distinct=True))
        .order_by("-n", *named[1:2])
        .values_list(*named, "n")
    )


def with_keys(keys):
    return Product.objects.published_unindexed().filter(OneOf("pk", keys))


FOR_ORDER = PreparedQuery(
    lambda keys: with_keys(keys).values_list("pk", "origin", "sort_en", "sort_fa"), keys=Keys()
)
PRODUCT_GROUPS = PreparedQuery(lambda: ProductCount.objects.by(*GROUP))
GROUPS_OF_KEYS = PreparedQuery(lambda keys: product_groups(with_keys(keys)), keys=Keys())
TAGS = PreparedQuery(lambda: ProductCount.objects.by("tag"))
TAGS_OF_KEYS = PreparedQuery(lambda keys: in_tags(with_keys(keys)), keys=Keys())
BUYERS = PreparedQuery(lambda: by_buyer(ProductPromise.objects.promised()))
BUYERS_OF_KEYS = PreparedQuery(
    lambda keys: by_buyer(ProductPromise.objects.promised().filter(OneOf("product", keys))), keys=Keys()
)
BEYOND_PROMISES = PreparedQuery(
    lambda: ProductPromise.objects.order_by("pk").values_list("pk", flat=True)[
        MOST_PROMISES : MOST_PROMISES + 1
    ]
)
COMPANIES_CALLED = PreparedQuery(
    lambda slugs: (
        Company.objects.published()
        .filter(OneOf("slug", slugs))
        .values_list("slug", "name_en", "name_fa", "origin")
    ),
    slugs=Keys(),
)


class ProductFilterSet(ListingFilterSet):
    """Every query parameter of the listing but `page`. `year` (or None) is that of import values; `sectors`
    and `desks` are the public ones, `buyers` those that the query names, so that reading it asks the database
    nothing."""

    q = django_filters.CharFilter(method="search", label=_("Search"), max_length=1000)
    sector = django_filters.MultipleChoiceFilter(field_name="sector__slug", distinct=False, label=_("Sector"))
    stage = django_filters.MultipleChoiceFilter(
        choices=Stage, distinct=False, label=_("Furthest stage of its makers")
    )
    companies = django_filters.ChoiceFilter(choices=Makers, method="by_makers", label=_("Makers"))
    hs = DigitsFilter(method="by_code", label=_("HS code begins with"))
    import_min = WholeNumberFilter(method="by_import", label=_("Imported for at least, US dollars"))
    import_max = WholeNumberFilter(method="by_import", label=_("Imported for at most, US dollars"))
    desk = django_filters.ChoiceFilter(
        field_name="desk_offers__desk__slug", label=_("On the list of the desk")
    )
    province = django_filters.MultipleChoiceFilter(
        choices=Province, method="by_tag", label=_("Province of a maker or an idle plant")
    )
    origin = django_filters.MultipleChoiceFilter(
        choices=Origin, distinct=False, label=_("Where the record comes from")
    )
    commitment = django_filters.MultipleChoiceFilter(
        choices=Commitment, method="by_tag", label=_("Promise to buy")
    )
    specification = django_filters.MultipleChoiceFilter(
        choices=SPECIFICATIONS, method="by_tag", label=_("Specification")
    )
    seeks = django_filters.MultipleChoiceFilter(
        choices=Engagement.Seeks, method="by_tag", label=_("A maker seeks")
    )
    could = django_filters.MultipleChoiceFilter(
        choices=Province, method="by_tag", label=_("Could be made in the province")
    )
    buyer = django_filters.MultipleChoiceFilter(method="by_buyer", label=_("Buyer"))
    call = django_filters.MultipleChoiceFilter(choices=CALLS, method="by_call", label=_("Call for makers"))
    order = OrderFilter(choices=PRODUCT_ORDERS, label=_("Order"))

    def __init__(self, data, *, year, sectors, desks, buyers=()):
        self.year = year
        self.sectors = sectors
        self.choices = {
            "sector": partial(choices_by_slug, sectors),
            "desk": partial(choices_by_slug, desks),
            "buyer": partial(choices_by_slug, buyers),
        }
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

    def by_code(self, queryset, name, digits):
        """A tariff of seven and more digits also means its heading of six, as in a search."""
        own, further = Q(hs_code__startswith=digits), Q(code__startswith=digits)
        if len(digits) > HEADING:
            own, further = own | Q(hs_code=digits[:HEADING]), further | Q(code=digits[:HEADING])
        return queryset.filter(own | Q(pk__in=ProductCode.objects.filter(further).values("product")))

    def by_import(self, queryset, name, value):
        bound = "import_usd__gte" if name == "import_min" else "import_usd__lte"
        order = year_order(self.year) if self.year else None
        return queryset.filter(import_order=order, **{bound: value})

    def by_tag(self, queryset, name, values):
        return queryset.tagged(name, values) if values else queryset

    def by_buyer(self, queryset, name, slugs):
        promises = ProductPromise.objects.promised().filter(buyer__slug__in=slugs)
        return queryset.filter(pk__in=promises.order_by().values("product")) if slugs else queryset

    def by_call(self, queryset, name, values):
        """A product whose last call is open is called for now, though an earlier one is closed."""
        calls, wanted = Call.objects.order_by(), Q(pk__in=[])
        open_now = Q(pk__in=calls.in_state(CallState.OPEN).values("product"))
        closed = Q(pk__in=calls.in_state(CallState.CLOSED).values("product")) & ~open_now
        never = ~Q(pk__in=calls.exclude(opens__gt=timezone.localdate()).values("product"))
        for value, condition in (
            (CallState.OPEN, open_now),
            (CallState.CLOSED, closed),
            (NEVER_CALLED, never),
        ):
            wanted |= condition if value in values else Q(pk__in=[])
        return queryset.filter(wanted) if values else queryset

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

    def keys(self, first, last):
        """The keys of the rows from `first` to before `last` in their order; one query."""
        found = None
        if self.sorting == "relevance" and self.search_result and not self.chosen_besides("q"):
            found = self._best(last)
        return list(self.qs.values_list("pk", flat=True)[first:last]) if found is None else found[first:]

    def _best(self, count):
        """The keys of the best `count` matches, as `best_first` orders them; None where that takes more rows
        than a database sorts sooner. Only the tiers that reach so far are read."""
        tier_of, tiers = {}, iter(self.search_result.matches.tiers)
        while len(tier_of) < count and (tier := next(tiers, None)):
            tier_of |= dict.fromkeys(tier[1], tier[0])
        if len(tier_of) > SORTED_HERE:
            return None
        name = 3 if get_language() == "fa" else 2
        rows = FOR_ORDER(keys=list(tier_of))
        if len(rows) < count and next(tiers, None):
            return None  # some of them belong to a sector that is not public
        rows.sort(key=lambda row: (tier_of[row[0]], DISTANCES.get(row[1], 0), row[name], row[0]))
        return [row[0] for row in rows[:count]]

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
        buyers=promising_buyers() if every_choice else buyers_named(data),
    )


def promising_buyers():
    """Public companies that promise to buy something, or none where they are many; two queries."""
    return [] if BEYOND_PROMISES() else [Named(None, *names) for *names, _n in BUYERS()]


def buyers_named(data):
    """The public companies that a query names as buyers, at most MOST_BUYERS; at most one query."""
    slugs = sorted(values_chosen(data, "buyer"))[:MOST_BUYERS]
    return [Named(None, *row) for row in COMPANIES_CALLED(slugs=slugs)] if slugs else []


class ProductNumbers:
    """How many products a query finds in each group, without the facets of FACET_COLUMNS: one query for all
    of these facets, one for the tags, two for the buyers, and one more for each tag that is chosen.

    `every` is what PRODUCT_GROUPS() gives: what is found where nothing but FACET_COLUMNS is chosen.
    """

    def __init__(self, filterset, every):
        self.filterset = filterset
        self.every = every
        self.chosen = {name: values_chosen(filterset.chosen, name) for name in FACET_COLUMNS}
        slugs = {sector.pk: sector.slug for sector in filterset.sectors}
        groups = self._groups(every)
        self.groups = [(slugs[sector], *rest) for sector, *rest in groups if sector in slugs]

    def _groups(self, every):
        if not self.filterset.chosen_besides(*FACET_COLUMNS):
            return every
        if self.filterset.search_result and not self.filterset.chosen_besides(*FACET_COLUMNS, "q"):
            return GROUPS_OF_KEYS(keys=self.filterset.search_result.matches.keys)
        return product_groups(self.filterset.result(leave_out=FACET_COLUMNS))

    @cached_property
    def in_result(self):
        """The groups that fit the choices in FACET_COLUMNS: the result itself."""
        return self._fitting(FACET_COLUMNS)

    def without(self, name):
        """How many products are found if nothing is chosen in that one of FACET_COLUMNS."""
        return sum(group[-2] for group in self._fitting({*FACET_COLUMNS} - {name}))

    def _fitting(self, names):
        """The groups that fit the choices in those of FACET_COLUMNS."""
        places = [(place, self.chosen[name]) for place, name in enumerate(FACET_COLUMNS) if name in names]
        places = [(place, values) for place, values in places if values]
        return [group for group in self.groups if all(group[place] in values for place, values in places)]

    def facets(self):
        """The facets of the listing, as a list."""
        found = counts_by_column(self.groups, [self.chosen[name] for name in FACET_COLUMNS])
        sector, stage, makers, origin = (
            facet_of(self.filterset.chosen, column, number_of)
            for column, number_of in zip(self._columns(), found, strict=True)
        )
        calls = self._calls()
        return [sector, stage, makers, *calls, *map(self._tag_facet, TAGGED), self._buyers(), origin]

    def _columns(self):
        """The facets of FACET_COLUMNS as Columns."""
        totals = Counter()
        slugs = {sector.pk: sector.slug for sector in self.filterset.sectors}
        for group in self.every:
            totals[slugs.get(group.sector)] += group.products
        return [
            FacetColumn(
                "sector", gettext("Sector"), choices_by_slug(self.filterset.sectors), by_count=totals
            ),
            FacetColumn(
                "stage", gettext("Furthest stage of its makers"), Stage.choices, every=True, stages=True
            ),
            FacetColumn("companies", gettext("Makers"), Makers.choices, multiple=False, every=True),
            FacetColumn("origin", gettext("Where the record comes from"), Origin.choices),
        ]

    def _tag_facet(self, name):
        """A facet of TAGGED. Of more than MOST_COUNTED_PRODUCTS its choices are not counted."""
        query, field = self.filterset.chosen, self.filterset.filters[name]
        choices = field.extra["choices"]
        labels = provinces(get_language()) if choices is Province else getattr(choices, "choices", choices)
        column = FacetColumn(name, str(field.label), labels)
        found = self._by_tag(name)
        if found is not None:
            return facet_of(query, column, found)
        note = gettext("Counted beside each choice for results of up to %(number)s products.")
        return uncounted(query, column, note % {"number": number(MOST_COUNTED_PRODUCTS, get_language())})

    def _calls(self):
        """The facet of calls, in a list; none where no product was called, unless it is chosen. Of more than
        MOST_COUNTED_PRODUCTS only those without a call are not counted."""
        chosen, today = "call" in self.filterset.cleaned, timezone.localdate()
        column = FacetColumn("call", str(self.filterset.filters["call"].label), CALLS)
        by_days = self._by_tag("call")
        if by_days is None:
            return [uncounted(self.filterset.chosen, column)] if chosen else []
        found = Counter()
        for tag, products in by_days.items():
            found[called_as(tag, today) or NEVER_CALLED] += products
        if not by_days and not chosen:
            return []
        found[NEVER_CALLED] = (
            self._number_without_call_filter(chosen) - found[CallState.OPEN] - found[CallState.CLOSED]
        )
        return [facet_of(self.filterset.chosen, column, found)]

    def _number_without_call_filter(self, chosen):
        """How many products are found whatever is chosen of calls."""
        if chosen:
            return self.filterset.result(leave_out={"call"}).order_by().count()
        return sum(group[-2] for group in self.in_result)

    def _by_tag(self, name):
        """Products found by a value of the tag, whatever values of it are chosen; None where they are too
        many."""
        if not self.filterset.chosen_besides(*FACET_COLUMNS, name):
            return self._tags_counted.get(name, Counter())
        found = self._tags_found if name not in self.filterset.cleaned else self._tags_in({name})
        return found if found is None else found.get(name, Counter())

    @cached_property
    def _tags_counted(self):
        """{name: Counter of its values} where nothing but FACET_COLUMNS is chosen."""
        counted = self._counted().by("tag") if any(self.chosen.values()) else TAGS()
        return counters((group.tag, group.products) for group in counted)

    @cached_property
    def _tags_found(self):
        return self._tags_in(set())

    def _tags_in(self, leave_out):
        """The same of the products found, without the filters named in `leave_out`."""
        chosen = [name for name in self.filterset.cleaned if name != "order"]
        if chosen == ["q"] and self.filterset.search_result:
            groups = list(TAGS_OF_KEYS(keys=self.filterset.search_result.matches.keys))
        else:
            groups = list(in_tags(self.filterset.result(leave_out)))
        if sum(n for _tags, n in groups) > MOST_COUNTED_PRODUCTS:
            return None
        return counters((tag, n) for tags, n in groups for tag in tags[1:-1].split(","))

    def calculated(self, year):
        """The values of the tag of calculated figures of that year that products of the result have."""
        found = self._by_tag("calculated")
        if found is None:
            result = self.filterset.result(set())
            values = [calculated_tag(year, is_sample) for is_sample in (False, True)]
            found = [value for value in values if result.tagged("calculated", [value]).exists()]
        return found

    def _buyers(self):
        """The facet of the buyers. Of many promises only those that are chosen are listed."""
        query, field = self.filterset.chosen, self.filterset.filters["buyer"]
        if BEYOND_PROMISES():
            return uncounted(query, FacetColumn("buyer", str(field.label), field.extra["choices"]()))
        rows = [(Named(None, *names), n) for *names, n in self._buyers_found()]
        labels = dict([*choices_by_slug(buyer for buyer, _n in rows), *field.extra["choices"]()])
        found = Counter({buyer.slug: n for buyer, n in rows})
        return facet_of(
            query, FacetColumn("buyer", str(field.label), sorted(labels.items(), key=_place)), found
        )

    def _buyers_found(self):
        chosen = [name for name in self.filterset.cleaned if name not in ("order", "buyer")]
        if not chosen:
            return BUYERS()
        if chosen == ["q"] and self.filterset.search_result:
            return BUYERS_OF_KEYS(keys=self.filterset.search_result.matches.keys)
        products = self.filterset.result(leave_out={"buyer"}).order_by().values("pk")
        return by_buyer(ProductPromise.objects.promised().filter(product__in=products))

    def _counted(self):
        """The ProductCounts that fit the choices in FACET_COLUMNS."""
        columns = dict(zip(FACET_COLUMNS, GROUP, strict=False))
        keys = {sector.slug: sector.pk for sector in self.filterset.sectors}
        chosen = {**self.chosen, "sector": {keys[slug] for slug in self.chosen["sector"]}}
        return ProductCount.objects.filter(
            **{f"{columns[name]}__in": values for name, values in chosen.items() if values}
        )


def _place(choice):
    """The place of a choice by its label in the alphabet, where it stays whatever is chosen."""
    return _sort_key(str(choice[1]))


@cache
def provinces(language):
    """Provinces as choices in that language, which is the active one, by name."""
    return sorted(((value, str(label)) for value, label in Province.choices), key=_place)


def counters(tags):
    """{name: Counter of its values} of pairs of a tag and a number."""
    sums = {}
    for tag, n in tags:
        sums[tag] = sums.get(tag, 0) + n
    found = defaultdict(Counter)
    for tag, n in sums.items():
        name, value = tag.split("=")
        found[name][value] = n
    return found


def uncounted(query, column, note=""):
    """The Facet of a Column whose choices are not counted, in their own order."""
    chosen = values_chosen(query, column.name)
    choices = [
        FacetChoice(value, str(label), None, value in chosen, partial(toggled, query, column.name, value))
        for value, label in column.labels
    ]
    return Facet(column.name, column.legend, choices, note=note)


def choices_by_slug(records):
    """Choices of records by their slug."""
    return [(record.slug, option_name(record)) for record in records]
