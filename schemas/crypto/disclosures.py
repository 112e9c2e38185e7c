"""Open the signed entries of the disclosure ledger (topic quipu.disclosures)."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from schemas.crypto.sealing import read_signed, verify
from schemas.errors import BadSignatureError
from schemas.topics import DISCLOSURES


def read_entry(value: bytes, key_id: str, public: Ed25519PublicKey) -> bytes:
    """Return the framed Disclosure in a message of the topic.

    Raises BadSignatureError, BrokenFormatError, UnknownFormatError.
    """
    signed = read_signed(value)
    if signed["key_id"] != key_id:
        raise BadSignatureError(
            f"signed by {signed['key_id']!r}, not by the mechanism's key {key_id!r}", "UNKNOWN_KEY"
        )
    return verify(DISCLOSURES, signed, public)
