"""Identifiers that anybody entitled computes again and gets the same.

Event id: UUIDv8 (RFC 9562, 5.8): 32 bits of the node's tag, then 90 bits of HMAC under the node's
permanent id secret. The tag makes ownership a matter of the id itself: what a node says about an id
that does not bear its tag (or that of a node it succeeds) is rejected, wherever and in whatever
order it arrives.
"""

import hashlib
import hmac
from functools import lru_cache
from uuid import NAMESPACE_URL, UUID, uuid5

from schemas.model import EventId, IndicatorId, ThingKey, Version

NODE_TAG_BYTES = 4


@lru_cache(maxsize=64)
def node_tag(node: str) -> bytes:
    """The first 4 bytes of every event id of this node. Config refuses a second node with the same
    tag.
    """
    return hashlib.sha256(b"quipu node\0" + node.encode()).digest()[:NODE_TAG_BYTES]


def _hmac_of_parts(secret: bytes, *parts: bytes) -> bytes:
    mac = _keyed_hmac(secret).copy()
    mac.update(
        b"".join([piece for part in parts for piece in (len(part).to_bytes(4, "big"), part)])
    )
    return mac.digest()


def event_id(node: str, secret: bytes, type_: str, source: bytes) -> EventId:
    """`source` is the source reference, or the canonical content where there is none."""
    raw = bytearray(node_tag(node) + _hmac_of_parts(secret, b"event", type_.encode(), source)[:12])
    raw[6] = 0x80 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return EventId(bytes(raw))


def event_version(secret: bytes, content: bytes) -> Version:
    """`content`: canonical bytes of what the item says (its envelope without id, version,
    supersedes and reported_at; its payload).
    """
    return Version(_hmac_of_parts(secret, b"version", content)[:16])


def thing_key(secret: bytes, kind: str, issuer: str, value: str) -> ThingKey:
    """HMAC under the mechanism's secret of (kind, issuer, normalised value): no clear identifier in
    Kafka.
    """
    mac = _keyed_hmac(secret).copy()
    mac.update(f"{kind}\0{issuer}\0{value}".encode())
    return ThingKey(mac.digest()[:16])


@lru_cache(maxsize=8)
def _keyed_hmac(secret: bytes) -> hmac.HMAC:
    """To be copied. `hmac.digest` would let the interpreter go to another thread for each thing,
    and then wait for its turn.
    """
    return hmac.new(secret, digestmod=hashlib.sha256)


def indicator_id(rule: str, grade: str, thing: bytes) -> IndicatorId:
    """UUIDv5(rule and grade, thing)."""
    return IndicatorId(uuid5(_rule_namespace(rule, grade), thing.hex()).bytes)


@lru_cache(maxsize=1000)
def _rule_namespace(rule: str, grade: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"quipu:rule:{rule}:{grade}")


def to_uuid_text(id_: bytes) -> str:
    """The usual form of a 16-byte id."""
    return str(UUID(bytes=id_))
