"""Reports of findings to pass on: a weapon that two countries know, and as many records as wanted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from consumers.query.finding_report import FindingReport, Report
from consumers.query.indicators import IndicatorView
from consumers.query.views import Evaluation, EventHistory, EventView, ObservedThing
from schemas.examples import example
from schemas.model import Reader
from tests.support.explained import Told, events, explained, finding
from tests.support.members import at

WHO = Reader("ana.rojas", "CO", "PONAL", clearance="AMBER", purpose="investigation", use="file")
CONDITION = "Avise antes de usar: unidad de análisis, Lima."
RULE = "weapon-in-two-countries"
MOMENT = at("2026-03-01T18:00")
PLATE = ObservedThing(str(UUID(int=77)), "vehicle", {"es": "Placa ABC-123", "en": "Plate ABC-123"})


def weapon_report(records: int = 2, **changes: Any) -> FindingReport:
    """Return a report of a match with so many records, by turns of Colombia and Peru.

    The first record is H1; the second has a condition. `changes`: of the fields of every event.
    """
    records_told = [_record(number) for number in range(records)]
    view = finding("weapon", records_told, RULE)
    released = events(view, records_told)
    explained_view = explained(view, released)
    return Report(
        explained_view,
        [
            _history(explained_view, number, replace(released[piece.event], **changes))
            for number, piece in enumerate(explained_view.evidence)
        ],
        MOMENT,
        WHO,
    )


def _record(number: int) -> Told:
    country, status = (("CO", "STOLEN"), ("PE", "SEIZED"))[number % 2]
    payload = {**example("weapon_record").payload, "status": status}
    day = f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"
    traits = {"status": status, "calibre": "9X19"}
    return Told(
        country, "weapon_record", traits, payload, day, {"CO": "CO-NAR", "PE": "PE-PUN"}[country]
    )


def _history(view: IndicatorView, number: int, event: EventView) -> EventHistory:
    """Return the record as its owner published it."""
    marks = {0: (["H1"], None), 1: (["H3"], CONDITION)}.get(number, ([], None))
    own = replace(
        event,
        authority={"CO": "PONAL", "PE": "SUCAMEC"}[event.country],
        handling=event.handling or marks[0],
        condition=event.condition or marks[1],
        purpose="investigation",
        evaluation=Evaluation("admiralty", "B", "2"),
    )
    things = [ObservedThing(view.thing, view.kind, None), *([PLATE] if number == 1 else [])]
    return EventHistory(own.id, "current", own, [own], [], things)
