"""Found the mechanism: its keys, the first entries of its config, its event types and rules."""

from __future__ import annotations

from collections.abc import Iterator

from infra import data_folder
from infra.errors import FoundingError, KeyringError
from infra.exchange_log.generation import FIRST_GENERATION
from infra.exchange_log.log_owner import check_folder_owns_log
from infra.keys import keyring
from infra.keys.keyring import MechanismKeys
from infra.registry.agreements import pending_agreement_entries
from infra.registry.config_writer import (
    ConfigChange,
    Entry,
    announce,
    answering,
    append_entries,
    earliest_effect,
    read_config_history,
    write_checked,
)
from infra.registry.local_types import pending_config_entries
from infra.registry.rules import pending_rule_entries
from infra.settings import Settings
from schemas.bounds import MAX_LABELS_PER_NODE
from schemas.event.event_type import released_types
from schemas.exchange_config import NOTICE_MS, ConfigView
from schemas.i18n import _
from schemas.model import NEWEST_FORM


def found_mechanism(settings: Settings, notice_ms: int = NOTICE_MS) -> ConfigChange:
    """Create the mechanism's keys and begin its config. Repeated after a crash, it continues.

    It announces the event types and rules of the release, and what the folder `types` brings
    (infra.registry.local_types). On a founded exchange it announces those that config lacks.
    Raises FoundingError FOUNDED when there are none, ForeignLogError where another mechanism
    founded the log, KeyringError ANCHOR_BROUGHT in a country's folder, QuipuError TYPE_REFUSED or
    RuleAnnouncementError for a file of that folder.
    """
    data_folder.prepare(settings)
    keys = _own_keys(settings)
    config = read_config_history(settings)
    content = [*_ledger_key(settings, config.newest()), *_content(settings, config.newest())]
    was_founded = keys.recipient in config.newest().recipients
    if was_founded and not content:
        raise FoundingError(
            _("The mechanism is already founded on this log."),
            _("Continue with `quipu node add`, or close the founding with `quipu found --close`."),
            "FOUNDED",
        )
    since = earliest_effect(config)
    first = [] if was_founded else _first_entries(keys, notice_ms)
    entries = [(name, entry, since) for name, entry in (*first, *content)]
    if since:
        write_checked(settings, config, entries)
    else:
        append_entries(settings, entries)
    return ConfigChange(since, announced=was_founded)


def require_key_hashes(settings: Settings) -> ConfigChange:
    """Reject events without the hash of their key from now on, on an exchange that took them.

    Nodes of an earlier release write such events. Raises FoundingError FOUNDED where it is so.
    """
    config = read_config_history(settings)
    if config.newest().requires_key_hashes:
        raise FoundingError(
            _("Every event has to carry the hash of its key already."),
            _("Nothing more is needed."),
            "FOUNDED",
        )
    return announce(settings, config, [("KeyHashes", {})])


def close_founding(settings: Settings) -> None:
    """End the founding: from here on, entries need their notice.

    Raises FoundingError FOUNDED when it is closed.
    """
    if read_config_history(settings).founded:
        raise FoundingError(
            _("The founding is closed already."),
            _("Nothing more is needed."),
            "FOUNDED",
        )
    append_entries(settings, [("Founded", {}, 0)])


def _own_keys(settings: Settings) -> MechanismKeys:
    """Return the mechanism's keys; they are made only for a log that nobody has founded.

    Raises ForeignLogError, KeyringError.
    """
    if (settings.keys_dir / "mechanism").exists():
        keyring.restore_anchor(settings)
        with answering():
            check_folder_owns_log(settings)
    elif not (settings.keys_dir / "anchor.pem").exists():
        with answering():
            check_folder_owns_log(settings)
        keyring.create_mechanism_keys(settings)
    else:
        raise KeyringError(
            _(
                "{folder} has the anchor of a mechanism, not its keys: this is a country's folder.",
                folder=settings.keys_dir,
            ),
            _("Only the mechanism is founded. Continue with `quipu node list`."),
            "ANCHOR_BROUGHT",
        )
    return keyring.load_mechanism_keys(settings)


def _first_entries(keys: MechanismKeys, notice_ms: int) -> list[Entry]:
    public_key = keys.unwrap.public_key().public_bytes_raw()
    return [
        ("Founding", {"notice_ms": notice_ms}),
        ("MechanismKey", {"recipient": keys.recipient, "public_key": public_key}),
        ("DerivedForm", {"form": NEWEST_FORM, "since_generation": FIRST_GENERATION}),
        ("KeyHashes", {}),
    ]


def _ledger_key(settings: Settings, config: ConfigView) -> Iterator[Entry]:
    """Yield the ledger's key where config has none: an older release founded the exchange."""
    if config.ledger_key is None:
        key = keyring.create_ledger_key(settings)
        public_key = key.signing.public_key().public_bytes_raw()
        yield "LedgerKey", {"key_id": key.key_id, "public_key": public_key}


def _content(settings: Settings, config: ConfigView) -> Iterator[Entry]:
    """Yield the bound of labels, types, code lists, agreements and rules that config lacks."""
    if config.most_labels is None:
        yield "LabelQuota", {"labels": MAX_LABELS_PER_NODE}
    for fingerprint, kind in released_types().items():
        if fingerprint not in config.schemas:
            yield "EventSchema", {"type": kind.name, "text": kind.format.text}
    yield from pending_config_entries(settings, config)
    yield from pending_agreement_entries(config)
    yield from pending_rule_entries(settings, config)
