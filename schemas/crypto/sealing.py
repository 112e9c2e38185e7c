"""Sign, seal and wrap, with Ed25519, AES-256-GCM and HPKE (RFC 9180) of `cryptography`.

Signed: DSSE's pre-authentication encoding (secure-systems-lab/dsse, protocol.md) of the exact body
bytes. Its type is the topic, so that a bundle of one topic is worth nothing in another.
"""

import hashlib
import hmac
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from schemas.avro.codec import Record, log_format
from schemas.avro.log_records import ErasedRecord, KeyListRecord, SignedRecord
from schemas.errors import BadSignatureError, CannotOpenError
from schemas.model import Cord

HPKE_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
ZERO_NONCE = bytes(12)  # a key that seals one message only needs no other nonce


def pre_authentication_encoding(topic: str, body: bytes) -> bytes:
    """Encode a body as DSSE does before signing; the payload type is the topic."""
    name = topic.encode()
    return b"DSSEv1 %d %b %d %b" % (len(name), name, len(body), body)


def sign(topic: str, body: bytes, key_id: str, key: Ed25519PrivateKey) -> bytes:
    """Return the framed `Signed` that is written to `topic`."""
    return log_format("signed").write(
        {
            "body": body,
            "key_id": key_id,
            "signature": key.sign(pre_authentication_encoding(topic, body)),
        }
    )


def read_signed(value: bytes) -> SignedRecord:
    """Return body, key_id and signature of a message, not verified yet.

    Raises UnknownFormatError, BrokenFormatError.
    """
    return log_format("signed").read(value)


def verify(topic: str, signed: SignedRecord, key: Ed25519PublicKey) -> bytes:
    """Return the body if its signature is good for this topic. Raises BadSignatureError."""
    try:
        key.verify(signed["signature"], pre_authentication_encoding(topic, signed["body"]))
    except InvalidSignature as error:
        raise BadSignatureError(
            f"the signature by {signed['key_id']} does not fit the body and {topic}"
        ) from error
    body: bytes = signed["body"]
    return body


def open_signed(topic: str, value: bytes, author: tuple[str, Ed25519PublicKey]) -> bytes:
    """Return the body of a message that `author` (key id and key) signed for this topic.

    Raises UnknownFormatError, BrokenFormatError, BadSignatureError (code UNKNOWN_KEY for another
    author's).
    """
    key_id, key = author
    signed = read_signed(value)
    if signed["key_id"] != key_id:
        raise BadSignatureError(f"signed by {signed['key_id']!r}, not by {key_id!r}", "UNKNOWN_KEY")
    return verify(topic, signed, key)


KEY_BYTES = 32


def new_key() -> bytes:
    """Make a random AES-256 key (32 bytes)."""
    return os.urandom(KEY_BYTES)


def new_keys(count: int) -> list[bytes]:
    """Make so many random keys, with one call of the system."""
    pool = os.urandom(KEY_BYTES * count)
    return [pool[start : start + KEY_BYTES] for start in range(0, len(pool), KEY_BYTES)]


_LABELLED_HASH = hashlib.sha256(b"quipu event key\0")
"""The hash that binds a key to an event, as it begins: a copy takes less time than a new one."""


class EventBinding(NamedTuple):
    """Hold what a sealed payload belongs to: id, version (16 bytes each) and schema (32 bytes).

    `key_hash`: of the event's own key, as the signed event has it; None where an older release
    sealed it. AES-GCM alone would let one ciphertext open with two keys to two contents.
    """

    event_id: bytes
    version: bytes
    schema: bytes
    key_hash: bytes | None = None

    @property
    def associated_data(self) -> bytes:
        """Return what the payload's tag covers besides the payload."""
        if self.key_hash is None:
            return self.event_id
        return self.event_id + self.version + self.schema

    def hash_of(self, key: bytes) -> bytes:
        """Compute the SHA-256 (32 bytes) that binds a key to this event."""
        labelled = _LABELLED_HASH.copy()
        labelled.update(self.event_id + self.version + self.schema + key)
        return labelled.digest()


def seal_event(payload: bytes, key: bytes, binding: EventBinding) -> dict[str, bytes]:
    """Seal a payload under a key of its own: the fields `sealed` and `key_hash` of its event."""
    associated_data = binding.event_id + binding.version + binding.schema
    return {"sealed": seal(payload, key, associated_data), "key_hash": binding.hash_of(key)}


def open_event(sealed: bytes, key: bytes, binding: EventBinding) -> bytes:
    """Return the payload of an event. Raises CannotOpenError, for another key than its own too."""
    associated_data, key_hash = binding.associated_data, binding.key_hash
    if key_hash is not None and not hmac.compare_digest(key_hash, binding.hash_of(key)):
        raise CannotOpenError("the key is not the one that the signed event names")
    return open_sealed(sealed, key, associated_data)


def seal(payload: bytes, key: bytes, associated_data: bytes) -> bytes:
    """Seal a payload under a key that is used for nothing else."""
    return AESGCM(key).encrypt(ZERO_NONCE, payload, associated_data)


def open_sealed(sealed: bytes, key: bytes, associated_data: bytes) -> bytes:
    """Return the payload that `seal` sealed. Raises CannotOpenError."""
    try:
        return AESGCM(key).decrypt(ZERO_NONCE, sealed, associated_data)
    except InvalidTag as error:
        raise CannotOpenError("the payload does not open with its key") from error


def _info(cord: Cord, sequence: int) -> bytes:
    return f"quipu key list {cord}/{sequence}".encode()


def write_key_list(
    cord: Cord, sequence: int, keys: Sequence[bytes], recipients: Mapping[str, X25519PublicKey]
) -> Record:
    """Make the KeyList record of a bundle.

    Each event key is under the list's key (nonce = index), the list's key is wrapped for each
    recipient.
    """
    list_key, info = new_key(), _info(cord, sequence)
    cipher = AESGCM(list_key)
    return {
        "cord": cord._asdict(),
        "sequence": sequence,
        "recipients": [
            {"recipient": name, "wrapped": HPKE_SUITE.encrypt(list_key, public, info=info)}
            for name, public in sorted(recipients.items())
        ],
        "keys": [
            cipher.encrypt(index.to_bytes(12, "big"), key, info) for index, key in enumerate(keys)
        ],
    }


def open_key_list(
    key_list: KeyListRecord, recipient: str, keys: Iterable[X25519PrivateKey]
) -> list[bytes | ErasedRecord]:
    """Return the event's key by index, or the record of an erased one.

    `keys`: the recipient's, tried in this order. Raises CannotOpenError.
    """
    info = _info(Cord(**key_list["cord"]), key_list["sequence"])
    wrapped = next(
        (entry["wrapped"] for entry in key_list["recipients"] if entry["recipient"] == recipient),
        None,
    )
    if wrapped is None:
        raise CannotOpenError(f"the key list is not wrapped for {recipient}")
    list_key = unwrap_key(wrapped, keys, info)
    try:
        cipher = AESGCM(list_key)
        return [
            cipher.decrypt(index.to_bytes(12, "big"), entry, info)
            if isinstance(entry, bytes)
            else entry
            for index, entry in enumerate(key_list["keys"])
        ]
    except (InvalidTag, ValueError) as error:
        raise CannotOpenError("the key list does not open with the mechanism's key") from error


def unwrap_key(wrapped: bytes, keys: Iterable[X25519PrivateKey], info: bytes) -> bytes:
    """Return what HPKE wrapped for one of these keys. Raises CannotOpenError."""
    for private in keys:
        try:
            return HPKE_SUITE.decrypt(wrapped, private, info=info)
        except (InvalidTag, ValueError):
            continue  # it may be encrypted for a former key
    raise CannotOpenError("the key list does not open with any key of the mechanism")
