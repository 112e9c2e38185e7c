"""Compute until when a record may be kept: the day on which its owner must review it. Pure.

The day follows from the log alone: when the record was appended, which period holds for its type,
what its owner stated, and the extensions that its owner published. Days are in UTC.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NamedTuple

from schemas.avro.codec import Record
from schemas.errors import ConfigRefusedError

WARNING_MONTHS = 4
"""SIS, Regulation (EU) 2018/1862, article 53: the owner is told four months before."""
MOST_MONTHS = 600
EXTENSION = "retention_extension"
NOT_REVIEWED = frozenset({"retraction", "erasure", "heartbeat", EXTENSION})
"""Types that say something of other records or of the node, and hold nothing else."""


class RetentionPeriod(NamedTuple):
    """State for how many months records are kept: those of a type whose `field` has the `value`.

    Without a field it holds for the whole type, and without a type for all others.
    """

    type: str
    field: str
    value: str
    months: int


_OBJECTS = ("weapon_record", "trace_request", "trace_result", "cultural_object", "seizure")
FOUNDED_PERIODS = (
    RetentionPeriod("", "", "", 60),
    *(RetentionPeriod(name, "", "", 120) for name in _OBJECTS),
    RetentionPeriod("crime_statistic", "", "", 120),
    RetentionPeriod("person_notice", "", "", 36),
    RetentionPeriod("person_notice", "action", "detain", 60),
    RetentionPeriod("person_notice", "category", "missing", 60),
    RetentionPeriod("person_notice", "action", "discreet_check", 12),
    RetentionPeriod("person_notice", "action", "inquiry_check", 12),
    RetentionPeriod("person_notice", "action", "specific_check", 12),
)
"""What holds where config states nothing: SIS 2018/1862, articles 53 and 54. It never changes."""


class RetentionTable:
    """Find the period of a record by its type and its content."""

    def __init__(
        self,
        periods: Iterable[RetentionPeriod] = FOUNDED_PERIODS,
        author: str = "",
        reason: str = "",
    ) -> None:
        """Take the periods in effect; the general one is taken from the founded ones if missing.

        `author`, `reason`: who decided so, and why; empty for the founded ones.
        """
        self.periods = tuple(periods)
        self.author, self.reason = author, reason
        self._months = {period[:3]: period.months for period in self.periods}
        self._months.setdefault(("", "", ""), FOUNDED_PERIODS[0].months)
        self._fields: dict[str, list[str]] = {}
        for name, field, _value in sorted(self._months):
            if field and field not in (fields := self._fields.setdefault(name, [])):
                fields.append(field)

    def __eq__(self, other: object) -> bool:
        """Compare the periods: config is read again and again."""
        return isinstance(other, RetentionTable) and self.periods == other.periods

    def __hash__(self) -> int:
        """Give tables with the same periods one hash, as equal values need."""
        return hash(self.periods)

    def fields(self, type_: str) -> list[str]:
        """List the fields of a type that decide on the period."""
        return self._fields.get(type_, [])

    def marks(self, type_: str, payload: Mapping[str, object]) -> dict[str, str]:
        """Return what the content says in the fields that decide."""
        return {
            field: value
            for field in self.fields(type_)
            if isinstance(value := payload.get(field), str)
        }

    def months(self, type_: str, marks: Mapping[str, str]) -> int:
        """Return the period of a record: the shortest that one of its marks has.

        Without such a mark it is that of the type, and then the general one.
        """
        marked = [
            months
            for field, value in marks.items()
            if (months := self._months.get((type_, field, value))) is not None
        ]
        general = self._months.get((type_, "", ""), self._months["", "", ""])
        return min(marked, default=general)

    def with_period(self, period: RetentionPeriod) -> list[RetentionPeriod]:
        """Return the periods with one added, or in the place of the former one."""
        others = [other for other in self.periods if other[:3] != period[:3]]
        return sorted([*others, period])

    def shortest(self) -> int:
        """Return the shortest period, in months: what is younger needs no review by it."""
        return min(self._months.values())


class RetentionHistory:
    """Hold the tables as config has had them."""

    def __init__(self, tables: Iterable[tuple[int, RetentionTable]] = ()) -> None:
        """Take each table with the moment from which it holds (ms since 1970 UTC), in order."""
        self._tables = list(tables)

    def at(self, moment: int) -> RetentionTable:
        """Return the table in effect at a moment (ms since 1970 UTC)."""
        newest_first = reversed(self._tables)
        return next((table for since, table in newest_first if since <= moment), RetentionTable())


class Extension(NamedTuple):
    """Hold an extension by the owner: the day on which it was appended, and until when it asks."""

    day: date
    until: date


@dataclass(frozen=True, slots=True)
class ReviewTerms:
    """Hold what decides on the review of a record.

    `appended`: the day of its first version in the log. `stated`: the review date that its owner
    gave with the newest version. `marks`: as `RetentionTable.marks` gives them.
    """

    type: str
    appended: date
    stated: date | None = None
    marks: Mapping[str, str] | None = None
    extensions: Sequence[Extension] = ()


class ReviewStatus(StrEnum):
    """Say where a record stands: overdue, soon due (within four months), or kept."""

    OVERDUE = "overdue"
    SOON = "soon"
    KEPT = "kept"


def review_day(terms: ReviewTerms, table: RetentionTable) -> date | None:
    """Return the first day on which the record may no longer be kept; None where there is none.

    The owner may state an earlier day than the period gives, never a later one. An extension
    reaches at most one period from the day on which it was appended.
    """
    if terms.type in NOT_REVIEWED:
        return None
    months = table.months(terms.type, terms.marks or {})
    ends = [_at_most(terms.stated, terms.appended, months)]
    ends += [_at_most(item.until, item.day, months) for item in terms.extensions]
    return max(ends)


def review_status(day: date | None, today: date) -> ReviewStatus:
    """Say where a record with this review day stands on a day."""
    if day is None or today < warning_day(day):
        return ReviewStatus.KEPT
    return ReviewStatus.OVERDUE if today >= day else ReviewStatus.SOON


def warning_day(day: date) -> date:
    """Return the day from which on the owner is warned."""
    return add_months(day, -WARNING_MONTHS)


def latest_extension(today: date, months: int) -> date:
    """Return until when a record with this period can be extended today."""
    return add_months(today, months)


def add_months(day: date, months: int) -> date:
    """Return the same day of another month, or the last of that month where it is shorter."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def day_of(moment: int) -> date:
    """Return the UTC day of a moment (ms since 1970 UTC)."""
    return datetime.fromtimestamp(moment / 1000, UTC).date()


def read_day(text: str | None) -> date | None:
    """Return the day that a text such as 2028-03-09 states; None where it states none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def retention_table(entry: Record) -> RetentionTable:
    """Read an entry of config. Raises ConfigRefusedError for a period that cannot be."""
    periods = [RetentionPeriod(**period) for period in entry["periods"]]
    for period in periods:
        if not 1 <= period.months <= MOST_MONTHS:
            raise ConfigRefusedError(f"a period of {period.months} months")
        if bool(period.field) != bool(period.value) or (period.field and not period.type):
            raise ConfigRefusedError("a period of a field needs its type and its value")
    if len({period[:3] for period in periods}) < len(periods):
        raise ConfigRefusedError("two periods for the same records")
    return RetentionTable(periods, entry["author"], entry["reason"])


def _at_most(end: date | None, since: date, months: int) -> date:
    latest = add_months(since, months)
    return latest if end is None else min(end, latest)
