"""Open the signed entries of the disclosure ledger (topic quipu.disclosures)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from schemas.crypto.sealing import read_signed, verify
from schemas.errors import BadSignatureError
from schemas.exchange_config import ConfigHistory
from schemas.topics import DISCLOSURES


class TrustedKey(NamedTuple):
    """Hold a key of the ledger; `until`: ms since 1970 UTC, None for the newest key."""

    public: Ed25519PublicKey
    until: int | None


@dataclass(frozen=True, slots=True)
class LedgerTrust:
    """Know which keys sign the ledger, by their ids, and until when each does.

    A new key counts as soon as config announces it, so that a writer can change to it in time. The
    key before it counts for no entry that was appended when the new one was in effect.
    """

    keys: Mapping[str, TrustedKey]

    def read(self, value: bytes, appended_at: int) -> bytes:
        """Return the framed Disclosure in a message of the topic.

        `appended_at`: ms since 1970 UTC. Raises BadSignatureError, BrokenFormatError,
        UnknownFormatError.
        """
        signed = read_signed(value)
        key = self.keys.get(signed["key_id"])
        if key is None:
            raise BadSignatureError(
                f"signed by {signed['key_id']!r}, which is no key of the ledger", "UNKNOWN_KEY"
            )
        if key.until is not None and appended_at >= key.until:
            raise BadSignatureError(
                f"signed by {signed['key_id']!r}, which another key has replaced", "KEY_REPLACED"
            )
        return verify(DISCLOSURES, signed, key.public)


def ledger_trust(anchor: tuple[str, Ed25519PublicKey], config: ConfigHistory) -> LedgerTrust:
    """Return the keys that config names, after the mechanism's own: `anchor`, its id and half."""
    key_id, public = anchor
    keys = {key_id: TrustedKey(public, None)}
    newest = key_id
    for since, view in config.views():
        key = view.ledger_key
        if key is not None and key.key_id != newest:
            keys[newest] = keys[newest]._replace(until=since)
            keys[key.key_id] = TrustedKey(key.public, None)
            newest = key.key_id
    return LedgerTrust(keys)
