import datetime

import pytest
from django.db import models

from catalog.models import Engagement, Product
from catalog.models.prepared import Keys, OneOf, PreparedQuery
from tests.factories import make_engagement, make_product

pytestmark = pytest.mark.django_db

IN_SECTOR = PreparedQuery(
    lambda sector: (
        Product.objects.filter(sector=sector).order_by("slug").values_list("slug", "stage", named=True)
    ),
    sector=models.BigIntegerField(),
)
CONFIRMED = PreparedQuery(
    lambda day: (
        Engagement.objects.filter(confirmed_on__lte=day)
        .order_by("pk")
        .annotate(n=models.Count("product"))
        .values_list("confirmed_on", "product__published_at", "n", named=True)
    ),
    day=models.DateField(),
)
SLUGS = PreparedQuery(lambda: Product.objects.order_by("slug").values_list("slug", flat=True))


def test_it_gives_the_rows_of_its_queryset_for_each_value():
    first, second = make_product(slug="a"), make_product(slug="b")
    assert IN_SECTOR(sector=first.sector_id) == [("a", "open")]
    assert IN_SECTOR(sector=second.sector_id)[0].slug == "b"
    assert IN_SECTOR(sector=0) == []


def test_values_come_as_the_types_of_their_fields():
    made = make_engagement(confirmed_on=datetime.date(2024, 5, 1))
    [row] = CONFIRMED(day=datetime.date(2024, 5, 1))
    assert (row.confirmed_on, row.n) == (datetime.date(2024, 5, 1), 1)
    assert row.product__published_at == made.product.published_at
    assert CONFIRMED(day=datetime.date(2024, 4, 30)) == []


def test_flat_rows_are_bare_values_and_each_call_is_one_query(django_assert_num_queries):
    make_product(slug="a")
    with django_assert_num_queries(1):
        assert SLUGS() == ["a"]


WITH_COMPANY = PreparedQuery(
    lambda product: (
        Engagement.objects.filter(product=product)
        .select_related("company", "source")
        .annotate(twice=models.F("product") * 2)
        .order_by("pk")
    ),
    product=models.BigIntegerField(),
)


def test_records_come_with_their_related_records_and_annotations(django_assert_num_queries):
    made = make_engagement()
    with django_assert_num_queries(1):
        [record] = WITH_COMPANY(product=made.product_id)
        assert (record, record.company, record.source) == (made, made.company, made.source)
    assert record.twice == 2 * made.product_id
    assert WITH_COMPANY.first(product=0) is None
    record.save()  # a whole record like any other


SOME = PreparedQuery(
    lambda keys: Product.objects.filter(OneOf("pk", keys)).order_by("pk").values_list("pk", flat=True),
    keys=Keys(),
)


def test_it_takes_any_number_of_keys():
    keys = [make_product().pk for _ in range(3)]
    assert SOME(keys=keys) == keys
    assert SOME(keys=keys[:1]) == keys[:1]
    assert SOME(keys=[]) == []
