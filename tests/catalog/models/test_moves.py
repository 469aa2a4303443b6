"""A published desk that moves keeps what it was announced as, on every ORM road, until it goes back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from catalog.models import Desk
from tests.factories import make_desk

pytestmark = pytest.mark.django_db

EMPTY = {"was_first_day": None, "was_last_day": None, "was_province": "", "was_mode": ""} | {
    "was_place_en": "",
    "was_place_fa": "",
}


def day(offset):
    return timezone.localdate() + timedelta(days=offset)


def noted(desk):
    """What the database keeps of where the desk was to be, without what is empty."""
    stored = Desk.objects.values(*EMPTY).get(pk=desk.pk)
    return {column: value for column, value in stored.items() if value != EMPTY[column]}


def save(desk, **values):
    for name, value in values.items():
        setattr(desk, name, value)
    desk.save()


def save_fields(desk, **values):
    for name, value in values.items():
        setattr(desk, name, value)
    desk.save(update_fields=list(values))


def update(desk, **values):
    Desk.objects.filter(pk=desk.pk).update(**values)


def bulk_update(desk, **values):
    for name, value in values.items():
        setattr(desk, name, value)
    Desk.objects.bulk_update([desk], list(values))


def upsert(desk, **values):
    for name, value in values.items():
        setattr(desk, name, value)
    Desk.objects.bulk_create(
        [desk], update_conflicts=True, unique_fields=["slug"], update_fields=list(values)
    )


@pytest.mark.parametrize("write", [save, save_fields, update, bulk_update, upsert])
def test_every_road_keeps_what_was_announced_first_until_it_is_so_again(write):
    desk = make_desk(opens=day(20), closes=day(22), province="tehran", mode="room", place_en="Hall 1")
    write(desk, opens=day(30), closes=day(33), province="fars", mode="both", place_en="Hall 2")
    announced = {"was_first_day": day(20), "was_last_day": day(22), "was_province": "tehran"}
    announced |= {"was_mode": "room", "was_place_en": "Hall 1"}
    assert noted(desk) == announced
    write(desk, opens=day(32), province="qom")
    assert noted(desk) == announced
    write(desk, opens=day(20), closes=day(22), mode="room")
    assert noted(desk) == {"was_province": "tehran", "was_place_en": "Hall 1"}
    write(desk, province="tehran", place_en="Hall 1")
    assert noted(desk) == {}


def test_saving_sets_it_on_the_record_and_an_older_copy_does_not_undo_it():
    desk = make_desk(held_on=day(20))
    older = Desk.objects.get(pk=desk.pk)
    save(desk, held_on=day(30))
    assert (desk.was_first_day, desk.was_last_day) == (day(20), day(20))
    older.held_on = day(40)
    older.save()
    assert (older.was_first_day, noted(desk)["was_first_day"]) == (day(20), day(20))


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ({"year": 1405}, {"opens": 30, "closes": 31}, {}),
        ({"opens": 30}, {"closes": 31}, {}),
        ({"place_en": ""}, {"place_en": "Tehran", "province": "tehran", "mode": "room"}, {}),
        ({"held_on": 30}, {"held_on": None, "opens": 30, "closes": 30}, {}),
        ({"opens": 30}, {"opens": None}, {"was_first_day": 30}),
        ({"place_fa": "سالن يک، تهران"}, {"place_fa": "سالن یک تهران"}, {}),
        ({"place_en": "Tehran"}, {"place_en": "Abgineh Hall, Tehran"}, {}),
        ({"place_en": "Tehran"}, {"place_en": "Qom"}, {"was_place_en": "Tehran"}),
        ({"opens": 30, "state": "draft"}, {"opens": 40}, {}),
        ({"opens": 30, "state": "in_review"}, {"opens": 40}, {}),
        ({"opens": 30, "state": "withdrawn"}, {"opens": 40}, {"was_first_day": 30}),
        ({"held_on": -30}, {"held_on": -40}, {}),
        ({"held_on": -1}, {"held_on": 40}, {"was_first_day": -1, "was_last_day": -1}),
        ({"opens": 30}, {"name_en": "Another name", "target_amount": 5, "target_currency": "EUR"}, {}),
    ],
)
def test_only_what_the_public_read_and_what_became_another_is_a_move(before, after, kept):
    def dated(values):
        days = {"opens", "closes", "held_on", "was_first_day", "was_last_day"}
        return {
            name: day(value) if name in days and value is not None else value
            for name, value in values.items()
        }

    desk = make_desk(**dated(before))
    save(desk, **dated(after))
    assert noted(desk) == dated(kept)


def test_it_writes_one_line_of_history_and_none_of_its_own():
    desk = make_desk(opens=date(2026, 12, 20))
    save(desk, opens=date(2026, 12, 25))
    assert desk.history.count() == 2
    Desk.objects.get(pk=desk.pk).save()
    assert desk.history.count() == 2
    assert not hasattr(desk.history.first(), "was_first_day")
