"""Events of courses as the test of hidden records publishes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from schemas.avro.codec import Record
from schemas.examples import example
from tests.support.signed_bundles import Item

OPEN = {"recipients": ["ALL"], "tlp": "AMBER"}
ASKED: Record = {"recipients": ["PE", "CO", "BO"], "tlp": "AMBER"}
AREA: Record = {
    "subdivision": None,
    "description": None,
    "latitude": 0.8,
    "longitude": -77.7,
    "radius_km": 5.0,
    "crossing": None,
}
PLAN: Record = {
    "starts": "2018-10-30T20:00-05:00",
    "ends": "2018-10-31T06:00-05:00",
    "areas": [AREA],
}
"""Of an operation; Colombia's, and the hidden ones of Peru, meet."""
FAR: Record = {**PLAN, "areas": [{**AREA, "latitude": -3.5, "longitude": -80.2}]}
_PARTY: Record = example("investigation").payload["parties"][0]
_AT = "2018-10-30T09:00-05:00"
_ENTRY: Record = dict.fromkeys(example("investigation").payload["evidence"][0])
GOAL_OWNERS = [{"country": country, "authority": None} for country in ("PE", "CO")]


def course_item(
    type_: str, reference: str, envelope: Record, payload: Record | None = None
) -> Item:
    """An event of a course, which names no thing and no other event but those of `payload`."""
    content = {
        name: None
        if name in ("follows", "event", "plate")
        else []
        if isinstance(value, list)
        else value
        for name, value in example(type_).payload.items()
    }
    content |= (
        {"channels": example("contact_point").payload["channels"]}
        if type_ == "contact_point"
        else {}
    )
    content |= {"assistance": ["SERVICE"]} if type_ == "assistance_request" else {}
    return Item(
        type_,
        reference,
        {**content, "source_reference": reference, **(payload or {})},
        dict(envelope),
    )


def investigation(act: str, opening: str | None, entries: Sequence[Record]) -> Record:
    """Content of a joint investigation of Ecuador and Peru, or of a step of the one `opening`.

    `entries`: what it says of exhibits, of the first one in Ecuador's register where they name none.
    """
    parties = [
        {**_PARTY, "country": country, "authority": authority}
        for country, authority in (("EC", "POLICIA"), ("PE", "VICTIMA"))
    ]
    named = {**_ENTRY, "number": "1", "registered_by": "EC/POLICIA", "at": _AT}
    evidence = [{**named, **entry} for entry in entries]
    return {"act": act, "investigation": opening, "parties": parties, "evidence": evidence}


def handed_to_peru() -> Record:
    """Content of an investigation whose opener has an exhibit, and hands it to Peru."""
    handed: Record = {"custody": "TRANSFERRED", "handed_to": "PE/VICTIMA"}
    return investigation("OPENED", None, [{"custody": "REGISTERED"}, handed])


def hidden_steps(ids: Mapping[str, str], traced: Record) -> Iterator[tuple[str, Record]]:
    """Yield type and content of what hidden events do to the visible courses, and beside them.

    `ids`: of the visible events, by name; `traced`: the weapon of the visible request.
    """
    yield "acknowledgement", {"event": ids["course"], "act": "ACKNOWLEDGED"}
    yield "alert", {"state": "ENDED", "follows": ids["course"]}
    yield "alert", {}
    yield "contact_point", {"function": "DUTY_OFFICER", "duty": []}
    yield "assistance_request", {}
    yield "commitment_step", {"commitment": ids["goal"], "act": "ACHIEVED", "reported_value": 99.0}
    yield "goal", {"owners": GOAL_OWNERS, "measured_by": "REPORTED"}
    yield "decision", {"owners": GOAL_OWNERS}
    yield "trace_request", {"weapon": traced}
    yield "trace_result", {"request_reference": "V-A5", "weapon": traced}
    yield "operation_plan", PLAN
    yield "operation_result", {"plan": ids["plan"]}
    received: Record = {"custody": "RECEIVED", "after": ids["investigation"]}
    own: Record = {"custody": "COLLECTED", "registered_by": None, "number": "2"}
    for act in ("EVIDENCE", "LEFT"):
        yield "investigation", investigation(act, ids["investigation"], [received, own])
    yield "investigation", investigation("OPENED", None, [own])
