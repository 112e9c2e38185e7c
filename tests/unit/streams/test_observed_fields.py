"""Telephones of notices, tax numbers of companies and vehicles of weapon records are things, and a
found weapon meets the report of its loss.
"""

from typing import Any

import pytest

from schemas.avro.release_gate import ROOT
from schemas.event.event_type import EventType, event_type
from tests.support.signed_bundles import (
    MECHANISM_READER,
    ExchangeBuilder,
    Item,
    colombia,
    ecuador,
    example,
    weapon,
)

CALLED = {"number": "300 555 0171", "country": "CO", "imei": None, "use": None}
DRIVEN = {"country": "CO", "plate": "KLM-497"}
TAXED = {"country": "CO", "type": "tax_id", "number": "NIT 800.555.117"}


def changed(type_: str, reference: str, **fields: Any) -> Item:
    payload = {**example(type_).payload, "source_reference": reference, **fields}
    return Item(type_, reference, payload)


def incident(reference: str, **fields: Any) -> Item:
    """A crime that speaks of these things alone."""
    empty: dict[str, Any] = {"persons": [], "vehicles": [], "phones": [], "weapons": []}
    return changed("crime_incident", reference, **{**empty, **fields})


def rules_between(first: Item, second: Item) -> set[tuple[str, str]]:
    co, ec = colombia(), ecuador()
    world = ExchangeBuilder(co, ec)
    world.publish(co, first)
    world.publish(ec, second)
    return {
        (indicator.rule, indicator.grade) for indicator in world.run().indicators(MECHANISM_READER)
    }


def test_the_telephone_of_a_wanted_person_meets_that_of_a_case() -> None:
    notice = changed("person_notice", "N-1", phones=[CALLED])
    assert rules_between(notice, incident("C-1", phones=[CALLED])) == {
        ("phone-in-two-countries", "certain")
    }


def test_the_vehicle_of_a_seized_weapon_meets_that_of_a_case() -> None:
    record = weapon("W-1", "SEIZED", "VBN90123")
    record.payload["vehicles"] = [{**example("seizure").payload["vehicles"][0], **DRIVEN}]
    assert rules_between(record, incident("C-2", vehicles=record.payload["vehicles"])) == {
        ("thing-in-two-countries", "certain")
    }


def test_the_tax_number_of_a_company_is_a_thing_but_no_case() -> None:
    flow = example("suspicious_flow").payload
    party = {"person": None, "entity": "Ejemplo S.A.S.", "entity_document": TAXED}
    transactions = [{**flow["transactions"][0], "from": {**party, "account": None}, "to": None}]
    report = changed("suspicious_flow", "F-1", transactions=transactions)
    observations = event_type("suspicious_flow").observe(report.payload)
    assert [thing[:4] for thing in observations] == [
        ("document", "CO", "tax_id|800555117", "certain")
    ]
    person = {"role": "suspect", "document": TAXED}
    assert rules_between(report, incident("C-3", persons=[person])) == set()


FOUND_ABROAD = ("lost-weapon-found-abroad", "certain")
IN_TWO = ("weapon-in-two-countries", "certain")


@pytest.mark.parametrize(
    ("status", "foreign_status", "expected"),
    [
        ("LOST", "FOUND", {FOUND_ABROAD, IN_TWO}),
        ("STOLEN", "FOUND", {FOUND_ABROAD, IN_TWO}),
        ("REGISTERED", "FOUND", {IN_TWO}),
        ("FOUND", "SEIZED", {IN_TWO}),
        ("EXPORTED", "FOUND", set()),
    ],
)
def test_a_found_weapon_meets_the_report_of_its_loss(
    status: str, foreign_status: str, expected: set[tuple[str, str]]
) -> None:
    assert rules_between(weapon("W-2", status), weapon("W-3", foreign_status)) == expected


@pytest.mark.parametrize(
    ("type_", "field", "former"),
    [("person_notice", "phones", 2), ("weapon_record", "vehicles", 2)],
)
def test_records_of_the_former_schema_are_read_without_the_new_field(
    type_: str, field: str, former: int
) -> None:
    (path,) = (ROOT / "released" / type_).glob(f"{former}-*.avsc")
    older = EventType(path.read_text(encoding="utf-8"))
    payload = {name: value for name, value in example(type_).payload.items() if name != field}
    assert field not in older.read(older.write(payload))
    assert event_type(type_).validate({**payload, field: []}) == []
