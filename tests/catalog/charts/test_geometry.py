from dataclasses import fields, is_dataclass

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from catalog.charts import geometry
from catalog.models import Province

AMOUNTS = st.integers(0, 10**15)
MAYBE = st.none() | AMOUNTS
COUNTS = st.dictionaries(st.sampled_from(geometry.STAGES), st.integers(0, 60))


def lengths(shape, extent=100):
    """Every (start, end, extent) of what lies along the page."""
    if isinstance(shape, tuple):
        for part in shape:
            yield from lengths(part, extent)
    elif is_dataclass(shape):
        extent = getattr(shape, "extent", extent)
        if hasattr(shape, "x"):
            yield shape.x, shape.x + getattr(shape, "width", 0), extent
        for field in fields(shape):
            yield from lengths(getattr(shape, field.name), extent)


def within_bounds(shape):
    return all(-0.01 <= start <= end <= extent + 0.01 for start, end, extent in lengths(shape))


def points(values):
    return [geometry.Point(str(1390 + place), value, str(value)) for place, value in enumerate(values)]


DAYS = st.none() | st.integers(1000, 2000)
MOMENTS = st.builds(
    geometry.Moment,
    label=st.just("Step"),
    note=st.just("done"),
    due=DAYS,
    done=DAYS,
    condition=st.sampled_from(["done", "late", "next"]),
).filter(lambda moment: moment.due if moment.condition == "late" else moment.due or moment.done)


def spans(number):
    """Years of a hundred days that hold days 1000 to 2000 and more."""
    return [geometry.Span(str(n), "", 100 * n, 100 * n + 99) for n in range(9, 9 + number)]


def items(values):
    return [
        geometry.Item(str(value), (("brand", value), ("idle", value // 2)), str(value)) for value in values
    ]


def panels(values):
    labels = [str(1390 + place) for place in range(len(values))]
    texts = tuple(str(value) for value in values)
    return geometry.years(labels, [geometry.PanelMeasure("Sums", "money", tuple(values), texts)])


CHARTS = st.one_of(
    st.tuples(st.lists(MOMENTS, min_size=1, max_size=6), st.none() | st.integers(1000, 2000)).map(
        lambda a: geometry.timeline(a[0], spans(13), a[1] and ("Today", a[1]))
    ),
    st.lists(AMOUNTS, max_size=12).map(lambda values: geometry.bars(items(values))),
    st.lists(MAYBE, max_size=12).map(panels),
    st.tuples(st.integers(0, 5000), st.integers(0, 5000), st.booleans()).map(
        lambda a: geometry.tens(min(a[:2]), max(a[:2]), a[2])
    ),
    st.tuples(MAYBE, AMOUNTS).map(lambda pair: geometry.bullet(*pair)),
    st.tuples(AMOUNTS, AMOUNTS).map(lambda pair: geometry.dot(min(pair), max(pair))),
    st.lists(AMOUNTS, max_size=3).map(lambda values: geometry.stack([("fresh", value) for value in values])),
    st.lists(AMOUNTS, max_size=12).map(lambda values: geometry.columns(points(values))),
    st.lists(AMOUNTS, min_size=2, max_size=12).map(geometry.sparkline),
    st.tuples(AMOUNTS, AMOUNTS).map(lambda pair: geometry.rank(*pair)),
    st.tuples(MAYBE, st.dictionaries(st.sampled_from(geometry.COMMITMENTS), AMOUNTS)).map(
        lambda a: geometry.promises(*a)
    ),
    st.tuples(MAYBE, MAYBE, MAYBE, MAYBE).map(lambda sums: geometry.outcome(*sums)),
    COUNTS.map(geometry.field),
    COUNTS.map(geometry.strip),
)


@given(CHARTS)
def test_every_chart_stays_within_its_bounds_in_both_directions(chart):
    assert within_bounds(chart)
    assert within_bounds(geometry.mirror(chart))


@given(CHARTS)
def test_mirrored_twice_is_the_same(chart):
    twice = geometry.mirror(geometry.mirror(chart))
    for (start, end, _), (start_2, end_2, _) in zip(lengths(chart), lengths(twice), strict=True):
        assert start == pytest.approx(start_2, abs=0.01)
        assert end == pytest.approx(end_2, abs=0.01)


def test_in_persian_time_runs_to_the_left():
    series = points([1, 2, 3])
    assert [c.bar.x for c in geometry.columns(series).wide] == sorted(
        c.bar.x for c in geometry.columns(series).wide
    )
    turned = [c.bar.x for c in geometry.columns(series, rtl=True).wide]
    assert turned == sorted(turned, reverse=True)
    assert geometry.columns(series, rtl=True).rows[0].value.anchor == "end"


@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=10))
def test_a_column_is_as_high_as_its_value(values):
    columns = geometry.columns(points(values)).wide
    for column, value in zip(columns, values, strict=True):
        tallest = max(c.bar.height for c in columns)
        assert column.bar.height == pytest.approx(tallest * value / max(values), abs=0.01)


@pytest.mark.parametrize(
    ("top", "step"), [(0, 1), (4, 1), (5, 2), (80, 20), (89, 25), (200, 50), (10**12 + 1, 5 * 10**11)]
)
def test_axis_lines_stand_at_round_numbers(top, step):
    assert geometry.nice_step(top) == step


@given(st.dictionaries(st.sampled_from(list(geometry.PLACES)), st.integers(0, 3000)))
def test_every_province_has_one_square_whose_shade_covers_its_number(values):
    drawn = geometry.tiles(values)
    spots = {(tile.row, tile.column) for tile in drawn.tiles}
    assert len(drawn.tiles) == len(spots) == 31
    assert not spots & {(1, 5), (1, 6), (5, 1), (6, 1), (6, 2)}  # the Caspian Sea and the Persian Gulf
    steps = {step.shade: step for step in drawn.steps}
    for tile in drawn.tiles:
        assert tile.value == values.get(tile.slug, 0)
        assert steps[tile.shade].first <= tile.value <= steps[tile.shade].last
    assert max(tile.shade for tile in drawn.tiles) == (geometry.SHADES if any(values.values()) else 0)


def test_shades_follow_each_other_without_a_gap():
    steps = geometry.tiles({"yazd": 9}).steps
    assert [(step.first, step.last) for step in steps] == [(0, 0), (1, 2), (3, 4), (5, 6), (7, 9)]
    assert [(step.first, step.last) for step in geometry.tiles({"yazd": 1}).steps] == [(0, 0), (1, 1)]


@given(COUNTS)
def test_a_field_has_a_square_for_every_product(counts):
    field = geometry.field(counts)
    assert field.count == sum(counts.values())
    assert [group.stage for group in field.groups] == list(geometry.STAGES)
    spots = [(square.x, square.y) for group in field.groups for square in group.squares]
    assert len(spots) == len(set(spots))


def test_a_step_done_late_runs_from_the_day_it_was_due_and_a_late_one_up_to_today():
    moments = [
        geometry.Moment("Payment", "", 1000, 1100, "done"),
        geometry.Moment("Tooling", "", 1300, 1200, "done"),
        geometry.Moment("Delivery", "", 1400, None, "late"),
        geometry.Moment("Next", "", 1700, None, "next"),
    ]
    late, early, overdue, coming = geometry.timeline(moments, spans(13), ("Today", 1500)).lanes
    assert (late.due.x, late.mark.x, late.early) == (late.delay.x, late.delay.x + late.delay.width, False)
    assert (early.mark.x, early.due.x, early.early) == (early.delay.x, 30.769, True)
    assert (overdue.mark.x, overdue.due) == (overdue.delay.x, None)
    assert overdue.delay.x + overdue.delay.width == geometry.timeline(moments, spans(13), ("", 1500)).today.x
    assert (coming.delay, coming.due) == (None, None)


def test_years_of_a_long_time_line_are_not_all_named():
    moment = geometry.Moment("Payment", "", 1000, None, "next")
    years = geometry.timeline([moment], spans(13)).years
    assert [year.label is not None for year in years] == [n % 3 == 0 for n in range(13)]


def test_one_figure_is_no_trend():
    assert geometry.sparkline([5]) is None
    assert geometry.sparkline([]) is None


def test_promises_beyond_the_imports_fill_the_bar_and_leave_nothing_open():
    shares = geometry.promises(100, {"offtake": 150, "indicative": 50})
    assert shares.rest.amount == 0
    assert [part.kind for part in shares.parts] == ["offtake", "indicative"]
    assert sum(part.bar.width for part in shares.parts) == pytest.approx(100)


def test_what_nobody_promised_is_what_is_left_of_the_imports():
    shares = geometry.promises(184_000, {"offtake": 40_000, "budgeted": 30_000, "indicative": 46_000})
    assert shares.rest.amount == 68_000
    assert shares.promised == 116_000


def test_an_outcome_without_a_target_has_no_line_and_ticks_count_in_millions():
    outcome = geometry.outcome(None, 51_500_000, 31_600_000, None)
    assert outcome.target is None
    assert outcome.delivered is None
    assert outcome.unit == 10**6
    assert [tick.text for tick in outcome.ticks] == ["20", "40"]


def test_the_map_knows_every_province():
    assert set(geometry.PLACES) == set(Province.values)
    for language in ("en", "fa"):
        with translation.override(language):
            for name in ("short", "code"):
                names = [str(getattr(province, name)) for province in Province]
                assert len(set(names)) == 31, name


def test_760_of_2200_units_are_76_of_220_squares_and_more_than_fades_at_the_edge():
    exact, more = geometry.tens(760, 2200), geometry.tens(760, 2200, more=True)
    assert exact.each == more.each == 10
    assert (exact.done.count, exact.rest.count, exact.fading) == (76, 144, ())
    assert (more.done.count, more.rest.count) == (76, 144)
    assert all(step.count for step in more.fading)
    assert more.extent > exact.extent
    turned = geometry.tens(760, 2200, more=True, rtl=True)
    assert max(square.x for square in turned.done.squares) == turned.extent - 20


def test_bars_share_one_measure_and_begin_at_the_right_in_persian():
    values = [443, 341, 143, 118]
    rows = geometry.bars([geometry.Item("", (("money", value),), "") for value in values]).rows
    assert rows[1].bars[0].width == pytest.approx(rows[0].bars[0].width * 341 / 443, abs=0.01)
    turned = geometry.bars([geometry.Item("", (("money", value),), "") for value in values], rtl=True).rows
    assert {round(row.bars[0].x + row.bars[0].width, 2) for row in turned} == {100}


def test_a_bullet_runs_past_its_target_and_stays_empty_where_nothing_is_on_record():
    assert geometry.bullet(3565, 3200).bar.width > geometry.bullet(3565, 3200).target.x
    assert geometry.bullet(None, 245).bar is None
