"""On the data that ships: what each desk's page says it brought, against the rows counted in plain SQL."""

import pytest
from django.db import connection

from catalog.models import Desk
from tests.factories import make_contract

pytestmark = pytest.mark.usefixtures("loaded")

# What a contract is worth and what of it is delivered, without a word of the ORM.
AMOUNTS = """
    SELECT c.desk_id, c.kind, c.currency,
           CASE c.total_basis WHEN 'stated' THEN c.stated_amount
                ELSE (SELECT SUM(l.amount) FROM catalog_contractline l WHERE l.contract_id = c.id) END,
           (SELECT SUM(l.delivered_amount) FROM catalog_contractline l WHERE l.contract_id = c.id)
    FROM catalog_contract c WHERE c.state = 'published' AND c.currency <> '' AND c.desk_id = %s
"""


def rows(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def expected(desk):
    """{(step, currency): sum} of one desk, from its rows."""
    sums = {}
    for amount, currency in rows(
        "SELECT target_amount, target_currency FROM catalog_desk WHERE id = %s", desk.pk
    ):
        if amount is not None:
            sums["target", currency] = amount
    for _desk, kind, currency, amount, delivered in rows(AMOUNTS, desk.pk):
        step = {"contract": "contracts", "offtake": "contracts", "memorandum": "memoranda"}.get(kind)
        for name, value in ((step, amount), ("delivered" if step == "contracts" else None, delivered)):
            if name and value is not None:
                sums[name, currency] = sums.get((name, currency), 0) + int(value)
    return sums


def shown(outcome):
    return {
        (step, part.currency): getattr(part, step)
        for part in outcome.currencies
        for step in ("target", "memoranda", "contracts", "delivered")
        if getattr(part, step) is not None
    }


def test_every_desk_shows_the_sums_of_its_rows(client):
    desks = list(Desk.objects.published())
    assert len(desks) == 21
    of_list = {
        one.desk.pk: one.outcome
        for group in client.get("/en/desks/").context["groups"]
        for one, _bar in group["desks"]
    }
    for desk in desks:
        wanted = expected(desk)
        assert shown(client.get(desk.get_absolute_url()).context["outcome"]) == wanted, desk.slug
        assert shown(of_list[desk.pk]) == wanted, desk.slug


def test_every_desk_counts_the_products_and_makers_of_its_contracts(client):
    counted = "c.desk_id = %s AND c.kind IN ('contract', 'offtake') AND c.state = 'published'"
    products = f"SELECT COUNT(DISTINCT l.product_id) FROM catalog_contractline l JOIN catalog_contract c ON c.id = l.contract_id WHERE {counted}"  # noqa: E501
    makers = f"SELECT COUNT(DISTINCT p.company_id) FROM catalog_party p JOIN catalog_contract c ON c.id = p.contract_id WHERE p.role = 'supplier' AND {counted}"  # noqa: E501
    for desk in Desk.objects.published():
        reach = client.get(desk.get_absolute_url()).context["reach"]
        assert reach.products == rows(products, desk.pk)[0][0], desk.slug
        assert reach.makers == rows(makers, desk.pk)[0][0], desk.slug


@pytest.mark.parametrize("kind", ["memorandum", "agreement", "planned"])
def test_what_is_no_contract_changes_no_sum_of_contracts(client, kind):
    desk = Desk.objects.published().get(slug="household-components-desk-1404")

    def sums():
        listing = client.get(f"/en/contracts/?desk={desk.slug}").context
        outcome = client.get(desk.get_absolute_url()).context["outcome"]
        parts = [(part.currency, part.contracts, part.delivered) for part in outcome.currencies]
        return (
            parts,
            outcome.contracts,
            listing["totals"],
            [numbers[1::2] for numbers in listing["found_numbers"]],
        )

    before = sums()
    added = make_contract(amounts=[10**9], kind=kind, desk=desk, origin="sample")
    added.lines.update(delivered_amount=10**9)
    assert sums() == before


def test_the_four_targets_of_1399_add_up_to_the_stated_total(client):
    ((target,),) = rows("SELECT SUM(target_amount) FROM catalog_desk WHERE year = 1399")
    assert int(target) == 245_000_000
    for language, words in (("en", "€245m"), ("fa", '۲۴۵ <span class="unit">میلیون یورو</span>')):
        response = client.get(f"/{language}/desks/?year=1399")
        ((year, _stated),) = response.context["year"]
        assert [(sum.amount, sum.currency) for sum in year.targets] == [(245_000_000, "EUR")]
        assert year.targets_agree is True
        page = response.content.decode()
        assert page.count(words) == 2  # once added up from the records, once as it was stated
    group = next(g for g in client.get("/en/desks/").context["groups"] if g["status"] == "announced")
    assert [(year.year, len(year.stated_targets)) for year in group["years"]] == [(1399, 1)]


def test_the_saving_of_1398_stands_with_its_parts_and_both_sources(client):
    response = client.get("/en/desks/?year=1398")
    ((year, stated),) = response.context["year"]
    assert (year.desks, year.targets) == (7, ())
    figures = {one.statement.indicator.slug: one for one, _parts in stated}
    assert figures["desks"].statement.value == 11
    assert [earlier.value for earlier in figures["desks"].earlier] == [10, 9, 6]
    saving = figures["foreign-currency-saving"]
    assert [part.value // 10**6 for part in saving.parts] == [143, 118, 341, 443]
    assert saving.sum.amount == saving.statement.value == 1_045_000_000
    assert [other.value // 10**6 for other in saving.statement.others] == [1031, 1200]
    page = response.content.decode()
    for words in ("Mehr News Agency", "Tehran Times", "They add up to the total", "different sources"):
        assert words in page
