"""The config log and the key lists on a real broker: read to the end, verified, nothing bad holds,
nothing needed is missed.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from infra.exchange_log import config_log, key_lists
from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.key_lists import KeyLists
from infra.kafka.clients import open_producer
from infra.keys import keyring
from infra.orchestration.stack import RunningStack
from infra.settings import Settings
from schemas import topics
from schemas.avro.codec import log_format
from schemas.config_entry import write_entry
from schemas.crypto.sealing import new_key, sign, write_key_list
from schemas.model import Cord
from tests.support.engines import new_topic, on_kafka_of

pytestmark = pytest.mark.integration
CORD = Cord("bo-a", "routine", 1)
KEYS = {"cleanup.policy": "compact", "message.timestamp.type": "LogAppendTime"}
NODE = {"node": "bo-a", "country": "BO", "authority": "A", "partition": 0, "succeeds": []}


@pytest.fixture
def founded(stack: RunningStack, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An own config topic and an own keys topic of Bolivia, with a mechanism's keys and the
    founding written.
    """
    own = on_kafka_of(stack, settings.home)
    config, keys = (
        new_topic(stack, 1, {"message.timestamp.type": "LogAppendTime"}),
        new_topic(stack, 1, KEYS),
    )
    monkeypatch.setattr(topics, "CONFIG", config)
    monkeypatch.setattr(topics, "keys", lambda _country: keys)
    keyring.create_mechanism_keys(own)
    config_log.append_all(
        own, [("Founding", {"notice_ms": 1000}, 0), ("Node", NODE, 0), ("Founded", {}, 0)]
    )
    return own


@pytest.fixture
def producer(founded: Settings) -> Iterator[Any]:
    kafka_producer = open_producer(founded.kafka)
    yield kafka_producer
    kafka_producer.close()


def put_list(producer: Any, sequence: int) -> bytes:
    """Write a key list; its value."""
    body = log_format("key_list").write(
        write_key_list(
            CORD, sequence, [new_key()], {"mechanism": X25519PrivateKey.generate().public_key()}
        )
    )
    value = sign(topics.keys("BO"), body, "bo-a-1", Ed25519PrivateKey.generate())
    producer.send(
        topics.keys("BO"), value=value, key=f"{CORD}/{sequence}".encode(), partition=0
    ).get(10)
    return value


def test_what_is_appended_holds_at_the_next_refresh(founded: Settings) -> None:
    log = ConfigLog(founded)
    assert set(log.refresh().newest().nodes) == {"bo-a"}
    soon = int(time.time() * 1000) + 60_000
    offset = config_log.append(founded, "Generation", {"number": 2, "thing_partitions": 4}, soon)
    config = log.refresh()
    assert offset == 3
    assert (config.at(soon - 1).generation, config.at(soon).generation) == (1, 2)
    assert log.refused == []


def test_a_bad_entry_is_told_and_never_holds(founded: Settings, producer: Any) -> None:
    body, stranger = (
        write_entry(
            "Generation", {"number": 9, "thing_partitions": 4}, int(time.time() * 1000) + 60_000
        ),
        Ed25519PrivateKey.generate(),
    )
    key_id = keyring.trust_anchor(founded)[0]
    for value in (
        b"poison",
        None,
        sign(topics.CONFIG, body, "stranger", stranger),
        sign(topics.CONFIG, body, key_id, stranger),
        sign("quipu.bundles.bo", body, key_id, keyring.load_mechanism_keys(founded).signing),
        sign(topics.CONFIG, body + b"more", key_id, keyring.load_mechanism_keys(founded).signing),
        sign(topics.CONFIG, body[:-1], key_id, keyring.load_mechanism_keys(founded).signing),
    ):
        producer.send(topics.CONFIG, value=value, key=b"any", partition=0).get(10)
    config_log.append(
        founded, "Generation", {"number": 9, "thing_partitions": 4}, int(time.time() * 1000)
    )
    log = ConfigLog(founded)
    assert log.refresh().newest().generation == 1
    codes = [refused.code for refused in log.refused]
    assert codes[:5] == [
        "BROKEN_FORMAT",
        "BROKEN_FORMAT",
        "UNKNOWN_KEY",
        "BAD_SIGNATURE",
        "BAD_SIGNATURE",
    ]
    assert codes[5:] == ["BROKEN_FORMAT", "BROKEN_FORMAT", "CONFIG_REFUSED"]
    assert (
        [message.offset for message in log.refused_messages]
        == [refused.offset for refused in log.refused]
        == list(range(3, 11))
    )


def test_a_key_that_is_none_is_refused_and_harms_nothing(founded: Settings) -> None:
    key = {"node": "bo-a", "key_id": "k", "public_key": b"too short", "revoked": False}
    config_log.append(founded, "NodeKey", key, int(time.time() * 1000) + 60_000)
    log = ConfigLog(founded)
    assert dict(log.refresh().newest().keys) == {}
    assert [refused.code for refused in log.refused] == ["CONFIG_REFUSED"]


def test_a_refresh_with_nothing_new_costs_about_a_millisecond(founded: Settings) -> None:
    log = ConfigLog(founded)
    log.refresh()
    spent = []
    for _ in range(50):
        began = time.perf_counter()
        log.refresh()
        spent.append(time.perf_counter() - began)
    assert sorted(spent)[25] < 0.02


def test_lists_are_found_in_any_order_and_again(founded: Settings, producer: Any) -> None:
    values = [put_list(producer, sequence) for sequence in range(5)]
    lists = KeyLists(founded, "BO", 0)
    assert lists.lookup({(CORD, 3)})[CORD, 3].value == values[3]
    assert lists.offset == 0
    messages = lists.lookup({(CORD, sequence) for sequence in range(5)})
    assert [messages[CORD, sequence].value for sequence in range(5)] == values
    assert lists.offset == 5
    assert lists.lookup({(CORD, 0)})[CORD, 0].value == values[0]


def test_a_restart_from_the_offset_finds_all_that_is_still_waited_for(
    founded: Settings, producer: Any
) -> None:
    values = [put_list(producer, sequence) for sequence in range(4)]
    lists = KeyLists(founded, "BO", 0)
    lists.lookup({(CORD, 0), (CORD, 3)})
    again = KeyLists(founded, "BO", 0, lists.offset)
    assert lists.offset == 1
    assert [
        again.lookup({(CORD, sequence)})[CORD, sequence].value for sequence in (1, 2)
    ] == values[1:3]


def test_a_list_before_the_start_or_dropped_from_memory_is_found_from_the_beginning(
    founded: Settings, producer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_lists, "UNASKED_BYTES", 500)
    monkeypatch.setattr(key_lists, "GIVEN_BYTES", 500)
    values = [put_list(producer, sequence) for sequence in range(6)]
    late = KeyLists(founded, "BO", 0, 5)
    assert late.lookup({(CORD, 2)})[CORD, 2].value == values[2]
    small = KeyLists(founded, "BO", 0)
    for sequence in (5, 0, 1, 2, 0):
        assert small.lookup({(CORD, sequence)})[CORD, sequence].value == values[sequence]


def test_the_newest_list_of_a_bundle_wins(founded: Settings, producer: Any) -> None:
    lists = KeyLists(founded, "BO", 0)
    put_list(producer, 0)
    lists.lookup({(CORD, 0)})
    newer = put_list(producer, 0)
    lists.catch_up()
    assert lists.lookup({(CORD, 0)})[CORD, 0].value == newer
    assert KeyLists(founded, "BO", 0, 2).lookup({(CORD, 0)})[CORD, 0].value == newer


def test_of_several_lists_written_by_then_everybody_takes_the_newest(
    founded: Settings, producer: Any
) -> None:
    put_list(producer, 0)
    newer = put_list(producer, 0)
    heard_nothing, heard_one = KeyLists(founded, "BO", 0), KeyLists(founded, "BO", 0)
    heard_one.lookup({(CORD, 0)})
    until = int(time.time() * 1000) + 1000
    assert (
        heard_nothing.lookup({(CORD, 0)}, until)[CORD, 0].value
        == heard_one.lookup({(CORD, 0)}, until)[CORD, 0].value
        == newer
    )


def test_what_is_no_key_list_is_told_and_passed_over(founded: Settings, producer: Any) -> None:
    for value, number in zip(
        (b"poison", None, sign("t", b"no list", "k", Ed25519PrivateKey.generate())),
        itertools.count(),
    ):
        producer.send(topics.keys("BO"), value=value, key=b"%d" % number, partition=0).get(10)
    value = put_list(producer, 0)
    lists = KeyLists(founded, "BO", 0)
    assert lists.lookup({(CORD, 0), (CORD, 1)}) == {(CORD, 0): lists.lookup({(CORD, 0)})[CORD, 0]}
    assert lists.lookup({(CORD, 0)})[CORD, 0].value == value
    assert [(refused.message.offset, refused.code) for refused in lists.refused] == [
        (at, "BROKEN_FORMAT") for at in range(3)
    ]
