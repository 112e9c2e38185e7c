"""Seal drafts into bundles and key lists: signed, ready to be sent, and never changed again.

Pure except for random keys.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from producers.model import Draft
from schemas import topics
from schemas.avro.codec import log_format
from schemas.avro.log_records import EnvelopeRecord
from schemas.bounds import MAX_BUNDLE_BYTES, observation_share
from schemas.crypto.sealing import (
    EventBinding,
    new_keys,
    read_signed,
    seal_event,
    sign,
    write_key_list,
)
from schemas.model import Cord

EVENTS_PER_BUNDLE = 100
GENESIS_HASH = bytes(32)
_FRAMING_BYTES = 1024  # of cord, hashes, signature, framing


@dataclass(frozen=True, slots=True)
class Signing:
    """What bundles are signed with, and the recipients that their keys are wrapped for."""

    key_id: str
    key: Ed25519PrivateKey
    country: str
    recipients: Mapping[str, X25519PublicKey]


@dataclass(frozen=True, slots=True)
class SealedBundle:
    """A bundle of a cord with its key list, both as signed bytes.

    `hash` is the SHA-256 of the bundle's body.
    """

    cord: Cord
    sequence: int
    hash: bytes
    bundle: bytes
    key_list: bytes
    key_id: str
    drafts: tuple[Draft, ...]


def seal_all(
    cord: Cord, sequence: int, previous: bytes, drafts: Sequence[Draft], signing: Signing
) -> list[SealedBundle]:
    """Seal drafts in their order, in as many bundles as they need.

    The first bundle has this `sequence` and names `previous` as the hash before it.
    """
    bundles = []
    for group in _groups(drafts):
        bundle = _bundle(cord, sequence, previous, group, signing)
        bundles.append(bundle)
        sequence, previous = sequence + 1, bundle.hash
    return bundles


class _FramedDraft(NamedTuple):
    """A draft, its framed event, and the key that the event is sealed with."""

    draft: Draft
    framed: bytes
    key: bytes


def _groups(drafts: Sequence[Draft]) -> Iterator[list[_FramedDraft]]:
    """Frame drafts and part them into groups of at most 100 events and 900 KiB.

    A group is smaller where one of its events names more things than its share.
    """
    group: list[_FramedDraft] = []
    size, observations = _FRAMING_BYTES, 0
    for draft, key in zip(drafts, new_keys(len(drafts)), strict=True):
        framed = _frame(draft, key)
        observations = max(observations, draft.observations)
        is_full = (
            len(group) == EVENTS_PER_BUNDLE
            or size + len(framed) + 5 > MAX_BUNDLE_BYTES
            or observations > observation_share(len(group) + 1)
        )
        if group and is_full:
            yield group
            group, size, observations = [], _FRAMING_BYTES, draft.observations
        group.append(_FramedDraft(draft, framed, key))
        size += len(framed) + 5
    if group:
        yield group


def _frame(draft: Draft, key: bytes) -> bytes:
    binding = EventBinding(draft.id, draft.envelope["version"], draft.schema)
    sealed = seal_event(draft.payload, key, binding)
    return log_format("event").write({"envelope": draft.envelope, "schema": draft.schema, **sealed})


def _bundle(
    cord: Cord, sequence: int, previous: bytes, group: list[_FramedDraft], signing: Signing
) -> SealedBundle:
    record = {
        "cord": cord._asdict(),
        "sequence": sequence,
        "previous": previous,
        "events": [member.framed for member in group],
    }
    body = log_format("bundle").write(record)
    keys = [member.key for member in group]
    key_list = log_format("key_list").write(
        write_key_list(cord, sequence, keys, signing.recipients)
    )
    return SealedBundle(
        cord=cord,
        sequence=sequence,
        hash=hashlib.sha256(body).digest(),
        bundle=sign(topics.bundles(signing.country), body, signing.key_id, signing.key),
        key_list=sign(topics.keys(signing.country), key_list, signing.key_id, signing.key),
        key_id=signing.key_id,
        drafts=tuple(member.draft for member in group),
    )


def sign_again(topic: str, signed: bytes, key_id: str, key: Ed25519PrivateKey) -> bytes:
    """Sign the same body with another key of the node, after a rotation before it was sent."""
    return sign(topic, read_signed(signed)["body"], key_id, key)


def erase_keys(
    topic: str,
    key_list: bytes,
    erased: Mapping[int, tuple[str, str, str]],
    key_id: str,
    key: Ed25519PrivateKey,
) -> bytes:
    """Erase the named entries of a key list; nothing else changes.

    `erased` gives by index (verdict, code, field) as the receipt says.
    """
    record = log_format("key_list").read(read_signed(key_list)["body"])
    for index, (verdict, code, field) in erased.items():
        record["keys"][index] = {"verdict": verdict, "code": code, "field": field}
    return sign(topic, log_format("key_list").write(record), key_id, key)


def read_envelope(bundle: bytes, index: int) -> EnvelopeRecord:
    """Read the envelope of an event in a signed bundle; it is in clear."""
    return log_format("event").read(_read_events(bundle)[index])["envelope"]


@lru_cache(4)  # rows that withdraw many records name those of one bundle after another
def _read_events(bundle: bytes) -> list[bytes]:
    events: list[bytes] = log_format("bundle").read(read_signed(bundle)["body"])["events"]
    return events
