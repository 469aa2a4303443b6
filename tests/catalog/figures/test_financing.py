"""Financing in sums: by kind and currency, guarantees apart, each facility once."""

from datetime import date

import pytest
from django.db import connection

from catalog.figures.financing import (
    company_financing,
    kind_sums,
    overview,
    paid_out,
    paid_to_companies,
    product_financing,
)
from catalog.figures.product_case import product_case
from catalog.models import Facility
from tests.factories import (
    make_company,
    make_contract,
    make_engagement,
    make_facility,
    make_product,
    make_sector,
)

pytestmark = pytest.mark.django_db


def plain(column, where="1 = 1"):
    """{(kind, currency): sum} in plain SQL; sums of nothing left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kind, currency, SUM({column}) FROM catalog_facility"
            f" WHERE state = 'published' AND {where} GROUP BY kind, currency"
        )
        return {(kind, currency): int(total) for kind, currency, total in cursor if total}


def sums(found, field):
    return {(one.kind, each.currency): each.amount for one in found for each in getattr(one, field)}


@pytest.fixture
def many():
    """Facilities of every kind and two currencies; one is a draft, one of a company that is not public."""
    sector = make_sector(order=1)
    big = make_company(size="large", sector=sector, knowledge_based=True)
    small = make_company(size="small", knowledge_based=False)
    unknown = make_company(sector=make_sector(state="draft"))
    for company in (big, small, unknown):
        for kind in Facility.Kind.values:
            make_facility(company=company, kind=kind, payments=[100, 20])
            make_facility(company=company, kind=kind, currency="EUR", approved_amount=7000, payments=[3])
    make_facility(company=big, state="draft", payments=[10**6])
    make_facility(company=make_company(state="draft", size="micro"), payments=[10**6])
    return big, small, unknown


def test_sums_are_those_of_plain_sql_and_keep_kinds_and_currencies_apart(many):
    public = "company_id IN (SELECT id FROM catalog_company WHERE state = 'published')"
    found = overview().real
    assert sums(found.sums, "approved") == plain("approved_amount", public)
    assert sums(found.sums, "paid") == plain("paid", public)
    assert len(sums(found.sums, "paid")) == 6
    given = company_financing(many[0])
    assert sums(given.given_sums, "approved") == plain("approved_amount", f"company_id = {many[0].pk}")
    assert not given.lent


def test_what_is_paid_under_a_guarantee_is_in_no_sum_of_payments(many):
    found = overview().real
    assert [(each.amount, each.currency) for each in found.paid.all.amounts] == [(18, "EUR"), (720, "IRR")]
    assert found.paid.all.companies == 3
    assert [each.amount for each in found.paid.knowledge_based.amounts] == [6, 240]
    assert found.paid.knowledge_based.companies == 1
    called = make_facility(kind="guarantee", payments=[5])
    assert paid_out(Facility.objects.filter(pk=called.pk)).companies == 0


def test_a_company_with_two_currencies_is_one_company_and_kinds_come_in_their_order(many):
    loans, guarantees, grants = overview().real.sums
    assert (loans.kind, guarantees.kind, grants.kind) == ("loan", "guarantee", "grant")
    assert (loans.facilities, loans.companies) == (6, 3)
    assert (loans.pays_out, guarantees.pays_out, grants.pays_out) == (True, False, True)


def test_companies_alike_are_grouped_by_size_and_by_public_sector(many):
    found = overview().real
    assert [str(group.who) for group in found.by_size] == ["11 to 50 people", "more than 250 people", ""]
    assert [group.who for group in found.by_sector] == [many[0].sector, None]
    assert [cell.companies for cell in found.by_sector[1].cells] == [2, 2, 2]
    loans = found.by_size[0].cells[0]
    assert [(each.amount, each.currency) for each in loans.paid] == [(3, "EUR"), (120, "IRR")]


def test_nothing_recorded_has_no_sums_and_no_groups():
    found = overview().real
    assert (found.sums, found.by_size, found.by_sector, found.paid.all.amounts) == ((), (), (), ())


def test_samples_are_summed_apart():
    make_facility(kind="grant", payments=[5])
    make_facility(company=make_company(origin="sample"), origin="sample", payments=[70])
    found = overview()
    assert [one.kind for one in found.real.sums] == ["grant"]
    assert [one.kind for one in found.samples.sums] == ["loan"]
    paid = paid_to_companies()
    assert [each.amount for each in paid.real.all.amounts] == [5]
    assert [each.amount for each in paid.samples.all.amounts] == [70]


def test_a_sum_without_a_payment_has_no_zero():
    (loans,) = kind_sums([make_facility()])
    assert loans.paid == ()
    assert [each.amount for each in loans.approved] == [1_000_000_000]


class TestProduct:
    def test_each_facility_stands_once_though_two_roads_lead_to_it_the_contract_s_first(self):
        product, maker = make_product(), make_company()
        make_engagement(product=product, company=maker)
        contract = make_contract(currency="EUR")
        for _ in range(2):
            contract.lines.create(product=product, amount=5)
        rests = make_facility(company=maker, contract=contract, approved_on=date(2024, 1, 1))
        of_another = make_facility(contract=contract, approved_on=date(2025, 1, 1))
        undated, late, early = (
            make_facility(company=maker, approved_on=day)
            for day in (None, date(2026, 1, 1), date(2023, 1, 1))
        )
        make_facility()
        found = product_case(product).financing
        assert list(found.on_contracts) == [of_another, rests]
        assert list(found.others) == [late, early, undated]
        assert found.companies == 2
        assert sum(one.facilities for one in found.sums) == 5

    def test_only_public_contracts_engagements_and_companies_lead_to_one(self):
        product = make_product()
        make_engagement(product=product, company=make_facility().company, state="in_review")
        hidden = make_contract(state="draft", currency="EUR")
        hidden.lines.create(product=product)
        make_facility(contract=hidden)
        public = make_contract(currency="EUR")
        public.lines.create(product=product)
        make_facility(contract=public, company=make_company(state="withdrawn"))
        make_facility(contract=public, state="draft")
        assert product_case(product).financing.facilities == ()

    def test_it_gives_figures_for_a_short_answer(self):
        maker = make_company(origin="sample")
        make_facility(company=maker, origin="sample", payments=[70])
        make_facility(company=maker, origin="sample", kind="grant", payments=[30])
        make_facility(company=maker, origin="sample", kind="guarantee")
        found = product_financing([], [maker])
        assert [(each.amount, each.currency) for each in found.paid_out.amounts] == [(100, "IRR")]
        assert (found.paid_out.companies, found.companies, found.has_sample) == (1, 1, True)
