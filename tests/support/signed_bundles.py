"""Signed, sealed bundles of made-up nodes, from simple values: what the pure core is tested with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from schemas import topics
from schemas.avro.codec import Record, log_format
from schemas.crypto.sealing import (
    EventBinding,
    new_key,
    seal_event,
    sign,
    write_key_list,
)
from schemas.event.event_type import event_type, released_types
from schemas.examples import example as read_example
from schemas.exchange_config import ConfigHistory
from schemas.ids import event_id, event_version
from schemas.model import (
    NEWEST_FORM,
    Cord,
    EpochMs,
    Message,
    Offset,
    PartitionNumber,
    Reader,
)
from streams.correlation.evidence_fold import EvidenceFold
from streams.intake.fold import DecryptionKeys, IntakeFold
from streams.intake.parsed_bundle import KeyListId
from tests.support.pipeline import Pipeline

example = cache(read_example)

START = 1_540_000_000_000  # ms: October 2018
STEP = 1000
NOTICE = 1000
MECHANISM_READER = Reader(
    "MEC/analyst/RED", "MEC", None, frozenset({"analyst"}), "RED", purpose="investigation"
)
EVERYBODY = {"recipients": ["ALL"], "tlp": "GREEN", "handling": []}


@dataclass(frozen=True)
class Item:
    """An event before it is sealed."""

    type: str
    reference: str
    payload: Record
    envelope: Record = field(default_factory=dict)
    supersedes: Item | None = None


def weapon(reference: str, status: str, serial: str | None = "ABC12345", **changes: Any) -> Item:
    """A weapon record that speaks of nothing but its weapon.

    `changes`: of the weapon (make, type, calibre, serial_state ...), `envelope` and `supersedes`.
    """
    envelope, supersedes = changes.pop("envelope", {}), changes.pop("supersedes", None)
    payload = {
        **example("weapon_record").payload,
        "source_reference": reference,
        "status": status,
        "possessor": None,
        "vehicles": [],
    }
    payload["weapon"] = {
        **payload["weapon"],
        "make": "Taurus",
        "type": "PISTOL",
        "calibre": "9 mm",
        "serial": serial,
        **changes,
    }
    return Item("weapon_record", reference, payload, envelope, supersedes)


def seizure(reference: str, serials: Sequence[str], **changes: Any) -> Item:
    """A seizure of these weapons and of nothing else."""
    envelope, supersedes = changes.pop("envelope", {}), changes.pop("supersedes", None)
    record = example("seizure").payload
    marks = {
        **example("weapon_record").payload["weapon"],
        "make": "Taurus",
        "type": "PISTOL",
        "calibre": "9 mm",
        **changes,
    }
    first = next(item for item in record["items"])
    items = [
        {**first, "what": "weapon", "weapon": {**marks, "serial": serial}} for serial in serials
    ]
    return Item(
        "seizure",
        reference,
        {
            **record,
            "source_reference": reference,
            "items": items,
            "persons": [],
            "vehicles": [],
            "phones": [],
        },
        envelope,
        supersedes,
    )


def notice(reference: str, person: Record, envelope: Record) -> Item:
    """A notice of a person of whom this is known, and nothing else."""
    payload = example("person_notice").payload
    unknown: Record = {
        name: [] if isinstance(value, list) else None for name, value in payload["person"].items()
    }
    payload = {
        **payload,
        "source_reference": reference,
        "person": {**unknown, **person},
        "phones": [],
        "biometrics": [],
    }
    return Item("person_notice", reference, payload, envelope)


def control(type_: str, reference: str, target: bytes) -> Item:
    """A retraction or erasure of an event's id."""
    return Item(
        type_,
        reference,
        {**example(type_).payload, "source_reference": reference, "target": target},
    )


@dataclass
class Node:
    """A country's node with its keys; it remembers where its cords stand."""

    name: str
    country: str
    authority: str
    partition: int = 0
    secret: bytes = b"id secret"
    signing: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    ends: dict[Cord, tuple[int, bytes]] = field(default_factory=dict)
    host: str = ""

    @property
    def home(self) -> str:
        return self.host or self.country

    @property
    def key_id(self) -> str:
        return f"{self.name}-1"

    def id_of(self, item: Item) -> bytes:
        return event_id(self.name, self.secret, item.type, item.reference.encode())

    def version_of(self, item: Item) -> bytes:
        content = (
            event_type(item.type).write(item.payload) + repr(sorted(item.envelope.items())).encode()
        )
        return event_version(self.secret, content)

    def event(self, item: Item, key: bytes, **changes: Any) -> bytes:
        """The framed, sealed event. `changes`: to the Event record, such as another schema."""
        id_ = self.id_of(item)
        envelope = {
            **example(item.type).envelope,
            **EVERYBODY,
            "id": id_,
            "version": self.version_of(item),
            "supersedes": item.supersedes and self.version_of(item.supersedes),
            "correction_reason": "WRONG" if item.supersedes else None,
            "type": item.type,
            "country": self.country,
            "authority": self.authority,
            "node": self.name,
            "place_country": self.country,
            "subdivision": None,
            **item.envelope,
        }
        form = event_type(item.type)
        binding = EventBinding(id_, envelope["version"], form.fingerprint)
        sealed = seal_event(form.write(item.payload), key, binding)
        return log_format("event").write(
            {"envelope": envelope, "schema": form.fingerprint, **sealed, **changes}
        )


class ExchangeBuilder:
    """Config, nodes, the log as it grows. Every append is a second after the one before."""

    def __init__(self, *nodes: Node, schemas: Iterable[str] | None = None) -> None:
        self.nodes = {node.name: node for node in nodes}
        self.private = X25519PrivateKey.generate()
        self.opening = self.opening_with(b"secret of things")
        self.config = ConfigHistory()
        self.now = START
        self.log: list[Message] = []
        self.key_lists: dict[KeyListId, Message] = {}
        self._found(schemas)

    def _found(self, schemas: Iterable[str] | None) -> None:
        texts = [(form.name, form.format.text) for form in released_types().values()]
        self.configure("Founding", {"notice_ms": NOTICE})
        self.configure("DerivedForm", {"form": NEWEST_FORM, "since_generation": 1})
        self.configure(
            "MechanismKey",
            {"recipient": "mechanism", "public_key": self.private.public_key().public_bytes_raw()},
        )
        for node in self.nodes.values():
            self.admit(node)
        for name, text in texts:
            if schemas is None or name in schemas:
                self.configure("EventSchema", {"type": name, "text": text})
        self.configure("Founded", {})

    def opening_with(self, thing_secret: bytes) -> DecryptionKeys:
        """The mechanism's keys, with this secret of things."""
        private_keys = {self.private.public_key().public_bytes_raw(): self.private}
        return DecryptionKeys("mechanism", private_keys, thing_secret)

    def configure(self, name: str, entry: Record, effective_from: int = 0) -> None:
        self.config.add(name, entry, effective_from, effective_from and effective_from - NOTICE)

    def admit(self, node: Node, succeeds: Sequence[str] = (), effective_from: int = 0) -> None:
        entry = {
            "node": node.name,
            "country": node.country,
            "authority": node.authority,
            "partition": node.partition,
        }
        self.configure("Node", {**entry, "succeeds": list(succeeds)}, effective_from)
        public = node.signing.public_key().public_bytes_raw()
        key = {"node": node.name, "key_id": node.key_id, "public_key": public, "revoked": False}
        self.configure("NodeKey", key, effective_from)

    def publish(
        self, node: Node, *items: Item | bytes, keys: Sequence[bytes] | None = None, **changes: Any
    ) -> Message:
        """Appends a bundle (and its key list) that goes on from the node's last. `changes`: lane,
        epoch, sequence, previous, topic ...
        """
        cord = Cord(
            changes.pop("cord_node", node.name),
            changes.pop("lane", "routine"),
            changes.pop("epoch", 1),
        )
        last, end = node.ends.get(cord, (-1, bytes(32)))
        sequence, previous = changes.pop("sequence", last + 1), changes.pop("previous", end)
        keys = keys or [new_key() for _ in items]
        events = [
            item if isinstance(item, bytes) else node.event(item, key)
            for item, key in zip(items, keys, strict=True)
        ]
        body = log_format("bundle").write(
            {"cord": cord._asdict(), "sequence": sequence, "previous": previous, "events": events}
        )
        if sequence > last:
            node.ends[cord] = (sequence, hashlib.sha256(body).digest())
        if changes.pop("with_keys", True):
            self.key_lists[cord, sequence] = self.key_list(node, cord, sequence, keys)
        return self.append(node, body, **changes)

    def key_list(self, node: Node, cord: Cord, sequence: int, keys: Sequence[bytes]) -> Message:
        """Make a key list that the node has signed."""
        public = {"mechanism": self.private.public_key()}
        return self.sign_key_list(node, write_key_list(cord, sequence, keys, public))

    def sign_key_list(self, node: Node, record: Mapping[str, Any]) -> Message:
        topic = topics.keys(node.home)
        value = sign(topic, log_format("key_list").write(record), node.key_id, node.signing)
        return Message(
            topic, PartitionNumber(node.partition), Offset(0), EpochMs(self.now), None, value
        )

    def forget_keys(
        self, node: Node, cord: Cord, sequence: int, *indexes: int, verdict: str = "accepted"
    ) -> None:
        """The owner's erasure in the key list: the entries of these events."""
        body = log_format("signed").read(self.key_lists[cord, sequence].value)["body"]
        record = log_format("key_list").read(body)
        for index in indexes:
            record["keys"][index] = {"verdict": verdict, "code": "", "field": ""}
        self.key_lists[cord, sequence] = self.sign_key_list(node, record)

    def append(self, node: Node, body: bytes, **changes: Any) -> Message:
        """Appends a signed body. `changes`: topic, partition, key_id, signing key, offset."""
        topic = changes.get("topic", topics.bundles(node.home))
        partition = changes.get("partition", node.partition)
        value = sign(
            topics.bundles(node.home),
            body,
            changes.get("key_id", node.key_id),
            changes.get("signing", node.signing),
        )
        return self.append_raw(topic, partition, value)

    def append_raw(self, topic: str, partition: int, value: bytes) -> Message:
        self.now += STEP
        offset = sum(
            message.topic == topic and message.partition == partition for message in self.log
        )
        message = Message(
            topic, PartitionNumber(partition), Offset(offset), EpochMs(self.now), None, value
        )
        self.log.append(message)
        return message

    def pipeline(self, generation: int = 1) -> Pipeline:
        """A new line that has heard nothing."""
        return Pipeline(
            IntakeFold(generation, self.opening, released_types()),
            EvidenceFold(generation),
            self.config,
        )

    def run(self, generation: int = 1) -> Pipeline:
        """A new line that has heard the whole log, message by message."""
        line = self.pipeline(generation)
        for message in self.log:
            line.take([message], self.key_lists)
        line.correlate_all()
        return line


def partitions(log: Iterable[Message]) -> list[list[Message]]:
    """The log's partitions, each in its order."""
    matches: dict[tuple[str, int], list[Message]] = {}
    for message in log:
        matches.setdefault((message.topic, message.partition), []).append(message)
    return list(matches.values())


def items_of(pipeline: Pipeline) -> list[tuple[str, str]]:
    """Verdict and code of every item, in the order of the log."""
    records = sorted(
        pipeline.records("accepted"),
        key=lambda record: (
            record["appended_at"],
            record["items"][0]["index"] if record["items"] else 0,
        ),
    )
    return [(item["verdict"], item["code"]) for record in records for item in record["items"]]


def colombia() -> Node:
    return Node("co-ponal", "CO", "PONAL")


def ecuador() -> Node:
    return Node("ec-policia", "EC", "POLICIA")


def peru() -> Node:
    return Node("pe-sucamec", "PE", "SUCAMEC", 1)
