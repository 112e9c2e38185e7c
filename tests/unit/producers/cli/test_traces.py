"""`quipu trace ask`: the event that it drafts, and that it asks another country."""

from __future__ import annotations

import pytest

from producers.cli.traces import trace_draft
from producers.errors import NodeError
from schemas.event.event_type import event_type
from streams.lifecycles.model import Party

ECUADOR = Party("EC", "POLICIA")
OPTIONS = {
    "recipients": ("PE", "CO/PONAL"),
    "reference": "RAS-1",
    "kind": "firearm",
    "type": "PISTOL",
    "make": "Taurus",
    "model": None,
    "calibre": "9 mm",
    "serial": "TKZ1",
    "reason": "Incautada en Huaquillas",
    "justification": "Audiencia mañana",
    "exercise": None,
    "pairs": ("note=Ver fotos",),
}


@pytest.mark.parametrize("justification", [None, "Audiencia mañana"])
def test_what_it_drafts_is_an_event_that_its_schema_takes(justification: str | None) -> None:
    draft = trace_draft(ECUADOR, {**OPTIONS, "justification": justification})
    payload, envelope = draft["payload"], draft["envelope"]
    assert isinstance(payload, dict)
    assert isinstance(envelope, dict)
    assert event_type("trace_request").validate(payload) == []
    urgency = "urgent" if justification else "routine"
    assert (payload["priority"], envelope["urgency"]) == (urgency, urgency)
    assert envelope["recipients"] == ["PE", "CO/PONAL"]
    assert payload["note"] == "Ver fotos"


def test_it_asks_another_country() -> None:
    with pytest.raises(NodeError) as refused:
        trace_draft(ECUADOR, {**OPTIONS, "recipients": ("EC/FGE",)})
    assert refused.value.code == "NOBODY_ASKED"
