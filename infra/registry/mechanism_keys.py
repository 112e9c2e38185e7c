"""Rotate the mechanism's own keys: make a new one, announce it in config, put it into use."""

from __future__ import annotations

from infra.clock import now_ms
from infra.errors import FoundingError, KeyringError
from infra.exchange_log.log_owner import check_signing_key
from infra.keys import keyring, rotation
from infra.keys.rotation import KeyKind, NewKey
from infra.registry.config_writer import (
    ConfigChange,
    Entry,
    earliest_effect,
    read_config_history,
    write_checked,
)
from infra.settings import Settings
from schemas.exchange_config import ConfigHistory
from schemas.i18n import _


def rotate_mechanism_key(settings: Settings, kind: KeyKind, delay_ms: int = 0) -> ConfigChange:
    """Give the mechanism a new key of a kind; the former one signs nothing that comes after it.

    The new key is in use here at once. The former one ends, and nodes encrypt for the new one, when
    the entry is in effect: after the notice, or after `delay_ms` if that is longer. A rotation that
    was interrupted is ended. Raises FoundingError, KeyringError, LogUnavailableError.
    """
    config, now = read_config_history(settings), now_ms()
    keys = keyring.load_mechanism_keys(settings)
    resumes = rotation.is_prepared(settings, kind)
    if not resumes:
        check_signing_key(keys, config, now)
    _check_rotatable(config, kind)
    new = rotation.prepare(settings, kind)
    since = _announced_since(config, new)
    if since is None:
        since = max(earliest_effect(config), now + delay_ms if delay_ms else 0)
        write_checked(settings, config, [(*_entry(new, keys.recipient), since)])
    rotation.install(settings, kind)
    return ConfigChange(since, new.key_id)


def announced_keys(config: ConfigHistory, anchor: str) -> dict[KeyKind, str]:
    """Return the id of the newest key of each kind that config names.

    `anchor`: id of the key that founded the exchange.
    """
    view = config.newest()
    signing = config.signing_keys[-1].key_id if config.signing_keys else anchor
    ledger = view.ledger_key.key_id if view.ledger_key else signing
    public = view.recipient_keys.get(keyring.RECIPIENT, (b"",))[0]
    return {
        KeyKind.SIGNING: signing,
        KeyKind.LEDGER: ledger,
        KeyKind.ENCRYPTION: f"content-{public.hex()[:8]}",
    }


def _check_rotatable(config: ConfigHistory, kind: KeyKind) -> None:
    if not config.newest().recipients:
        raise FoundingError(
            _("The mechanism is not founded on this log."),
            _("Found it first: quipu found"),
            "NOT_FOUNDED",
        )
    if kind is not KeyKind.ENCRYPTION and config.newest().ledger_key is None:
        raise KeyringError(
            _("The key that signs config signs the disclosure ledger too."),
            _("Give the ledger its own key first: quipu found"),
            "LEDGER_KEY",
        )


def _announced_since(config: ConfigHistory, new: NewKey) -> int | None:
    """Return from when on config announces a key already; None where it does not."""
    for key in config.signing_keys:
        if key.key_id == new.key_id:
            return key.since
    for since, view in config.views():
        is_ledger = view.ledger_key is not None and view.ledger_key.key_id == new.key_id
        if is_ledger or new.public in view.recipient_keys.get(keyring.RECIPIENT, ()):
            return max(since, 0)
    return None


def _entry(new: NewKey, recipient: str) -> Entry:
    if new.kind is KeyKind.ENCRYPTION:
        return "MechanismKey", {"recipient": recipient, "public_key": new.public}
    name = "SigningKey" if new.kind is KeyKind.SIGNING else "LedgerKey"
    return name, {"key_id": new.key_id, "public_key": new.public}
