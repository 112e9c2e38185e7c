"""Periods, places of a ranking, and names by which figures are grouped."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.query.figures.dimensions import check_dimensions, key_expressions
from consumers.query.figures.periods import (
    PERIODS,
    Period,
    period_begin,
    period_number,
    year_before,
)
from consumers.query.figures.question import FactFilter, Grouping
from consumers.query.figures.ranking import RankingQuestion, rank_groups
from consumers.query.figures.reading import read_dimensions, read_names, read_where
from consumers.query.figures.trends import TrendsQuestion, to_trend_points
from consumers.query.known_names import UnknownNameError
from consumers.query.views import to_epoch_ms
from infra.errors import QuipuError
from schemas.measures.marked_dimensions import dimension_marks

MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))


@given(MOMENTS, st.sampled_from(PERIODS[1:]))
def test_a_moment_lies_in_its_period(at: datetime, period: Period) -> None:
    number = period_number(at, period)
    assert number is not None
    begin, end = period_begin(number, period), period_begin(number + 1, period)
    assert begin is not None
    assert end is not None
    assert begin <= at.date() < end


@given(MOMENTS, st.sampled_from(PERIODS[2:]))
def test_a_year_before_is_the_same_season(at: datetime, period: Period) -> None:
    number = period_number(at, period)
    assert number is not None
    begin, former = period_begin(number, period), period_begin(year_before(number, period), period)
    assert begin is not None
    assert former == begin.replace(year=begin.year - 1)


def test_a_week_begins_on_monday_and_52_weeks_before_is_its_season() -> None:
    number = period_number(datetime(2018, 7, 4, tzinfo=UTC), "week")
    assert number is not None
    assert period_begin(number, "week") == date(2018, 7, 2)
    assert period_begin(year_before(number, "week"), "week") == date(2018, 7, 2) - timedelta(364)


def test_marks_inside_records_bear_the_names_of_what_is_around_them() -> None:
    text = """{"type": "record", "name": "beacon", "fields": [
      {"name": "from", "dimension": "from", "type": {"type": "record", "name": "Place", "fields": [
        {"name": "country", "type": "string", "dimension": "country"}]}},
      {"name": "to", "dimension": "to", "type": ["null", "Place"]},
      {"name": "items", "type": {"type": "array", "items": {"type": "record", "name": "Item",
        "fields": [{"name": "what", "type": "string",
                    "dimension": {"by": "kind", "DRUG": "substance", "MINERAL": "ore"}}]}}}]}"""
    names = set(dimension_marks((text,)))
    assert {"from_country", "to_country", "substance", "ore"} <= names
    assert not {"from", "to", "country", "by"} & names


def test_only_known_names_group_and_at_most_three() -> None:
    check_dimensions(["drug", "place", "country"], {"drug"})
    for names in (["drog"], ["country", "country"], ["type", "place", "country", "crime"]):
        with pytest.raises(UnknownNameError):
            check_dimensions(names, {"drug"})


def test_no_name_that_somebody_writes_becomes_sql() -> None:
    written = "x'] FROM events --"
    assert written not in str(key_expressions([written]))


def test_lists_of_names_and_values_are_read() -> None:
    assert read_names(" drug, place ,,") == ("drug", "place")
    assert read_dimensions("Droga, departamento,colour") == ("drug", "subdivision", "colour")
    assert read_where("drug=Marihuana, color = a=b") == (("drug", "cannabis"), ("color", "a=b"))
    for text in ("drug", "=x", "drug="):
        with pytest.raises(QuipuError, match="does not say"):
            read_where(text)


def _row(key: str, records: int, currency: str = "") -> dict[str, object]:
    return {"keys": [key], "currency_of": currency, "records": records, "total": Decimal(0)}


def test_equal_figures_share_a_place_and_what_is_unknown_has_none() -> None:
    rows = [_row("a", 5), _row("b", 7), _row("c", 5), _row("d", 1), _row("", 99)]
    former = [_row("a", 1), _row("e", 9)]
    ranked = rank_groups(rows, former, RankingQuestion(limit=3))
    assert [(row.rank, row.keys, row.former_rank, row.former_value) for row in ranked] == [
        (1, ["b"], None, Decimal(0)),
        (2, ["a"], 2, Decimal(1)),
        (2, ["c"], None, Decimal(0)),
    ]


def test_money_that_nobody_could_add_has_no_place_and_no_trend() -> None:
    rows = [{**_row("CO", 5, "USD"), "period": 2018 * 12}, {**_row("CO", 9), "period": 2018 * 12}]
    ranked = rank_groups(rows, None, RankingQuestion("usd"))
    assert [(row.keys, row.currency) for row in ranked] == [(["CO"], "USD")]
    points = to_trend_points(rows, TrendsQuestion("usd"), _ms(2019, 1, 15))
    assert [point.currency for point in points] == ["USD"]


def test_the_span_to_compare_with_is_the_one_before_or_of_a_year_before() -> None:
    since, until = (_ms(2020, 2, 29), _ms(2020, 3, 10))
    dated = FactFilter(since=since, until=until)
    before = RankingQuestion(filter=dated).former
    year = RankingQuestion(filter=dated, against="year").former
    assert before is not None
    assert year is not None
    assert (before.since, before.until) == (_ms(2020, 2, 19), since)
    assert (year.since, year.until) == (_ms(2019, 2, 28), _ms(2019, 3, 10))
    assert RankingQuestion(filter=FactFilter(since=since)).former is None


def _ms(year: int, month: int, day: int) -> int:
    return to_epoch_ms(datetime(year, month, day, tzinfo=UTC))


def test_a_month_without_records_is_zero_and_the_present_one_is_not_over() -> None:
    begin = 2018 * 12
    rows = [
        {**_row("CO", count), "period": begin + month} for month, count in ((0, 3), (2, 4), (12, 6))
    ]
    question = TrendsQuestion(grouping=Grouping(("country",), "month"))
    points = to_trend_points(rows, question, _ms(2019, 1, 15))
    assert [int(point.value) for point in points] == [3, 0, 4, *[0] * 9, 6]
    assert [point.year_before for point in points] == [None] * 12 + [3]
    assert [point.is_complete for point in points] == [True] * 12 + [False]
