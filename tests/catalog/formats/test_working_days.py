"""Working days: Saturday to Wednesday, without holidays and pauses."""

from datetime import date

import pytest

from catalog.formats.working_days import is_working_day, working_days

SATURDAY, THURSDAY, FRIDAY = date(2026, 11, 28), date(2026, 11, 26), date(2026, 11, 27)


def test_thursday_friday_and_holidays_are_off():
    assert is_working_day(SATURDAY)
    assert not is_working_day(THURSDAY)
    assert not is_working_day(FRIDAY)
    assert not is_working_day(SATURDAY, {SATURDAY})


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2026-11-28", "2026-11-28", 0),
        ("2026-11-28", "2026-11-29", 1),
        ("2026-11-28", "2026-12-02", 4),  # Saturday to Wednesday
        ("2026-11-28", "2026-12-04", 4),  # to Friday
        ("2026-11-28", "2026-12-05", 5),  # to the next Saturday
        ("2026-11-26", "2026-11-28", 1),  # received on a Thursday
        ("2026-11-29", "2026-11-28", 0),
    ],
)
def test_the_day_of_receipt_does_not_count_and_that_of_the_answer_does(since, until, days):
    assert working_days(date.fromisoformat(since), date.fromisoformat(until)) == days


def test_holidays_and_pauses_are_left_out_once():
    since, until = date(2026, 11, 28), date(2026, 12, 6)
    assert working_days(since, until) == 6
    assert working_days(since, until, {date(2026, 11, 30), date(2026, 12, 4)}) == 5  # one is a Friday
    pause = (date(2026, 11, 29), date(2026, 12, 1))
    assert working_days(since, until, {date(2026, 11, 30)}, [pause, pause]) == 4
