"""What is to be expected of a period, by two methods that are cited where they are computed."""

from __future__ import annotations

from math import sqrt
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.query.figures.expected import expected_range


def test_of_several_years_the_same_season_counts() -> None:
    series = {number: float(10 + (number % 12) * 5) for number in range(60)}
    expected = expected_range(series, 60 + 5, 0, 12, counts=False)
    assert expected is not None
    values = [10 + month * 5 for month in (4, 5, 6)] * 5
    assert expected.method == "historical_limits"
    assert expected.low == pytest.approx(fmean(values) - 2 * stdev(values), abs=1e-3)
    assert expected.high == pytest.approx(fmean(values) + 2 * stdev(values), abs=1e-3)


def test_of_less_than_two_years_the_seven_periods_before_count() -> None:
    values = [3, 1, 4, 1, 5, 9, 2]
    expected = expected_range(dict(enumerate(map(float, values))), 7, 0, 12, counts=False)
    assert expected is not None
    assert expected.method == "recent_baseline"
    assert expected.low == 0
    assert expected.high == pytest.approx(fmean(values) + 3 * stdev(values), abs=1e-3)


def test_of_less_than_seven_periods_nothing_is_expected() -> None:
    assert expected_range(dict.fromkeys(range(6), 1.0), 6, 0, 12, counts=True) is None


def test_counts_that_never_varied_still_vary_as_rare_things_do() -> None:
    expected = expected_range(dict.fromkeys(range(7), 4.0), 7, 0, 12, counts=True)
    assert expected is not None
    assert (expected.low, expected.high) == (0, 4 + 3 * sqrt(4))


def test_what_was_before_the_first_record_is_no_past() -> None:
    late_begin = dict.fromkeys(range(30, 60), 10.0)
    with_past = expected_range(late_begin, 60, 30, 12, counts=False)
    assert with_past is not None
    assert (with_past.low, with_past.high) == (10, 10), "zeros before period 30 are not counted"


@given(
    st.dictionaries(st.integers(0, 80), st.floats(0, 1e9)),
    st.integers(0, 90),
    st.sampled_from([1, 4, 12, 52]),
    st.booleans(),
)
def test_a_range_is_a_range_and_looks_only_back(
    series: dict[int, float], number: int, periods_of_year: int, counts: bool
) -> None:
    first = min(series, default=0)
    expected = expected_range(series, number, first, periods_of_year, counts)
    past = {key: value for key, value in series.items() if key < number}
    assert expected == expected_range(past, number, first, periods_of_year, counts)
    if expected is not None:
        assert 0 <= expected.low <= expected.high
