"""Events of courses as the query layer gives them: released, in one version, with an envelope."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consumers.query.views import Evaluation, EventHistory, EventView
from streams.lifecycles.model import Party


def course_event(
    number: int, type_: str, owner: Party, at: datetime, payload: Mapping[str, Any]
) -> EventHistory:
    """Return an event of an owner, recorded and reported `at`; `number` decides its id."""
    id_ = f"4b1d0029-0000-8000-8000-{number:012d}"
    event = EventView(
        id=id_,
        version=id_,
        supersedes=None,
        correction_reason=None,
        type=type_,
        status="current",
        country=owner.country,
        authority=owner.authority,
        node="node",
        recipients=["ALL"],
        tlp="AMBER",
        handling=[],
        condition=None,
        purpose="investigation",
        legal_basis="UNTOC-18.15",
        urgency="urgent",
        justification="x",
        crime="0000",
        case_reference=None,
        exercise=None,
        evaluation=Evaluation("4x4", "A", "1"),
        occurred_from=at,
        occurred_until=None,
        occurred_precision="minute",
        reported_at=at,
        recorded_at=at,
        place_country=owner.country,
        subdivision=None,
        language="es",
        review_date=None,
        cord="node/routine/1",
        sequence=None,
        item=None,
        markings=[],
        payload={**payload},
    )
    return EventHistory(id_, "current", event, [event], [], [])
