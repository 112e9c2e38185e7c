"""Bursts: what is one, what never is, and that only what is counted decides."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from math import exp, lgamma, log, log1p

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consumers.query.bursts.baseline import Past, expect
from consumers.query.bursts.burst import burst_id, week_of_id
from consumers.query.bursts.calendar_weeks import HolidayCalendar, monday_of, week_of
from consumers.query.bursts.detection import (
    CountSeries,
    Findings,
    PeriodOfWeeks,
    SeriesDetector,
    SeriesKey,
    first_weeks,
)
from consumers.query.bursts.places import calendar_at, countries_of
from consumers.query.bursts.tail import Forecast
from consumers.query.bursts.wording import explain_burst
from streams.rules import BurstRule, read_rule_book

RULE: BurstRule = read_rule_book().bursts[0]
KEY = SeriesKey("movement", "crossing", "rumichaca")
BEGIN = week_of(date(2020, 1, 6))
TESTED = week_of(date(2026, 3, 9))
"""A week of the fifth year after BEGIN without a holiday around, in Colombia or in Ecuador."""
AUTHORITY = "EC/POLICIA"


def steady(level: int, first: int = BEGIN, last: int = TESTED + 30) -> dict[int, int]:
    """Counts that vary a little around a level, the same in every year's same week."""
    return {week: level + (week * 7919) % 3 - 1 for week in range(first, last + 1)}


def find(counts: Mapping[str, Mapping[int, int]], key: SeriesKey = KEY) -> Findings:
    series = CountSeries(key, counts)
    calendar = calendar_at(countries_of(key))
    first = first_weeks([series], RULE.fewest)
    return SeriesDetector(RULE, series, first, calendar).find(PeriodOfWeeks(TESTED - 2, TESTED + 8))


def weeks_above(counts: Mapping[int, int]) -> list[int]:
    """The weeks of the bursts of one authority's counts."""
    return [part.week for burst in find({AUTHORITY: counts}).bursts for part in burst.weeks]


# -- the distribution


@given(mean=st.floats(0.05, 60), spread=st.floats(1.01, 6), count=st.integers(1, 120))
def test_the_tail_is_that_of_the_negative_binomial(mean: float, spread: float, count: int) -> None:
    size = mean / (spread - 1)
    chance = mean / (size + mean)
    below = sum(
        exp(
            lgamma(size + k)
            - lgamma(size)
            - lgamma(k + 1)
            + size * log1p(-chance)
            + k * log(chance)
        )
        for k in range(count)
    )
    tail = Forecast(mean, mean * spread).tail(count)
    assert tail == pytest.approx(1 - below, rel=1e-6, abs=1e-9)


@given(mean=st.floats(0.05, 3_000), spread=st.floats(1.01, 6), alpha=st.floats(1e-7, 0.1))
def test_the_bound_is_the_last_count_that_chance_gives(
    mean: float, spread: float, alpha: float
) -> None:
    forecast = Forecast(mean, mean * spread)
    bound = forecast.bound(alpha)
    assert forecast.tail(bound) >= alpha > forecast.tail(bound + 1)


# -- the past


def test_a_short_past_leads_to_nothing() -> None:
    past = Past(5, 3, 26)
    assert expect([3] * (past.shortest - 1), past) is None
    assert expect([3] * past.shortest, past) is not None


@given(level=st.integers(5, 80))
def test_a_steady_past_leads_one_to_expect_the_same(level: int) -> None:
    fit = expect([level] * 300, Past(5, 3, 26))
    assert fit is not None
    assert fit.forecast().mean == pytest.approx(level, rel=0.03)


@given(level=st.integers(5, 40), surge=st.integers(4, 30))
def test_a_former_surge_does_not_hide_the_next(level: int, surge: int) -> None:
    """Weeks far above the rest weigh less, so the bound is not drawn up by them."""
    counts = [level] * 300
    plain = expect(counts, Past(5, 3, 26))
    counts[52] = counts[53] = level * surge
    with_surge = expect(counts, Past(5, 3, 26))
    assert plain and with_surge
    assert with_surge.forecast().mean < plain.forecast().mean * 1.25


def test_a_trend_of_years_is_followed() -> None:
    growing = [round(80 * exp(-0.005 * lag)) for lag in range(1, 300)]
    fit = expect(growing, Past(5, 3, 26))
    assert fit is not None and fit.trend == pytest.approx(0.005, rel=0.1)
    assert fit.forecast().mean > 60
    assert fit.forecast().mean == max(growing[26:]), "never beyond what there was"


# -- what is a burst


@given(level=st.integers(4, 60), times=st.integers(4, 10))
def test_a_surge_is_a_burst(level: int, times: int) -> None:
    counts = {**steady(level), TESTED: level * times}
    assert weeks_above(counts) == [TESTED]


@given(level=st.integers(0, 60))
def test_a_week_like_others_is_no_burst(level: int) -> None:
    assert weeks_above(steady(level)) == []


def test_a_surge_in_a_short_past_is_not_enough_data() -> None:
    counts = {**steady(10, first=TESTED - 40), TESTED: 100}
    assert find({AUTHORITY: counts}) == ([], True, True)


def test_less_than_half_more_is_no_burst_however_many_there_are() -> None:
    assert weeks_above({**steady(5_000), TESTED: 7_000}) == []


def test_weeks_in_a_row_are_one_burst_also_with_a_gap() -> None:
    surge = {TESTED + step: 80 for step in (0, 1, 3)}
    (burst,) = find({AUTHORITY: {**steady(10), **surge}}).bursts
    assert [part.week for part in burst.weeks] == [*range(TESTED, TESTED + 4)]
    assert burst.count == sum({**steady(10), **surge}[week.week] for week in burst.weeks)
    assert burst.grade == "certain"


def test_a_burst_that_begins_before_what_is_looked_at_is_whole() -> None:
    surge = dict.fromkeys(range(TESTED - 6, TESTED + 2), 80)
    (burst,) = find({AUTHORITY: {**steady(10), **surge}}).bursts
    assert (burst.weeks[0].week, burst.weeks[-1].week) == (TESTED - 6, TESTED + 1)


def test_an_id_stays_while_a_burst_grows() -> None:
    ids = set()
    for length in (1, 2, 5):
        surge = {TESTED + step: 80 for step in range(length)}
        (burst,) = find({AUTHORITY: {**steady(10), **surge}}).bursts
        ids.add(burst_id(RULE.id, KEY, burst.weeks[0].week))
    assert len(ids) == 1
    assert week_of_id(ids.pop()) == TESTED


# -- who is counted


def test_an_authority_that_joins_is_no_burst() -> None:
    joined = steady(60, first=TESTED)
    findings = find({AUTHORITY: steady(10), "EC/SENAE": joined})
    assert findings.bursts == []


def test_a_record_with_a_wrong_year_makes_no_past() -> None:
    wrong = {week_of(date(2010, 5, 3)): 2, **steady(60, first=TESTED)}
    assert find({AUTHORITY: steady(10), "EC/SENAE": wrong}).bursts == []


@given(seed=st.integers(0, 2**32))
@settings(max_examples=20)
def test_the_order_of_records_does_not_matter(seed: int) -> None:
    counts = {AUTHORITY: {**steady(10), TESTED: 90}, "CO/PONAL": steady(7)}
    order = random.Random(seed)
    shuffled = {
        authority: dict(order.sample(sorted(of_authority.items()), len(of_authority)))
        for authority, of_authority in order.sample(sorted(counts.items()), len(counts))
    }
    assert find(shuffled) == find(counts)


# -- the calendar

EASTERS = {2021: date(2021, 4, 4), 2022: date(2022, 4, 17), 2023: date(2023, 4, 9)} | {
    2024: date(2024, 3, 31),
    2025: date(2025, 4, 20),
    2026: date(2026, 4, 5),
}


@given(level=st.integers(5, 30), times=st.integers(2, 9), years=st.integers(1, 5))
def test_the_same_holiday_moved_by_easter_is_no_burst(level: int, times: int, years: int) -> None:
    """Holy Week is from March to April, and high in each year: nothing is unusual."""
    counts = steady(level, first=week_of(date(2025 - years, 9, 1)))
    for year in EASTERS:
        week = week_of(EASTERS[year])
        if week in counts:
            counts[week] = level * times
    assert weeks_above(counts) == []


@given(times=st.integers(5, 9))
def test_the_same_count_without_a_holiday_is_a_burst(times: int) -> None:
    counts = steady(10)
    for year in range(2021, 2026):
        counts[week_of(EASTERS[year])] = 10 * times
    counts[TESTED] = 10 * times
    assert weeks_above(counts) == [TESTED]


def test_a_holiday_far_above_the_same_holiday_of_other_years_is_a_burst() -> None:
    counts = steady(10)
    for year in range(2021, 2026):
        counts[week_of(EASTERS[year])] = 30
    counts[week_of(EASTERS[2026])] = 150
    (burst,) = find({AUTHORITY: counts}).bursts
    (week,) = burst.weeks
    assert week.holiday is not None
    assert week.expected == pytest.approx(30, rel=0.1)
    assert "Semana Santa" in explain_burst(RULE, burst)["es"]
    assert "Holy Week" in explain_burst(RULE, burst)["en"]


def test_a_long_weekend_marks_the_week_before_its_monday() -> None:
    """A Monday of the Ley Emiliani lengthens the weekend that ends the week before."""
    calendar = HolidayCalendar(frozenset({"CO"}))
    monday = week_of(date(2026, 6, 8))
    assert ("Corpus Christi", -1) in {(mark.name, mark.step) for mark in calendar.marks(monday - 1)}
    assert ("Corpus Christi", 0) in {(mark.name, mark.step) for mark in calendar.marks(monday)}


@pytest.mark.parametrize(
    ("country", "day", "name"),
    [
        ("CO", date(2026, 1, 12), "Reyes Magos"),
        ("EC", date(2025, 10, 10), "Independencia de Guayaquil"),
        ("BO", date(2026, 2, 16), "Carnaval"),
        ("PE", date(2026, 7, 28), "Fiestas Patrias"),
        ("BO", date(2026, 8, 6), "Independencia de Bolivia"),
        ("PE", date(2026, 6, 24), "Inti Raymi"),
        ("EC", date(2026, 6, 24), "Inti Raymi"),
        ("CO", date(2026, 2, 16), "Carnaval"),
        ("CO", date(2026, 7, 20), "Independencia de Colombia"),
    ],
)
def test_the_calendar_knows_the_holidays_of_the_four_countries(
    country: str, day: date, name: str
) -> None:
    marks = HolidayCalendar(frozenset({country})).marks(week_of(day))
    assert name in {mark.name for mark in marks if mark.step == 0}


@given(st.integers(BEGIN, TESTED))
def test_a_week_and_its_monday_are_the_same(week: int) -> None:
    assert week_of(monday_of(week)) == week_of(monday_of(week) + timedelta(days=6)) == week


# -- the words


def test_the_sentence_says_how_many_were_expected_and_by_which_method() -> None:
    (burst,) = find({AUTHORITY: {**steady(10), TESTED: 90}}).bursts
    spanish = explain_burst(RULE, burst)["es"]
    for part in ("Rumichaca", "90 registros", "2026-03-09", "2026-03-15", "Noufaily", "Cambia si"):
        assert part in spanish


def test_an_id_of_another_kind_names_no_burst() -> None:
    for id_ in ("", "x", "6f9619ff-8b86-d011-b42d-00c04fc964ff"):
        assert week_of_id(id_) is None


def test_rules_differ_in_how_unlikely_a_burst_must_be() -> None:
    lenient = replace(RULE, alpha={"possible": 0.01, "certain": 1e-9})
    series = CountSeries(KEY, {AUTHORITY: {**steady(10), TESTED: 25}})
    first = first_weeks([series], RULE.fewest)
    period = PeriodOfWeeks(TESTED, TESTED)
    calendar = calendar_at(countries_of(KEY))
    (burst,) = SeriesDetector(lenient, series, first, calendar).find(period).bursts
    assert burst.grade == "possible"
