"""Any moment that somebody asks for is one that the store has, or lies at its ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import example, given
from hypothesis import strategies as st

from consumers.presentation.as_of import parse_as_of, parse_since
from consumers.query.views import to_datetime, to_stored_ms
from consumers.store.sql import EARLIEST_MS, FAR_FUTURE_MS

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(timezones=st.none() | ZONES)


@given(MOMENTS)
@example(datetime.max.replace(tzinfo=timezone(timedelta(hours=-14))))
@example(datetime.min.replace(tzinfo=timezone(timedelta(hours=14))))
def test_a_moment_is_kept_or_becomes_the_nearest_of_the_store(at: datetime) -> None:
    """C3: the end of the year 9999 in another zone gave 500 in the list of disclosures."""
    ms = to_stored_ms(at)
    assert EARLIEST_MS <= ms <= FAR_FUTURE_MS
    assert parse_as_of(at.isoformat()) == parse_since(at.isoformat()) or ms == 0
    if EARLIEST_MS < ms < FAR_FUTURE_MS:
        aware = at if at.tzinfo else at.replace(tzinfo=UTC)
        assert abs(to_datetime(ms) - aware) <= timedelta(milliseconds=1)
