"""Sealing: drafts become bundles and key lists, signed, ready to be sent and never changed again.
Pure but for random keys.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from producers.model import Draft
from schemas import topics
from schemas.avro.codec import log_format
from schemas.avro.log_records import EnvelopeRecord
from schemas.crypto.sealing import new_key, read_signed, seal, sign, write_key_list
from schemas.model import MAX_BUNDLE_BYTES, Cord

EVENTS_A_BUNDLE = 100
GENESIS = bytes(32)
_SLACK = 1024  # of cord, hashes, signature, framing


@dataclass(frozen=True, slots=True)
class Signing:
    """With what, and for whom."""

    key_id: str
    key: Ed25519PrivateKey
    country: str
    recipients: Mapping[str, X25519PublicKey]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A bundle of a cord with its key list: signed bytes. `hash`: SHA-256 of the bundle's body."""

    cord: Cord
    sequence: int
    hash: bytes
    bundle: bytes
    key_list: bytes
    key_id: str
    drafts: tuple[Draft, ...]


def seal_all(
    cord: Cord, sequence: int, previous: bytes, drafts: Sequence[Draft], signing: Signing
) -> list[Sealed]:
    """The drafts in their order, in as many bundles as they need, chained on from `previous` at
    `sequence`.
    """
    sealed = []
    for group in _groups(drafts):
        one = _bundle(cord, sequence, previous, group, signing)
        sealed.append(one)
        sequence, previous = sequence + 1, one.hash
    return sealed


def _groups(drafts: Sequence[Draft]) -> Iterator[list[tuple[Draft, bytes, bytes]]]:
    """Drafts with their framed event and its key, at most 100 and 900 KiB together."""
    group: list[tuple[Draft, bytes, bytes]] = []
    size = _SLACK
    for one in drafts:
        key = new_key()
        framed = _frame(one, key)
        if group and (len(group) == EVENTS_A_BUNDLE or size + len(framed) + 5 > MAX_BUNDLE_BYTES):
            yield group
            group, size = [], _SLACK
        group.append((one, framed, key))
        size += len(framed) + 5
    if group:
        yield group


def _frame(one: Draft, key: bytes) -> bytes:
    return log_format("event").write(
        {"envelope": one.envelope, "schema": one.schema, "sealed": seal(one.payload, key, one.id)}
    )


def _bundle(
    cord: Cord,
    sequence: int,
    previous: bytes,
    group: list[tuple[Draft, bytes, bytes]],
    signing: Signing,
) -> Sealed:
    record = {
        "cord": cord._asdict(),
        "sequence": sequence,
        "previous": previous,
        "events": [framed for _, framed, _ in group],
    }
    body = log_format("bundle").write(record)
    keys = log_format("key_list").write(
        write_key_list(cord, sequence, [key for _, _, key in group], signing.recipients)
    )
    return Sealed(
        cord,
        sequence,
        hashlib.sha256(body).digest(),
        sign(topics.bundles(signing.country), body, signing.key_id, signing.key),
        sign(topics.keys(signing.country), keys, signing.key_id, signing.key),
        signing.key_id,
        tuple(one for one, _, _ in group),
    )


def sign_again(topic: str, signed: bytes, key_id: str, key: Ed25519PrivateKey) -> bytes:
    """The same body under another key of the node: after a rotation that came before the body was
    sent.
    """
    return sign(topic, read_signed(signed)["body"], key_id, key)


def without_keys(
    topic: str,
    key_list: bytes,
    erased: Mapping[int, tuple[str, str, str]],
    key_id: str,
    key: Ed25519PrivateKey,
) -> bytes:
    """The key list with the named entries erased: index -> (verdict, code, field) as the receipt
    said. Nothing else changes.
    """
    record = log_format("key_list").read(read_signed(key_list)["body"])
    for index, (verdict, code, field) in erased.items():
        record["keys"][index] = {"verdict": verdict, "code": code, "field": field}
    return sign(topic, log_format("key_list").write(record), key_id, key)


def envelope_of(bundle: bytes, index: int) -> EnvelopeRecord:
    """The envelope of an event in a signed bundle: in clear, for it has nothing personal."""
    events = log_format("bundle").read(read_signed(bundle)["body"])["events"]
    return log_format("event").read(events[index])["envelope"]
