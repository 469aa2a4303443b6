"""Every rule that one row can hold is a constraint of the database: each test breaks one."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from catalog.models import Document, Milestone, Parameter, Party
from tests.factories import (
    make_company,
    make_contract,
    make_demand,
    make_desk,
    make_engagement,
    make_facility,
    make_import,
    make_product,
    make_rate,
    make_sector,
    make_statement,
    make_unit,
)

pytestmark = pytest.mark.django_db


def contract_part(model):
    return lambda **values: model.objects.create(contract=make_contract(), **values)


def document(**values):
    return Document.objects.create(title_en="Spec", title_fa="مشخصات", **values)


def parameter(**values):
    return Parameter.objects.create(
        product=make_product(), name_en="Speed", name_fa="سرعت", value="1", **values
    )


BROKEN = {
    "what the press reports names its source": lambda: make_product(origin="press"),
    "a withdrawn record says why in Persian": lambda: make_product(state="withdrawn", withdrawn_reason_fa=""),
    "a withdrawn record says why in English": lambda: make_sector(state="withdrawn", withdrawn_reason_en=""),
    "a target year is Iranian": lambda: make_product(target_year=2026),
    "an HS code has digits only": lambda: make_product(hs_code="8413.7"),
    "an HS code has at least six digits": lambda: make_product(hs_code="84137"),
    "an import year is Iranian": lambda: make_import(year=2019),
    "an import is not negative": lambda: make_import(value=-1),
    "a demand is not negative": lambda: make_demand(value=-1, currency="USD"),
    "a demand's value has a currency": lambda: make_demand(value=1),
    "a local share is at most 100 %": lambda: make_engagement(local_share=101),
    "free capacity is part of the capacity": lambda: make_engagement(capacity=10, free_capacity=11),
    "a founding year is Iranian": lambda: make_company(founded=1969),
    "a target has a currency": lambda: make_desk(target_amount=1),
    "a target is not negative": lambda: make_desk(target_amount=-1, target_currency="EUR"),
    "a desk that closes has opened": lambda: make_desk(closes=date(2026, 5, 1)),
    "a desk closes after it opens": lambda: make_desk(opens=date(2026, 5, 2), closes=date(2026, 5, 1)),
    "a contract's amount has a currency": lambda: make_contract(total_basis="stated", stated_amount=1),
    "a contract counts one total": lambda: make_contract(
        total_basis="lines", stated_amount=1, currency="EUR"
    ),
    "a party is a company or a name": contract_part(Party),
    "a party is not both": lambda: contract_part(Party)(company=make_company(), name_en="Printed"),
    "a line says what it is": lambda: make_contract().lines.create(amount=1),
    "a line is not negative": lambda: make_contract(amounts=[-1]),
    "a delivery stays within its line": lambda: make_contract().lines.create(
        product=make_product(), amount=10, delivered_amount=11
    ),
    "a delivery needs an amount": lambda: make_contract().lines.create(
        product=make_product(), delivered_amount=1
    ),
    "a milestone has a day": contract_part(Milestone),
    "a unit's capacity has a unit": lambda: make_unit(capacity=5),
    "a unit with a day of revival runs": lambda: make_unit(revived_on=date(2026, 5, 1)),
    "a unit stopped in an Iranian year": lambda: make_unit(idle_since=2019),
    "a unit stopped for causes we know": lambda: make_unit(causes="finance,weather"),
    "a unit needs what we know": lambda: make_unit(needs="luck"),
    "paid stays within approved": lambda: make_facility(payments=[600_000_000, 400_000_001]),
    "a payment raised later stays within approved": lambda: make_facility(
        payments=[600_000_000]
    ).payments.update(amount=1_000_000_001),
    "an approval stays above what was paid": lambda: type(make_facility(payments=[9])).objects.update(
        approved_amount=8
    ),
    "a payment is more than zero": lambda: make_facility(payments=[0]),
    "a lender is a company or a name": lambda: make_facility(lender_en="", lender_fa=""),
    "a lender is not both": lambda: make_facility(lender=make_company(), lender_en="A bank"),
    "a rate is more than zero": lambda: make_rate(rials=0),
    "a rate's year is Iranian": lambda: make_rate(year=2020),
    "a year has one official rate": lambda: [make_rate(), make_rate(rials=50_000)],
    "a year has one official rate, known by its days too": lambda: [
        make_rate(),
        make_rate(year=None, date_from=date(2020, 5, 1)),
    ],
    "a rate's last day has a first": lambda: make_rate(date_to=date(2020, 5, 1)),
    "a document stands on one record": lambda: document(product=make_product(), desk=make_desk()),
    "a document stands on some record": document,
    "a public document has a file": lambda: document(product=make_product(), access="public"),
    "a range has two ends": lambda: parameter(operator="range"),
    "only a range has two ends": lambda: parameter(operator="min", value_to="2"),
    "stated money has a currency": lambda: make_statement(unit="money"),
    "stated money has no digits after the point": lambda: make_statement(currency="EUR", decimals=1),
    "stated years have a first": lambda: make_statement(year_to=1399),
    "stated years are in order": lambda: make_statement(year_from=1399, year_to=1398),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_the_database_refuses_a_row_that_breaks_a_rule(rule):
    with pytest.raises(IntegrityError), transaction.atomic():
        BROKEN[rule]()


def test_a_product_has_one_import_figure_a_year_and_currency():
    product = make_product()
    make_import(product=product, year=1404)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_import(product=product, year=1404)


@pytest.mark.parametrize("year", [1405, None])
def test_a_buyers_demand_for_a_product_stands_once_a_year(year):
    demand = make_demand(year=year)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_demand(product=demand.product, buyer=demand.buyer, year=year)


def test_a_company_works_on_a_product_once():
    engagement = make_engagement()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_engagement(product=engagement.product, company=engagement.company)


def test_a_desk_does_not_continue_itself():
    desk = make_desk()
    desk.continues = desk
    with pytest.raises(IntegrityError), transaction.atomic():
        desk.save()


@pytest.mark.parametrize(
    ("code", "fits"), [("841370", True), ("84137010", True), ("841399", False), ("84137", False)]
)
def test_hs_codes_are_checked_against_the_2017_list(code, fits):
    product = make_product()
    product.hs_code = code
    if fits:
        product.full_clean()
    else:
        with pytest.raises(ValidationError, match="hs_code"):
            product.full_clean()


@pytest.mark.parametrize("amount", [10**15 - 1, 220_000_000_000_000])
def test_the_largest_rial_amounts_come_back_as_they_were_saved(amount):
    contract = make_contract(total_basis="stated", stated_amount=amount, currency="IRR")
    contract.refresh_from_db()
    assert contract.stated_amount == amount
    assert make_import(value=amount, currency="IRR").product.imports.get().value == amount
    exported = StringIO()
    call_command("dumpdata", "catalog.contract", stdout=exported)
    assert json.loads(exported.getvalue())[0]["fields"]["stated_amount"] == amount
