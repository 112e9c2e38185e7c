"""Compute identifiers that anybody with the same secret computes again.

An event id is a UUIDv8 (RFC 9562, 5.8): 32 bits of the node's tag, then 90 bits of HMAC under the
node's permanent id secret. The tag makes ownership a matter of the id itself: what a node says
about an id that has neither its tag nor that of a node it succeeds is rejected, in whatever order
it arrives.
"""

import hashlib
from functools import lru_cache
from uuid import NAMESPACE_URL, UUID, uuid5

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from schemas.model import EventId, IndicatorId, ThingKey, Version

NODE_TAG_BYTES = 4
FINDING_ID_VERSION = 8
"""Of computed findings; ids of indicators are UUIDv5."""


@lru_cache(maxsize=64)
def node_tag(node: str) -> bytes:
    """Return the first 4 bytes of every event id of this node.

    Config refuses a second node with the same tag.
    """
    return hashlib.sha256(b"quipu node\0" + node.encode()).digest()[:NODE_TAG_BYTES]


def derived_key(secret: bytes, purpose: bytes) -> bytes:
    """Derive a key of 32 bytes: the HMAC-SHA256 of its purpose."""
    mac = _keyed_hmac(secret).copy()
    mac.update(purpose)
    return mac.finalize()


def _hmac_of_parts(secret: bytes, *parts: bytes) -> bytes:
    mac = _keyed_hmac(secret).copy()
    mac.update(
        b"".join([piece for part in parts for piece in (len(part).to_bytes(4, "big"), part)])
    )
    return mac.finalize()


def event_id(node: str, secret: bytes, type_: str, source: bytes) -> EventId:
    """Compute an event's id.

    `source` is the source reference, or the canonical content where there is none.
    """
    raw = bytearray(node_tag(node) + _hmac_of_parts(secret, b"event", type_.encode(), source)[:12])
    raw[6] = 0x80 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return EventId(bytes(raw))


def finding_id(mark: bytes, name: str) -> str:
    """Compute the id of a finding from its name: a UUIDv8 that begins with a mark.

    Anybody can compute it from the name, so nothing that could be guessed may be in the name.
    """
    digest = hashlib.sha256(name.encode()).digest()
    raw = bytearray(mark + digest[len(mark) : 16])
    raw[6] = 0x80 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return str(UUID(bytes=bytes(raw)))


def has_mark(id_: str, mark: bytes) -> bool:
    """Say whether an id is that of a finding whose ids begin with a mark."""
    uuid = UUID(id_)
    return uuid.version == FINDING_ID_VERSION and uuid.bytes.startswith(mark)


def event_version(secret: bytes, content: bytes) -> Version:
    """Compute an event's version from its content.

    `content`: the canonical bytes of the payload and of the envelope without id, version,
    supersedes and reported_at.
    """
    return Version(_hmac_of_parts(secret, b"version", content)[:16])


def thing_key(secret: bytes, kind: str, issuer: str, value: str) -> ThingKey:
    """Compute a thing's key: an HMAC of (kind, issuer, normalised value).

    The secret is the mechanism's, so no clear identifier is in Kafka. Two zero bytes separate the
    parts. A part that contains one is written after its length, with all others: such a text begins
    with a zero byte, and no other does.
    """
    text = f"{kind}\0{issuer}\0{value}"
    if text.count("\0") != 2 or not kind:
        parts = (kind.encode(), issuer.encode(), value.encode())
        return ThingKey(_hmac_of_parts(secret, *parts)[:16])
    mac = _keyed_hmac(secret).copy()
    mac.update(text.encode())
    return ThingKey(mac.finalize()[:16])


@lru_cache(maxsize=8)
def _keyed_hmac(secret: bytes) -> HMAC:
    """Make an HMAC to be copied, in half the time of the standard library's `hmac`.

    Its `digest` would also let the interpreter switch threads for each thing.
    """
    return HMAC(secret, SHA256())


def indicator_id(rule: str, grade: str, thing: bytes) -> IndicatorId:
    """Compute an indicator's id: the UUIDv5 of rule, grade and thing."""
    return IndicatorId(uuid5(_rule_namespace(rule, grade), thing.hex()).bytes)


@lru_cache(maxsize=1000)
def _rule_namespace(rule: str, grade: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"quipu:rule:{rule}:{grade}")


def to_uuid_text(id_: bytes) -> str:
    """Write a 16-byte id in the usual form of a UUID."""
    return str(UUID(bytes=id_))
