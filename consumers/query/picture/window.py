"""Say which days the risk picture counts, and into which months its past is divided. Pure."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from consumers.query.figures.expected import YEARS
from consumers.query.views import to_datetime, to_epoch_ms

MONTHS_OF_YEAR = 12
PAST_MONTHS = YEARS * MONTHS_OF_YEAR + 3
"""Spans that decide a trend: the newest month, five years before it, one more month, and what is
older, which says only how long the past is.
"""


@dataclass(frozen=True, slots=True)
class Window:
    """The months up to and including a day. `end`: the day after, exclusive."""

    end: date
    months: int

    @property
    def since(self) -> date:
        """The first day of the months that count."""
        return months_before(self.end, self.months)

    @property
    def last_day(self) -> date:
        """The last day: that of the moment, or an earlier one that the reader chose."""
        return self.end - timedelta(days=1)

    @property
    def bounds(self) -> list[int]:
        """The end and the begin, ms since 1970 UTC."""
        return [midnight(self.end), midnight(self.since)]

    @property
    def month_bounds(self) -> list[int]:
        """The ends of the months that decide a trend, newest first, ms since 1970 UTC."""
        return [midnight(months_before(self.end, number)) for number in range(PAST_MONTHS)]


def window_of(moment: int, months: int, until: int | None = None) -> Window:
    """Return the window of a moment. `until`: ends before this day, where it is the earlier one.

    `moment`, `until`: ms since 1970 UTC.
    """
    end = to_datetime(moment).date() + timedelta(days=1)
    return Window(end if until is None else min(end, to_datetime(until).date()), months)


def months_before(day: date, months: int) -> date:
    """Return the same day so many months before, or the last day of that month."""
    year, month = divmod(day.year * MONTHS_OF_YEAR + day.month - 1 - months, MONTHS_OF_YEAR)
    if year < 1:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def midnight(day: date) -> int:
    """Return when a day begins, ms since 1970 UTC."""
    return to_epoch_ms(datetime.combine(day, datetime.min.time(), UTC))
