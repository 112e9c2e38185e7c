"""Open the signed entries of the disclosure ledger (topic quipu.disclosures)."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from schemas.crypto.trusted_keys import TrustedKeys, chain_of
from schemas.exchange_config import ConfigHistory, SigningKey
from schemas.topics import DISCLOSURES, WORK_KEYS


@dataclass(frozen=True, slots=True)
class LedgerTrust:
    """Know which keys sign the ledger, and until when each does."""

    keys: TrustedKeys

    def read(self, value: bytes, appended_at: int) -> bytes:
        """Return the framed Disclosure in a message of the topic.

        `appended_at`: ms since 1970 UTC. Raises BadSignatureError, BrokenFormatError,
        UnknownFormatError.
        """
        return self.keys.open(DISCLOSURES, value, appended_at)

    def read_work_key(self, value: bytes, appended_at: int) -> bytes:
        """Return the framed WorkKey in a message of quipu.work-keys. Raises as `read`."""
        return self.keys.open(WORK_KEYS, value, appended_at)


def ledger_trust(anchor: tuple[str, Ed25519PublicKey], config: ConfigHistory) -> LedgerTrust:
    """Return the keys that config names, after the mechanism's own: `anchor`, its id and half."""
    announced = (
        SigningKey(view.ledger_key.key_id, view.ledger_key.public, since)
        for since, view in config.views()
        if view.ledger_key is not None
    )
    return LedgerTrust(chain_of(anchor, announced))
