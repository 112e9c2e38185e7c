"""Seal what the content of an item says about its retention, for the node's own outbox."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping

from schemas.crypto.sealing import open_sealed, seal
from schemas.model import EventId

_SALT_BYTES = 16


def seal_marks(marks: Mapping[str, str], item: EventId, secret: bytes) -> bytes:
    """Seal the marks of an item under a key of their own. `secret`: the node's secret of ids."""
    text = json.dumps(marks, sort_keys=True).encode()
    salt = hmac.digest(secret, b"retention salt\0" + item + text, "sha256")[:_SALT_BYTES]
    return salt + seal(text, _key(salt, secret), item)


def open_marks(sealed: bytes, item: EventId, secret: bytes) -> dict[str, str]:
    """Return the marks that `seal_marks` sealed. Raises CannotOpenError."""
    salt, rest = sealed[:_SALT_BYTES], sealed[_SALT_BYTES:]
    marks: dict[str, str] = json.loads(open_sealed(rest, _key(salt, secret), item))
    return marks


def _key(salt: bytes, secret: bytes) -> bytes:
    """Derive a key; the salt comes from the text, so a key seals one text only."""
    return hmac.digest(secret, b"retention marks\0" + salt, "sha256")
