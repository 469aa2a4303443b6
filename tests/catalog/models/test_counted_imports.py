"""Several sources' figures of one product and year: all stay, one counts."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from catalog.models import ImportRecord, Product
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def product():
    return make.make_product()


def figure(product, value, **values):
    return make.make_import(product=product, year=1403, value=value, **values)


def counted():
    return list(ImportRecord.objects.counted().values_list("value", flat=True))


def standing(product):
    return Product.objects.get(pk=product.pk).import_usd


def test_figures_of_two_sources_stand_beside_each_other_and_one_counts(product):
    figure(product, 5, source=make.make_source())
    figure(product, 7, source=make.make_source())
    assert ImportRecord.objects.count() == 2
    assert counted() == [7]
    assert standing(product) == 7


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        ({"origin": "sample"}, {"origin": "press"}, 2),
        ({"origin": "press"}, {"origin": "sample"}, 1),
        ({"origin": "press"}, {"origin": "sample", "chosen": True}, 1),
        ({"origin": "ministry"}, {"origin": "press"}, 1),
        ({"origin": "press"}, {"origin": "ministry"}, 2),
        ({"origin": "ministry"}, {"origin": "press", "chosen": True}, 2),
        ({"origin": "press"}, {"origin": "press"}, 2),
        ({"origin": "press", "chosen": True}, {"origin": "ministry"}, 1),
    ],
)
def test_the_real_the_chosen_the_ministrys_and_the_latest_count_first(product, first, second, counts):
    figure(product, 1, source=make.make_source(), **first)
    figure(product, 2, source=make.make_source(), **second)
    assert counted() == [counts]


def test_choosing_a_figure_ends_the_choice_of_another_and_the_history_tells_it(product):
    first = figure(product, 1, source=make.make_source(), chosen=True)
    second = figure(product, 2, source=make.make_source())
    second.chosen = True
    second.save()
    assert counted() == [2]
    assert [entry.chosen for entry in first.history.order_by("pk")] == [True, False]


def test_of_two_that_are_chosen_at_once_the_latter_is(product):
    rows = [
        ImportRecord(product=product, year=1403, value=n, source=make.make_source(), chosen=True)
        for n in (1, 2)
    ]
    ImportRecord.objects.bulk_create(rows)
    assert list(ImportRecord.objects.filter(chosen=True).values_list("value", flat=True)) == [2]


def test_what_is_left_counts_once_the_other_is_gone_or_moved(product):
    _first, second = (figure(product, n, source=make.make_source()) for n in (1, 2))
    second.year = 1402
    second.save()
    assert sorted(counted()) == [1, 2]
    second.year = 1403
    second.save()
    assert counted() == [2]
    second.delete()
    assert counted() == [1]
    assert standing(product) == 1


def test_figures_in_two_currencies_and_of_two_calendars_all_count(product):
    figure(product, 1)
    figure(product, 2, currency="EUR")
    make.make_import(product=product, year=2024, calendar="gregorian", value=3)
    assert sorted(counted()) == [1, 2, 3]


@pytest.mark.parametrize("origins", [("ministry", "ministry"), ("sample", "sample")])
def test_of_one_source_or_of_none_there_is_one_figure(product, origins):
    source = make.make_source()
    for given in ({"source": source}, {}):
        figure(product, 1, origin=origins[0], **given)
        with pytest.raises(IntegrityError), transaction.atomic():
            figure(product, 2, origin=origins[1], **given)
        with pytest.raises(ValidationError, match="already has a figure"):
            ImportRecord(product=product, year=1403, value=2, origin=origins[1], **given).full_clean()


def test_without_a_source_a_sample_stands_beside_what_is_real(product):
    figure(product, 1, origin="sample")
    figure(product, 2, origin="ministry")
    assert counted() == [2]


def test_figures_contradict_where_both_are_real_and_differ_and_nobody_chose(product):
    figure(product, 9, origin="sample")
    first = figure(product, 1, source=make.make_source())
    second = figure(product, 1, source=make.make_source())
    assert not ImportRecord.objects.contradicting().exists()
    ImportRecord.objects.filter(pk=second.pk).update(value=2)
    assert set(ImportRecord.objects.contradicting()) == {first, second}
    ImportRecord.objects.filter(pk=second.pk).update(chosen=True)
    assert not ImportRecord.objects.contradicting().exists()


def test_the_check_finds_a_wrong_choice_and_reindex_mends_it(product, capsys):
    first, _second = (figure(product, n, source=make.make_source()) for n in (1, 2))
    ImportRecord.objects.filter(pk=first.pk).write_quietly(counts=True)
    with pytest.raises(Exception, match="faults"):
        call_command("check_index")
    assert f"import record {first.pk}: stale in whether it counts" in capsys.readouterr().out
    call_command("reindex", verbosity=0)
    assert counted() == [2]
