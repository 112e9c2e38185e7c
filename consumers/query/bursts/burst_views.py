"""Describe a burst for the reader who sees it: words, weeks, records and markings. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from consumers.query.bursts.burst import Burst, BurstRecord, BurstWeekView, burst_id
from consumers.query.bursts.calendar_weeks import monday_of
from consumers.query.bursts.detection import FoundBurst
from consumers.query.bursts.wording import (
    burst_title,
    explain_burst,
    explanation_of_burst,
    first_day,
    last_day,
    name_of_holiday,
)
from consumers.query.figures.figure_queries import Asker
from consumers.query.views import to_datetime
from schemas.release.rules import combine_labels, release
from streams.rules import BurstRule

Row = Mapping[str, Any]
DIGITS = 3


class RuledBurst(NamedTuple):
    """A burst, the rule that found it, and the ids of the labels of all records of its series."""

    rule: BurstRule
    burst: FoundBurst
    labels: frozenset[int]


def own_records(burst: FoundBurst, rows: Iterable[Row]) -> list[Row]:
    """Return the rows of queries/burst_records.sql that a burst counts."""
    authorities = {week.week: week.authorities for week in burst.weeks}
    return [
        row
        for row in rows
        if (row["dimension"], row["code"]) == burst.key[1:]
        and f"{row['country']}/{row['authority']}" in authorities.get(row["week"], ())
    ]


def to_burst_view(ruled: RuledBurst, rows: Sequence[Row], asker: Asker, is_narrowed: bool) -> Burst:
    """Return a burst as it is shown. `is_narrowed`: the question left out records of its place."""
    rule, burst, _ids = ruled
    marking = combine_labels(asker.counted.labels[id_] for id_ in ruled.labels)
    recorded = [row["recorded_at"] for row in rows]
    return Burst(
        id=None if is_narrowed else burst_id(rule.id, burst.key, burst.weeks[0].week),
        rule=rule.id,
        rule_version=rule.version,
        grade=burst.grade,
        severity=rule.severity,
        title=burst_title(rule, burst),
        sentence=explain_burst(rule, burst),
        explanation=explanation_of_burst(rule, burst),
        type=burst.key.type,
        dimension=burst.key.dimension,
        place=burst.key.place,
        first_day=first_day(burst),
        last_day=last_day(burst),
        count=burst.count,
        expected=round(sum(week.expected for week in burst.weeks), DIGITS),
        bound=sum(week.bound for week in burst.weeks),
        weeks=_week_views(burst),
        first_recorded=to_datetime(min(recorded)),
        last_recorded=to_datetime(max(recorded)),
        tlp=marking.tlp,
        handling=list(marking.handling),
        conditions=list(marking.conditions),
        evidence=[_record_view(row, asker) for row in rows],
    )


def _week_views(burst: FoundBurst) -> list[BurstWeekView]:
    return [
        BurstWeekView(
            monday_of(week.week),
            week.count,
            round(week.expected, DIGITS),
            week.bound,
            None if week.holiday is None else name_of_holiday(week.holiday),
        )
        for week in burst.weeks
    ]


def _record_view(row: Row, asker: Asker) -> BurstRecord:
    label = asker.counted.labels[row["label_id"]]
    return BurstRecord(
        event=row["event"],
        type=row["type"],
        country=row["country"],
        authority=row["authority"],
        occurred=row["moment"],
        recorded_at=to_datetime(row["recorded_at"]),
        tlp=label.tlp,
        handling=list(label.handling),
        markings=list(release(label, asker.entitled).markings),
        theme=row["theme"],
    )
