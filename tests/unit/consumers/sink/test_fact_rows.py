"""What of an event becomes rows of facts, and what ends a version."""

from decimal import Decimal

import pytest

from consumers.sink.table_rows import Batch, Payload
from consumers.sink.tables import FACTS, REPLACED, Row
from schemas.avro.codec import Record
from schemas.measures import FactLine
from schemas.topics import accepted as accepted_topic
from tests.support import derived

TOPIC = accepted_topic(1, "CO")
LABEL = 77
"""The id of a batch's only label."""
LINES = (
    FactLine(dimensions={"zone": "RURAL"}),
    FactLine("items", "mass", Decimal("18.25"), dimensions={"drug": "cocaine_base"}),
)


def batch_of(
    head: Record,
    target: bytes | None = None,
    payload: Payload | None = None,
    batch: Batch | None = None,
) -> Batch:
    batch = batch or Batch()
    record = derived.accepted(7, [derived.accepted_item(4, head, target=target)])
    batch.add_accepted(
        derived.message(TOPIC, "accepted", record),
        record,
        derived.decrypt if payload is None else lambda _index, _event: payload,
    )
    return batch


def facts_of(batch: Batch) -> list[dict[str, object]]:
    rows: list[Row] = dict(batch.tables(batch.erased_events)).get(FACTS, [])
    columns = FACTS.to_columns(rows, [LABEL]) if rows else []
    return [dict(zip(FACTS.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def test_each_line_is_a_row_with_the_envelope_and_the_position() -> None:
    facts = facts_of(
        batch_of(derived.envelope(1, exercise="cóndor"), payload=Payload(b"{}", facts=LINES))
    )
    assert [(row["line"], row["element"], row["measure"], row["amount"]) for row in facts] == [
        (0, b"", b"", 0),
        (1, b"items", b"mass", Decimal("18.25")),
    ]
    assert facts[1]["dimensions"] == {b"drug": b"cocaine_base"}
    for row in facts:
        assert (row["event_id"], row["offset"], row["item"]) == (derived.id16("event", 1), 7, 4)
        assert (row["exercise"], row["label_id"]) == ("cóndor".encode(), LABEL)


def test_what_the_envelope_lacks_is_empty_and_an_unknown_time_stays_unknown() -> None:
    head = derived.envelope(1, place_country=None, subdivision=None, occurred_from=None)
    (row,) = facts_of(batch_of(head))
    assert (row["place_country"], row["subdivision"], row["exercise"]) == (b"", b"", b"")
    assert (row["label_id"], row["occurred"]) == (LABEL, None)


@pytest.mark.parametrize("type_", ["heartbeat", "retraction", "erasure"])
def test_what_reports_nothing_is_not_counted(type_: str) -> None:
    assert facts_of(batch_of(derived.envelope(1, type=type_), derived.id16("event", 9))) == []


def test_an_erased_event_has_no_facts_wherever_its_erasure_stands() -> None:
    assert facts_of(batch_of(derived.envelope(1), payload=Payload(b"", erased=True))) == []
    batch = batch_of(derived.envelope(1), payload=Payload(b"{}", facts=LINES))
    batch_of(derived.envelope(2, type="erasure"), derived.id16("event", 1), batch=batch)
    assert facts_of(batch) == []


@pytest.mark.parametrize("type_", ["retraction", "erasure"])
def test_an_act_ends_its_whole_target(type_: str) -> None:
    target = derived.id16("event", 1)
    (row,) = batch_of(derived.envelope(2, type=type_), target).replaced
    ended = dict(zip(REPLACED.columns, row, strict=True))
    assert (ended["event_id"], ended["version"], ended["act"]) == (
        target,
        bytes(16),
        type_.encode(),
    )
    assert ended["successor"] == derived.id16("event", 2)


def test_a_correction_ends_the_version_before() -> None:
    former = derived.id16("version", 0)
    (row,) = batch_of(derived.envelope(1, supersedes=former)).replaced
    ended = dict(zip(REPLACED.columns, row, strict=True))
    assert (ended["event_id"], ended["version"]) == (derived.id16("event", 1), former)
    assert (ended["act"], ended["successor"]) == (b"correction", derived.id16("version", 1))


def test_a_first_version_ends_nothing() -> None:
    assert batch_of(derived.envelope(1)).replaced == []
