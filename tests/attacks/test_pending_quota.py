"""E4: a node could fill the state with events of schemas that nobody knows."""

from __future__ import annotations

import pytest

from schemas import bounds, topics
from schemas.crypto.sealing import new_key
from schemas.event.event_type import event_type
from streams.intake import pending_items
from tests.support.signed_bundles import (
    ExchangeBuilder,
    Node,
    colombia,
    control,
    items_of,
    weapon,
)

PENDING, FULL = ("pending", "UNKNOWN_SCHEMA"), ("rejected", "TOO_MANY_PENDING")
TYPE = "weapon_record"


@pytest.fixture
def co() -> Node:
    return colombia()


@pytest.fixture
def other() -> Node:
    return Node("co-dian", "CO", "DIAN")


@pytest.fixture
def world(co: Node, other: Node) -> ExchangeBuilder:
    """Nobody knows the type weapon_record yet."""
    known = ("seizure", "erasure", "retraction")
    return ExchangeBuilder(co, other, schemas=known)


def test_a_node_has_a_quota_of_events_and_others_have_theirs(
    world: ExchangeBuilder, co: Node, other: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pending_items, "MAX_PENDING_EVENTS", 3)
    world.publish(co, *(weapon(f"W-{number}", "STOLEN") for number in range(5)))
    world.publish(other, weapon("W-1", "STOLEN"))
    assert items_of(world.run()) == [PENDING] * 3 + [FULL] * 2 + [PENDING]


def test_a_node_has_a_quota_of_bytes(
    world: ExchangeBuilder, co: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = len(co.event(weapon("W-1", "STOLEN"), new_key()))
    monkeypatch.setattr(pending_items, "MAX_PENDING_BYTES", 2 * size)
    world.publish(co, *(weapon(f"W-{number}", "STOLEN") for number in range(3)))
    assert items_of(world.run()) == [PENDING, PENDING, FULL]


def test_a_node_waits_for_few_schemas_at_a_time(world: ExchangeBuilder, co: Node) -> None:
    keys = [new_key() for _ in range(bounds.MAX_PENDING_SCHEMAS + 4)]
    events = [
        co.event(weapon(f"W-{number}", "STOLEN"), key, schema=number.to_bytes(32, "big"))
        for number, key in enumerate(keys)
    ]
    world.publish(co, *events, keys=keys)
    assert items_of(world.run()) == [PENDING] * bounds.MAX_PENDING_SCHEMAS + [FULL] * 4


def test_the_quota_is_free_again_once_the_schema_is_known(
    world: ExchangeBuilder, co: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pending_items, "MAX_PENDING_EVENTS", 2)
    erased = weapon("W-1", "STOLEN")
    world.publish(co, weapon("W-0", "STOLEN"), erased, weapon("W-2", "STOLEN"))
    world.publish(co, control("erasure", "E-1", co.id_of(erased)))
    line = world.run()
    known = world.now + 5_000
    world.configure("EventSchema", {"type": TYPE, "text": event_type(TYPE).format.text}, known)
    line.due(topics.bundles("CO"), 0, known + 1)
    world.now = known + 5_000
    line.take([world.publish(co, weapon("W-3", "STOLEN"))], world.key_lists)
    accepted = [("accepted", "")] * 4
    assert sorted(items_of(line)) == sorted([PENDING, PENDING, FULL, *accepted])
    rows = line.memory(topics.bundles("CO"), 0).rows
    kinds = {key[:1] for key in rows}
    assert not kinds & {pending_items.PENDING, pending_items.BY_EVENT, pending_items.QUOTA}
    named = [row["event_id"] for record in line.records("observations") for row in record["rows"]]
    assert co.id_of(erased) not in named
