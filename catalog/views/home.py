from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog import drawings
from catalog.figures import home as figures
from catalog.figures import sectors as sector_figures
from catalog.figures.events import latest_events
from catalog.figures.statements import with_others
from catalog.models import ImportRecord, Province, Statement


@require_safe
def home(request):
    """The site on one page: search, the field of squares, the programme's figures, and ways in."""
    year = ImportRecord.objects.latest_year()
    sums = sector_figures.sector_sums(year)
    gaps = figures.most_imported_without_maker(year)
    desks = figures.desks_ahead()
    context = {
        "year": year,
        "field": drawings.product_field(sector_figures.all_stages(sums)),
        "stages_sample": sector_figures.stages_rest_on_samples(),
        "sums_sample": any(one.sample for one in sums),
        "statements": with_others(Statement.objects.published().headlines()),
        "gaps": list(zip(gaps, drawings.rank_bars([record.value for record in gaps]), strict=True)),
        "sectors": [(one, drawings.sector_strip(one.stages)) for one in sums],
        "desks": desks,
        "announced": list(zip(desks.announced, drawings.target_bars(desks.announced), strict=True)),
        "events": latest_events(),
        "provinces": sorted(Province.choices, key=lambda choice: str(choice[1])),
    }
    return render(request, "catalog/home.html", context)
