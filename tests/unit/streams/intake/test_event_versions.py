"""Corrections, retractions, erasures, strangers, and schemas that come later."""

from __future__ import annotations

from itertools import permutations

import pytest

from schemas import topics
from schemas.avro.codec import Record, log_format
from schemas.avro.log_records import ObservationRecord
from schemas.event.event_type import event_type
from schemas.model import THING_PARTITIONS, Cord
from streams.intake import event_versions
from streams.intake.event_versions import EVENT_VERSIONS
from tests.support.pipeline import Pipeline
from tests.support.signed_bundles import (
    MECHANISM_READER,
    NOTICE,
    STEP,
    ExchangeBuilder,
    Node,
    colombia,
    control,
    ecuador,
    items_of,
    peru,
    seizure,
    weapon,
)

CORD = Cord("co-ponal", "routine", 1)
FIRST = weapon("1", "STOLEN", "AAA11111")
SECOND = weapon("1", "STOLEN", "BBB22222", supersedes=FIRST)
THIRD = weapon("1", "LOST", "CCC33333", supersedes=SECOND)
FOURTH = weapon("1", "LOST", "DDD44444", supersedes=THIRD)


@pytest.fixture
def co() -> Node:
    return colombia()


@pytest.fixture
def world(co: Node) -> ExchangeBuilder:
    return ExchangeBuilder(co, ecuador(), peru())


def observations(pipeline: Pipeline) -> list[Record]:
    """Observations in the order of the log."""
    rows = [
        {**row, "offset": record["offset"]}
        for record in pipeline.records("observations")
        for row in record["rows"]
    ]
    return sorted(rows, key=lambda row: (row["offset"], row["index"], row["op"]))


def ops(pipeline: Pipeline) -> list[tuple[int, str]]:
    return [(row["offset"], row["op"]) for row in observations(pipeline)]


def live(pipeline: Pipeline) -> set[bytes]:
    """Keys of the things on which an event is observed at the end."""
    texts: dict[bytes, str] = {}
    for row in observations(pipeline):
        texts[row["key"]] = row["op"]
    return {key for key, op in texts.items() if op == "add"}


def test_the_same_again_is_a_duplicate_and_says_nothing(world: ExchangeBuilder, co: Node) -> None:
    world.publish(co, FIRST)
    world.publish(co, FIRST, FIRST)
    line = world.run()
    assert items_of(line) == [("accepted", ""), ("duplicate", ""), ("duplicate", "")]
    assert ops(line) == [(0, "add")]


def test_the_same_reference_with_other_content_is_a_conflict(
    world: ExchangeBuilder, co: Node
) -> None:
    world.publish(co, FIRST, weapon("1", "SEIZED", "AAA11111"))
    assert items_of(world.run()) == [("accepted", ""), ("rejected", "CONFLICT")]


def test_what_was_corrected_already_cannot_be_corrected_otherwise(
    world: ExchangeBuilder, co: Node
) -> None:
    world.publish(co, FIRST, SECOND, weapon("1", "SEIZED", supersedes=FIRST))
    assert items_of(world.run()) == [("accepted", ""), ("accepted", ""), ("rejected", "CONFLICT")]


def test_a_version_that_supersedes_itself_or_its_offspring_is_a_conflict(
    world: ExchangeBuilder, co: Node
) -> None:
    world.publish(
        co,
        weapon("1", "STOLEN", "AAA11111", supersedes=FIRST),
        SECOND,
        weapon("1", "STOLEN", "AAA11111", supersedes=SECOND),
    )
    assert items_of(world.run()) == [
        ("rejected", "CONFLICT"),
        ("accepted", ""),
        ("rejected", "CONFLICT"),
    ]


def test_a_correction_withdraws_what_the_former_version_said(
    world: ExchangeBuilder, co: Node
) -> None:
    world.publish(co, FIRST)
    world.publish(co, SECOND)
    line = world.run()
    assert ops(line) == [(0, "add"), (1, "add"), (1, "withdraw")]
    assert len(live(line)) == 1


def test_a_correction_that_keeps_the_thing_says_it_anew_and_withdraws_nothing(
    world: ExchangeBuilder, co: Node
) -> None:
    world.publish(co, FIRST)
    world.publish(co, weapon("1", "LOST", "AAA11111", supersedes=FIRST))
    assert ops(world.run()) == [(0, "add"), (1, "add")]


def test_whatever_the_order_of_a_chain_its_last_version_is_what_is_said(co: Node) -> None:
    heads = set()
    for order in permutations([FIRST, SECOND, THIRD, FOURTH]):
        world = ExchangeBuilder(co)
        co.ends.clear()
        for item in order:
            world.publish(co, item)
        line = world.run()
        assert items_of(line) == [("accepted", "")] * 4
        heads.add(frozenset(live(line)))
    assert len(heads) == 1
    assert len(next(iter(heads))) == 1


def test_a_correction_beats_the_root_where_the_chain_has_a_hole(
    world: ExchangeBuilder, co: Node
) -> None:
    world.publish(co, FIRST)
    world.publish(co, THIRD)
    alone = ExchangeBuilder(co)
    co.ends.clear()
    alone.publish(co, THIRD)
    assert {row["key"] for row in observations(alone.run())} != set()
    assert len(live(world.run())) == 1
    assert ops(world.run())[-2:] == [(1, "add"), (1, "withdraw")]


def test_a_retraction_withdraws_at_its_own_position(world: ExchangeBuilder, co: Node) -> None:
    world.publish(co, FIRST)
    world.publish(co, control("retraction", "r", co.id_of(FIRST)))
    line = world.run()
    assert ops(line) == [(0, "add"), (1, "withdraw")]
    (_, row) = observations(line)
    assert (row["event_id"], row["label"], row["country"], row["type"]) == (
        co.id_of(FIRST),
        None,
        "CO",
        "weapon_record",
    )
    accepted = sorted(line.records("accepted"), key=lambda record: record["offset"])
    assert [record["items"][0]["target"] for record in accepted] == [None, co.id_of(FIRST)]


@pytest.mark.parametrize("type_", ["retraction", "erasure"])
def test_a_control_event_before_its_target_holds(
    world: ExchangeBuilder, co: Node, type_: str
) -> None:
    world.publish(co, control(type_, "r", co.id_of(FIRST)))
    world.publish(co, FIRST, SECOND)
    line = world.run()
    assert items_of(line) == [("accepted", "")] * 3
    assert observations(line) == []


def test_what_was_retracted_stays_so_whatever_comes_later(world: ExchangeBuilder, co: Node) -> None:
    world.publish(co, FIRST)
    world.publish(co, control("retraction", "r", co.id_of(FIRST)))
    world.publish(co, SECOND)
    assert ops(world.run()) == [(0, "add"), (1, "withdraw")]


def test_an_erasure_reaches_everything_that_was_ever_said(world: ExchangeBuilder, co: Node) -> None:
    world.publish(co, FIRST)
    world.publish(co, SECOND)
    world.publish(co, control("erasure", "e", co.id_of(FIRST)))
    line = world.run()
    assert ops(line)[-2:] == [(2, "erase"), (2, "erase")]
    assert len({row["key"] for row in observations(line) if row["op"] == "erase"}) == 2
    state = b"".join(value for memory in line.state.values() for value in memory.rows.values())
    assert not any(row["key"] in state for row in observations(line))


@pytest.mark.parametrize("type_", ["retraction", "erasure"])
def test_a_strangers_attempt_is_rejected(world: ExchangeBuilder, co: Node, type_: str) -> None:
    world.publish(co, FIRST)
    world.publish(world.nodes["ec-policia"], control(type_, "x", co.id_of(FIRST)))
    line = world.run()
    assert ops(line) == [(0, "add")]
    assert ("rejected", "NOT_OWNER") in items_of(line)


def test_a_strangers_correction_is_rejected(world: ExchangeBuilder, co: Node) -> None:
    ec = world.nodes["ec-policia"]
    world.publish(co, FIRST)
    forged = weapon(
        "1", "SEIZED", envelope={"id": co.id_of(FIRST), "supersedes": co.version_of(FIRST)}
    )
    world.publish(ec, forged)
    assert items_of(world.run()) == [("accepted", ""), ("rejected", "NOT_OWNER")]


def test_a_successor_may_retract_what_its_predecessor_said(
    world: ExchangeBuilder, co: Node
) -> None:
    world.publish(co, FIRST)
    heir = Node("co-dijin", "CO", "DIJIN")
    world.admit(heir, succeeds=["co-ponal"], effective_from=world.now + 500)
    world.now += STEP
    world.publish(heir, control("retraction", "r", co.id_of(FIRST)))
    line = world.run()
    assert items_of(line) == [("accepted", ""), ("accepted", "")]
    assert ops(line) == [(0, "add"), (1, "withdraw")]


def test_a_repeated_retraction_is_a_duplicate(world: ExchangeBuilder, co: Node) -> None:
    retraction = control("retraction", "r", co.id_of(FIRST))
    world.publish(co, FIRST, retraction, retraction)
    assert items_of(world.run()) == [("accepted", ""), ("accepted", ""), ("duplicate", "")]


def test_an_erasure_cannot_itself_be_erased_and_a_retraction_not_retracted(
    world: ExchangeBuilder, co: Node
) -> None:
    erasure = control("erasure", "e", co.id_of(FIRST))
    world.publish(co, FIRST, erasure, control("erasure", "e2", co.id_of(erasure)))
    assert items_of(world.run())[-1] == ("rejected", "CONFLICT")
    retraction = control("retraction", "r", co.id_of(SECOND))
    world.publish(co, control("retraction", "r2", co.id_of(retraction)), retraction)
    assert items_of(world.run())[-2:] == [("accepted", ""), ("accepted", "")]


def test_an_erased_entry_keeps_its_verdict_and_says_nothing(
    world: ExchangeBuilder, co: Node
) -> None:
    world.publish(co, FIRST, weapon("2", "STOLEN", "ZZZ99999"), weapon("3", "STOLEN"))
    world.forget_keys(co, CORD, 0, 0)
    world.forget_keys(co, CORD, 0, 1, verdict="rejected")
    line = world.run()
    assert [verdict for verdict, _ in items_of(line)] == ["accepted", "rejected", "accepted"]
    assert [row["index"] for row in observations(line)] == [2]


def late_schema(co: Node) -> tuple[ExchangeBuilder, int]:
    """A world whose config brings the schema of weapons five seconds after the first item that
    needs it.
    """
    world = ExchangeBuilder(co, ecuador(), schemas=["seizure", "retraction", "erasure"])
    since = world.now + 5 * STEP + NOTICE
    world.configure(
        "EventSchema",
        {"type": "weapon_record", "text": event_type("weapon_record").format.text},
        since,
    )
    return world, since


def test_an_unknown_schema_is_pending_and_taken_once_config_brings_it(co: Node) -> None:
    world, since = late_schema(co)
    world.publish(co, FIRST, FIRST)
    line = world.run()
    assert items_of(line) == [("pending", "UNKNOWN_SCHEMA")] * 2
    line.due("quipu.bundles.co", 0, since - 1)
    assert len(line.records("receipt")) == 1
    line.due("quipu.bundles.co", 0, since + 99)
    line.due("quipu.bundles.co", 0, since + 999)
    receipts = line.records("receipt")
    assert [[item["verdict"] for item in receipt["items"]] for receipt in receipts] == [
        ["pending"] * 2,
        ["accepted", "duplicate"],
    ]
    assert [(receipt["sequence"], receipt["offset"]) for receipt in receipts] == [(0, 0), (0, 0)]
    (observed,) = line.records("observations")
    assert (observed["appended_at"], observed["offset"]) == (since, 0)
    assert [
        name for memory in line.state.values() for name in memory.rows if name[:1] in b"hH"
    ] == []


def test_held_items_are_taken_between_the_same_bundles_whenever_one_looks(co: Node) -> None:
    world, since = late_schema(co)
    world.publish(co, FIRST)
    world.now = since
    world.publish(co, SECOND)
    quiet, busy = world.pipeline(), world.run()
    quiet.take(world.log[:1], world.key_lists)
    quiet.due("quipu.bundles.co", 0, since + 1)
    quiet.take(world.log[1:], world.key_lists)
    quiet.correlate_all()
    assert quiet.written == busy.written
    assert ops(quiet) == [(0, "add"), (1, "add"), (1, "withdraw")]


@pytest.mark.parametrize("erase_first", [True, False])
def test_an_item_erased_while_it_is_held_never_opens(co: Node, erase_first: bool) -> None:
    world, since = late_schema(co)
    erasure = control("erasure", "e", co.id_of(FIRST))
    world.publish(co, *([erasure, FIRST] if erase_first else [FIRST, erasure]))
    line = world.run()
    line.due("quipu.bundles.co", 0, since)
    assert observations(line) == []
    assert items_of(line)[-1] == ("accepted", "")


def test_a_schema_that_config_brings_broken_stays_pending_and_stops_nothing(co: Node) -> None:
    world = ExchangeBuilder(co, schemas=[])
    text = event_type("weapon_record").format.text.replace('"weapon_status"', '"no such list"')
    world.configure("EventSchema", {"type": "weapon_record", "text": text}, world.now + 10)
    broken = log_format("event")
    item = FIRST
    from schemas.avro.codec import fingerprint

    key = b"k" * 32
    event = broken.read(co.event(item, key))
    world.publish(co, broken.write({**event, "schema": fingerprint(text)}), keys=[key])
    assert items_of(world.run()) == [("pending", "UNKNOWN_SCHEMA")]


def test_a_seizure_of_many_weapons_says_each_once(world: ExchangeBuilder, co: Node) -> None:
    world.publish(co, seizure("s", ["AAA11111", "BBB22222", "aaa-11111"]))
    line = world.run()
    assert len(observations(line)) == 2
    assert {
        topics.thing_partition(row["key"], THING_PARTITIONS) for row in observations(line)
    } <= set(range(4))
    assert line.indicators(MECHANISM_READER) == []


def test_a_flood_of_possible_marks_is_written_in_messages_that_kafka_takes(
    world: ExchangeBuilder, co: Node
) -> None:
    marks = [f"AB{number:02}??77" for number in range(60)]
    world.publish(
        co,
        *(
            weapon(str(number), "STOLEN", mark, serial_state="PARTIAL")
            for number, mark in enumerate(marks)
        ),
    )
    line = world.run()
    assert len(observations(line)) > 5_000
    assert (
        max(len(message.value) for partition in line.written.values() for message in partition)
        < 1_100_000
    )


OBSERVATION = ObservationRecord(
    op="add",
    index=0,
    kind="weapon",
    key=b"",
    event_id=bytes(16),
    certainty="certain",
    type="seizure",
    country="CO",
    label=None,
    label_index=None,
    occurred=None,
    subdivision=None,
    traits={},
    sealed=None,
)


@pytest.mark.parametrize("supersedes", [None, b"before"])
@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_short_way_of_a_first_version_ends_where_the_long_one_does(
    supersedes: bytes | None, count: int
) -> None:
    rows: list[ObservationRecord] = [
        {**OBSERVATION, "index": number, "key": bytes([number])} for number in range(count)
    ]
    versions = event_versions.unpack_versions(None)
    assert versions.conflict(b"first", supersedes) == ""
    versions.type = "seizure"
    assert versions.add(b"first", supersedes, rows) == rows
    assert event_versions.first_version("seizure", b"first", supersedes, rows) == versions
    assert event_versions.unpack_versions(EVENT_VERSIONS.pack(versions)) == versions
