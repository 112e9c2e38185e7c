"""Messages of the derived topics, made without a stream worker: what the sink reads."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from consumers.sink.table_rows import SEALED, Payload
from consumers.sink.tables import Row
from consumers.store.record_words import words_of_content
from schemas import topics
from schemas.avro.codec import Record, log_format, raw_log_format
from schemas.model import EpochMs, Message, Offset, PartitionNumber
from schemas.release import label_codec

T0 = 1_530_000_000_000  # 26 June 2018, ms since 1970 UTC
LABEL: Record = {
    "country": "CO",
    "authority": "CO-PONAL",
    "recipients": ["ALL"],
    "tlp": "GREEN",
    "handling": [],
    "condition": None,
    "purpose": "investigation",
    "exercise": None,
}


def id16(*parts: object) -> bytes:
    """16 bytes that these parts always give."""
    return hashlib.sha256(repr(parts).encode()).digest()[:16]


def envelope(number: int, **changes: Any) -> Record:
    """Make an envelope that is valid."""
    return {
        "id": id16("event", number),
        "version": id16("version", number),
        "supersedes": None,
        "type": "weapon_record",
        "country": "CO",
        "authority": "CO-PONAL",
        "node": "co-ponal",
        "recipients": ["ALL"],
        "tlp": "GREEN",
        "handling": [],
        "condition": None,
        "purpose": "investigation",
        "legal_basis": "CAN552",
        "urgency": "routine",
        "justification": None,
        "crime": "09012",
        "case_reference": None,
        "exercise": None,
        "evaluation": {"scheme": "admiralty", "source": "B", "information": "2"},
        "occurred_from": T0 - 86_400_000,
        "occurred_until": T0,
        "occurred_precision": "day",
        "reported_at": T0,
        "place_country": "CO",
        "subdivision": "CO-NAR",
        "language": "es",
        "review_date": None,
        **changes,
    }


def accepted_item(
    index: int, head: Record, verdict: str = "accepted", target: bytes | None = None, code: str = ""
) -> Record:
    """An item of an `Accepted`; its sealed part is the envelope's version: the test's own `decrypt`
    shows it.
    """
    event = {
        "envelope": head,
        "schema": hashlib.sha256(head["type"].encode()).digest(),
        "sealed": head["version"],
    }
    written = log_format("event").write(event) if verdict in ("accepted", "pending") else None
    return {
        "index": index,
        "id": head["id"],
        "version": head["version"],
        "verdict": verdict,
        "code": code,
        "field": "",
        "event": written,
        "target": target,
    }


def accepted(
    offset: int,
    items: list[Record],
    country: str = "CO",
    node: str = "co-ponal",
    partition: int = 0,
) -> Record:
    """An `Accepted` record of the bundle at this offset (and sequence)."""
    record = {
        "appended_at": T0 + offset,
        "topic": topics.bundles(country),
        "partition": partition,
        "offset": offset,
        "cord": {"node": node, "lane": "routine", "epoch": 1},
        "sequence": offset,
        "items": items,
    }
    return as_read("accepted", record)


def observation(thing: bytes, event: bytes, index: int = 0, **changes: Any) -> Record:
    """Make one row of an `Observations` message."""
    return {
        "op": "add",
        "index": index,
        "kind": "weapon",
        "key": thing,
        "event_id": event,
        "certainty": "certain",
        "type": "weapon_record",
        "country": "CO",
        "label": label_codec.write(LABEL),
        "occurred": T0,
        "subdivision": "CO-NAR",
        "traits": {"status": "STOLEN", "calibre": "9X19"},
        **changes,
    }


def observations(offset: int, rows: list[Record]) -> bytes:
    """Write a message of the topic observations, of the bundle at this offset."""
    record = {
        "appended_at": T0 + offset,
        "topic": topics.bundles("CO"),
        "partition": 0,
        "offset": offset,
        "rows": rows,
    }
    return log_format("observations").write(record)


def evidence_row(indicator: bytes, thing: bytes, event: bytes, at: int, **changes: Any) -> Record:
    """A row of `Evidence`; `at`: the bundle's offset."""
    return {
        "op": "add",
        "indicator": indicator,
        "rule": "weapon-in-two-countries",
        "rule_version": 1,
        "grade": "certain",
        "kind": "weapon",
        "thing": thing,
        "event_id": event,
        "role": "recorded",
        "certainty": "certain",
        "weights": {"serial": 1.0},
        "position": {
            "appended_at": T0 + at,
            "topic": topics.bundles("CO"),
            "partition": 0,
            "offset": at,
            "item": 0,
        },
        "type": "weapon_record",
        "country": "CO",
        "label": label_codec.write(LABEL),
        "occurred": T0,
        "subdivision": "CO-NAR",
        "traits": {"status": "STOLEN", "calibre": "9X19"},
        **changes,
    }


def evidence(rows: list[Record]) -> bytes:
    """Write a message of the topic evidence."""
    return log_format("evidence").write({"rows": rows})


def link_row(**changes: Any) -> Record:
    """A row of `Links`: two persons that are alike."""
    label = label_codec.write(LABEL)
    return {
        "op": "add",
        "first": {"person": 0, "type": "person_notice", "country": "PE", "label": label},
        "second": {"person": 2, "type": "movement", "country": "CO", "label": label},
        "probability": 0.97,
        "features": {"birth:same": 12.5, "sex:differ": -4.0},
        "cannot_be_same": False,
        "position": evidence_row(b"", b"", b"", 7)["position"],
        **changes,
    }


def links(rows: list[Record] | None = None, gone: list[Record] | None = None) -> bytes:
    """Write a message of the topic links, about two events."""
    record = {
        "kind": "person",
        "model": "1",
        "first": id16("first"),
        "second": id16("second"),
        "rows": [link_row()] if rows is None else rows,
        "gone": gone or [],
    }
    return log_format("link").write(record)


def links_message(value: bytes) -> Message:
    """A message of the topic links as Kafka would give it."""
    return Message("quipu.links.g1", PartitionNumber(3), Offset(9), EpochMs(T0), None, value)


def as_read(format_: str, record: Record) -> Record:
    """The record as the sink reads it: its text as bytes."""
    return raw_log_format(format_).read(log_format(format_).write(record))


def message(
    topic: str, format_: str, record: Record, offset: int = 0, partition: int = 0
) -> Message:
    """The record as Kafka would give it."""
    return Message(
        topic,
        PartitionNumber(partition),
        Offset(offset),
        EpochMs(T0 + offset),
        None,
        raw_log_format(format_).write(record),
    )


def decrypt(_index: int, event: Row) -> Payload:
    """Decrypt for `Batch.add_accepted`: the payload names the event's version."""
    payload = {"source_reference": event[SEALED].hex(), "note": "Müller, calle 5"}
    content = json.dumps(payload, ensure_ascii=False).encode()
    return Payload(content, words=words_of_content(content))
