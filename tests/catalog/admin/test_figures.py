"""Stated figures: written as they were said, counted in a unit that has words."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from catalog.admin.figure_field import FigureField, UnitField
from catalog.models import Statement
from tests import factories as make

from .forms import errors_of, send
from .test_workflow import change_url


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2.5", "2.5"),
        ("۲٫۵", "2.5"),
        ("2/5", "2.5"),
        ("2,5", "2.5"),
        ("26,148.30", "26148.3"),
        ("۲۶٬۱۴۸٫۳", "26148.3"),
        ("2,500", "2500"),
        ("0.000001", "0.000001"),
        ("9223372036854775807", "9223372036854775807"),
    ],
)
def test_a_figure_is_read_as_people_write_it(typed, read):
    assert FigureField().clean(typed) == Decimal(read)


@pytest.mark.parametrize(
    "typed", ["2.5.1", "-1", "about 2", "1.1234567", "92233720368547758.071", "9" * 5000]
)
def test_what_is_no_figure_is_refused(typed):
    with pytest.raises(ValidationError):
        FigureField().clean(typed)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_statement_takes_a_fraction_and_shows_it_again(administrator, language):
    statement = make.make_statement(value=2, unit="items", currency="")
    administrator.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    send(administrator, change_url(statement), {"value": "۲٫۵", "unit": "types"})
    statement.refresh_from_db()
    assert (statement.value, statement.decimals, statement.unit) == (25, 1, "types")
    shown = "2.5" if language == "en" else "۲٫۵"
    assert f'value="{shown}"' in administrator.get(change_url(statement)).text
    send(administrator, change_url(statement), {})
    assert statement.history.count() == 2


def test_an_amount_of_money_is_whole(administrator):
    statement = make.make_statement(value=2, unit="money", currency="EUR")
    page = send(administrator, change_url(statement), {"value": "2.5"})
    assert list(errors_of(page)) == ["value"]


def test_the_rows_of_an_indicator_take_one_too(administrator):
    statement = make.make_statement(value=2, unit="items", currency="")
    send(administrator, change_url(statement.indicator), {"statements-0-value": "3.25"})
    assert Statement.objects.get().figure == Decimal("3.25")


def test_a_unit_is_chosen_and_one_from_before_stays_a_choice():
    with translation.override("fa"):
        units = dict(UnitField("furlongs").choices)
    assert str(units["tonnes"])
    assert units["furlongs"] == "furlongs"
    with pytest.raises(ValidationError):
        UnitField().clean("furlongs")
