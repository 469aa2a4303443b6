"""Rows leave in batches: nothing of the next is read before the last is gone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Company
from catalog.open_data.exports.columns import batches
from tests.factories import make_company

pytestmark = pytest.mark.django_db


def read(size):
    everything = Company.objects.published()
    return batches(
        everything.order_by("-name_en"), lambda keys: everything.filter(pk__in=keys), rows=list, size=size
    )


def test_a_batch_is_read_when_it_is_asked_for():
    for name in "ABCDE":
        make_company(name_en=name)
    stream = read(size=2)
    with CaptureQueriesContext(connection) as queries:
        assert [company.name_en for company in next(stream)] == ["E", "D"]
        assert len(queries) == 2  # the keys, and the first batch
        assert [company.name_en for company in next(stream)] == ["C", "B"]
        assert len(queries) == 3
        assert [company.name_en for company in next(stream)] == ["A"]
    assert list(stream) == []


def test_what_is_withdrawn_meanwhile_does_not_leave():
    for name in "ABC":
        make_company(name_en=name)
    stream = read(size=1)
    next(stream)
    Company.objects.get(name_en="B").withdraw("A mistake.", "اشتباه.")
    assert [[company.name_en for company in batch] for batch in stream] == [["A"]]
