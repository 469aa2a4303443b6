"""Working days in Iran: Thursday, Friday and holidays are off. Pure."""

from datetime import timedelta

DAYS_OFF = (3, 4)
"""Thursday and Friday, as date.weekday() counts them."""


def is_working_day(day, holidays=frozenset()):
    """Whether offices are open on that date; `holidays` is a set of dates."""
    return day.weekday() not in DAYS_OFF and day not in holidays


def working_days(since, until, holidays=frozenset(), pauses=()):
    """The working days after the date `since`, up to and with the date `until`; 0 on the day itself.

    `pauses` are pairs of dates. The days after the first, up to and with the second, are left out.
    """
    days = (since + timedelta(days=n) for n in range(1, (until - since).days + 1))
    counted = (day for day in days if is_working_day(day, holidays))
    return sum(not any(first < day <= last for first, last in pauses) for day in counted)
