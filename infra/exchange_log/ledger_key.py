"""Know which key signs the disclosure ledger: the one that config announces.

It is another key than the one that signs config, so that the processes that answer questions need
not be able to change who belongs to the exchange. An exchange that was founded by an older release
has none until `quipu found` announces one.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from infra.clock import now_ms
from infra.errors import KeyringError
from infra.exchange_log.config_log import ConfigLog
from infra.keys import keyring
from infra.settings import Settings
from schemas.crypto.disclosures import LedgerTrust, ledger_trust
from schemas.i18n import _


@dataclass(frozen=True, slots=True)
class LedgerSigner:
    """Sign the ledger: a key, and its id."""

    key_id: str
    signing: Ed25519PrivateKey


def load_ledger_signer(settings: Settings) -> LedgerSigner:
    """Return the key that signs the ledger now.

    Raises KafkaError, LogStalledError, NotFoundedError, and KeyringError where this folder has not
    the key that config announces.
    """
    with closing(ConfigLog(settings)) as config_log:
        config = config_log.refresh()
    announced, now = config.newest().ledger_key, config.at(now_ms()).ledger_key
    if announced is None:
        keys = keyring.load_mechanism_keys(settings)
        return LedgerSigner(keys.key_id, keys.signing)
    own = keyring.load_ledger_key(settings)
    if own is None or own.key_id not in {key.key_id for key in (announced, now) if key}:
        raise KeyringError(
            _("keys/mechanism/ledger.pem is not the key {key_id}.", key_id=announced.key_id),
            _(
                "Bring the folder keys/ of the machine where `quipu found` or `quipu key rotate` "
                "announced it. On that machine, repeat `quipu key rotate ledger`."
            ),
            "LEDGER_KEY",
        )
    return LedgerSigner(own.key_id, own.signing)


def load_ledger_trust(settings: Settings) -> LedgerTrust:
    """Return which keys may sign the ledger, and when. Raises what `ConfigLog.refresh` raises."""
    with closing(ConfigLog(settings)) as config_log:
        return ledger_trust(keyring.trust_anchor(settings), config_log.refresh())
