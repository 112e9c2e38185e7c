"""Moments and times as people write and read them."""

from datetime import UTC, datetime

import pytest

from consumers.presentation import times
from consumers.presentation.as_of import parse_as_of
from consumers.query.views import to_datetime, to_epoch_ms
from infra.errors import QuipuError

NOON = datetime(2018, 7, 1, 12, tzinfo=UTC)


def test_a_day_means_all_of_it_and_a_moment_without_zone_is_utc() -> None:
    assert parse_as_of("2018-07-01") == to_epoch_ms(datetime(2018, 7, 2, tzinfo=UTC)) - 1
    assert (
        parse_as_of("2018-07-01T12:00")
        == to_epoch_ms(NOON)
        == parse_as_of("2018-07-01T07:00-05:00")
    )
    assert parse_as_of(None) is None


def test_what_is_no_date_is_refused_with_an_example() -> None:
    with pytest.raises(QuipuError, match="2018-07-01"):
        parse_as_of("yesterday")


def test_local_time_stands_beside_utc_with_its_day_when_it_is_another() -> None:
    assert times.with_local(NOON, "BO") == "2018-07-01 12:00 UTC (08:00 BO)"
    assert times.local(datetime(2018, 7, 1, 2, tzinfo=UTC), "CO") == "2018-06-30 21:00"
    assert times.with_local(NOON, "MEC") == "2018-07-01 12:00 UTC"


def test_a_reader_s_own_time_comes_first_and_utc_beside_it() -> None:
    late = datetime(2018, 7, 1, 2, tzinfo=UTC)
    assert times.local_first(NOON, "BO", "PE") == ("2018-07-01 08:00 BO", "12:00 UTC")
    assert times.local_first(late, "CO") == ("2018-06-30 21:00 CO", "2018-07-01 02:00 UTC")
    assert times.local_first(NOON, "MEC", "PE") == ("2018-07-01 12:00 UTC", "07:00 PE")
    assert times.local_first(NOON, "MEC") == ("2018-07-01 12:00 UTC", "")
    assert times.local_first(None, "PE") == ("—", "")


def test_a_page_as_of_a_moment_says_it_to_the_second_in_the_reader_s_time() -> None:
    late = datetime(2018, 7, 1, 2, 0, 5, tzinfo=UTC)
    assert times.exact_moment(late, "CO") == "2018-06-30 21:00:05 CO (2018-07-01 02:00:05 UTC)"
    assert times.exact_moment(NOON, "BO") == "2018-07-01 08:00:00 BO (12:00:00 UTC)"
    assert times.exact_moment(NOON, "MEC") == "2018-07-01 12:00:00 UTC"


def test_a_moment_is_shown_as_exactly_as_it_is_known() -> None:
    assert [times.occurred(NOON, how) for how in ("year", "month", "day", "minute")] == [
        "2018",
        "2018-07",
        "2018-07-01",
        "2018-07-01 12:00",
    ]


def test_milliseconds_survive_the_way_to_datetimes_and_back() -> None:
    assert all(to_epoch_ms(to_datetime(ms)) == ms for ms in (0, 1, 999, 1_530_000_000_123, -1))
