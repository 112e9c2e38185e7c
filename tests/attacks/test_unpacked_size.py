"""E9: a compressed batch of 1.4 MB held a record of 1,400 MB, which every reader decoded.

The limit of the broker is that of the compressed batch. So a reader looks at the length first.
"""

from __future__ import annotations

import tracemalloc

import pytest

from infra.exchange_log import key_lists
from schemas import bounds
from schemas.errors import QuipuFormatError
from schemas.model import EpochMs, Message, Offset, PartitionNumber
from streams.intake.parsed_bundle import parse_bundles
from tests.support.signed_bundles import ExchangeBuilder, colombia, weapon

BOMB = bytes(50_000_000)


def test_a_record_larger_than_any_message_is_rejected_undecoded() -> None:
    co = colombia()
    world = ExchangeBuilder(co)
    signed = world.append(co, BOMB[: bounds.MAX_MESSAGE_BYTES + 1]).value
    world.append_raw("quipu.bundles.co", 0, signed[:10] + BOMB)
    world.publish(co, weapon("W-1", "STOLEN"))
    tracemalloc.start()
    parsed = parse_bundles(world.log)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000
    assert [bundle.signed is None for bundle in parsed] == [True, True, False]
    line = world.run()
    assert [record["code"] for record in line.records("reject")] == ["BUNDLE_TOO_LARGE"] * 2
    assert [record["code"] for record in line.records("receipt")] == [""]


def test_a_key_list_larger_than_any_message_is_refused_undecoded() -> None:
    message = Message("quipu.keys.co", PartitionNumber(0), Offset(0), EpochMs(0), None, BOMB)
    tracemalloc.start()
    with pytest.raises(QuipuFormatError):
        key_lists.bundle_of(message)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000
