from decimal import Decimal

import pytest

from catalog.charts.wording import three_digits


@pytest.mark.parametrize(
    ("value", "shown"),
    [("41.45", "41.5"), ("41.35", "41.4"), ("2.005", "2.01"), ("100.5", "101"), ("9.994", "9.99")],
)
def test_a_chart_rounds_a_half_up_as_sums_of_money_are_rounded(value, shown):
    assert str(three_digits(Decimal(value))) == shown
