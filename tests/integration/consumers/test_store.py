"""The store on the real engine: copies collapse, erased content leaves, late copies do not bring it
back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from clickhouse_driver.errors import ServerException

from consumers.sink.table_rows import Batch, Payload
from consumers.sink.writer import TableWriter
from consumers.store.sql import MIGRATIONS, sql
from infra.clickhouse.client import Client, connect
from infra.clickhouse.migrations import migrate
from infra.clickhouse.users import StoreUser
from infra.orchestration.stack import RunningStack
from schemas.ids import to_uuid_text
from schemas.model import Offset
from schemas.topics import accepted as accepted_topic
from tests.support import derived
from tests.support.engines import unique

TOPIC = accepted_topic(1, "CO")


@pytest.fixture
def database(stack: RunningStack) -> str:
    name = unique("quipu_store")
    client = connect(stack.settings, StoreUser.MIGRATOR)
    migrate(client, MIGRATIONS, name)
    client.disconnect()
    return name


@pytest.fixture
def reader(stack: RunningStack, database: str) -> Iterator[Client]:
    client = connect(stack.settings, StoreUser.MIGRATOR, database)
    yield client
    client.disconnect()


def store_of(stack: RunningStack, database: str) -> TableWriter:
    return TableWriter(connect(stack.settings, StoreUser.WRITER, database))


def weapon(number: int, offset: int) -> Batch:
    batch, record = (
        Batch(),
        derived.accepted(offset, [derived.accepted_item(0, derived.envelope(number))]),
    )
    batch.add_accepted(derived.message(TOPIC, "accepted", record, offset), record, derived.decrypt)
    return batch


def erasure(target: bytes, offset: int) -> Batch:
    item = derived.accepted_item(0, derived.envelope(900 + offset, type="erasure"), target=target)
    batch, record = Batch(), derived.accepted(offset, [item])
    batch.add_accepted(derived.message(TOPIC, "accepted", record, offset), record, derived.decrypt)
    return batch


def test_a_batch_written_twice_is_there_once(
    stack: RunningStack, database: str, reader: Client
) -> None:
    store = store_of(stack, database)
    store.write(weapon(1, 1))
    store.write(weapon(1, 1))
    row = (1, derived.id16("version", 1).hex(), to_uuid_text(derived.id16("event", 1)))
    assert reader.execute("SELECT count(), any(reference), any(id_text) FROM events FINAL") == [row]
    assert reader.execute("SELECT count() FROM items FINAL") == [(1,)]
    store.close()


def test_an_erasure_takes_the_content_and_leaves_the_row(
    stack: RunningStack, database: str, reader: Client
) -> None:
    store = store_of(stack, database)
    store.write(weapon(1, 1))
    store.write(weapon(2, 2))
    store.write(erasure(derived.id16("event", 1), 3))
    matches = reader.execute(
        "SELECT payload = '', erased, reference = '' FROM events FINAL WHERE type = "
        "'weapon_record' ORDER BY offset"
    )
    assert matches == [(1, 1, 1), (0, 0, 0)]
    assert reader.execute("SELECT count() FROM events WHERE erased = 0 AND offset = 1") == [(0,)]
    store.close()


@pytest.mark.parametrize("restarted", [False, True])
def test_a_late_copy_of_an_erased_event_brings_nothing_back(
    stack: RunningStack, database: str, reader: Client, restarted: bool
) -> None:
    store = store_of(stack, database)
    store.write(weapon(1, 1))
    store.write(erasure(derived.id16("event", 1), 3))
    if restarted:
        store.close()
        store = store_of(stack, database)
    store.write(weapon(1, 1))
    assert (
        reader.execute(
            "SELECT count(), max(payload) FROM events WHERE id = unhex({id:String})",
            {"id": derived.id16("event", 1).hex()},
        )[0][1]
        == ""
    )
    store.close()


def test_an_erasure_before_its_target_works(
    stack: RunningStack, database: str, reader: Client
) -> None:
    store = store_of(stack, database)
    store.write(erasure(derived.id16("event", 1), 3))
    store.write(weapon(1, 4))
    assert reader.execute(
        "SELECT payload, erased FROM events FINAL WHERE type = 'weapon_record'"
    ) == [("", 1)]
    store.close()


def test_facts_bear_the_label_of_their_event_and_leave_with_its_content(
    stack: RunningStack, database: str, reader: Client
) -> None:
    store = store_of(stack, database)
    assert store.lacks_the_past()
    markings: tuple[dict[str, Any], ...] = (
        {"recipients": ["PE", "@frontera"], "handling": ["H1", "H3"], "condition": "llamar"},
        {"exercise": "cóndor", "tlp": "AMBER"},
        {},
        {"condition": "", "recipients": ['it\'s \\ "BO"', "tab\t{x}"], "handling": ["a", "b"]},
        {"condition": "NULL", "exercise": "línea\n'fin'", "purpose": "", "recipients": []},
    )
    for number, label in enumerate(markings):
        item = derived.accepted_item(0, derived.envelope(number, **label))
        batch, record = Batch(), derived.accepted(number, [item])
        message = derived.message(TOPIC, "accepted", record, number)
        batch.add_accepted(
            message, record, lambda *_: Payload(b"{}", person_keys=(5, 2**64 - 1), words="oro")
        )
        store.write(batch)
        store.write(batch)
    labels = "SELECT label_id FROM {} FINAL ORDER BY recorded_at"
    ids = reader.execute(labels.format("events"))
    assert len(set(ids)) == len(markings)
    assert reader.execute(labels.format("facts")) == ids
    for table in ("person_keys", "record_words"):
        keys = reader.execute(f"SELECT DISTINCT label_id FROM {table} ORDER BY recorded_at")
        assert keys == ids, table
    assert not store.lacks_the_past()
    store.write(erasure(derived.id16("event", 1), 5))
    store.write(erasure(derived.id16("event", 7), 6))
    store.write(weapon(7, 7))
    assert reader.execute(
        "SELECT groupArray(offset) FROM (SELECT DISTINCT offset FROM facts ORDER BY offset)"
    ) == [([0, 2, 3, 4],)]
    assert reader.execute("SELECT count(), uniqExact(act) FROM replaced FINAL") == [(2, 1)]
    store.close()


def test_tables_that_a_former_release_filled_lack_the_past(
    stack: RunningStack, database: str, reader: Client
) -> None:
    store = store_of(stack, database)
    store.write(weapon(1, 1))
    for table in ("facts", "record_words"):
        reader.execute(f"TRUNCATE TABLE {table}")
        assert store.lacks_the_past(), table
        store.write(weapon(1, 1))
        assert not store.lacks_the_past()
    store.close()


def test_a_pending_item_accepted_later_replaces_its_row(
    stack: RunningStack, database: str, reader: Client
) -> None:
    store = store_of(stack, database)
    for at, verdict in ((20, "accepted"), (10, "pending")):
        batch, record = (
            Batch(),
            derived.accepted(1, [derived.accepted_item(0, derived.envelope(1), verdict)]),
        )
        batch.add_accepted(derived.message(TOPIC, "accepted", record, at), record, derived.decrypt)
        store.write(batch)
    assert reader.execute("SELECT verdict FROM items FINAL") == [("accepted",)]
    assert reader.execute("SELECT count() FROM events FINAL") == [(1,)]
    store.close()


def test_an_erase_deletes_stored_observations_and_evidence_of_that_event_only(
    stack: RunningStack, database: str, reader: Client
) -> None:
    store = store_of(stack, database)
    thing, indicator = derived.id16("thing"), derived.id16("indicator")
    events = [derived.id16("event", number) for number in (1, 2)]
    batch = Batch()
    batch.add_observations(
        derived.observations(
            1, [derived.observation(thing, event, at) for at, event in enumerate(events)]
        )
    )
    batch.add_evidence(
        derived.evidence(
            [derived.evidence_row(indicator, thing, event, at) for at, event in enumerate(events)]
        )
    )
    store.write(batch)
    gone = Batch()
    gone.add_observations(
        derived.observations(5, [derived.observation(thing, events[0], op="erase", label=None)])
    )
    gone.add_evidence(
        derived.evidence(
            [derived.evidence_row(indicator, thing, events[0], 5, op="erase", label=None)]
        )
    )
    store.write(gone)
    for table in ("observations", "evidence"):
        assert reader.execute(f"SELECT lower(hex(event_id)) FROM {table}") == [(events[1].hex(),)]
    store.close()


def test_every_table_takes_every_kind_of_row(
    stack: RunningStack, database: str, reader: Client
) -> None:
    store = store_of(stack, database)
    batch = Batch()
    batch.add_observations(
        derived.observations(
            1,
            [derived.observation(b"t" * 16, b"e" * 16, occurred=None, subdivision=None, traits={})],
        )
    )
    batch.add_evidence(
        derived.evidence(
            [
                derived.evidence_row(
                    b"i" * 16, b"t" * 16, b"e" * 16, 1, weights={"serial": 0.5, "make": 2.0}
                )
            ]
        )
    )
    batch.add_reject(
        derived.as_read(
            "reject",
            {
                "topic": "t",
                "partition": 0,
                "offset": 1,
                "appended_at": derived.T0,
                "code": "GAP",
                "detail": "ñ",
                "size": 3,
                "node": None,
            },
        )
    )
    store.write(batch)
    assert reader.execute(
        "SELECT occurred, subdivision, traits, toUnixTimestamp64Milli(recorded_at) FROM "
        "observations"
    ) == [(None, None, {}, derived.T0 + 1)]
    assert reader.execute("SELECT weights FROM evidence") == [({"make": 2.0, "serial": 0.5},)]
    assert reader.execute("SELECT detail, node FROM rejects") == [("ñ", None)]
    store.close()


def test_a_row_that_does_not_fit_is_told_and_the_connection_goes_on(
    stack: RunningStack, database: str
) -> None:
    store = store_of(stack, database)
    with pytest.raises(ServerException):
        store._client.execute("INSERT INTO nowhere (a) VALUES", [[1]], columnar=True)
    store.write(weapon(1, 1))
    store.close()


def test_links_are_found_from_both_ends_end_with_their_block_and_leave_with_their_event(
    stack: RunningStack, database: str, reader: Client
) -> None:
    first, second = (to_uuid_text(derived.id16(name)) for name in ("first", "second"))
    store, gone = store_of(stack, database), {"first": 0, "second": 2}
    position = derived.link_row()["position"]

    def take(offset: int, value: bytes) -> None:
        batch = Batch()
        batch.add_links(replace(derived.links_message(value), offset=Offset(offset)))
        store.write(batch)

    def links_of(event: str, as_of: int = derived.T0 + 100) -> list[tuple[Any, ...]]:
        parameters = {"ids": [event], "as_of": as_of, "labels": [], "all_labels": 1, "most": 10}
        rows = reader.execute(sql("links"), parameters)
        return [(*row[:4], row[5], row[6]) for row in rows]

    take(9, derived.links())
    take(9, derived.links())
    features = {"birth:same": 12.5, "sex:differ": -4.0}
    assert links_of(first) == [(first, 0, second, 2, 0.97, features)]
    assert links_of(second) == [(second, 2, first, 0, 0.97, features)]
    assert links_of(first, position["appended_at"] - 1) == []
    take(10, derived.links([], [{**gone, "position": position}]))
    assert links_of(first) == links_of(second) == []
    take(11, derived.links())
    assert len(links_of(first)) == 1
    store.write(erasure(derived.id16("second"), 12))
    assert reader.execute("SELECT count() FROM links FINAL") == [(0,)]
    take(13, derived.links())
    assert reader.execute("SELECT count() FROM links FINAL") == [(0,)]
