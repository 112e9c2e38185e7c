"""Findings whose records have content, as the query layer explains them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from consumers.query.explanations.explain import ReleasedContent, explain
from consumers.query.indicators import IndicatorView, to_indicator_view
from consumers.query.views import Evaluation, EventView, to_datetime_or_none
from schemas.release.reader_text import parse_reader
from streams.correlation.assess import indicators_for
from streams.rules import read_rule_book
from tests.support.members import Member, adds, at, evidence

READER = parse_reader("MEC/analyst/RED")
NO_EVENT: Mapping[str, EventView] = {}


class Told(NamedTuple):
    """A record: who says what of the thing, where and when (day of 2025, None: not known)."""

    country: str
    type: str
    traits: Mapping[str, str]
    payload: Mapping[str, Any]
    day: str | None = None
    subdivision: str | None = None
    certainty: str = "certain"
    crime: str = "0101"
    precision: str = "day"
    exercise: str | None = None


def finding(kind: str, records: Sequence[Told], rule: str) -> IndicatorView:
    """Return the finding of a rule that these records make, not explained yet."""
    book = read_rule_book()
    members = [
        Member(
            number,
            kind,
            record.country,
            record.type,
            dict(record.traits),
            certainty=record.certainty,
            occurred=_moment(record.day),
        )
        for number, record in enumerate(records, 1)
    ]
    rows = evidence(adds(members), book)
    indicators = indicators_for(rows, READER, None, book)
    return next(to_indicator_view(item) for item in indicators if item.rule == rule)


def events(view: IndicatorView, records: Sequence[Told]) -> dict[str, EventView]:
    """Return the released events of a finding's records by id."""
    pieces = {piece.event: piece for piece in view.evidence}
    ids = dict(enumerate(_ids(len(records)), 1))
    return {
        ids[number]: _event(ids[number], record, pieces[ids[number]].tlp)
        for number, record in enumerate(records, 1)
        if ids[number] in pieces
    }


def explained(
    view: IndicatorView,
    released: Mapping[str, EventView] = NO_EVENT,
    exercise: str | None = None,
) -> IndicatorView:
    """Explain a finding from these events."""
    rule = read_rule_book().by_id[view.rule]
    return explain(view, rule, ReleasedContent(released, exercise=exercise))


def _ids(count: int) -> list[str]:
    return [str(UUID(int=number)) for number in range(1, count + 1)]


def _moment(day: str | None) -> int | None:
    return None if day is None else at(f"{day}T12:00")


def _event(id_: str, record: Told, tlp: str) -> EventView:
    envelope = {
        "type": record.type,
        "country": record.country,
        "tlp": tlp,
        "crime": record.crime,
        "exercise": record.exercise,
        "occurred_from": _moment(record.day),
        "occurred_precision": record.precision,
        "place_country": record.country,
        "subdivision": record.subdivision,
    }
    return event_view(id_, envelope, record.payload)


def event_view(id_: str, envelope: Mapping[str, Any], payload: Mapping[str, Any]) -> EventView:
    """Return a released version of an event, with what explanations look at."""
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    names = ("type", "country", "tlp", "crime", "exercise", "occurred_precision")
    return EventView(
        **{name: envelope[name] for name in (*names, "place_country", "subdivision")},
        id=id_,
        version=id_,
        supersedes=None,
        correction_reason=None,
        status="current",
        authority="",
        node="",
        recipients=[],
        handling=list(envelope.get("handling") or ()),
        condition=None,
        purpose="",
        legal_basis="",
        urgency="",
        justification=None,
        case_reference=None,
        evaluation=Evaluation("", "", ""),
        occurred_from=to_datetime_or_none(envelope["occurred_from"]),
        occurred_until=None,
        reported_at=moment,
        recorded_at=moment,
        language="es",
        review_date=None,
        cord="",
        sequence=None,
        item=None,
        markings=[],
        payload=dict(payload),
    )
