"""Queries that are made once and asked with other values: they give what their querysets give."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.db.models import Q

from catalog.models import Company, Demand
from catalog.models.prepared import Prepared
from tests.factories import make_company, make_demand, make_product

pytestmark = pytest.mark.django_db


def test_it_gives_the_rows_of_each_value():
    demands_of = Prepared(lambda product: Demand.objects.filter(product=product).select_related("buyer"))
    one, other = make_product(), make_product()
    expected = [make_demand(product=one), make_demand(product=other)]
    assert [demands_of(product.pk) for product in (one, other, one)] == [
        [expected[0]], [expected[1]], [expected[0]],
    ]  # fmt: skip


def test_rows_come_with_their_relations_and_annotations(django_assert_num_queries):
    rows_of = Prepared(
        lambda product: Demand.objects.with_strength().filter(product=product).select_related("buyer")
    )
    demand = make_demand(commitment="tendered", buyer=make_company(name_en="Buyer"))
    with django_assert_num_queries(1):
        (row,) = rows_of(demand.product_id)
        assert (row.buyer.name_en, row.strength, row.confirmed_on) == ("Buyer", 3, demand.confirmed_on)


def test_a_list_may_have_any_number_of_values_and_be_empty():
    named = Prepared(
        lambda keys, provinces: Company.objects.filter(Q(pk__in=keys) | Q(province__in=provinces))
    )
    companies = [make_company(province="qom") for _ in range(5)]
    keys = [company.pk for company in companies]
    for count in range(6):
        assert {company.pk for company in named(keys[:count], [])} == set(keys[:count])
    assert len(named(keys[:1], ["qom"])) == 5
    assert named([], []) == []


def test_few_statements_serve_lists_of_all_lengths():
    named = Prepared(lambda keys: Company.objects.filter(pk__in=keys))
    for count in range(1, 17):
        named(list(range(count)))
    assert len(named.statements) == 5


@pytest.mark.django_db(transaction=True)
def test_threads_ask_the_same_query_by_connections_of_their_own():
    named = Prepared(lambda name: Company.objects.filter(name_en=name))
    keys = {name: make_company(name_en=name).pk for name in ("One", "Two", "Three", "Four")}

    def ask(name):
        try:
            return [company.pk for company in named(name)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ask, keys)) == [[key] for key in keys.values()]
