"""`quipu goals set` and `decide`: the event that they draft, and who may not."""

from __future__ import annotations

from datetime import datetime

import pytest

from producers.cli.goals import commitment_draft, require_seat
from producers.errors import NodeError
from schemas.event.event_type import event_type
from streams.lifecycles.model import Party

PERU = Party("PE", "RREE")
OPTIONS = {
    "title": "Rastreos en plazo",
    "due": datetime(2026, 12, 31),
    "owners": ("co/PONAL", "EC"),
    "pairs": ("details=En los cuatro países", "target_value=92.5"),
    "recipients": ("ALL",),
    "exercise": None,
}


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("goal", {"plan_point": "P08", "measured_by": "REPORTED", "target_value": 90.0}),
        ("decision", {"meeting_date": "2026-09-28", "plan_point": None}),
    ],
)
def test_what_it_drafts_is_an_event_that_its_schema_takes(
    kind: str, values: dict[str, object]
) -> None:
    options = OPTIONS if kind == "goal" else {**OPTIONS, "pairs": ()}
    draft = commitment_draft(kind, PERU, values, options)
    payload = draft["payload"]
    assert isinstance(payload, dict)
    assert event_type(kind).validate(payload) == []
    assert payload["seat"] == "PE/RREE"
    assert payload["owners"][0] == {"country": "CO", "authority": "PONAL", "part": None}
    assert payload.get("target_value", 92.5) == 92.5, "--set decides"


def test_who_holds_no_seat_is_told_who_does() -> None:
    require_seat(PERU, {"PE/RREE"})
    with pytest.raises(NodeError) as refused:
        require_seat(Party("BO", "FELCC"), {"PE/RREE", "BO/MRE"})
    assert refused.value.code == "NO_SEAT"
    assert "BO/MRE, PE/RREE" in str(refused.value.remedy)
