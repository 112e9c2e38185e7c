"""Figures of findings, counted plainly over folded indicators: what the table of pairs must equal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from consumers.query.figures.delays import DAY_MS
from consumers.query.figures.finding_delays import FindingDelay, FindingDelayRow, ms_between
from consumers.query.figures.flows import FlowRow, PlaceLevel, steps_of
from consumers.query.figures.shares import Owner, ShareRow
from consumers.query.series import Point, SeriesFilter, count_points
from streams.correlation.assess import Indicator
from streams.rules import RuleBook

LEVELS = (0.1, 0.25, 0.5, 0.75, 0.9)


def plain_series(indicators: Iterable[Indicator], filter_: SeriesFilter) -> Counter[Point]:
    """Count the live ones by period, rule and grade."""
    return count_points([], [own for own in indicators if own.status == "live"], filter_)


def plain_flows(
    indicators: Iterable[Indicator], rules: RuleBook, level: PlaceLevel
) -> list[FlowRow]:
    """Count the live ones by rule and pair of places."""
    steps: defaultdict[tuple[str, str, str], list[tuple[bool, int | None]]] = defaultdict(list)
    for indicator in indicators:
        if indicator.status == "live":
            for (origin, destination), ms in steps_of(indicator, rules, level).items():
                place = indicator.rule, origin, destination
                steps[place].append((indicator.grade == "certain", ms))
    rows = [
        FlowRow(
            *place,
            findings=len(findings),
            certain=sum(is_certain for is_certain, _ms in findings),
            median_days=_median([ms for _certain, ms in findings if ms is not None]),
        )
        for place, findings in steps.items()
    ]
    return sorted(rows, key=lambda row: row.place)


def plain_shares(records: Mapping[Owner, int], indicators: Iterable[Indicator]) -> list[ShareRow]:
    """Count the records that are evidence of a live one. `records`: all, by owner."""
    every: defaultdict[Owner, set[bytes]] = defaultdict(set)
    certain: defaultdict[Owner, set[bytes]] = defaultdict(set)
    for indicator in indicators:
        if indicator.status == "live":
            for member in indicator.evidence:
                owner = member.row.country, member.label.authority
                every[owner].add(member.row.event_id)
                if indicator.grade == "certain":
                    certain[owner].add(member.row.event_id)
    return [
        ShareRow(*owner, number, len(every[owner]), len(certain[owner]))
        for owner, number in sorted(records.items())
    ]


def plain_delays(
    indicators: Iterable[Indicator], rules: RuleBook, delay: FindingDelay
) -> list[FindingDelayRow]:
    """Return the spread of each rule's live ones."""
    by_rule: defaultdict[str, list[int]] = defaultdict(list)
    for indicator in indicators:
        took = ms_between(indicator, rules, delay) if indicator.status == "live" else None
        if took is not None:
            by_rule[indicator.rule].append(took)
    return [_spread(rule, sorted(delays)) for rule, delays in sorted(by_rule.items())]


def _spread(rule: str, delays: Sequence[int]) -> FindingDelayRow:
    p10, p25, middle, p75, p90 = (_days(delays[int(level * len(delays))]) for level in LEVELS)
    negative = sum(ms < 0 for ms in delays)
    longest = _days(delays[-1])
    return FindingDelayRow(rule, len(delays), negative, p10, p25, middle, p75, p90, longest)


def _days(ms: int) -> float:
    return round(ms / DAY_MS, 3)


def _median(times: Sequence[int]) -> float | None:
    return round(median(times) / DAY_MS, 3) if times else None
