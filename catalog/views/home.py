from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from catalog.charts import wording
from catalog.figures import home as figures
from catalog.figures import sectors as sector_figures
from catalog.figures.amounts import has_rials
from catalog.figures.calls import closing_soon
from catalog.figures.news import latest_changes
from catalog.figures.programme.statements import RELATED, and_others, with_others
from catalog.figures.units import public_sum, revived_of_all
from catalog.models import ImportRecord, Product, Province, Statement
from catalog.models.prepared import PreparedQuery
from catalog.nouns import noun_of
from catalog.search.fold import sort_key

from .change_words import line_of

headlines = PreparedQuery(lambda: Statement.objects.published().headlines().select_related(*RELATED))


@require_safe
def home(request):
    """The site on one page: search, the field of squares, the programme's figures, and ways in."""
    year = ImportRecord.objects.latest_year()
    sums = sector_figures.sector_sums(year)
    gaps = figures.most_imported_without_maker(year)
    desks = figures.desks_ahead()
    statements = with_others(headlines())
    revived = revived_of_all()
    field = wording.product_field(sector_figures.all_stages(sums))
    context = {
        "year": year,
        "field": field,
        "squares": with_names(figures.named_by_stage()) if field.each == 1 else {},
        "stages_sample": sector_figures.stages_rest_on_samples(),
        "valued": sum(one.valued for one in sums),
        "statements": statements,
        "revived": revived,
        "revived_bar": revived and wording.reached(revived.part, revived.whole),
        "gaps": list(zip(gaps, wording.rank_bars([record.value for record in gaps]), strict=True)),
        "gaps_all": len(gaps) < figures.MOST_GAPS,
        "sectors": [(one, wording.sector_strip(one.stages, field.each)) for one in sums],
        "units": public_sum(),
        "desks": desks,
        "calls": closing_soon(),
        "announced": list(zip(desks.announced, wording.target_bars(desks.announced), strict=True)),
        "news": [line_of(change) for change in latest_changes()],
        "rials": has_rials(and_others(statements)),
        "provinces": sorted(Province.choices, key=lambda choice: sort_key(str(choice[1]))),
    }
    return render(request, "site/home.html", context)


def with_names(products):
    """The same with the address and the name of each product in the page's language."""
    page, stem = noun_of(Product).page_prefix(), f"name_{get_language()}"
    names = {"name_en": 1, "name_fa": 2}
    return {
        stage: [(f"{page}{one[0]}/", one[names[stem]] or one[1] or one[2]) for one in rows]
        for stage, rows in products.items()
    }
