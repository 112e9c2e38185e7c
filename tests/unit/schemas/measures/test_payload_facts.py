"""Payloads of older and of foreign schemas are counted as far as anybody knows how."""

import json

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
