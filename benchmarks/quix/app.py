"""The same events, validation and evidence in Quix Streams: `python -m benchmarks.quix.app PLAN`
until SIGTERM.

One message is one signed event, keyed by its id; its key stands in a header, under a key that the
application knows (so no HPKE is paid for). Two stateful steps in Quix's own RocksDB state with its
changelog topics: what is known of an event (versions), and, after `group_by` on the thing, what was
said of the thing. Values between steps and out are JSON, Quix's default. Checks, normalisation,
keys of things, rules and rows are the functions that the product uses. It writes neither verdicts
nor receipts, and knows its config from the start: both are work that it is spared.

PLAN: a JSON file: broker, topics, state folder, keys (hex), rules of who may write, whether
signatures are verified.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from quixstreams import Application, State, message_context  # type: ignore[import-not-found,unused-ignore]
from quixstreams.kafka import ConnectionConfig  # type: ignore[import-not-found,unused-ignore]

from schemas.avro.codec import log_format
from schemas.crypto.sealing import open_sealed, pre_authentication_encoding
from schemas.event.envelope import validate_envelope
from schemas.event.event_type import released_types
from schemas.ids import node_tag, thing_key
from streams.correlation.evidence_rows import EvidenceScope, evidence_rows
from streams.correlation.stored_observation import StoredObservation
from streams.rules import read_rule_book

LABEL = (
    "country",
    "authority",
    "recipients",
    "tlp",
    "handling",
    "condition",
    "purpose",
    "exercise",
)
KEPT = ("op", "index", "certainty", "type", "country", "label", "occurred", "subdivision", "traits")
PLACE = ("appended_at", "topic", "partition", "offset")


class RefusedError(ValueError):
    """An event that is not taken. The benchmark's are all good: one of these is a fault."""


class Intake:
    """Verify, open, validate, keep versions, observe."""

    def __init__(self, plan: Mapping[str, Any]) -> None:
        self._keys = {
            name: Ed25519PublicKey.from_public_bytes(bytes.fromhex(raw))
            for name, raw in plan["keys"].items()
        }
        self._nodes: Mapping[str, Any] = plan["nodes"]
        self._list_key = AESGCM(bytes.fromhex(plan["list_key"]))
        self._secret = bytes.fromhex(plan["thing_secret"])
        self._topic: str = plan["events"]
        self._verifies: bool = plan["verifies"]
        self._types = released_types()

    def __call__(
        self, value: bytes, key: str, timestamp: int, headers: Any, state: State
    ) -> list[dict[str, Any]]:
        """The observations that are new."""
        event, node = self._verified(value)
        envelope = event["envelope"]
        self._check_outside(envelope, node, timestamp)
        kind = self._types[event["schema"]]
        wrapped = dict(headers)["key"]
        event_key = self._list_key.decrypt(envelope["id"][:12], wrapped, envelope["id"])
        content = kind.read(open_sealed(event["sealed"], event_key, envelope["id"]))
        wrong = kind.validate(content)
        if wrong:
            raise RefusedError(f"{key}: {wrong}")
        if not _new_version(envelope, kind.name, state):
            return []
        context = message_context()
        place = {
            "appended_at": timestamp,
            "topic": context.topic,
            "partition": context.partition,
            "offset": context.offset,
        }
        return [
            {**row, **place} for row in self._observe(envelope, kind.name, kind.observe(content))
        ]

    def _verified(self, value: bytes) -> tuple[Mapping[str, Any], str]:
        signed = log_format("signed").read(value)
        if self._verifies:
            self._keys[signed["key_id"]].verify(
                signed["signature"], pre_authentication_encoding(self._topic, signed["body"])
            )
        return log_format("event").read(signed["body"]), signed["key_id"]

    def _check_outside(self, envelope: Mapping[str, Any], key_id: str, timestamp: int) -> None:
        node = self._nodes[key_id]
        if any(
            envelope[name] != node[name] for name in ("node", "country", "authority")
        ) or envelope["id"][:4] != node_tag(node["node"]):
            raise RefusedError(f"{envelope['id'].hex()}: not its node's")
        wrong = validate_envelope(envelope, timestamp)
        if wrong:
            raise RefusedError(f"{envelope['id'].hex()}: {wrong}")

    def _observe(
        self, envelope: Mapping[str, Any], type_: str, observed: Any
    ) -> list[dict[str, Any]]:
        label = {name: envelope[name] for name in LABEL}
        return [
            {
                "op": "add",
                "index": 0,
                "kind": seen.kind,
                "key": thing_key(self._secret, seen.kind, seen.issuer, seen.value).hex(),
                "event_id": envelope["id"].hex(),
                "certainty": seen.certainty,
                "type": type_,
                "country": envelope["country"],
                "label": label,
                "occurred": envelope["occurred_from"],
                "subdivision": envelope["subdivision"],
                "traits": seen.traits,
            }
            for seen in observed
        ]


def _new_version(envelope: Mapping[str, Any], type_: str, state: State) -> bool:
    """Whether this version is not known yet; then it is. Raises Refused for a conflict."""
    known = state.get("event") or {
        "type": type_,
        "versions": {},
        "retracted": False,
        "erased": False,
    }
    version, supersedes = (
        envelope["version"].hex(),
        envelope["supersedes"] and envelope["supersedes"].hex(),
    )
    if version in known["versions"]:
        return False
    if known["type"] != type_ or (
        known["versions"] and (supersedes is None or supersedes in known["versions"].values())
    ):
        raise RefusedError(f"{envelope['id'].hex()}: conflict")
    known["versions"][version] = supersedes
    known["head"] = version
    state.set("event", known)
    return True


class Things:
    """What was said of one thing, and the evidence that it makes."""

    def __init__(self) -> None:
        self._rules = read_rule_book()

    def __call__(self, row: dict[str, Any], state: State) -> list[dict[str, Any]]:
        """The rows of evidence that are new."""
        thing, event_id, kind = row["key"], row["event_id"], row["kind"]
        present = state.get("thing") or {"classes": [], "said": {}}
        statement = present["said"].setdefault(event_id, [])
        position = [row[name] for name in (*PLACE, "index")]
        if any([item[name] for name in (*PLACE, "index")] == position for item in statement):
            return []
        statement.append({name: row[name] for name in (*PLACE, *KEPT)})
        classes = frozenset(present["classes"])
        before = self._rules.possible_gradings(kind, classes)
        pairs = [
            (event_id, record)
            for item in before
            for record in self._rows(item, kind, thing, event_id, statement, len(statement) - 1)
        ]
        member = self._rules.class_of(kind, _stored(row))
        if member and member not in classes:
            present["classes"] = sorted({*classes, member})
            fired = {(item.rule.id, item.grade) for item in before}
            for grading in self._rules.possible_gradings(kind, classes | {member}):
                if (grading.rule.id, grading.grade) not in fired:
                    pairs += [
                        (event, record)
                        for event, rows in present["said"].items()
                        for record in self._rows(grading, kind, thing, event, rows)
                    ]
        state.set("thing", present)
        return [
            {**record, "indicator": record["indicator"].hex(), "thing": thing, "event_id": event}
            for event, record in pairs
        ]

    def _rows(
        self,
        grading: Any,
        kind: str,
        thing: str,
        event_id: str,
        statement: list[dict[str, Any]],
        since: int = 0,
    ) -> list[dict[str, Any]]:
        scope = EvidenceScope(grading, kind, bytes.fromhex(thing), bytes.fromhex(event_id))
        return [{**row} for row in evidence_rows(scope, [_stored(row) for row in statement], since)]


def _stored(row: Mapping[str, Any]) -> StoredObservation:
    return StoredObservation(**{name: row[name] for name in (*PLACE, *KEPT)})


def main() -> None:
    """Build the application and run it."""
    plan = json.loads(Path(sys.argv[1]).read_text())
    app = Application(
        broker_address=ConnectionConfig(
            bootstrap_servers=plan["broker"],
            security_protocol=plan["protocol"],
            sasl_mechanism=plan["mechanism"],
            sasl_username=plan["username"],
            sasl_password=Path(plan["password_file"]).read_text().strip(),
        ),
        consumer_group=plan["group"],
        auto_offset_reset="earliest",
        state_dir=plan["state"],
        loglevel="WARNING",
        consumer_extra_config={"fetch.message.max.bytes": 8 * 1024 * 1024},
    )
    events = app.topic(plan["events"], key_deserializer="str", value_deserializer="bytes")
    evidence = app.topic(plan["evidence"], key_serializer="str", value_serializer="json")
    frame = app.dataframe(events)
    frame = frame.apply(Intake(plan), expand=True, stateful=True, metadata=True)
    frame = frame.group_by(
        lambda row: row["key"], name="things", key_serializer="str", key_deserializer="str"
    )
    frame = frame.apply(Things(), expand=True, stateful=True)
    frame.to_topic(evidence)
    app.run()


if __name__ == "__main__":
    main()
