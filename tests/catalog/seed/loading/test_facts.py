"""What stands in the database after a load of the project's own files."""

import pytest

from catalog.formats.calendar import iranian_year_of
from catalog.models import (
    Company,
    Contract,
    Demand,
    Desk,
    DeskStatus,
    Engagement,
    EngagementStage,
    ImportRecord,
    Indicator,
    Milestone,
    Office,
    Product,
    Province,
    Sector,
    Source,
    Statement,
)
from catalog.models.demands import Commitment
from catalog.models.freshness import freshness

pytestmark = pytest.mark.usefixtures("loaded")


def real(model):
    return model.objects.exclude(origin="sample")


def samples(model):
    return model.objects.filter(origin="sample")


def test_every_fact_is_there():
    assert Source.objects.count() == 105
    assert Sector.objects.count() == 20
    assert Product.objects.count() == 256
    assert Indicator.objects.count() == 27
    assert {
        model: real(model).count() for model in (Company, Desk, Contract, Statement, ImportRecord, Office)
    } == {Company: 43, Desk: 13, Contract: 28, Statement: 112, ImportRecord: 1, Office: 0}
    assert real(Engagement).count() + real(Demand).count() == 73


@pytest.mark.parametrize(
    ("conditions", "count"),
    [
        ({"sector__slug": "automotive"}, 32),
        ({"sector__slug__in": ["automotive", "refining"]}, 42),
        ({"hs_code__startswith": "8413"}, 11),
        ({"hs_code": "841370"}, 6),
    ],
)
def test_products_are_in_their_sectors_with_their_codes(conditions, count):
    assert Product.objects.published().filter(**conditions).count() == count


def test_everything_that_has_a_state_is_published():
    for model in (Sector, Product, Company, Engagement, Desk, Contract, Indicator):
        assert not model.objects.exclude(state="published").exists()
        assert not model.objects.filter(published_at=None).exists()


def test_what_was_reported_names_its_source():
    for model in (Sector, Product, Company, Engagement, Demand, Desk, Contract, Statement, ImportRecord):
        assert not model.objects.filter(origin__in=["article", "press"], source=None).exists()


def test_the_article_is_credited():
    assert Source.objects.get(key="mehr-news-2020").credit == "Mehr News Agency, CC BY 4.0"


def test_the_home_page_leads_with_four_figures_of_the_article():
    assert [(s.value, s.currency, s.origin) for s in Statement.objects.headlines()] == [
        (210, "", "article"),
        (8_000_000_000, "USD", "article"),
        (1_045_000_000, "EUR", "article"),
        (760, "", "article"),
    ]


def test_the_largest_amount_is_kept_to_the_rial():
    assert Statement.objects.get(key="desk-auto-5-deal-value").value == 220_000_000_000_000


def test_contradicting_figures_are_linked_both_ways():
    article = Statement.objects.get(key="saving-1398")
    other = Statement.objects.get(key="saving-1398-alternative")
    assert other in article.contradicts.all()
    assert article in other.contradicts.all()


def test_named_makers_and_buyers_say_no_more_than_the_source():
    assert set(real(Engagement).values_list("stage", flat=True)) == {"named"}
    assert set(real(Demand).values_list("commitment", flat=True)) == {"named"}
    assert not real(Demand).exclude(year=None, quantity=None, value=None).exists()


def test_a_party_is_a_company_on_record_where_there_is_one():
    contract = Contract.objects.get(title_en="Catalytic converters")
    assert [str(party) for party in contract.parties.order_by("pk")] == ["SAPCO", "Others", "Delco"]


def test_samples_give_every_page_life():
    assert samples(Company).count() == 73
    assert set(samples(Company).values_list("province", flat=True)) == set(Province.values)
    assert samples(Engagement).count() == 300
    signed = {EngagementStage.CONTRACTED, Commitment.SIGNED}  # what follows from contracts alone
    assert set(samples(Engagement).values_list("stage", flat=True)) == set(EngagementStage.values) - signed
    assert set(samples(Demand).values_list("commitment", flat=True)) == set(Commitment.values) - signed
    assert samples(Contract).count() == 60
    assert set(samples(Contract).values_list("kind", flat=True)) == set(Contract.Kind.values)
    assert samples(Office).count() == 6
    progress = {m.progress for m in Milestone.objects.filter(contract__origin="sample")}
    assert progress == {"done", "late", "lapsed", "ahead"}


def test_one_sample_desk_is_coming_one_open_and_six_held():
    counts = [
        Desk.objects.in_status(status).filter(origin="sample").count()
        for status in (DeskStatus.COMING, DeskStatus.OPEN, DeskStatus.HELD)
    ]
    assert counts == [1, 1, 6]
    for desk in samples(Desk):
        assert desk.year == iranian_year_of(desk.opens)


def test_sample_records_are_of_every_freshness():
    for model in (Engagement, Demand):
        days = samples(model).values_list("confirmed_on", flat=True)
        assert {freshness(day) for day in days} == {"fresh", "due", "overdue"}


def test_sample_imports_run_over_five_years_and_spare_products_with_a_real_figure():
    assert set(samples(ImportRecord).values_list("year", flat=True)) == {1400, 1401, 1402, 1403, 1404}
    assert samples(ImportRecord).values("product").distinct().count() == 220
    assert not samples(ImportRecord).filter(product__imports__in=real(ImportRecord)).exists()


def test_many_products_stay_without_a_maker_and_those_reported_made_mostly_without_engagement():
    assert Product.objects.without_maker_on_record().count() > 50
    made = Product.objects.filter(reported="made")
    assert made.exclude(pk__in=Engagement.objects.values("product")).count() > made.count() / 2


def test_sample_terms_stand_on_illustrative_products_only():
    assert Product.objects.exclude(specification="").exists()
    assert not Product.objects.exclude(specification="").exclude(origin="illustrative").exists()


def test_no_more_is_delivered_than_ordered_and_nothing_is_free_beyond_the_capacity():
    for contract in Contract.objects.filter(origin="sample", total_basis="lines"):
        assert (contract.delivered or 0) <= contract.amount
    for engagement in samples(Engagement).exclude(capacity=None):
        assert engagement.free_capacity is None or engagement.free_capacity <= engagement.capacity
