"""Find the bursts in a series of weekly counts. Pure.

A week belongs to a burst if its count

- is so unlikely under the forecast of its own past (see `baseline`) as the rule says,
- is that unlikely, too, under what the weeks with the same holiday of past years lead one to
  expect, where these had more than the past explains (5 %),
- has the number of records, and is so many times what is expected, as the rule says.

Weeks in a row make one burst, also with as many weeks between as the rule says.

Only authorities count that have reported such records for as long as the past must be: else each
authority that joins the exchange would be a burst. The weeks of a past are those that all of them
cover. A week that is not over has fewer records than it will have, so it is compared like others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp
from typing import NamedTuple

from consumers.query.bursts.baseline import Fit, Past, expect
from consumers.query.bursts.calendar_weeks import HolidayCalendar, HolidayMark
from consumers.query.bursts.tail import Forecast
from schemas.model import Grade
from streams.rules import BurstRule

WeekCounts = Mapping[int, int]
"""Records by the number of the week (`calendar_weeks.week_of`)."""
HOLIDAY_CHANCE = 0.05


class SeriesKey(NamedTuple):
    """Which records are counted. `dimension`: subdivision or crossing; `place`: its code."""

    type: str
    dimension: str
    place: str


@dataclass(frozen=True, slots=True)
class CountSeries:
    """The weekly counts of a type of record at a place, by authority (country/authority)."""

    key: SeriesKey
    counts: Mapping[str, WeekCounts]


@dataclass(frozen=True, slots=True)
class BurstWeek:
    """A week of a burst. `authorities`: whose records are counted in it.

    `holiday`: that of past years with which the week was compared, if that expects more than its
    other past. `bound`: the largest count that is no burst; of weeks of a burst alone.
    """

    week: int
    count: int
    forecast: Forecast
    chance: float
    is_above: bool
    bound: int
    holiday: HolidayMark | None
    authorities: frozenset[str]

    @property
    def expected(self) -> float:
        """Return how many records its past leads one to expect."""
        return self.forecast.mean


@dataclass(frozen=True, slots=True)
class FoundBurst:
    """A burst: weeks in a row, the first and the last above their bound."""

    key: SeriesKey
    weeks: tuple[BurstWeek, ...]
    grade: Grade

    @property
    def count(self) -> int:
        """Return the number of its records."""
        return sum(week.count for week in self.weeks)


class Findings(NamedTuple):
    """The bursts of a series.

    `has_enough`: a week that was looked at has enough records; `lacks_past`: of one of these
    nothing is known, since its past is too short.
    """

    bursts: list[FoundBurst]
    has_enough: bool
    lacks_past: bool


class PeriodOfWeeks(NamedTuple):
    """The weeks that are looked at, both inclusive."""

    first: int
    last: int


def first_weeks(all_series: Sequence[CountSeries], fewest: int) -> dict[tuple[str, str], int]:
    """Return since which week each authority reports each type, by type and authority.

    It is the week of its record number `fewest` of the type anywhere, so that single records with
    a wrong date make no past. Places are counted apart, so a record with two counts twice.
    """
    totals: dict[tuple[str, str], dict[int, int]] = {}
    for series in all_series:
        for authority, counts in series.counts.items():
            of_authority = totals.setdefault((series.key.type, authority), {})
            for week, count in counts.items():
                of_authority[week] = of_authority.get(week, 0) + count
    return {
        key: first
        for key, counts in totals.items()
        if (first := _week_of_record(counts, fewest)) is not None
    }


def _week_of_record(counts: WeekCounts, number: int) -> int | None:
    seen = 0
    for week in sorted(counts):
        seen += counts[week]
        if seen >= number:
            return week
    return None


class SeriesDetector:
    """Look for the bursts of one series under a rule."""

    def __init__(
        self,
        rule: BurstRule,
        series: CountSeries,
        first: Mapping[tuple[str, str], int],
        calendar: HolidayCalendar,
    ) -> None:
        """`first`: what `first_weeks` returns; `calendar`: of the countries of the place."""
        self._rule, self._series, self._calendar = rule, series, calendar
        self._past = Past(rule.years, rule.window, rule.guard)
        known = (
            (first[series.key.type, authority], authority)
            for authority in series.counts
            if (series.key.type, authority) in first
        )
        self._joined = sorted(known)
        self._sums: dict[int, dict[int, int]] = {}

    def find(self, period: PeriodOfWeeks) -> Findings:
        """Return the bursts with a week in a period, whole: also their weeks outside of it."""
        above: list[BurstWeek] = []
        has_enough = lacks_past = False
        for week in sorted({week for counts in self._series.counts.values() for week in counts}):
            if period.first <= week <= period.last and self._total(week) >= self._rule.fewest:
                has_enough, judged = True, self.judge(week)
                lacks_past |= judged is None
                above += [judged] if judged and judged.is_above else []
        if above:
            above = [*self._more(above[0], -1), *above, *self._more(above[-1], 1)]
        bursts = [self._burst(run) for run in _runs(above, self._rule.gap)]
        return Findings(bursts, has_enough, lacks_past)

    def _more(self, week: BurstWeek, step: int) -> list[BurstWeek]:
        """Return the weeks that continue a burst before (`step` -1) or after it, in their order."""
        weeks: list[BurstWeek] = []
        last = week.week
        while True:
            near = (last + step * distance for distance in range(1, self._rule.gap + 2))
            judged = (self.judge(number) for number in near)
            following = next(
                (near_week for near_week in judged if near_week and near_week.is_above), None
            )
            if following is None:
                return weeks[::step]
            weeks.append(following)
            last = following.week

    def judge(self, week: int) -> BurstWeek | None:
        """Compare a week with its past; None where that is too short."""
        joined = [pair for pair in self._joined if pair[0] <= week - self._past.shortest]
        if not joined:
            return None
        counts = self._counts(len(joined))
        begin = max(joined[-1][0], week - self._past.longest)
        fit = expect([counts.get(past, 0) for past in range(week - 1, begin - 1, -1)], self._past)
        if fit is None:
            return None
        count, alpha = counts.get(week, 0), self._rule.alpha["possible"]
        forecast, holiday = self._forecast(week, fit, counts, begin)
        chance = forecast.tail(count)
        is_above = (
            count >= self._rule.fewest
            and chance < alpha
            and count >= self._rule.ratio * forecast.mean
        )
        authorities = frozenset(authority for _first, authority in joined)
        return BurstWeek(week, count, forecast, chance, is_above, 0, holiday, authorities)

    def _bound(self, forecast: Forecast) -> int:
        """Return the largest count that is no burst."""
        by_ratio = -int(-self._rule.ratio * forecast.mean // 1) - 1
        bound = forecast.bound(self._rule.alpha["possible"])
        return max(bound, by_ratio, self._rule.fewest - 1)

    def _forecast(
        self, week: int, fit: Fit, counts: WeekCounts, begin: int
    ) -> tuple[Forecast, HolidayMark | None]:
        """Return the forecast of the past or of the same holidays, whichever allows more."""
        forecast, holiday = fit.forecast(), None
        alpha = self._rule.alpha["possible"]
        bound = -1
        for mark in sorted(self._calendar.marks(week)):
            weeks = self._calendar.weeks_with(mark, begin, week - self._past.guard - 1)
            of_holiday = holiday_forecast(
                fit, week, [(past, counts.get(past, 0)) for past in weeks]
            )
            if of_holiday is None or of_holiday.mean <= fit.forecast().mean:
                continue
            bound = fit.forecast().bound(alpha) if bound < 0 else bound
            if (allowed := of_holiday.bound(alpha)) > bound:
                forecast, holiday, bound = of_holiday, mark, allowed
        return forecast, holiday

    def _burst(self, run: Sequence[BurstWeek]) -> FoundBurst:
        by_week = {week.week: week for week in run}
        weeks = [
            by_week.get(week) or self.judge(week) for week in range(run[0].week, run[-1].week + 1)
        ]
        lowest = min(week.chance for week in run)
        grade: Grade = "certain" if lowest < self._rule.alpha["certain"] else "possible"
        return FoundBurst(
            self._series.key,
            tuple(replace(week, bound=self._bound(week.forecast)) for week in weeks if week),
            grade,
        )

    def _counts(self, joined: int) -> dict[int, int]:
        """Return the counts of the authorities that were the first to report."""
        if joined not in self._sums:
            sums: dict[int, int] = {}
            for _first, authority in self._joined[:joined]:
                for week, count in self._series.counts[authority].items():
                    sums[week] = sums.get(week, 0) + count
            self._sums[joined] = sums
        return self._sums[joined]

    def _total(self, week: int) -> int:
        return sum(counts.get(week, 0) for counts in self._series.counts.values())


def holiday_forecast(fit: Fit, week: int, holidays: Sequence[tuple[int, int]]) -> Forecast | None:
    """Return what the weeks with the same holiday of past years lead one to expect.

    `holidays`: the week and the count of each. None where these had no more than the past explains.
    A trend that rises is applied to them, one that falls is not: the same holiday with the same
    count as before is never a burst.
    """
    total = sum(count for _week, count in holidays)
    if not total:
        return None
    plain = fit.forecast()
    several = Forecast(
        plain.mean * len(holidays),
        fit.dispersion * plain.mean * len(holidays)
        + (plain.variance - fit.dispersion * plain.mean) * len(holidays) ** 2,
    )
    if several.tail(total) >= HOLIDAY_CHANCE:
        return None
    growth = sum(exp(max(fit.trend, 0.0) * (week - past)) for past, _count in holidays)
    mean = total / len(holidays) * growth / len(holidays)
    return Forecast(mean, fit.dispersion * mean * (1 + mean / total))


def _runs(weeks: Sequence[BurstWeek], gap: int) -> Iterator[list[BurstWeek]]:
    """Yield the weeks of each burst; there are at most `gap` others between two of them."""
    run: list[BurstWeek] = []
    for week in weeks:
        if run and week.week - run[-1].week > gap + 1:
            yield run
            run = []
        run.append(week)
    if run:
        yield run
