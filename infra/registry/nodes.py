"""Admit nodes, change their keys, open epochs and set contacts: entries of quipu.config."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from infra.clock import now_ms
from infra.errors import FoundingError
from infra.keys import keyring
from infra.keys.key_files import key_id_of
from infra.registry.config_writer import (
    MARGIN_MS,
    ConfigChange,
    Entry,
    announce,
    earliest_effect,
    read_config_history,
    write_checked,
)
from infra.registry.kafka_users import grant_access
from infra.settings import Settings
from schemas.exchange_config import ConfigHistory, Contact
from schemas.i18n import _
from schemas.model import COUNTRIES
from schemas.release.rules import MECHANISM
from schemas.topics import NODE_PARTITIONS

KEEP_MS = 3_600_000
"""An old key stays valid this much longer, for what it signed and is not sent yet."""


class NodeRegistration(NamedTuple):
    """Describe a node to be admitted.

    `partition` None: the former node's, else the one with the fewest nodes. `succeeds`: the nodes
    whose items it takes over.
    """

    node: str
    country: str
    authority: str
    partition: int | None = None
    succeeds: Sequence[str] = ()


def add_node(settings: Settings, registration: NodeRegistration) -> ConfigChange:
    """Make a node's keys and admit it. Raises FoundingError, KeyringError."""
    return add_nodes(settings, [registration])[0]


def add_nodes(settings: Settings, registrations: Iterable[NodeRegistration]) -> list[ConfigChange]:
    """Make the keys of nodes and admit them, in their order. Raises FoundingError, KeyringError.

    Kafka learns of all at once, and of those that were admitted before one that cannot be.
    """
    changes: list[ConfigChange] = []
    try:
        for registration in registrations:
            changes.append(_admit_node(settings, registration))
    finally:
        if changes:
            grant_access(settings)
    return changes


def _admit_node(settings: Settings, registration: NodeRegistration) -> ConfigChange:
    """Make a node's keys and announce it."""
    config, node = read_config_history(settings), registration.node
    check_registration(config, registration)
    keyring.load_mechanism_keys(settings)  # raises before a key is made that nobody can admit
    has_keys = keyring.node_folder(settings, node).exists()
    make_keys = keyring.load_node_keys if has_keys else keyring.create_node_keys
    public = make_keys(settings, node).signing.public_key()
    return announce_node(settings, config, registration, public)


def check_registration(config: ConfigHistory, registration: NodeRegistration) -> None:
    """Check that a node can be admitted so. Raises FoundingError."""
    if registration.node in config.newest().nodes:
        raise FoundingError(
            _("The node {node} already exists.", node=registration.node),
            _("See it with `quipu node list`."),
            "NODE_EXISTS",
        )
    _check_country(registration.country, config)
    _checked_partition(config, registration)


def announce_node(
    settings: Settings,
    config: ConfigHistory,
    registration: NodeRegistration,
    public: Ed25519PublicKey,
) -> ConfigChange:
    """Write the entries of a node and of its first key. Raises FoundingError."""
    node, key_id = registration.node, key_id_of(registration.node, public)
    partition = _checked_partition(config, registration)
    entry = {
        **registration._asdict(),
        "partition": partition,
        "succeeds": list(registration.succeeds),
    }
    key_entry = _key_entry(node, key_id, public, revoked=False)
    change = announce(settings, config, [("Node", entry), key_entry])
    return ConfigChange(change.holds_from, key_id, partition)


def rotate_key(settings: Settings, node: str, keep_ms: int = KEEP_MS) -> ConfigChange:
    """Give a node a new signing key, and revoke the former ones later.

    They stay valid for `keep_ms` after the new one is in effect. Raises FoundingError.
    """
    config = read_config_history(settings)
    _check_node(config, node)
    keys = keyring.add_node_key(settings, node, max(earliest_effect(config) + MARGIN_MS, now_ms()))
    change = announce_next_key(settings, config, node, keys.signing.public_key(), keep_ms)
    grant_access(settings)
    return change


def announce_next_key(
    settings: Settings, config: ConfigHistory, node: str, public: Ed25519PublicKey, keep_ms: int
) -> ConfigChange:
    """Write the entries of a node's next key, and of when the former ones end.

    They stay valid for `keep_ms` after the new one is in effect. Raises FoundingError.
    """
    former = [key for key in config.newest().keys.values() if key.node == node and not key.revoked]
    key_id, since = key_id_of(node, public), earliest_effect(config)
    until = max(since, now_ms() + config.notice_ms + MARGIN_MS) + keep_ms
    new = _key_entry(node, key_id, public, revoked=False)
    old = [_key_entry(node, key.key_id, key.public, revoked=True) for key in former]
    write_checked(settings, config, [(*new, since), *((*entry, until) for entry in old)])
    return ConfigChange(since, key_id, former_until=until)


def revoke_key(settings: Settings, node: str, key_id: str | None) -> ConfigChange:
    """Revoke one signing key of a node, or all. Raises FoundingError for an unknown one."""
    config = read_config_history(settings)
    _check_node(config, node)
    own = [
        key
        for key in config.newest().keys.values()
        if key.node == node and key_id in (None, key.key_id)
    ]
    if not own:
        raise FoundingError(
            _("The node {node} has no key {key_id}.", node=node, key_id=key_id),
            _("See its keys with `quipu node list`."),
            "KEY_UNKNOWN",
        )
    since = now_ms() + config.notice_ms + MARGIN_MS
    entries = [_key_entry(node, key.key_id, key.public, revoked=True) for key in own]
    write_checked(settings, config, [(*entry, since) for entry in entries])
    grant_access(settings)
    return ConfigChange(since, ", ".join(key.key_id for key in own))


def open_epoch(settings: Settings, node: str, lane: str) -> ConfigChange:
    """Approve the next epoch of a lane. Raises FoundingError."""
    config = read_config_history(settings)
    _check_node(config, node)
    approved = (
        epoch for name, of_lane, epoch in config.newest().epochs if (name, of_lane) == (node, lane)
    )
    epoch = max(approved, default=1) + 1
    entry = {"node": node, "lane": lane, "epoch": epoch}
    change = announce(settings, config, [("Epoch", entry)])
    return ConfigChange(change.holds_from, epoch=epoch)


def set_contact(settings: Settings, contact: Contact) -> ConfigChange:
    """Set whom to call of an authority that has a node, or of the mechanism (MEC).

    Raises FoundingError.
    """
    config = read_config_history(settings)
    authorities = sorted(
        {(node.country, node.authority) for node in config.newest().nodes.values()}
    )
    if contact.country != MECHANISM and (contact.country, contact.authority) not in authorities:
        listed = ", ".join("/".join(pair) for pair in authorities) or "-"
        raise FoundingError(
            _(
                "No node is of {country}/{authority}.",
                country=contact.country,
                authority=contact.authority,
            ),
            _("Write one of: {listed}; or MEC.", listed=listed),
            "AUTHORITY_UNKNOWN",
        )
    return announce(settings, config, [("Contact", asdict(contact))])


def _key_entry(node: str, key_id: str, public: Ed25519PublicKey, *, revoked: bool) -> Entry:
    return "NodeKey", {
        "node": node,
        "key_id": key_id,
        "public_key": public.public_bytes_raw(),
        "revoked": revoked,
    }


def _checked_partition(config: ConfigHistory, registration: NodeRegistration) -> int:
    partition = registration.partition
    if partition is None:
        return _free_partition(config, registration)
    if not 0 <= partition < NODE_PARTITIONS:
        raise FoundingError(
            _(
                "There is no partition {chosen}: they are 0 to {last}.",
                chosen=partition,
                last=NODE_PARTITIONS - 1,
            ),
            _("Choose another, or name none."),
        )
    return partition


def _free_partition(config: ConfigHistory, registration: NodeRegistration) -> int:
    """Choose the former node's partition, else the one with the fewest nodes."""
    nodes = config.newest().nodes
    for former in registration.succeeds:
        if former in nodes:
            return nodes[former].partition
    home = _home_of(config, registration.country)
    used = [node.partition for node in nodes.values() if node.home == home]
    return min(range(NODE_PARTITIONS), key=lambda partition: (used.count(partition), partition))


def _home_of(config: ConfigHistory, country: str) -> str:
    partner = config.newest().admission.partners.get(country)
    return country if country in COUNTRIES or partner is None else partner.host


def _check_country(country: str, config: ConfigHistory) -> None:
    partners = config.newest().admission.partners
    admitted = sorted(code for code, partner in partners.items() if partner.is_admitted(now_ms()))
    if country not in (*COUNTRIES, *admitted):
        raise FoundingError(
            _("`{country}` is neither a member country nor an admitted partner.", country=country),
            _(
                "Use one of {countries}, or admit the partner first: quipu partner admit.",
                countries=", ".join((*COUNTRIES, *admitted)),
            ),
        )


def _check_node(config: ConfigHistory, node: str) -> None:
    if node not in config.newest().nodes:
        raise FoundingError(
            _("Config does not know the node {node}.", node=node),
            _("See them with `quipu node list`."),
            "NODE_UNKNOWN",
        )
