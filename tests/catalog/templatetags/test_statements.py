"""How stated figures stand beside others, in words and in both languages."""

from datetime import date

import pytest
from django.utils.html import strip_tags
from django.utils.translation import override

from catalog.figures.programme.differences import StatementDifference
from catalog.models import Indicator, Source, Statement
from catalog.templatetags import statements as tags


def said(value, **values):
    values.setdefault("unit", "money" if values.get("currency") else "desks")
    return Statement(
        pk=value,
        key=f"key-{value}",
        value=value,
        indicator=Indicator(statement_count=2, slug="saving"),
        source=Source(publisher_en="Eranico", publisher_fa="ارانیکو"),
        **values,
    )


EURO = {"currency": "EUR"}
MORE = {"kind": "more", "amount": 14_000_000}
CASES = [
    (
        StatementDifference(statement=said(1_045_000_000, **EURO), other=said(1_031_000_000, **EURO), **MORE),
        "€14m (1%) more than €1.031bn by Eranico",
        "۱۴ میلیون یورو (۱\u200f٪) بیشتر از ۱٫۰۳۱ میلیارد یورو به نقل از ارانیکو",
    ),
    (
        StatementDifference(
            "less", said(1_045_000_000, **EURO), said(1_200_000_000, **EURO), 155_000_000, "at_most", True,
            "longer",
        ),
        "at most about €155m (13%) less than €1.2bn by Eranico, over a longer time",
        "حداکثر حدود ۱۵۵ میلیون یورو (۱۳\u200f٪) کمتر از ۱٫۲ میلیارد یورو به نقل از ارانیکو، در زمانی بلندتر",
    ),
    (
        StatementDifference("same_number", said(60_000_000, **EURO), said(60_000_000, currency="USD")),
        "the same number in another currency: $60m by Eranico",
        "همان رقم به واحد پولی دیگر: ۶۰ میلیون دلار به نقل از ارانیکو",
    ),
    (
        StatementDifference(
            "rate", said(952_000_000, currency="USD"), said(173_900_000, currency="USD"),
            rials=said(40 * 10**12, currency="IRR"), rates=(42_017, 230_017),
        ),
        "the same 40 trillion rials at another rate, implied 42,017 rials a dollar and not 230,017 rials a "
        "dollar: $173.9m by Eranico",
        "همان ۴۰ هزار میلیارد ریال با نرخی دیگر؛ نرخ ضمنی هر دلار ۴۲٬۰۱۷ ریال است، "
        "نه هر دلار ۲۳۰٬۰۱۷ ریال: ۱۷۳٫۹ میلیون دلار به نقل از ارانیکو",
    ),
    (
        StatementDifference("less", said(9), said(11), 2),
        "2 fewer than 11 by Eranico",
        "۲ کمتر از ۱۱ به نقل از ارانیکو",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("difference", "english", "persian"), CASES)
def test_a_difference_reads_in_both_languages(difference, english, persian):
    for language, words in (("en", english), ("fa", persian)):
        with override(language):
            sentence = tags.difference_sentence(difference)
            assert strip_tags(sentence) == words
            assert f'href="/{language}/programme/saving/#said-key-{difference.other.value}"' in sentence


def test_a_later_count_is_said_on_both_sides():
    words = {
        "en": (
            "a later count replaces it: 11 instead of 10",
            "it replaces an earlier count: 11 instead of 10",
        ),
        "fa": (
            "شمارش بعدی جای آن را گرفته است: ۱۱ به جای ۱۰",
            "جای شمارش پیشین را گرفته است: ۱۱ به جای ۱۰",
        ),
    }
    for language, (before, after) in words.items():
        with override(language):
            assert strip_tags(tags.superseded(said(10), said(11))) == before
            assert strip_tags(tags.supersedes(said(11), said(10))) == after


@pytest.mark.parametrize(
    ("values", "english", "persian"),
    [
        ({"year_from": 1398, "year_to": 1398}, "1398 (2019/20)", "۱۳۹۸"),
        (
            {"year_from": 1398, "period_from": date(2019, 3, 21), "period_to": date(2020, 1, 21)},
            "1398 (2019/20) until 1 Bahman 1398 (21 January 2020)",
            "۱۳۹۸ تا ۱ بهمن ۱۳۹۸",
        ),
        (
            {"period_from": date(2018, 1, 1), "period_to": date(2018, 12, 31)},
            "11 Dey 1396 (1 January 2018) to 10 Dey 1397 (31 December 2018)",
            "از ۱۱ دی ۱۳۹۶ تا ۱۰ دی ۱۳۹۷",
        ),
        ({}, "period not recorded", "زمان ثبت نشده"),
    ],
)
def test_the_time_a_figure_speaks_of_reads_in_both_calendars(values, english, persian):
    for language, words in (("en", english), ("fa", persian)):
        with override(language):
            assert strip_tags(tags.period(said(1, **values))) == words


def test_what_is_counted_follows_its_number():
    assert tags.counted(said(1, unit="desks")) == "desk"
    assert tags.counted(said(4, unit="desks")) == "desks"
    assert tags.counted(said(4, unit="bridges")) == "bridges"  # typed by staff, translated by nobody
    assert tags.counted(said(4, currency="EUR")) == ""
