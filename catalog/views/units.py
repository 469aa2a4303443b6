from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Case, CharField, Value, When
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalog.charts import wording
from catalog.figures import units as figures
from catalog.figures.listing import listing_rows, worth
from catalog.figures.sectors import public_sectors
from catalog.formats.numerals import number
from catalog.listings.base import downloads, replaced, toggled
from catalog.listings.facets import FacetColumn, chips, cleared, facets_of_stored, search_notices
from catalog.listings.units import MATCHES, UNIT_ORDERS, UnitFilterSet
from catalog.models import Cause, IdleUnit, ImportRecord, Need, Office, Province
from catalog.models.prepared import PreparedQuery
from catalog.search.fold import sort_key

from .listings import Listing, page_of
from .records import PublishedDetailView, sources_of

PAGE_SIZE = 12  # a unit takes several lines
MAP = "#where"  # a click on the map is answered with the map in view


class UnitList(Listing):
    """Idle units: what was stated of them, where those on record stand, and the wanted products they could
    make."""

    filters = UnitFilterSet

    def get(self, request):
        sectors = public_sectors()
        year = ImportRecord.objects.latest_year()
        filterset = UnitFilterSet(request.GET, sectors=sectors)
        result = filterset.filter_queryset(filterset.queryset)
        on_record = figures.public_sum()
        found = figures.unit_sum(result) if filterset.cleaned.keys() - {"order"} else on_record
        number = found.real.count + found.samples.count
        pages = paginator(filterset.ordered(result), number)
        page, page_notices = page_of(pages, request.GET.get("page"))
        page.object_list = figures.units_with_products(page.object_list, name_field())
        facets = facets_of_stored(filterset.chosen, unit_facets(sectors), stored_rows(filterset))
        context = {
            "stated": figures.stated(),
            "on_record": on_record,
            "sum": found,
            "filterset": filterset,
            "query": filterset.chosen,
            "away": downloads("unit", filterset.chosen),
            "page": page,
            "facets": facets,
            "where": where(filterset, facets),
            "year": year,
            **wanted(None if found is on_record else result),
            "chips": chips(filterset, facets, typed=["q"] if filterset.text_is_usable else []),
            "clear_url": cleared(filterset),
            "orders": UNIT_ORDERS,
            "notices": [*filterset.notices, *search_notices(filterset), *page_notices],
            "crumbs": [{"label": _("Idle units")}],
        }
        return render(request, "units/list.html", context)


def name_field():
    """The field by which products are put in order of their names."""
    return "sort_fa" if get_language() == "fa" else "sort_en"


def paginator(units, count):
    """The pages of the keys of these units, which are `count`."""
    pages = Paginator(units.values_list("pk", flat=True), PAGE_SIZE)
    pages.count = count
    return pages


UNIT_COLUMNS = ("status", "matching", "causes", "needs", "province", "sector__slug")
"""Paths of the facets, in the order of `unit_facets`."""

public_rows = PreparedQuery(lambda: unit_rows(IdleUnit.objects.published().with_match()))


def unit_rows(units):
    """The values of UNIT_COLUMNS of each unit; `matching` is a text, which is read as it comes."""
    matching = Case(When(matches=True, then=Value("yes")), default=Value("no"), output_field=CharField())
    return units.order_by().annotate(matching=matching).values_list(*UNIT_COLUMNS)


def stored_rows(filterset):
    """What the facets count: every public unit, or those that hold the text."""
    if not filterset.text_is_usable:
        return public_rows()
    return list(unit_rows(filterset.search(filterset.queryset, "q", filterset.text)))


def unit_facets(sectors):
    """The facets of the listing."""
    provinces = sorted(Province.choices, key=lambda choice: sort_key(str(choice[1])))
    return [
        FacetColumn("state", _("Status"), IdleUnit.Status.choices, "status"),
        FacetColumn("match", _("Match"), MATCHES, "matching", multiple=False),
        FacetColumn("cause", _("Why it stopped"), capitals(Cause.choices), "causes", codes=True),
        FacetColumn("need", _("What it needs"), capitals(Need.choices), "needs", codes=True),
        FacetColumn("province", _("Province"), provinces, "province"),
        FacetColumn("sector", _("Sector"), [(s.slug, s.name) for s in sectors], "sector__slug"),
    ]


def capitals(choices):
    """Choices of words that stand inside sentences elsewhere, as they stand alone."""
    return [(value, capfirst(label)) for value, label in choices]


@dataclass(frozen=True)
class Where:
    """The map of the result, and the provinces `chosen` on it as pairs of (label, address of the result
    without it); `everywhere` is its address without any, `products` the query of those provinces' products.
    """

    map: wording.ProvinceMap
    chosen: list
    everywhere: str
    products: str


def where(filterset, facets):
    """The Where of the listing. The map counts as the facet does: it leaves the choice of provinces aside."""
    query, facet = filterset.chosen, next(facet for facet in facets if facet.name == "province")
    chosen = query.getlist("province")

    def with_or_without(slug):
        return toggled(query, "province", slug) + MAP

    counts = {choice.value: choice.count for choice in facet.choices}
    return Where(
        map=wording.province_map(counts, says=units_in, url=with_or_without, chosen=chosen),
        chosen=[(Province(slug).label, with_or_without(slug)) for slug in chosen],
        everywhere=replaced(query, province=None) + MAP,
        products=urlencode({"province": chosen}, doseq=True),
    )


def units_in(count, place):
    words = ngettext("%(n)s unit in %(place)s", "%(n)s units in %(place)s", count)
    return words % {"n": number(count, get_language()), "place": place}


def wanted(result):
    """What the units found, or all of them, could make, with a bar for what each product costs in imports."""
    found = figures.wanted_products(result)
    bars = wording.rank_bars([row.product.import_usd for row in found.first])
    return {"wanted": found, "wanted_rows": list(zip(found.first, bars, strict=True))}


class UnitDetail(PublishedDetailView):
    """One unit: why it stands still, what it needs, and the wanted products it could make."""

    model = IdleUnit
    template_name = "units/detail.html"
    context_object_name = "unit"

    def get_queryset(self):
        return super().get_queryset().select_related("sector", "source")

    def get_context_data(self, **kwargs):
        unit = self.object
        year = ImportRecord.objects.latest_year()
        named = unit.products.published()
        keys = list(named.most_imported_first().values_list("pk", flat=True))
        could_make = listing_rows(keys, year)
        others = figures.others_of_sector(unit, keys)
        return super().get_context_data(
            year=year,
            rows=could_make,
            with_samples=any(row.has_sample for row in could_make),
            worth=worth(named, year),
            priced=sum(row.import_usd is not None and not row.import_year for row in could_make),
            others=others,
            others_sample=any(product.rests_on_sample for product in others),
            companies=figures.companies_near(unit),
            offices=Office.objects.filter(sectors=unit.sector).select_related("figure"),
            sources=sources_of([unit]),
            noindex=unit.is_sample,
            all_sample=unit.is_sample,
            crumbs=[
                {"label": _("Idle units"), "url": reverse("catalog:unit_list")},
                {"label": unit.name},
            ],
            **kwargs,
        )
