"""Know which key signs the disclosure ledger: the one that config announces.

It is another key than the one that signs config, so that the processes that answer questions need
not be able to change who belongs to the exchange. An exchange that was founded by an older release
has none until `quipu found` announces one.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from infra.errors import KeyringError
from infra.exchange_log.config_log import ConfigLog
from infra.keys import keyring
from infra.settings import Settings
from schemas.crypto.disclosures import LedgerTrust, ledger_trust
from schemas.i18n import _


@dataclass(frozen=True, slots=True)
class LedgerSigner:
    """Sign the ledger. `is_former`: config announces no key of the ledger's own yet."""

    key_id: str
    signing: Ed25519PrivateKey
    is_former: bool = False


def load_ledger_signer(settings: Settings) -> LedgerSigner:
    """Return the key that signs the ledger now.

    Raises KafkaError, LogStalledError, NotFoundedError, and KeyringError where this folder has not
    the key that config announces.
    """
    with closing(ConfigLog(settings)) as config_log:
        announced = config_log.refresh().newest().ledger_key
    if announced is None:
        keys = keyring.load_mechanism_keys(settings)
        return LedgerSigner(keys.key_id, keys.signing, is_former=True)
    own = keyring.load_ledger_key(settings)
    if own is None or own.key_id != announced.key_id:
        raise KeyringError(
            _("keys/mechanism/ledger.pem is not the key {key_id}.", key_id=announced.key_id),
            _("Bring the folder keys/ of the machine where `quipu found` announced it."),
            "LEDGER_KEY",
        )
    return LedgerSigner(own.key_id, own.signing)


def load_ledger_trust(settings: Settings) -> LedgerTrust:
    """Return which keys may sign the ledger, and when. Raises what `ConfigLog.refresh` raises."""
    with closing(ConfigLog(settings)) as config_log:
        return ledger_trust(keyring.trust_anchor(settings), config_log.refresh())
