"""Know which keys sign for the mechanism, and until when each does.

A verifier begins with the anchor that it was handed and follows the keys that config announces. A
new key counts as soon as config announces it, so that a writer can change to it in time. The key
before it counts for nothing that was appended when the new one was in effect. So what a key signed
in its time stays valid forever, and a retired key signs nothing new.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from schemas.crypto.sealing import read_signed, verify
from schemas.errors import BadSignatureError
from schemas.exchange_config import ConfigHistory, SigningKey


class TrustedKey(NamedTuple):
    """Hold a key; `until`: ms since 1970 UTC, None for the newest key."""

    public: Ed25519PublicKey
    until: int | None


@dataclass(frozen=True, slots=True)
class TrustedKeys:
    """Hold keys that replaced each other, by their ids. `newest`: id of the last one."""

    keys: Mapping[str, TrustedKey]
    newest: str

    def public(self, appended_at: int | None = None) -> list[Ed25519PublicKey]:
        """Return the keys that sign what was appended then (ms since 1970 UTC); None: all."""
        return [
            key.public
            for key in self.keys.values()
            if appended_at is None or key.until is None or appended_at < key.until
        ]

    def open(self, topic: str, value: bytes, appended_at: int) -> bytes:
        """Return the body of a `Signed` of this topic.

        `appended_at`: of the message, ms since 1970 UTC. Raises UnknownFormatError,
        BrokenFormatError, and BadSignatureError with code UNKNOWN_KEY, KEY_REPLACED or
        BAD_SIGNATURE.
        """
        signed = read_signed(value)
        key = self.keys.get(signed["key_id"])
        if key is None:
            raise BadSignatureError(
                f"signed by {signed['key_id']!r}, which is no key of the mechanism", "UNKNOWN_KEY"
            )
        if key.until is not None and appended_at >= key.until:
            raise BadSignatureError(
                f"signed by {signed['key_id']!r}, which another key has replaced", "KEY_REPLACED"
            )
        return verify(topic, signed, key.public)


def chain_of(anchor: tuple[str, Ed25519PublicKey], announced: Iterable[SigningKey]) -> TrustedKeys:
    """Return the chain of keys that begins with the anchor (its id and public half)."""
    newest, public = anchor
    keys = {newest: TrustedKey(public, None)}
    for key_id, public, since in announced:
        if key_id not in keys:
            keys[newest] = keys[newest]._replace(until=since)
            keys[key_id] = TrustedKey(public, None)
            newest = key_id
    return TrustedKeys(keys, newest)


def signing_trust(anchor: tuple[str, Ed25519PublicKey], config: ConfigHistory) -> TrustedKeys:
    """Return the keys that sign config, receipts and hits."""
    return chain_of(anchor, config.signing_keys)
