"""Seal what records are compared by under a key that dies with the event's own key.

The record key is derived from the event's key by HKDF (RFC 5869): the expand step alone, since the
event's key is random already. AES-GCM-SIV (RFC 8452) seals: one content gives one ciphertext, and
two contents under one key tell nothing of each other. Generations of another release may read a
payload otherwise, so that can happen.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from msgspec import DecodeError, Struct

from schemas.errors import CannotOpenError
from streams.folding.packing import Packing
from streams.matching.record import FORMAT as PERSON_FORMAT

_RECORD_INFO = b"quipu comparison record\x01"
_LINK_INFO = b"quipu link\x01"
_NONCE = bytes(12)
SECRET_BYTES = 16


class ComparedRecord(Struct, frozen=True, array_like=True):
    """A person, object or way of acting of an event, as one partition of blocking keys needs it.

    `number`: which of the event's it is. `record`: packed by the comparer, whose
    byte comes first. `blocks`: those of this partition in which it is looked for (`block_of`).
    """

    number: int
    record: bytes
    blocks: list[bytes]


_RECORDS = Packing[list[ComparedRecord]](list[ComparedRecord])


def seal_records(records: Sequence[ComparedRecord], event_key: bytes, event_id: bytes) -> bytes:
    """Seal the records of an event for one partition."""
    cipher = AESGCMSIV(_record_key(event_key))
    return cipher.encrypt(_NONCE, _RECORDS.pack(list(records)), event_id)


def open_records(sealed: bytes, event_key: bytes, event_id: bytes) -> list[ComparedRecord]:
    """Give the records that were sealed. Raises CannotOpenError."""
    try:
        content = AESGCMSIV(_record_key(event_key)).decrypt(_NONCE, sealed, event_id)
        return _RECORDS.unpack(content)
    except (InvalidTag, ValueError, DecodeError) as error:
        raise CannotOpenError("the comparison record does not open with its event's key") from error


def link_secret(event_key: bytes) -> bytes:
    """Derive what the keys of an event's links are made of (16 bytes).

    Once the event's key is erased, nobody can compute the key of a link from two event ids.
    """
    return hmac.digest(event_key, _LINK_INFO, "sha256")[:SECRET_BYTES]


def link_key(first_secret: bytes, second_secret: bytes, format_byte: bytes) -> bytes:
    """Name the links of one comparer between two events in the topic of links (16 bytes).

    Links of persons came first, and nothing in their keys says so.
    """
    info = _LINK_INFO if format_byte == PERSON_FORMAT else _LINK_INFO + format_byte
    return hmac.digest(first_secret + second_secret, info, "sha256")[:SECRET_BYTES]


def _record_key(event_key: bytes) -> bytes:
    return hmac.digest(event_key, _RECORD_INFO, "sha256")
