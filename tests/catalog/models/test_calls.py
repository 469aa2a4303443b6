"""Calls follow from their dates, keep apart, and leave their days with the product."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog.models import Call
from catalog.models.product_tags import called_as, days_called
from tests.factories import make_call, make_engagement, make_product

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"closes": timezone.localdate(), "opens": timezone.localdate()}, "call_days_in_order"),
        ({"origin": "sample"}, "call_is_no_sample"),
        ({"claims": 2, "undecided": 1}, "call_counts_add_up"),
    ],
)
def test_a_row_that_cannot_be_is_refused(change, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make_call(**change)


def test_a_call_is_open_for_twenty_days_and_its_state_follows_from_them():
    call = Call.objects.create(product=make_product(), opens=timezone.localdate())
    assert call.closes - call.opens == timedelta(days=19)
    for days, state in ((1, "coming"), (0, "open"), (-19, "open"), (-20, "closed")):
        first = timezone.localdate() + timedelta(days=days)
        call.opens, call.closes = first, first + timedelta(days=19)
        call.save()
        assert Call(opens=call.opens, closes=call.closes).state == state
        assert Call.objects.in_state(state).count() == 1


def refused(product, **values):
    with pytest.raises(ValidationError) as caught:
        Call(product=product, **values).full_clean()
    return " ".join(caught.value.messages)


def test_only_a_published_product_without_a_maker_is_called():
    made = make_product()
    make_engagement(product=made)
    made.refresh_from_db()
    assert "A maker is on record" in refused(made)
    assert "not published" in refused(make_product(state="draft"))
    assert "sample" in refused(make_product(origin="sample"))
    call = make_call()
    make_engagement(product=call.product)
    Call.objects.get().full_clean()  # it stays right when a maker comes


def test_a_product_has_one_call_at_a_time():
    call = make_call()
    assert "Another call" in refused(call.product)
    later = {"opens": call.closes + timedelta(days=1), "closes": call.closes + timedelta(days=9)}
    assert "Another call" in refused(call.product, **later)
    over = make_call(days_ago=3)
    Call(product=over.product).full_clean()


def test_the_product_keeps_its_last_call_and_the_days_of_all():
    product = make_product()
    first = make_call(product=product, days_ago=50)
    second = make_call(product=product)
    product.refresh_from_db()
    assert product.last_call == second
    assert product.called == (second.opens, second.closes)
    tag = product.tags.split("call=")[1].split(",")[0]
    assert days_called(tag) == [first.closes, second.opens, second.closes]
    second.delete()
    product.refresh_from_db()
    assert product.last_call == first
    first.delete()
    product.refresh_from_db()
    assert (product.last_call, product.called) == (None, None)


@pytest.mark.parametrize(
    ("tag", "state"),
    [
        ("20261201-20261112-20261201", "open"),
        ("20261128-20261109-20261128", "closed"),
        ("20261001-20261112-20261201", "open"),
        ("20261001-20261201-20261220", "closed"),  # another one is to come
        ("20261220-20261201-20261220", ""),
    ],
)
def test_what_a_product_is_follows_from_the_days_of_its_calls(tag, state):
    assert called_as(tag, TODAY) == state
