"""Payloads of older and of foreign schemas are counted as far as anybody knows how."""

import json

import pytest

from schemas.avro.codec import Format, Record
from schemas.avro.release_gate import ROOT
from schemas.event.event_type import event_type
from schemas.examples import example
from schemas.measures import RECORD_ONLY
from schemas.measures.payload_facts import facts_of


def test_what_was_written_before_the_marks_is_counted_by_those_of_the_release() -> None:
    payload = example("seizure").payload
    newest = facts_of(event_type("seizure").format)(payload)
    (first,) = (ROOT / "released" / "seizure").glob("1-*.avsc")
    older = Format[Record](first.read_text(encoding="utf-8"))
    assert "measure" not in first.read_text(encoding="utf-8")
    assert facts_of(older)(older.read(older.write(payload))) == newest != RECORD_ONLY


def test_a_type_of_the_same_name_that_is_another_is_not_counted_by_the_marks_of_ours() -> None:
    other = {"type": "record", "name": "seizure", "fields": [{"name": "items", "type": "string"}]}
    assert facts_of(Format[Record](json.dumps(other)))({"items": "oro"}) == RECORD_ONLY


def test_marks_that_this_release_does_not_understand_are_none() -> None:
    field = {"name": "weight", "type": "double", "measure": {"unknown": "mark"}}
    strange = {"type": "record", "name": "strange", "fields": [field]}
    assert facts_of(Format[Record](json.dumps(strange)))({"weight": 1.0}) == RECORD_ONLY


FIREARM = {"kind": "firearm", "serial": "TKL12345"}


@pytest.mark.parametrize(
    ("item", "lines"),
    [
        ({"weapon": FIREARM}, [("pieces", "")]),
        ({"weapon": FIREARM, "value": 900.0, "currency": "USD"}, [("money", ""), ("pieces", "")]),
        ({"weapon": FIREARM, "quantity": 3.0, "unit": "unit"}, [("pieces", "")]),
        ({"weapon": FIREARM, "quantity": 3.0}, [("", "no_unit")]),
        ({"weapon": {**FIREARM, "serial": None}}, [("", "no_amount")]),
        ({"weapon": {**FIREARM, "kind": "ammunition_lot"}}, [("", "no_amount")]),
        ({}, [("", "no_amount")]),
    ],
)
def test_a_seized_firearm_with_a_serial_is_one_piece(
    item: Record, lines: list[tuple[str, str]]
) -> None:
    """Without a quantity it counted as "no amount"; a lot or a heap of weapons still does."""
    (line,) = example("seizure").payload["items"][:1]
    plain = {**dict.fromkeys(line), "what": "weapon", **item}
    facts = facts_of(event_type("seizure").format)({**example("seizure").payload, "items": [plain]})
    of_items = [fact for fact in facts if fact.element.startswith("items")]
    assert [(fact.measure, fact.usable) for fact in of_items] == lines
    assert [fact.amount for fact in of_items if fact.measure == "pieces"] in ([], [1], [3])
