"""A founded exchange on real Kafka: keys, config, and one node, with which a test seals bundles as
a node does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from infra.exchange_log import config_log
from infra.kafka.clients import open_producer
from infra.keys import keyring
from infra.orchestration import units
from infra.settings import Settings
from schemas import topics
from schemas.avro.codec import Record, log_format
from schemas.crypto.sealing import new_key, seal, sign, write_key_list
from schemas.event.event_type import event_type
from schemas.model import NEWEST_FORM, Cord


@dataclass(frozen=True)
class Exchange:
    """The mechanism and one node of Colombia, `co-ponal`, on partition 0."""

    settings: Settings
    mechanism: keyring.MechanismKeys
    node: keyring.NodeKeys
    cord: Cord

    def sealed(self, head: Record, payload: Mapping[str, Any], key: bytes) -> bytes:
        """A framed Event whose payload is sealed under this key."""
        kind = event_type(head["type"])
        sealed = seal(kind.write(dict(payload)), key, head["id"])
        return log_format("event").write(
            {"envelope": head, "schema": kind.fingerprint, "sealed": sealed}
        )

    def key_list(self, sequence: int, keys: Sequence[bytes], erased: Sequence[int] = ()) -> bytes:
        """The signed key list of a bundle, some of its entries erased."""
        record = write_key_list(
            self.cord, sequence, keys, {keyring.RECIPIENT: self.mechanism.unwrap.public_key()}
        )
        for index in erased:
            record["keys"][index] = {"verdict": "accepted", "code": "", "field": ""}
        return sign(
            topics.keys("CO"),
            log_format("key_list").write(record),
            self.node.key_id,
            self.node.signing,
        )


def found_exchange(settings: Settings) -> Exchange:
    """Make topics, keys and config on the Kafka that the settings name."""
    units.make_topics(settings)
    mechanism = keyring.create_mechanism_keys(settings)
    node = keyring.create_node_keys(settings, "co-ponal")
    entries: list[tuple[str, Mapping[str, Any], int]] = [
        ("Founding", {"notice_ms": 0}, 0),
        (
            "MechanismKey",
            {
                "recipient": keyring.RECIPIENT,
                "public_key": mechanism.unwrap.public_key().public_bytes_raw(),
            },
            0,
        ),
        (
            "Node",
            {
                "node": "co-ponal",
                "country": "CO",
                "authority": "CO-PONAL",
                "partition": 0,
                "succeeds": [],
            },
            0,
        ),
        (
            "NodeKey",
            {
                "node": "co-ponal",
                "key_id": node.key_id,
                "public_key": node.signing.public_key().public_bytes_raw(),
                "revoked": False,
            },
            0,
        ),
        ("DerivedForm", {"form": NEWEST_FORM, "since_generation": 1}, 0),
        ("Founded", {}, 0),
    ]
    config_log.append_all(settings, entries, mechanism)
    return Exchange(settings, mechanism, node, Cord("co-ponal", "routine", 1))


def send(settings: Settings, messages: Sequence[tuple[str, int, bytes | None, bytes]]) -> None:
    """(topic, partition, key, value) each, in this order, acked."""
    producer = open_producer(
        settings.kafka,
        acks="all",
        enable_idempotence=True,
        max_request_size=1_500_000,
    )
    try:
        for future in [
            producer.send(topic, value=value, key=key, partition=partition)
            for topic, partition, key, value in messages
        ]:
            future.get(timeout=30)
    finally:
        producer.close()


def key_of_bundle(cord: Cord, sequence: int) -> bytes:
    """The Kafka key of its key list."""
    return f"{cord}/{sequence}".encode()


def fresh_keys(count: int) -> list[bytes]:
    """Make as many random event keys."""
    return [new_key() for _ in range(count)]


def numbered(name: str, number: int) -> bytes:
    """16 bytes that stand for something in a test."""
    return hashlib.sha256(f"{name} {number}".encode()).digest()[:16]
