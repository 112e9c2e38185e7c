"""Intake: every bundle and item gets its stable code, and what is refused is never counted."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from schemas import topics
from schemas.avro.codec import log_format
from schemas.avro.log_records import ObservationRecord
from schemas.bounds import MAX_BUNDLE_BYTES, MAX_EVENT_BYTES
from schemas.crypto.sealing import EventBinding, new_key, seal_event
from schemas.event.event_type import event_type
from schemas.model import DAY_MS, THING_PARTITIONS, Cord
from streams.intake.parsed_bundle import parse_bundles
from tests.support.pipeline import Pipeline
from tests.support.signed_bundles import (
    START,
    ExchangeBuilder,
    Item,
    Node,
    colombia,
    ecuador,
    example,
    items_of,
    peru,
    weapon,
)

CORD = Cord("co-ponal", "routine", 1)


@pytest.fixture
def co() -> Node:
    return colombia()


@pytest.fixture
def world(co: Node) -> ExchangeBuilder:
    return ExchangeBuilder(co, ecuador(), peru())


def refusals(world: ExchangeBuilder) -> list[tuple[str, str | None]]:
    return [(record["code"], record["node"]) for record in world.run().records("reject")]


def receipts(world: ExchangeBuilder) -> list[tuple[int, str, list[int], list[str]]]:
    records = world.run().records("receipt")
    return [
        (
            record["sequence"],
            record["code"],
            record["missing"],
            [item["verdict"] for item in record["items"]],
        )
        for record in records
    ]


def test_a_good_bundle_is_accepted_told_and_observed(world: ExchangeBuilder, co: Node) -> None:
    message = world.publish(co, weapon("1", "STOLEN"), weapon("2", "SEIZED", "ZZ98765"))
    line = world.run()
    (accepted,) = line.records("accepted")
    assert items_of(line) == [("accepted", ""), ("accepted", "")]
    assert (accepted["appended_at"], accepted["offset"], accepted["cord"]["node"]) == (
        message.appended_at,
        0,
        "co-ponal",
    )
    rows = [row for record in line.records("observations") for row in record["rows"]]
    assert sorted(
        (row["op"], row["index"], row["country"], row["traits"]["status"]) for row in rows
    ) == [
        ("add", 0, "CO", "STOLEN"),
        ("add", 1, "CO", "SEIZED"),
    ]
    assert all(
        topics.thing_partition(row["key"], THING_PARTITIONS) == partition
        for partition in range(4)
        for row in observed(line, partition)
    )
    assert sum(len(observed(line, partition)) for partition in range(4)) == 2
    (receipt,) = line.written[topics.receipts(1, "CO", "co-ponal"), 0]
    assert receipt.key == b"co-ponal/routine/1"


def observed(pipeline: Pipeline, partition: int) -> list[ObservationRecord]:
    return [
        row
        for message in pipeline.observations(partition)
        for row in log_format("observations").read(message.value)["rows"]
    ]


def test_a_bundle_that_can_be_decoded_names_its_key_list_and_noise_names_none(
    world: ExchangeBuilder, co: Node
) -> None:
    world.publish(co, weapon("1", "STOLEN"))
    world.append_raw("quipu.bundles.co", 0, b"noise")
    bundles = parse_bundles(world.log)
    assert [(parsed.key_list_id, parsed.events) for parsed in bundles] == [
        ((CORD, 0), 1),
        (None, 0),
    ]


def test_noise_is_rejected_and_the_stream_goes_on(world: ExchangeBuilder, co: Node) -> None:
    world.append_raw("quipu.bundles.co", 0, b"noise")
    world.append(co, b"a signed body that is no bundle")
    world.publish(co, weapon("1", "STOLEN"))
    assert refusals(world) == [("BROKEN_FORMAT", None), ("BROKEN_FORMAT", "co-ponal")]
    assert items_of(world.run()) == [("accepted", "")]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"key_id": "nobody-1"}, "UNKNOWN_KEY"),
        ({"signing": Ed25519PrivateKey.generate()}, "BAD_SIGNATURE"),
        ({"topic": "quipu.bundles.ec"}, "WRONG_TOPIC"),
        ({"partition": 1}, "WRONG_TOPIC"),
    ],
)
def test_a_bundle_that_its_node_did_not_sign_for_this_place_is_refused(
    world: ExchangeBuilder, co: Node, changes: dict[str, Any], code: str
) -> None:
    world.publish(co, weapon("1", "STOLEN"), **changes)
    line = world.run()
    assert [record["code"] for record in line.records("reject")] == [code]
    assert line.records("accepted") == line.records("receipt") == []


def test_a_revoked_key_is_refused_from_its_revocation_on(world: ExchangeBuilder, co: Node) -> None:
    world.publish(co, weapon("1", "STOLEN"))
    public = co.signing.public_key().public_bytes_raw()
    revoked = {"node": co.name, "key_id": co.key_id, "public_key": public, "revoked": True}
    world.configure("NodeKey", revoked, world.now + 500)
    world.publish(co, weapon("2", "STOLEN"))
    assert refusals(world) == [("KEY_REVOKED", co.name)]
    assert items_of(world.run()) == [("accepted", "")]
    assert [receipt[1] for receipt in receipts(world)] == ["", "KEY_REVOKED"]


def test_another_nodes_cord_is_refused_and_its_owner_is_told_nothing(
    world: ExchangeBuilder, co: Node
) -> None:
    world.publish(co, weapon("1", "STOLEN"), cord_node="co-dijin")
    assert refusals(world) == [("NOT_OWNER", "co-ponal")]
    assert receipts(world) == []


def test_an_epoch_needs_approval(world: ExchangeBuilder, co: Node) -> None:
    world.publish(co, weapon("1", "STOLEN"), epoch=2)
    world.configure("Epoch", {"node": co.name, "lane": "routine", "epoch": 2}, world.now + 500)
    world.publish(co, weapon("1", "STOLEN"), epoch=2, sequence=0, previous=bytes(32))
    assert refusals(world) == [("EPOCH_NOT_APPROVED", "co-ponal")]
    assert receipts(world) == [(0, "EPOCH_NOT_APPROVED", [], []), (0, "", [], ["accepted"])]


def test_a_bundle_over_the_size_is_refused_whole(world: ExchangeBuilder, co: Node) -> None:
    world.publish(co, b"x" * MAX_BUNDLE_BYTES)
    assert refusals(world) == [("BUNDLE_TOO_LARGE", "co-ponal")]


def test_a_repeat_is_told_and_counts_nothing_twice(world: ExchangeBuilder, co: Node) -> None:
    first = world.publish(co, weapon("1", "STOLEN"))
    world.append_raw(first.topic, 0, first.value)
    assert receipts(world) == [(0, "", [], ["accepted"]), (0, "REPEAT", [], [])]
    assert len(world.run().records("accepted")) == 1
    assert refusals(world) == []


def test_a_fork_is_refused_and_alarmed(world: ExchangeBuilder, co: Node) -> None:
    world.publish(co, weapon("1", "STOLEN"))
    world.publish(co, weapon("2", "STOLEN"), sequence=0, previous=bytes(32), with_keys=False)
    assert refusals(world) == [("FORK", "co-ponal")]
    assert receipts(world) == [(0, "", [], ["accepted"]), (0, "FORK", [], [])]


@pytest.mark.parametrize("sequence", [0, 1])
def test_a_wrong_hash_is_refused_and_alarmed(
    world: ExchangeBuilder, co: Node, sequence: int
) -> None:
    if sequence:
        world.publish(co, weapon("1", "STOLEN"))
    world.publish(co, weapon("2", "STOLEN"), previous=b"\1" * 32)
    assert refusals(world) == [("BROKEN_CHAIN", "co-ponal")]


def test_a_gap_is_named_until_it_is_heard_while_later_bundles_go_on(
    world: ExchangeBuilder, co: Node
) -> None:
    world.publish(co, weapon("1", "STOLEN"))
    late = world.publish(co, weapon("2", "STOLEN"))
    world.log.remove(late)
    world.publish(co, weapon("3", "STOLEN"))
    world.append_raw(late.topic, 0, late.value)
    world.publish(co, weapon("4", "STOLEN"))
    assert receipts(world) == [
        (0, "", [], ["accepted"]),
        (2, "GAP", [1], ["accepted"]),
        (1, "", [], ["accepted"]),
        (3, "", [], ["accepted"]),
    ]
    assert refusals(world) == []


@pytest.mark.parametrize("side", ["before", "after"])
def test_a_late_bundle_must_fit_the_hashes_on_both_sides(
    world: ExchangeBuilder, co: Node, side: str
) -> None:
    world.publish(co, weapon("1", "STOLEN"))
    end = co.ends[CORD][1]
    late = world.publish(co, weapon("2", "STOLEN"))
    world.log.remove(late)
    world.publish(co, weapon("3", "STOLEN"))
    world.publish(
        co, weapon("other", "STOLEN"), sequence=1, previous=b"\1" * 32 if side == "before" else end
    )
    assert refusals(world) == [("BROKEN_CHAIN", "co-ponal")]
    assert receipts(world)[-1] == (1, "BROKEN_CHAIN", [1], [])


def test_a_jump_of_millions_is_kept_as_a_range_and_named_in_part(
    world: ExchangeBuilder, co: Node
) -> None:
    world.publish(co, weapon("1", "STOLEN"), sequence=5_000_000, previous=b"\1" * 32)
    ((_, code, missing, verdicts),) = receipts(world)
    assert (code, missing, verdicts) == ("GAP", list(range(1000)), ["accepted"])


def code_of(
    world: ExchangeBuilder, co: Node, item: object, **changes: object
) -> tuple[str, str, str]:
    world.publish(co, item, **changes)  # type: ignore[arg-type]
    (record,) = world.run().records("receipt")
    (answer,) = record["items"]
    return answer["verdict"], answer["code"], answer["field"]


def test_a_broken_event_spoils_no_other(world: ExchangeBuilder, co: Node) -> None:
    world.publish(co, weapon("1", "STOLEN"), b"noise", weapon("2", "STOLEN"))
    assert items_of(world.run()) == [
        ("accepted", ""),
        ("rejected", "BROKEN_FORMAT"),
        ("accepted", ""),
    ]


def test_an_event_over_the_size_is_rejected(world: ExchangeBuilder, co: Node) -> None:
    large = co.event(weapon("1", "STOLEN"), new_key(), sealed=b"x" * MAX_EVENT_BYTES)
    assert code_of(world, co, large) == ("rejected", "EVENT_TOO_LARGE", "")


@pytest.mark.parametrize(
    ("envelope", "code", "field"),
    [
        ({"tlp": "PURPLE"}, "UNKNOWN_CODE", "tlp"),
        ({"reported_at": START + 2 * DAY_MS}, "FROM_FUTURE", "reported_at"),
        ({"urgency": "urgent", "justification": None}, "MISSING_FIELD", "justification"),
        ({"country": "EC"}, "WRONG_ORIGIN", "country"),
        ({"authority": "DIJIN"}, "WRONG_ORIGIN", "authority"),
        ({"node": "co-dijin"}, "WRONG_ORIGIN", "node"),
        ({"id": b"\0" * 6 + b"\x80\0\x80" + b"\0" * 7}, "NOT_OWNER", "id"),
        ({"type": "seizure"}, "UNKNOWN_CODE", "type"),
    ],
)
def test_a_wrong_envelope_is_rejected_naming_the_field(
    world: ExchangeBuilder, co: Node, envelope: dict[str, object], code: str, field: str
) -> None:
    assert code_of(world, co, weapon("1", "STOLEN", envelope=envelope)) == ("rejected", code, field)


def test_a_payload_that_breaks_a_rule_is_rejected_naming_the_field(
    world: ExchangeBuilder, co: Node
) -> None:
    assert code_of(world, co, weapon("1", "MISPLACED")) == ("rejected", "UNKNOWN_CODE", "status")


def test_a_named_victim_is_rejected_and_a_pseudonym_is_not(
    world: ExchangeBuilder, co: Node
) -> None:
    payload = example("trafficking_case").payload
    victim = {**payload["persons"][0], "role": "victim"}
    named = Item("trafficking_case", "T-1", {**payload, "persons": [victim]})
    world.publish(co, named, Item("trafficking_case", "T-2", payload))
    assert items_of(world.run()) == [("rejected", "NAME_REFUSED"), ("accepted", "")]


def test_without_a_key_list_items_are_rejected(world: ExchangeBuilder, co: Node) -> None:
    assert code_of(world, co, weapon("1", "STOLEN"), with_keys=False) == (
        "rejected",
        "KEY_MISSING",
        "",
    )


def test_a_key_list_that_another_node_signed_counts_as_missing(
    world: ExchangeBuilder, co: Node
) -> None:
    world.publish(co, weapon("1", "STOLEN"))
    world.key_lists[CORD, 0] = world.key_list(world.nodes["ec-policia"], CORD, 0, [new_key()])
    assert items_of(world.run()) == [("rejected", "KEY_MISSING")]


def test_a_short_key_list_leaves_the_rest_without_keys(world: ExchangeBuilder, co: Node) -> None:
    key = new_key()
    world.publish(
        co,
        co.event(weapon("1", "STOLEN"), key),
        co.event(weapon("2", "STOLEN"), key),
        keys=[key, key],
    )
    world.key_lists[CORD, 0] = world.key_list(co, CORD, 0, [key])
    assert items_of(world.run()) == [("accepted", ""), ("rejected", "KEY_MISSING")]


def test_a_wrong_key_opens_nothing(world: ExchangeBuilder, co: Node) -> None:
    world.publish(co, weapon("1", "STOLEN"))
    world.key_lists[CORD, 0] = world.key_list(co, CORD, 0, [new_key()])
    assert items_of(world.run()) == [("rejected", "CANNOT_OPEN")]


def test_a_key_list_wrapped_for_others_opens_nothing(world: ExchangeBuilder, co: Node) -> None:
    world.publish(co, weapon("1", "STOLEN"))
    body = log_format("key_list").read(
        log_format("signed").read(world.key_lists[CORD, 0].value)["body"]
    )
    body["recipients"][0]["recipient"] = "somebody else"
    world.key_lists[CORD, 0] = world.sign_key_list(co, body)
    assert items_of(world.run()) == [("rejected", "CANNOT_OPEN")]


def test_a_sealed_payload_of_another_schema_is_a_broken_format(
    world: ExchangeBuilder, co: Node
) -> None:
    item, key = weapon("1", "STOLEN"), new_key()
    binding = EventBinding(co.id_of(item), co.version_of(item), event_type(item.type).fingerprint)
    other = co.event(item, key, **seal_event(b"noise", key, binding))
    assert code_of(world, co, other, keys=[key]) == ("rejected", "BROKEN_FORMAT", "")


def test_folding_in_one_batch_or_one_by_one_gives_the_same(
    world: ExchangeBuilder, co: Node
) -> None:
    first = world.publish(co, weapon("1", "STOLEN"))
    world.publish(
        co, weapon("1", "SEIZED", supersedes=weapon("1", "STOLEN")), weapon("2", "SEIZED")
    )
    world.append_raw(first.topic, 0, first.value)
    batch, single = world.pipeline(), world.run()
    batch.take(world.log, world.key_lists)
    batch.correlate_all()
    assert batch.written == single.written
    assert {name: memory.rows for name, memory in batch.state.items()} == {
        name: memory.rows for name, memory in single.state.items()
    }
