from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from catalog.charts import wording
from catalog.figures import sectors as figures
from catalog.figures.amounts import has_rials
from catalog.figures.listing import listing_rows, worth_of_sector
from catalog.figures.programme.statements import RELATED, and_others, with_others
from catalog.figures.units import public_sum
from catalog.figures.whom_to_ask import ask_in
from catalog.models import ImportRecord, Product, Sector, Statement
from catalog.models.prepared import KEY, PreparedQuery

from .records import PublishedDetailView

MOST_PRODUCTS_SHOWN = 8

most_imported_of = PreparedQuery(
    lambda sector: (
        Product.objects.published()
        .filter(sector=sector)
        .most_imported_first()
        .values_list("pk", flat=True)[:MOST_PRODUCTS_SHOWN]
    ),
    sector=KEY,
)
statements_of_sector = PreparedQuery(
    lambda sector: (
        Statement.objects.published().filter(sector=sector, desk=None, product=None).select_related(*RELATED)
    ),
    sector=KEY,
)


class SectorList(TemplateView):
    """Every sector as a tile, those that cost most in imports first."""

    template_name = "sectors/list.html"

    def get_context_data(self, **kwargs):
        year = ImportRecord.objects.latest_year()
        sums = figures.sector_sums(year)
        field = wording.product_field(figures.all_stages(sums))
        return super().get_context_data(
            year=year,
            sectors=[(one, wording.sector_strip(one.stages, field.each)) for one in sums],
            field=field,
            stages_sample=figures.stages_rest_on_samples(),
            valued=sum(one.valued for one in sums),
            crumbs=[{"label": _("Sectors")}],
            **kwargs,
        )


class SectorDetail(PublishedDetailView):
    """One sector: its products, what they cost, who works on them, and what was signed."""

    model = Sector
    template_name = "sectors/detail.html"

    def get_context_data(self, **kwargs):
        sector = self.object
        year = ImportRecord.objects.latest_year()
        stages = figures.stages_of(sector)
        statements = with_others(statements_of_sector(sector=sector.pk))
        return super().get_context_data(
            year=year,
            field=wording.sector_field(stages),
            stages_sample=figures.stages_rest_on_samples(sector),
            worth=worth_of_sector(sector, year),
            rows=listing_rows(most_imported_of(sector=sector.pk), year),
            companies=figures.companies_of(sector),
            ask=ask_in(sector),
            deals=figures.sector_deals(sector),
            statements=statements,
            rials=has_rials(and_others(statements)),
            units=public_sum(sector=sector),
            crumbs=[{"label": _("Sectors"), "url": reverse("catalog:sector_list")}, {"label": sector.name}],
            description=sector.summary,
            noindex=sector.is_sample,
            **kwargs,
        )
