"""What is signed counts: makers and promises follow from contracts, on every ORM road (rule 12)."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalog.models import (
    Company,
    Contract,
    ContractLine,
    Demand,
    Engagement,
    Makers,
    Party,
    Product,
    ProductMaker,
    ProductPromise,
)
from tests.factories import make_company, make_contract, make_demand, make_engagement, make_product

pytestmark = pytest.mark.django_db


def check():
    out = StringIO()
    try:
        call_command("check_index", verbosity=0, stdout=out)
    except CommandError:
        pytest.fail(out.getvalue())


def deal(product, supplier=None, buyer=None, *, delivered=None, line=None, **values):
    """A contract with one line of `product`; `supplier` and `buyer` are companies or printed names."""
    contract = make_contract(currency="EUR", **values)
    for role, who in (("supplier", supplier), ("buyer", buyer)):
        named = {"company": who} if isinstance(who, Company) else {"name_en": who}
        if who:
            Party.objects.create(contract=contract, role=role, **named)
    ContractLine.objects.create(
        contract=contract, product=product, amount=1000, delivered_amount=delivered, **(line or {})
    )
    return contract


def stage(product):
    check()
    stored = Product.objects.get(pk=product.pk)
    return stored.stage, stored.maker_count


def promises(product):
    """(commitment, year, quantity, value, currency, bought) of each counted row."""
    says = ("commitment", "year", "quantity", "value", "currency", "bought")
    return list(ProductPromise.objects.filter(product=product, counted=True).values_list(*says))


@pytest.mark.parametrize(
    ("contract", "delivered", "expected"),
    [
        ({}, None, ("contracted", 1)),
        ({"kind": "offtake"}, 0, ("contracted", 1)),
        ({"status": "disputed"}, None, ("contracted", 1)),
        ({}, 1, ("production", 1)),
        ({"status": "delivered"}, None, ("production", 1)),
        ({"status": "ended_early"}, None, ("open", 0)),
        ({"status": "ended_early"}, 0, ("open", 0)),
        ({"status": "ended_early"}, 5, ("production", 1)),
        ({"kind": "memorandum"}, None, ("open", 0)),
        ({"kind": "agreement"}, 5, ("open", 0)),
        ({"kind": "planned", "status": "delivered"}, None, ("open", 0)),
        ({"state": "draft"}, 5, ("open", 0)),
    ],
)
def test_a_supplier_is_a_maker_by_what_was_signed_and_delivered(contract, delivered, expected):
    product = make_product()
    deal(product, make_company(), delivered=delivered, **contract)
    assert stage(product) == expected


def test_a_supplier_of_a_memorandum_is_named_beside_the_product_but_is_no_maker():
    product = make_product()
    deal(product, make_company(), kind="memorandum")
    row = ProductMaker.objects.get(product=product)
    assert (row.stage, row.counts, row.stands) == ("named", False, False)
    assert not ProductMaker.objects.makers().exists()


def test_a_supplier_that_is_only_printed_or_hidden_is_no_maker():
    product = make_product()
    deal(product, "Printed Works")
    deal(product, make_company(state="draft"))
    assert stage(product) == ("open", 0)


def test_the_further_of_engagement_and_contract_stands_and_counts_once():
    product, company = make_product(), make_company()
    engagement = make_engagement(product=product, company=company, stage="design")
    contract = deal(product, company)
    assert stage(product) == ("design", 1)
    contract.lines.update(delivered_amount=1)
    assert stage(product) == ("production", 1)
    assert ProductMaker.objects.makers().get().line == contract.lines.get()
    contract.lines.update(delivered_amount=None)
    engagement.stage = "named"
    engagement.save()
    assert stage(product) == ("contracted", 1)
    assert ProductMaker.objects.filter(product=product, counts=True).count() == 2


def test_contracted_stands_before_what_a_source_reports():
    product = make_product(reported="made")
    assert stage(product) == ("reported", 0)
    deal(product, make_company())
    assert stage(product) == ("contracted", 1)
    assert Product.objects.get(pk=product.pk).makers == Makers.SOME


def test_what_rests_on_samples_alone_says_so():
    product, real = make_product(), make_company()
    deal(product, make_company(origin="sample"), delivered=1, origin="sample")
    stored = Product.objects.get(pk=product.pk)
    assert (stored.stage, stored.stage_is_sample, stored.sample_maker_count) == ("production", True, 1)
    contract = deal(product, real)
    stored = Product.objects.get(pk=product.pk)
    assert (stored.stage_is_sample, stored.maker_count, stored.sample_maker_count) == (True, 2, 1)
    contract.lines.update(delivered_amount=7)
    assert not Product.objects.get(pk=product.pk).stage_is_sample
    assert not ProductMaker.objects.makers().get(company=real).rests_on_sample


def test_every_road_of_contracts_parties_and_lines_keeps_it_true():
    product, other, company = make_product(), make_product(), make_company()
    contract = deal(product, company)
    party, line = contract.parties.get(), contract.lines.get()
    contract.withdraw("Wrong.", "نادرست")
    assert stage(product) == ("open", 0)
    contract.publish()
    assert stage(product) == ("contracted", 1)
    Contract.objects.update(state="draft")
    assert stage(product) == ("open", 0)
    Contract.objects.update(state="published")
    line.product = other
    line.save()
    assert (stage(product), stage(other)) == (("open", 0), ("contracted", 1))
    ContractLine.objects.bulk_update([ContractLine(pk=line.pk, product=product)], ["product"])
    assert (stage(product), stage(other)) == (("contracted", 1), ("open", 0))
    contract.parties.update(role="other")
    assert stage(product) == ("open", 0)
    party.save()
    assert stage(product) == ("contracted", 1)
    contract.parties.all().delete()
    assert stage(product) == ("open", 0)
    Party.objects.bulk_create([Party(contract=contract, company=company)])
    assert stage(product) == ("contracted", 1)
    Company.objects.filter(pk=company.pk).update(state="draft")
    assert stage(product) == ("open", 0)
    company.save()
    assert stage(product) == ("contracted", 1)
    Contract.objects.filter(pk=contract.pk).update(kind="planned")
    assert stage(product) == ("open", 0)
    Contract.objects.filter(pk=contract.pk).update(kind="contract", origin="sample")
    contract.refresh_from_db()
    contract.delete()
    assert stage(product) == ("open", 0)


def test_a_line_that_is_taken_away_takes_its_maker_and_its_promise():
    product = make_product()
    for road in range(2):
        contract = deal(product, make_company(), make_company())
        assert stage(product) == ("contracted", 1)
        lines = ContractLine.objects.filter(contract=contract)
        lines.get().delete() if road else lines.delete()
        assert stage(product) == ("open", 0)
        assert not ProductPromise.objects.exists()


def test_buyers_promise_what_is_left_of_a_line():
    product = make_product(unit="set")
    due = date(2027, 1, 1)
    three = {"quantity": 3}
    deal(product, None, make_company(), due=due, line=three)
    assert promises(product) == [("signed", 1405, 3, 1000, "EUR", False)]
    Contract.objects.update(kind="offtake", due=None)
    assert promises(product) == [("offtake", None, 3, 1000, "EUR", False)]
    ContractLine.objects.update(delivered_amount=650)
    assert promises(product) == [("offtake", None, None, 350, "EUR", False)]
    ContractLine.objects.update(delivered_amount=1000)
    assert promises(product) == [("offtake", None, None, None, "", True)]
    Contract.objects.update(status="ended_early")
    assert promises(product) == []
    ContractLine.objects.update(delivered_amount=None, amount=None)
    Contract.objects.update(status="")
    assert promises(product) == [("offtake", None, 3, None, "", False)]
    Contract.objects.update(status="delivered")
    assert promises(product) == [("offtake", None, None, None, "", True)]
    Contract.objects.update(kind="memorandum", status="")
    assert promises(product) == []
    check()


def test_a_line_with_several_buyers_is_counted_once_and_names_all():
    product = make_product()
    contract = deal(product, None, "Printed Buyer")
    one, two = make_company(), make_company()
    for company in (one, two, make_company(state="draft")):
        Party.objects.create(contract=contract, role="buyer", company=company)
    rows = ProductPromise.objects.filter(product=product)
    assert {row.buyer or row.party.name for row in rows} == {one, two, "Printed Buyer"}
    assert len(promises(product)) == 1
    check()


def test_a_demand_that_became_a_contract_is_left_out_while_that_is_public():
    product, buyer = make_product(), make_company(province="qom")
    contract = deal(product, None, buyer)
    demand = make_demand(product=product, buyer=buyer, commitment="tendered", contract=contract)
    assert [row[0] for row in promises(product)] == ["signed"]
    assert not Demand.objects.published().exists()
    contract.withdraw("Wrong.", "نادرست")
    assert [row[0] for row in promises(product)] == ["tendered"]
    assert Demand.objects.published().get() == demand
    Demand.objects.filter(pk=demand.pk).update(contract=None)
    contract.publish()
    assert {row[0] for row in promises(product)} == {"signed", "tendered"}
    demand.delete()
    assert [row[0] for row in promises(product)] == ["signed"]
    check()


def test_tags_say_where_it_could_be_made():
    product = make_product(specification="buyer")
    assert tags(product) == {"specification=buyer"}
    demand = make_demand(product=product, buyer=make_company(province="qom"), commitment="tendered")
    assert tags(product) == {"specification=buyer", "could=qom", "commitment=tendered"}
    engagement = make_engagement(product=product, company=make_company(province="yazd"), seeks="finance")
    assert tags(product) >= {"could=qom", "could=yazd", "province=yazd", "seeks=finance"}
    Engagement.objects.filter(pk=engagement.pk).update(stage="testing")
    assert not {tag for tag in tags(product) if tag.startswith("could")}
    engagement.stage = "design"
    engagement.save()
    Product.objects.filter(pk=product.pk).update(reported="made")
    assert not {tag for tag in tags(product) if tag.startswith("could")}
    Product.objects.filter(pk=product.pk).update(reported="")
    demand.delete()
    assert {tag for tag in tags(product) if tag.startswith("could")} == {"could=yazd"}
    deal(product, None, make_company(province="ilam"), delivered=1)
    assert {tag for tag in tags(product) if tag.startswith("could")} == {"could=yazd", "could=ilam"}
    check()


def tags(product):
    return set(filter(None, Product.objects.get(pk=product.pk).tags.split(",")))


def test_check_index_finds_what_raw_sql_broke_and_reindex_mends_it():
    product = make_product()
    deal(product, make_company(), make_company())
    ProductMaker.objects.all().delete()
    ProductPromise.objects.update(commitment="named")
    out = StringIO()
    with pytest.raises(CommandError, match="2 faults"):
        call_command("check_index", stdout=out)
    assert f"product {product.pk}: stale in the makers" in out.getvalue()
    assert f"product {product.pk}: stale in the promises to buy" in out.getvalue()
    call_command("reindex", verbosity=0)
    check()
