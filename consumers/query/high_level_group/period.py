"""Say over which days the report of the high-level group speaks. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from consumers.query.dates import check_span
from consumers.query.views import to_datetime, to_epoch_ms

MONTHS = 2
"""The group meets every two months."""


class ReportPeriod(NamedTuple):
    """Hold a span of the log, ms since 1970 UTC; `until` is exclusive."""

    since: int
    until: int

    @property
    def before(self) -> ReportPeriod:
        """Return the span of the same length that ends where this one begins."""
        return ReportPeriod(2 * self.since - self.until, self.since)

    @property
    def year_before(self) -> ReportPeriod:
        """Return the same days of the year before."""
        return ReportPeriod(_months_back(self.since, 12), _months_back(self.until, 12))

    @property
    def last_day(self) -> str:
        """Return the last day, as ISO 8601."""
        return f"{to_datetime(self.until - 1):%Y-%m-%d}"

    @property
    def first_day(self) -> str:
        """Return the first day, as ISO 8601."""
        return f"{to_datetime(self.since):%Y-%m-%d}"


def report_period(now: int, since: int | None, until: int | None) -> ReportPeriod:
    """Return the span of a report: the two months that end with the day of the moment.

    `now`: the moment of the question, ms since 1970 UTC; `since`, `until`: what the question says,
    None for what follows from the rest. Raises DatesRefusedError for a span without a day.
    """
    end = _end_of_day(now) if until is None else until
    begin = _months_back(end, MONTHS) if since is None else since
    check_span(begin, end)
    return ReportPeriod(begin, end)


def _end_of_day(moment: int) -> int:
    day = to_datetime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
    return to_epoch_ms(day + timedelta(days=1))


def _months_back(moment: int, months: int) -> int:
    """Return the same day and time some months before; the last day of a month that is shorter."""
    at = to_datetime(moment)
    number = at.year * 12 + at.month - 1 - months
    year, month = number // 12, number % 12 + 1
    day = min(at.day, monthrange(year, month)[1])
    return to_epoch_ms(
        datetime(year, month, day, at.hour, at.minute, at.second, at.microsecond, tzinfo=UTC)
    )
