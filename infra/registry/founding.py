"""Found the mechanism, admit its nodes and announce rules: write entries of quipu.config.

The entries are signed with the mechanism's key.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from kafka.errors import KafkaError

from infra import data_folder
from infra.clock import now_ms
from infra.errors import FoundingError, LogUnavailableError, NotFoundedError
from infra.exchange_log.config_log import ConfigLog, RefusedEntry, append_all
from infra.keys import keyring
from infra.registry import local_types, rules
from infra.settings import Settings
from schemas.event.event_type import released_types
from schemas.exchange_config import NOTICE_MS, ConfigHistory, ConfigView, Contact
from schemas.i18n import _
from schemas.model import COUNTRIES
from schemas.release.rules import MECHANISM
from schemas.topics import NODE_PARTITIONS

MARGIN_MS = 3_000  # on top of the notice: between this clock and Kafka's
KEEP_MS = 3_600_000  # an old key holds this much longer, for what it signed and is not sent yet

Entry = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class ConfigChange:
    """Describe what was written to config.

    `holds_from`: ms since 1970 UTC; 0 from the beginning of time (while founding). `announced`:
    event types and rules alone, on an exchange that was founded before.
    """

    holds_from: int
    key_id: str = ""
    partition: int = 0
    epoch: int = 0
    announced: bool = False


def found_mechanism(settings: Settings, notice_ms: int = NOTICE_MS) -> ConfigChange:
    """Create the mechanism's keys and begin its config. Repeated after a crash, it continues.

    It announces the event types and rules of the release, and what the folder `types` brings
    (infra.registry.local_types). On a founded exchange it announces those that config lacks.
    Raises FoundingError FOUNDED when there are none, QuipuError TYPE_REFUSED or
    RuleAnnouncementError for a file of that folder.
    """
    data_folder.prepare(settings)
    if not (settings.keys_dir / "mechanism").exists():
        keyring.create_mechanism_keys(settings)
    keys = keyring.load_mechanism_keys(settings)
    config = _config(settings)
    newest = config.newest()
    missing = [
        kind for fingerprint, kind in released_types().items() if fingerprint not in newest.schemas
    ]
    content: list[Entry] = [
        *(("EventSchema", {"type": kind.name, "text": kind.format.text}) for kind in missing),
        *local_types.pending_config_entries(settings, newest),
        *rules.pending_rule_entries(settings, newest),
    ]
    if keys.recipient in newest.recipients and not content:
        raise FoundingError(
            _("The mechanism is already founded on this log."),
            _("Continue with `quipu node add`, or close the founding with `quipu found --close`."),
            "FOUNDED",
        )
    entries: list[Entry] = (
        []
        if keys.recipient in newest.recipients
        else [
            ("Founding", {"notice_ms": notice_ms}),
            (
                "MechanismKey",
                {
                    "recipient": keys.recipient,
                    "public_key": keys.unwrap.public_key().public_bytes_raw(),
                },
            ),
        ]
    )
    entries += content
    since = _holds_from(config)
    dated = [(name, entry, since) for name, entry in entries]
    if since:
        _write(settings, config, dated)
    else:
        _append(settings, dated)
    return ConfigChange(since, announced=keys.recipient in newest.recipients)


def close_founding(settings: Settings) -> None:
    """End the founding: from here on, entries need their notice.

    Raises FoundingError FOUNDED when it is closed.
    """
    if _config(settings).founded:
        raise FoundingError(
            _("The founding is closed already."),
            _("Nothing more is needed."),
            "FOUNDED",
        )
    _append(settings, [("Founded", {}, 0)])


def add_node(
    settings: Settings,
    node: str,
    country: str,
    authority: str,
    partition: int | None,
    succeeds: Sequence[str],
) -> ConfigChange:
    """Make a node's keys and admit it. Raises FoundingError, KeyringError."""
    config = _config(settings)
    if node in config.newest().nodes:
        raise FoundingError(
            _("The node {node} already exists.", node=node),
            _("See it with `quipu node list`."),
            "NODE_EXISTS",
        )
    _check_country(country)
    chosen = _partition(config, country, succeeds) if partition is None else partition
    if not 0 <= chosen < NODE_PARTITIONS:
        raise FoundingError(
            _(
                "There is no partition {chosen}: they are 0 to {last}.",
                chosen=chosen,
                last=NODE_PARTITIONS - 1,
            ),
            _("Choose another, or name none."),
        )
    has_keys = keyring.node_folder(settings, node).exists()
    keys = (
        keyring.load_node_keys(settings, node)
        if has_keys
        else keyring.create_node_keys(settings, node)
    )
    entry = {
        "node": node,
        "country": country,
        "authority": authority,
        "partition": chosen,
        "succeeds": list(succeeds),
    }
    since = _holds_from(config)
    _write(
        settings,
        config,
        [("Node", entry, since), (*_key_entry(node, keys.key_id, keys.signing, False), since)],
    )
    return ConfigChange(since, keys.key_id, chosen)


def rotate_key(settings: Settings, node: str, keep_ms: int = KEEP_MS) -> ConfigChange:
    """Give a node a new signing key, and revoke the former ones later.

    They stay valid for `keep_ms` after the new one is in effect. Raises FoundingError.
    """
    config = _config(settings)
    _known(config, node)
    former = [key for key in config.newest().keys.values() if key.node == node and not key.revoked]
    since, now = _holds_from(config), now_ms()
    keys = keyring.add_node_key(settings, node, max(since + MARGIN_MS, now))
    entries: list[tuple[str, Mapping[str, Any], int]] = [
        (*_key_entry(node, keys.key_id, keys.signing, False), since)
    ]
    until = max(since, now + config.notice_ms + MARGIN_MS) + keep_ms
    for old in former:
        entry = {
            "node": node,
            "key_id": old.key_id,
            "public_key": old.public.public_bytes_raw(),
            "revoked": True,
        }
        entries.append(("NodeKey", entry, until))
    _write(settings, config, entries)
    return ConfigChange(since, keys.key_id)


def revoke_key(settings: Settings, node: str, key_id: str | None) -> ConfigChange:
    """Revoke one signing key of a node, or all. Raises FoundingError for an unknown one."""
    config = _config(settings)
    _known(config, node)
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
    entries = [
        {
            "node": node,
            "key_id": key.key_id,
            "public_key": key.public.public_bytes_raw(),
            "revoked": True,
        }
        for key in own
    ]
    _write(settings, config, [("NodeKey", entry, since) for entry in entries])
    return ConfigChange(since, ", ".join(key.key_id for key in own))


def open_epoch(settings: Settings, node: str, lane: str) -> ConfigChange:
    """Approve the next epoch of a lane. Raises FoundingError."""
    config = _config(settings)
    _known(config, node)
    last = max(
        [
            1,
            *(
                epoch
                for name, of_lane, epoch in config.newest().epochs
                if (name, of_lane) == (node, lane)
            ),
        ]
    )
    since = _holds_from(config)
    _write(settings, config, [("Epoch", {"node": node, "lane": lane, "epoch": last + 1}, since)])
    return ConfigChange(since, epoch=last + 1)


def set_contact(settings: Settings, contact: Contact) -> ConfigChange:
    """Set whom to call of an authority that has a node, or of the mechanism (MEC).

    Raises FoundingError.
    """
    config = _config(settings)
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
    since = _holds_from(config)
    _write(settings, config, [("Contact", asdict(contact), since)])
    return ConfigChange(since)


def add_rule(settings: Settings, name: str, text: str) -> ConfigChange:
    """Announce a rule. Raises RuleAnnouncementError for one that must not hold, FoundingError."""
    config = _config(settings)
    return _announce(settings, config, rules.added_rule_entries(name, text, config.newest()))


def retire_rule(settings: Settings, name: str) -> ConfigChange:
    """End a rule. Raises RuleAnnouncementError for one that is not in effect, FoundingError."""
    config = _config(settings)
    return _announce(settings, config, rules.retired_rule_entries(name, config.newest()))


def _announce(settings: Settings, config: ConfigHistory, entries: Sequence[Entry]) -> ConfigChange:
    since = _holds_from(config)
    _write(settings, config, [(name, entry, since) for name, entry in entries])
    return ConfigChange(since)


def read_config(settings: Settings) -> ConfigView:
    """Return all entries, also those that are in effect only later. Raises FoundingError."""
    return _config(settings).newest()


def read_config_history(settings: Settings) -> ConfigHistory:
    """Read config to its end. Raises FoundingError where Kafka does not answer."""
    return _config(settings)


def _config(settings: Settings) -> ConfigHistory:
    return _read(settings)[0]


def _read(settings: Settings) -> tuple[ConfigHistory, list[RefusedEntry]]:
    """Read config to its end, and what it refused. Raises LogUnavailableError."""
    with _answering(), closing(ConfigLog(settings)) as log:
        return log.refresh(), log.refused


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except (KafkaError, OSError) as error:
        raise LogUnavailableError(
            _("Kafka does not answer or lacks quipu.config ({error}).", error=error),
            _("Start everything with `quipu up` (or check QUIPU_KAFKA), and repeat."),
        ) from error


def _append(settings: Settings, entries: list[tuple[str, Mapping[str, Any], int]]) -> list[int]:
    with _answering():
        return append_all(settings, entries)


def _write(
    settings: Settings, config: ConfigHistory, entries: list[tuple[str, Mapping[str, Any], int]]
) -> None:
    """Append entries and check that they are in effect.

    Raises FoundingError with the first one's reason where they were refused.
    """
    if not config.newest().recipients:
        raise NotFoundedError(
            _("The mechanism is not founded on this log."),
            _("Found it first: quipu found"),
        )
    offsets = _append(settings, entries)
    for refused in _read(settings)[1]:
        if refused.offset in offsets:
            raise FoundingError(
                _("Config refused the entry: {detail}.", detail=refused.detail),
                _("Correct what is named and repeat the command."),
                refused.code,
            )


def _holds_from(config: ConfigHistory) -> int:
    return now_ms() + config.notice_ms + MARGIN_MS if config.founded else 0


def _key_entry(node: str, key_id: str, signing: Ed25519PrivateKey, revoked: bool) -> Entry:
    return "NodeKey", {
        "node": node,
        "key_id": key_id,
        "public_key": signing.public_key().public_bytes_raw(),
        "revoked": revoked,
    }


def _partition(config: ConfigHistory, country: str, succeeds: Sequence[str]) -> int:
    """Choose the former node's partition, else the one with the fewest nodes."""
    nodes = config.newest().nodes
    for former in succeeds:
        if former in nodes:
            return nodes[former].partition
    used = [node.partition for node in nodes.values() if node.country == country]
    return min(range(NODE_PARTITIONS), key=lambda partition: (used.count(partition), partition))


def _check_country(country: str) -> None:
    if country not in COUNTRIES:
        raise FoundingError(
            _("`{country}` is not a member country.", country=country),
            _("Use one of {countries}.", countries=", ".join(COUNTRIES)),
        )


def _known(config: ConfigHistory, node: str) -> None:
    if node not in config.newest().nodes:
        raise FoundingError(
            _("Config does not know the node {node}.", node=node),
            _("See them with `quipu node list`."),
            "NODE_UNKNOWN",
        )
