from collections import Counter

from django.db import models
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.charts import programme as charts
from catalog.figures.amounts import Apart, has_rials
from catalog.figures.financing import paid_to_companies
from catalog.figures.programme import ledger as figures
from catalog.figures.programme import recorded
from catalog.figures.programme.differences import disagreements, pairs
from catalog.figures.programme.freshness import freshness_of_records
from catalog.figures.programme.statements import (
    RELATED,
    and_others,
    by_scope,
    entries,
    missing_of,
    public_statements,
    with_others,
)
from catalog.figures.sectors import sector_sums
from catalog.models import ExchangeRate, ImportRecord, Indicator, Statement
from catalog.models.prepared import PreparedQuery
from catalog.templatetags.rates import with_rate

from .records import PublishedDetailView, sources_of

exchange_rates = PreparedQuery(lambda: ExchangeRate.objects.select_related("source"))
public_indicators = PreparedQuery(Indicator.objects.published)
statements_of_indicator = PreparedQuery(
    lambda indicator: Statement.objects.published().filter(indicator=indicator).select_related(*RELATED),
    indicator=models.BigIntegerField(),
)


@require_safe
def programme(request):
    """What was said of the programme beside what is on record: a ledger, progress, charts, contradictions."""
    rates = exchange_rates()
    indicators = public_indicators()
    statements = public_statements(indicators)
    with_others(statements, public=statements)
    said = entries(statements, rates)
    desks, provinces = recorded.public_desks(), recorded.units_by_province()
    records = {
        "catalogue": recorded.catalogue(),
        "units": Apart(recorded.all_units(provinces.real), recorded.all_units(provinces.samples)),
        "financing": paid_to_companies(),
    }
    rows = figures.ledger(said, records, desks)
    drawn, undrawn = charts_of(rows, desks, provinces)
    freshness = with_bars(freshness_of_records())
    paged, single = by_indicator(indicators, said)
    context = {
        "ledger": rows,
        "progress": [(one, charts.progress_bullet(one)) for one in figures.progress(said, rows)],
        "charts": drawn,
        "absent": undrawn + ([] if freshness else [_("records that somebody must confirm")]),
        "disagreements": with_dots(disagreements(statements, pairs(statements), rates)),
        "freshness": freshness,
        "indicators": paged,
        "single": single,
        "rials": has_rials(row.lead.statement for row in rows),
        "missing": missing_of(statements),
        "crumbs": [{"label": _("Programme")}],
    }
    return render(request, "programme/overview.html", context)


def charts_of(rows, desks, provinces):
    """(charts there are numbers for, in the order of the page; names of those there are none for). What is
    real and what is sample is drawn in charts of their own."""
    row = {row.record: row for row in rows}
    years, pipeline = recorded.deals_by_year(), recorded.pipeline()
    year = ImportRecord.objects.latest_year()
    sums, imports = sector_sums(year), recorded.imports_by_sector(year)
    real = [
        (one.sector, imports.real[one.sector.pk], one.calculated.real)
        for one in sums
        if one.sector.pk in imports.real
    ]
    samples = [
        (one.sector, imports.samples[one.sector.pk], one.calculated.samples)
        for one in sums
        if one.sector.pk in imports.samples
    ]
    drawn = [
        (_("the saving by its parts"), charts.saving_by_parts(row.get("desks"))),
        (_("the targets of the desks"), charts.desk_targets(*desks_announced(row.get("deals"), desks))),
        (_("idle units that run again"), charts.revived_units(row.get("units"))),
        (_("products by stage"), charts.stages(pipeline)),
        (_("contracts by year"), charts.contracts_by_year(years.real)),
        ("", charts.contracts_by_year(years.samples, sample=True)),
        (_("products by sector"), charts.products_by_sector(sums, any(one.samples for one in pipeline))),
        (_("imports by sector"), charts.imports_by_sector_chart(real, year)),
        ("", charts.imports_by_sector_chart(samples, year, sample=True)),
        (_("idle units by province"), charts.units_by_province_chart(provinces.real)),
        ("", charts.units_by_province_chart(provinces.samples, sample=True)),
    ]
    return [chart for _name, chart in drawn if chart], [name for name, chart in drawn if name and not chart]


def desks_announced(row, desks):
    """(Desks a LedgerRow speaks of, the statement that leads it)."""
    if row is None:
        return [], None
    meant = figures.desks_meant(row.lead.statement, row.parts, desks)
    return recorded.desks_in_full(meant), row.lead.statement


def with_bars(freshness):
    """[(noun, Confirmed, whether they are samples, bar)]: of each noun the real records, then the samples."""
    return [
        (one.noun, records, is_sample, charts.freshness_bar(records))
        for one in freshness
        for records, is_sample in ((one.real, False), (one.samples, True))
        if records.total
    ]


def with_dots(found):
    return [(one, charts.dots(one)) for one in found]


def by_indicator(indicators, said):
    """(those of Indicators that have a page, with the number of their Entries, those most spoken of first;
    the others with the single Entry, or None)."""
    numbers = Counter(entry.statement.indicator_id for entry in said)
    single = {entry.statement.indicator_id: entry for entry in said}
    paged = [(one, numbers[one.pk]) for one in indicators if one.has_page]
    paged.sort(key=lambda pair: (-pair[1], pair[0].pk))
    return paged, [(one, single.get(one.pk)) for one in indicators if not one.has_page]


class IndicatorDetail(PublishedDetailView):
    """Everything said on one indicator, side by side: by whom, when, and how the figures differ."""

    model = Indicator
    template_name = "programme/indicator.html"
    slug_url_kwarg = "indicator"

    def get(self, request, *args, **kwargs):
        indicator = self.get_queryset().filter(slug=kwargs["indicator"]).first()
        if indicator and not indicator.has_page:
            return HttpResponseRedirect(with_rate(indicator.get_absolute_url()))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        indicator = self.object
        rates = exchange_rates()
        statements = with_others(statements_of_indicator(indicator=indicator.pk))
        differing = disagreements(statements, pairs(statements), rates)
        return super().get_context_data(
            scopes=by_scope(entries(statements, rates)),
            count=len(statements),
            rials=has_rials(statements),
            missing=missing_of(and_others(statements)),
            disagreements=with_dots(differing),
            sources=sources_of(statements),
            crumbs=[
                {"label": _("Programme"), "url": reverse("catalog:programme")},
                {"label": indicator.name},
            ],
            description=indicator.definition,
            **kwargs,
        )
