"""Seal what analysts write under a key of its own, which can be erased.

Each object of work (a case, a note, a watch-list …) has one key. The topic quipu.work-keys holds
it, wrapped for the mechanism; what is sealed with it stands in quipu.disclosures. Once the key is
erased, nobody reads any of it, and signatures and chains hold as before.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from schemas.avro.codec import Record
from schemas.avro.log_records import WorkKeyRecord
from schemas.crypto.sealing import HPKE_SUITE, unwrap_key
from schemas.errors import CannotOpenError

NONCE_BYTES = 12


def wrap_work_key(
    object_id: bytes, key: bytes, recipients: Mapping[str, X25519PublicKey]
) -> Record:
    """Make the WorkKey record of an object: its key (32 bytes), wrapped for each recipient."""
    return {
        "object": object_id,
        "recipients": [
            {
                "recipient": name,
                "wrapped": HPKE_SUITE.encrypt(key, public, info=_info(object_id)),
            }
            for name, public in sorted(recipients.items())
        ],
        "erased": False,
    }


def erased_work_key(object_id: bytes) -> Record:
    """Make the WorkKey record that says that the key of an object is gone for good."""
    return {"object": object_id, "recipients": [], "erased": True}


def open_work_key(
    record: WorkKeyRecord, recipient: str, keys: Iterable[X25519PrivateKey]
) -> bytes | None:
    """Return the key of an object; None where it was erased. Raises CannotOpenError."""
    if record["erased"]:
        return None
    for entry in record["recipients"]:
        if entry["recipient"] == recipient:
            return unwrap_key(entry["wrapped"], keys, _info(record["object"]))
    raise CannotOpenError(f"the key of the object is not wrapped for {recipient}")


def seal_work(content: bytes, key: bytes, object_id: bytes) -> bytes:
    """Seal content under the key of its object: nonce, then AES-256-GCM."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, object_id)


def open_work(sealed: bytes, key: bytes, object_id: bytes) -> bytes:
    """Return the content that `seal_work` sealed. Raises CannotOpenError."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], object_id)
    except (InvalidTag, ValueError) as error:
        raise CannotOpenError("the content does not open with the key of its object") from error


def _info(object_id: bytes) -> bytes:
    return b"quipu work key " + object_id
