"""A save that no reader can see moves no date; one that changes nothing leaves no history (rule 15)."""

import pytest
from django.apps import apps

from catalog.models import Desk, Product
from catalog.models.base import SavesChanges
from tests.factories import make_demand, make_product

MODELS = apps.get_app_config("catalog").get_models()
NOUNS = [model for model in MODELS if hasattr(getattr(model, "history", None), "model")]


def test_every_noun_with_a_history_saves_only_changes():
    assert len(NOUNS) > 20
    assert [noun for noun in NOUNS if not issubclass(noun, SavesChanges)] == []


def moment(record):
    return getattr(type(record).objects.get(pk=record.pk), "updated_at", None)


def test_a_save_without_a_change_leaves_no_trace(loaded):
    seen = [noun for noun in NOUNS if noun.objects.exists()]
    assert len(seen) > 18
    for noun in seen:
        record = noun.objects.order_by("pk").first()
        before, lines = moment(record), noun.history.count()
        record.save()
        assert (moment(record), noun.history.count()) == (before, lines), noun


def test_an_internal_note_moves_no_public_date_and_keeps_its_history(loaded):
    noted = [noun for noun in NOUNS if noun.objects.exists() and hasattr(noun, "note")]
    assert len(noted) > 8
    for noun in noted:
        record = noun.objects.order_by("pk").first()
        before, lines = moment(record), noun.history.count()
        record.note = "asked by telephone"
        record.save()
        assert (moment(record), noun.history.count()) == (before, lines + 1), noun
        assert noun.objects.get(pk=record.pk).note == "asked by telephone"


@pytest.mark.django_db
def test_a_change_moves_the_date_and_writes_history():
    product = make_product()
    before = moment(product)
    product.summary_en = "Another summary"
    product.save()
    assert moment(product) > before
    assert product.history.count() == 2


@pytest.mark.django_db
def test_a_save_that_changes_nothing_mends_what_is_derived():
    product = make_product()
    Product._base_manager.filter(pk=product.pk).write_quietly(stage="production")
    product.save()
    assert Product.objects.get(pk=product.pk).stage == "open"


@pytest.mark.django_db
def test_what_is_typed_as_text_is_compared_as_what_it_means():
    demand = make_demand(year=1404, quantity=10)
    demand.year, demand.quantity = "1404", "10"
    assert demand.changed_fields() == set()
    demand.quantity = "11"
    assert demand.changed_fields() == {"quantity"}


def test_a_desk_that_is_saved_unchanged_keeps_its_place_in_the_calendar(loaded, client):
    address = "/en/desks/calendar.ics"
    before = client.get(address).content
    Desk.objects.published().first().save()
    assert client.get(address).content == before
