"""What a message of a derived topic means for the tables."""

import pytest

from consumers.ledger.entries import ledger_records
from consumers.query.disclosed import Disclosed, DisclosedVersion
from consumers.sink.table_rows import ID, PAYLOAD, Batch, Payload, payload_json
from consumers.sink.tables import (
    EVENTS,
    EVIDENCE,
    ITEMS,
    OBSERVATIONS,
    TABLES,
    VERDICTS,
    WORK,
    WORK_CONTENT,
)
from schemas.avro.codec import Record
from schemas.errors import BrokenFormatError
from schemas.model import Reader
from schemas.topics import DISCLOSURES as DISCLOSURES_TOPIC
from schemas.topics import accepted as accepted_topic
from tests.support import derived
from tests.support.derived import as_read

TOPIC = accepted_topic(1, "CO")


def disclosed() -> dict[str, object]:
    """An entry as a writer writes it: one indicator's evidence was shown."""
    shown = Disclosed(Reader("ana", "CO"), None)
    shown.events[
        DisclosedVersion("00000000-0000-8000-8000-000000000001", "", derived.T0, "PE", "PNP")
    ] = None
    (entry,) = ledger_records(shown, "api", derived.T0)
    return {
        "writer": bytes(16),
        "sequence": 0,
        "previous": bytes(32),
        "follows": None,
        "condition": None,
        **entry,
    }


ACCEPTED = as_read(
    "disclosure",
    {
        **disclosed(),
        "act": "accepted",
        "condition": {"country": "PE", "text": "llamar antes", "event": None},
    },
)
DECIDED = as_read(
    "disclosure",
    {
        **disclosed(),
        "act": "decided",
        "verdict": {
            **{"first": bytes(16), "first_person": 0, "second": b"b" * 16, "second_person": 2},
            **{"word": "rejected", "reason": "RELATIVE"},
        },
    },
)
OBJECT = b"w" * 16
WORKED = as_read(
    "disclosure",
    {
        **disclosed(),
        "act": "worked",
        "work": {
            **{"object": OBJECT, "kind": "case", "act": "opened", "item": "", "code": ""},
            "about": [{"kind": "record", "id": "x"}],
            "member": None,
            "audience": {"scope": "group", "group": "grupo"},
            "sealed": b"sealed",
        },
    },
)


def batch_of(*records: dict[str, object]) -> Batch:
    batch = Batch()
    for offset, record in enumerate(records):
        batch.add_accepted(
            derived.message(TOPIC, "accepted", record, offset), record, derived.decrypt
        )
    return batch


def test_every_item_has_a_row_and_every_accepted_one_an_event() -> None:
    items = [
        derived.accepted_item(0, derived.envelope(1)),
        derived.accepted_item(1, derived.envelope(2), "rejected", code="UNKNOWN_CODE"),
        derived.accepted_item(2, derived.envelope(3), "pending", code="UNKNOWN_SCHEMA"),
        derived.accepted_item(3, derived.envelope(1), "duplicate"),
    ]
    batch = batch_of(derived.accepted(7, items))
    verdict = ITEMS.columns.index("verdict")
    assert [row[verdict] for row in batch.items] == [
        b"accepted",
        b"rejected",
        b"pending",
        b"duplicate",
    ]
    assert [row[ID] for row in batch.events] == [derived.id16("event", 1)]


def test_an_event_row_carries_position_cord_and_envelope() -> None:
    batch = batch_of(
        derived.accepted(7, [derived.accepted_item(4, derived.envelope(1, subdivision=None))])
    )
    row = dict(zip(EVENTS.columns, batch.events[0], strict=True))
    assert (row["recorded_at"], row["topic"], row["partition"], row["offset"], row["item"]) == (
        derived.T0 + 7,
        b"quipu.bundles.co",
        0,
        7,
        4,
    )
    assert (
        row["cord"],
        row["sequence"],
        row["subdivision"],
        row["evaluation_source"],
        row["erased"],
    ) == (
        b"co-ponal/routine/1",
        7,
        None,
        b"B",
        0,
    )


def test_columns_are_sent_as_bytes_whatever_the_language() -> None:
    batch = batch_of(
        derived.accepted(
            7, [derived.accepted_item(0, derived.envelope(1, justification="señal ñandú"))]
        )
    )
    columns = dict(zip(EVENTS.columns, EVENTS.to_columns(batch.events), strict=True))
    assert list(columns["justification"]) == ["señal ñandú".encode()]
    assert list(columns["recipients"]) == [[b"ALL"]]
    assert list(columns["supersedes"]) == [None]
    assert not any(isinstance(value, str) for column in columns.values() for value in column)


def test_an_erased_event_comes_without_content_even_in_the_batch_of_its_erasure() -> None:
    target = derived.id16("event", 1)
    erasure = derived.accepted_item(1, derived.envelope(2, type="erasure"), target=target)
    batch = batch_of(derived.accepted(7, [derived.accepted_item(0, derived.envelope(1)), erasure]))
    assert batch.erased_events == {target}
    written = dict(batch.tables(batch.erased_events))[EVENTS]
    assert [(row[PAYLOAD] == b"", row[-1]) for row in written] == [(True, 1), (False, 0)]


def test_a_retraction_erases_nothing() -> None:
    item = derived.accepted_item(
        0, derived.envelope(2, type="retraction"), target=derived.id16("event", 1)
    )
    assert batch_of(derived.accepted(7, [item])).erased_events == set()


def test_an_erase_takes_the_observations_before_it_and_none_after_it() -> None:
    thing, event = derived.id16("thing"), derived.id16("event", 1)
    batch = Batch()
    batch.add_observations(
        derived.observations(
            1,
            [
                derived.observation(thing, event),
                derived.observation(thing, derived.id16("event", 2), 1),
            ],
        )
    )
    batch.add_observations(
        derived.observations(2, [derived.observation(thing, event, op="erase", label=None)])
    )
    batch.add_observations(derived.observations(3, [derived.observation(thing, event)]))
    rows = dict(batch.tables(set()))[OBSERVATIONS]
    offset = OBSERVATIONS.columns.index("offset")
    assert [row[offset] for row in rows] == [1, 3]
    assert set(batch.erased_observations) == {(thing, event)}


def test_an_erase_takes_the_evidence_of_that_indicator_and_event_only() -> None:
    data, other, thing, event = (
        derived.id16("one"),
        derived.id16("other"),
        derived.id16("thing"),
        derived.id16("event", 1),
    )
    batch = Batch()
    batch.add_evidence(
        derived.evidence(
            [
                derived.evidence_row(data, thing, event, 1),
                derived.evidence_row(other, thing, event, 1),
            ]
        )
    )
    batch.add_evidence(
        derived.evidence([derived.evidence_row(data, thing, event, 2, op="erase", label=None)])
    )
    rows = dict(batch.tables(set()))[EVIDENCE]
    assert [row[0] for row in rows] == [other]


def test_a_withdrawal_has_no_label() -> None:
    batch = Batch()
    batch.add_observations(
        derived.observations(
            1, [derived.observation(b"t" * 16, b"e" * 16, op="withdraw", label=None)]
        )
    )
    columns = dict(
        zip(OBSERVATIONS.columns, OBSERVATIONS.to_columns(batch.observations), strict=True)
    )
    assert columns["label"] == [b""]


def test_a_message_that_cannot_be_read_is_told_with_its_place() -> None:
    batch = Batch()
    batch.add_unreadable(
        derived.message("quipu.evidence.g1", "evidence", {"rows": []}, offset=9),
        "BROKEN_FORMAT",
        "not a frame",
    )
    assert batch.rejects == [
        (derived.T0 + 9, b"quipu.evidence.g1", 0, 9, b"BROKEN_FORMAT", b"not a frame", 12, None)
    ]


@pytest.mark.parametrize(
    "place", [{"offset": -1}, {"partition": 70_000}, {"appended_at": 1 << 60}, {"topic": ""}]
)
def test_a_place_that_cannot_be_is_refused_before_it_stops_the_table(
    place: dict[str, object],
) -> None:
    with pytest.raises(BrokenFormatError):
        batch_of({**derived.accepted(7, [derived.accepted_item(0, derived.envelope(1))]), **place})


def test_an_accepted_message_with_a_broken_event_adds_nothing() -> None:
    items = [
        derived.accepted_item(0, derived.envelope(1)),
        {**derived.accepted_item(1, derived.envelope(2)), "event": b"broken"},
    ]
    batch = Batch()
    with pytest.raises(BrokenFormatError):
        batch.add_accepted(
            derived.message(TOPIC, "accepted", derived.accepted(7, items)),
            derived.accepted(7, items),
            derived.decrypt,
        )
    assert len(batch) == 0


def test_payloads_keep_the_order_of_their_fields_and_show_ids_as_people_write_them() -> None:
    written = payload_json({"b": "ñ", "a": bytes(16), "c": b"\x01\x02"})
    assert written.decode() == '{"b":"ñ","a":"00000000-0000-0000-0000-000000000000","c":"0102"}'


REJECT: Record = {
    "topic": "t",
    "partition": 0,
    "offset": 1,
    "appended_at": 2,
    "code": "GAP",
    "detail": "",
    "size": 3,
    "node": None,
}


def test_rows_are_as_wide_as_their_tables() -> None:
    items = [
        derived.accepted_item(0, derived.envelope(1)),
        derived.accepted_item(1, derived.envelope(2, supersedes=derived.id16("version", 1))),
    ]
    batch, record = Batch(), derived.accepted(7, items)
    message = derived.message(TOPIC, "accepted", record)
    batch.add_accepted(message, record, lambda *_: Payload(b"{}", person_keys=(1, 2), words="oro"))
    batch.add_observations(derived.observations(1, [derived.observation(b"t" * 16, b"e" * 16)]))
    batch.add_evidence(derived.evidence([derived.evidence_row(b"i" * 16, b"t" * 16, b"e" * 16, 1)]))
    batch.add_links(derived.links_message(derived.links()))
    batch.add_reject(REJECT)
    for entry in (ACCEPTED, DECIDED, WORKED):
        message = derived.message(DISCLOSURES_TOPIC, "disclosure", entry)
        batch.add_disclosure(message, entry, b"{}" if entry is WORKED else None)
    written = dict(batch.tables(set()))
    assert set(written) == set(TABLES)
    assert [row[:6] for row in written[VERDICTS]] == [
        (bytes(16), 0, b"b" * 16, 2, b"rejected", b"RELATIVE")
    ]
    assert all(len(row) == len(table.columns) for table, rows in written.items() for row in rows)


def test_an_accepted_event_that_does_not_open_is_no_event_but_a_reject_with_its_place() -> None:
    items = [
        derived.accepted_item(0, derived.envelope(1)),
        derived.accepted_item(4, derived.envelope(2)),
    ]
    record, batch = derived.accepted(7, items), Batch()
    closed = {derived.id16("event", 2): "KEY_MISSING"}
    batch.add_accepted(
        derived.message(TOPIC, "accepted", record),
        record,
        lambda index, event: closed.get(event[ID]) or derived.decrypt(index, event),
    )
    assert [row[ID] for row in batch.events] == [derived.id16("event", 1)]
    assert len(batch.items) == 2
    where = (derived.T0 + 7, b"quipu.bundles.co", 0, 7)
    assert batch.rejects == [
        (*where, b"KEY_MISSING", b"closed co-ponal/routine/1/7#4", 0, b"co-ponal")
    ]


def test_a_rebuild_whose_intake_cannot_open_it_tells_the_same_reject() -> None:
    """The key list that kept the sink from opening keeps the next generation's intake from it."""
    by_sink = derived.accepted(7, [derived.accepted_item(4, derived.envelope(2))])
    by_intake = derived.accepted(
        7, [derived.accepted_item(4, derived.envelope(2), "rejected", code="CANNOT_OPEN")]
    )
    batch, other = Batch(), Batch()
    batch.add_accepted(
        derived.message(TOPIC, "accepted", by_sink), by_sink, lambda _index, _event: "CANNOT_OPEN"
    )
    other.add_accepted(derived.message(TOPIC, "accepted", by_intake), by_intake, derived.decrypt)
    assert batch.rejects == other.rejects != []


def test_an_erasure_that_does_not_open_erases_all_the_same() -> None:
    target = derived.id16("event", 1)
    record, batch = (
        derived.accepted(
            7, [derived.accepted_item(1, derived.envelope(2, type="erasure"), target=target)]
        ),
        Batch(),
    )
    batch.add_accepted(
        derived.message(TOPIC, "accepted", record), record, lambda _index, _event: "KEY_MISSING"
    )
    assert batch.erased_events == {target}


def test_an_acceptance_is_a_disclosure_and_a_condition() -> None:
    batch = Batch()
    batch.add_disclosure(derived.message(DISCLOSURES_TOPIC, "disclosure", ACCEPTED, 3), ACCEPTED)
    assert len(batch.disclosures) == 1
    assert batch.conditions == [
        (b"ana", b"CO", b"", b"PE", b"llamar antes", derived.T0 + 3, b"quipu.disclosures", 0, 3)
    ]


def test_work_has_a_row_for_each_act_and_its_content_until_it_is_erased() -> None:
    batch = Batch()
    batch.add_disclosure(derived.message(DISCLOSURES_TOPIC, "disclosure", WORKED), WORKED, b"{}")
    written = dict(batch.tables(set()))
    row = dict(zip(WORK.columns, written[WORK][0], strict=True))
    assert (row["object"], row["about"], row["sharing_group"]) == (OBJECT, [b"x"], b"grupo")
    assert (row["person"], row["member"], row["authority"]) == (b"ana", b"", b"")
    assert written[WORK_CONTENT][0][:2] == (OBJECT, b"{}")
    erased = {**WORKED, "work": {**WORKED["work"], "act": b"erased", "sealed": None}}
    batch.add_disclosure(derived.message(DISCLOSURES_TOPIC, "disclosure", erased, 1), erased)
    assert batch.erased_work == {OBJECT}
    left = dict(batch.tables(set(), batch.erased_work))
    assert len(left[WORK]) == 2 and WORK_CONTENT not in left


def test_what_an_act_wrote_is_stored_before_the_act() -> None:
    batch = Batch()
    batch.add_disclosure(derived.message(DISCLOSURES_TOPIC, "disclosure", WORKED), WORKED, b"{}")
    order = [table for table, _rows in batch.tables(set())]
    assert order.index(WORK_CONTENT) < order.index(WORK)
