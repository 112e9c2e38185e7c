"""Count traces and their results, in the words of INTERPOL's iARMS. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Annotated

from pydantic import Field

from consumers.query.traces.trace_views import TraceParty, TraceView

DIMENSIONS = ("country", "asker", "type", "make", "calibre", "made_in")
_FIELDS: Mapping[str, str] = {
    "type": "type",
    "make": "make",
    "calibre": "calibre",
    "made_in": "country_of_manufacture",
}
_IN_TIME, _TOO_LATE = "kept", ("late", "missed")


@dataclass(frozen=True, slots=True)
class TraceFigures:
    """Results of traces, among those that the reader may see. A trace counts in each country."""

    value: Annotated[str, Field(description="of the dimension; empty where it is not known")]
    requests: Annotated[int, Field(description="trace requests, once for each country asked")]
    urgent: int
    traced: Annotated[int, Field(description="signed: the last lawful holder is identified")]
    partly_traced: int
    not_traced: Annotated[int, Field(description="signed: not on record")]
    pending: Annotated[int, Field(description="no signed answer")]
    automatic: Annotated[int, Field(description="of the pending: computed, to be confirmed")]
    confirmed: Annotated[int, Field(description="automatic answers that a person confirmed")]
    corrected: int
    in_time: int
    too_late: Annotated[int, Field(description="answered late, or not answered and over")]
    lost: Annotated[int, Field(description="weapons that records report as lost")]
    stolen: int
    trafficked: int
    median_hours: Annotated[float | None, Field(description="to the signed answer; null for none")]


def trace_figures(traces: Iterable[TraceView], by: str) -> list[TraceFigures]:
    """Return the figures of each value of a dimension, the value with most requests first."""
    groups: dict[str, list[tuple[TraceView, TraceParty]]] = defaultdict(list)
    for trace in traces:
        for party in trace.parties:
            groups[_value(trace, party, by)].append((trace, party))
    rows = [_row(value, items) for value, items in groups.items()]
    return sorted(rows, key=lambda row: (-row.requests, row.value))


def _value(trace: TraceView, party: TraceParty, by: str) -> str:
    if by == "country":
        return party.country
    if by == "asker":
        return trace.course.summary.country
    value = trace.weapon.get(_FIELDS[by])
    return value if isinstance(value, str) else ""


def _row(value: str, items: list[tuple[TraceView, TraceParty]]) -> TraceFigures:
    parties = [party for _, party in items]
    signed = [party.signed for party in parties if party.signed]
    statuses = [set(party.automatic.statuses) for party in parties]
    deadlines = [party.deadline.status for party in parties if party.deadline]
    hours = [
        (party.signed.at - trace.course.summary.opened_at).total_seconds() / 3_600
        for trace, party in items
        if party.signed
    ]
    return TraceFigures(
        value=value,
        requests=len(items),
        urgent=sum(trace.course.summary.is_urgent for trace, _ in items),
        traced=sum(answer.outcome == "IDENTIFIED" for answer in signed),
        partly_traced=sum(answer.outcome == "PARTIAL" for answer in signed),
        not_traced=sum(answer.outcome == "NOT_FOUND" for answer in signed),
        pending=len(items) - len(signed),
        automatic=sum(party.standing == "automatic" for party in parties),
        confirmed=sum(answer.basis == "CONFIRMED" for answer in signed),
        corrected=sum(answer.basis == "CORRECTED" for answer in signed),
        in_time=deadlines.count(_IN_TIME),
        too_late=sum(status in _TOO_LATE for status in deadlines),
        lost=sum("LOST" in own for own in statuses),
        stolen=sum("STOLEN" in own for own in statuses),
        trafficked=sum("TRAFFICKED" in own for own in statuses),
        median_hours=round(median(hours), 2) if hours else None,
    )
