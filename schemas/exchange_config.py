"""Fold quipu.config into who may write what, by which keys, from when on.

Pure: the same entries give the same answer on every machine.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from schemas.avro.codec import Record, fingerprint
from schemas.deadlines import DeadlineTable, deadline_table
from schemas.errors import ConfigRefusedError
from schemas.event.admission import Admission, Agreement, Partner
from schemas.ids import node_tag
from schemas.measures.rates import Rate, check_rate
from schemas.model import (
    COUNTRIES,
    NEWEST_FORM,
    THING_PARTITIONS,
    LegacyGeneration,
    sized_generation,
)
from schemas.retention import RetentionTable, retention_table
from schemas.rule_changes import RuleChange, rule_change_of

NOTICE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Node:
    """Describe a country's node. `tags`: of the event ids it owns.

    These are its own tag and those of the nodes that it succeeds. `host`: of a partner's node, the
    member in whose topics it writes; empty for a member's.
    """

    name: str
    country: str
    authority: str
    partition: int
    tags: frozenset[bytes]
    succeeds: tuple[str, ...] = ()
    host: str = ""

    @property
    def home(self) -> str:
        """Return the member in whose topics the node writes: its country, or a partner's host."""
        return self.host or self.country


@dataclass(frozen=True, slots=True)
class NodeKey:
    """Hold one signing key of a node."""

    node: str
    key_id: str
    public: Ed25519PublicKey
    revoked: bool


@dataclass(frozen=True, slots=True)
class LedgerKey:
    """Hold the key that signs the disclosure ledger."""

    key_id: str
    public: Ed25519PublicKey


class SigningKey(NamedTuple):
    """Hold a key that signs config, receipts and hits from `since` on (ms since 1970 UTC)."""

    key_id: str
    public: Ed25519PublicKey
    since: int


@dataclass(frozen=True, slots=True)
class Contact:
    """Name the office to call of an authority, never a person.

    `phone` (E.164) or `mail` may be empty. `alternate_mail`: of whom to notify where nobody
    acknowledges a hit within `escalate_after_minutes`; 0 escalates nothing.
    """

    country: str
    authority: str
    office: str
    phone: str
    mail: str
    hours: str
    alternate_mail: str = ""
    escalate_after_minutes: int = 0


@dataclass(frozen=True, slots=True)
class ConfigView:
    """Hold what is in effect for bundles appended at one moment.

    `schemas`: event type and text by SHA-256 of the schema. `rules` and `code_lists`: texts by
    name. `contacts`: by country and authority. `generation`: with its form and its size
    (`thing_partitions`). `forms`: the first generation of each form but the
    first. `ledger_key`: None where the mechanism's own key still signs the ledger. `recipients`:
    the keys that nodes encrypt for; `recipient_keys`: these and the former ones (32 bytes each),
    newest first. `requires_key_hashes`: an event without `key_hash` is rejected. `rates`: units
    of a currency for a US dollar, by currency and the day from which on (ISO 8601). `most_labels`:
    of a node; None where an earlier release bounds none. `admission`: the register of agreements
    and the admitted partners. `rule_changes`: the newest decision about each rule; `shadows`: the
    rules on trial, by author and rule. `retention`: for how long records are kept.
    `deadlines`: by when requests and alerts are to be answered.
    """

    nodes: Mapping[str, Node] = field(default_factory=dict)
    keys: Mapping[str, NodeKey] = field(default_factory=dict)
    epochs: frozenset[tuple[str, str, int]] = frozenset()
    recipients: Mapping[str, X25519PublicKey] = field(default_factory=dict)
    schemas: Mapping[bytes, tuple[str, str]] = field(
        default_factory=dict
    )  # SHA-256 -> (event type, text)
    rules: Mapping[str, str] = field(default_factory=dict)
    code_lists: Mapping[str, str] = field(default_factory=dict)
    generation: int = 1
    thing_partitions: int = THING_PARTITIONS
    forms: Mapping[int, int] = field(default_factory=dict)
    contacts: Mapping[tuple[str, str], Contact] = field(
        default_factory=dict
    )  # by (country, authority)
    ledger_key: LedgerKey | None = None
    recipient_keys: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)
    requires_key_hashes: bool = False
    rates: Mapping[tuple[str, str], str] = field(default_factory=dict)
    most_labels: int | None = None
    admission: Admission = field(default_factory=Admission)
    rule_changes: Mapping[str, RuleChange] = field(default_factory=dict)
    shadows: Mapping[tuple[str, str], RuleChange] = field(default_factory=dict)
    retention: RetentionTable = field(default_factory=RetentionTable)
    deadlines: DeadlineTable = field(default_factory=DeadlineTable)

    def approves(self, node: str, lane: str, epoch: int) -> bool:
        """Say whether a node may write in this epoch.

        Epoch 1 comes with the node; later ones are approved by name.
        """
        return epoch == 1 or (node, lane, epoch) in self.epochs


def generation_of(
    number: int, forms: Mapping[int, int], thing_partitions: int = THING_PARTITIONS
) -> int:
    """Return a generation with its form and size. `forms`: the first generation of each form."""
    form = max((form for form, since in forms.items() if since <= number), default=0)
    if form < NEWEST_FORM:
        return LegacyGeneration(number, form)
    return sized_generation(number, thing_partitions)


_KIND_FIRST = 1
"""The form that the entry TopicNames introduces."""
_FOUNDED = ConfigView(generation=LegacyGeneration(1))
"""Where config says nothing of names, a former release founded the exchange."""


class ConfigHistory:
    """Hold all entries of config in their order.

    Entries are added in the order of the log.
    """

    def __init__(self) -> None:
        """Begin with one empty view."""
        self.notice_ms = NOTICE_MS
        self.founded = False
        self.signing_keys: list[SigningKey] = []
        """The keys that were announced after the anchor, in the order of the log."""
        self._empty = True
        self._views: list[ConfigView] = [ConfigView()]
        self._from: list[int] = [-1]
        self._entries: list[tuple[int, str, Record]] = []

    def at(self, appended_at: int) -> ConfigView:
        """Return the view for bundles appended at this time (ms since 1970 UTC)."""
        return self._views[bisect_right(self._from, appended_at) - 1]

    def views(self) -> Sequence[tuple[int, ConfigView]]:
        """List every view with the time from which it holds (ms since 1970 UTC), in this order."""
        return list(zip(self._from, self._views, strict=True))

    def entries_of(self, name: str) -> list[tuple[int, Record]]:
        """List all entries of a kind with the time from which each holds, in this order."""
        return [(since, entry) for since, kind, entry in self._entries if kind == name]

    def rule_changes(self) -> list[RuleChange]:
        """List all decisions about rules, those on trial left out, the oldest first."""
        return [
            rule_change_of(entry, since)
            for since, name, entry in self._entries
            if name == "RuleText"
        ]

    def newest(self) -> ConfigView:
        """Return the view with all entries, also those that are in effect only later.

        It is for listings, not for decisions.
        """
        return self._views[-1]

    def recipient_keys(self, recipient: str, appended_at: int) -> Iterator[bytes]:
        """Yield the public keys that a key list may be encrypted for, the likeliest first.

        `appended_at`: of the list (ms since 1970 UTC). First come those in effect then, the newest
        first; then later ones, the oldest first: so a list that opened once opens with the same
        key after every rotation.
        """
        known = self.at(appended_at).recipient_keys.get(recipient, ())
        yield from known
        later = self.newest().recipient_keys.get(recipient, ())
        yield from (public for public in reversed(later) if public not in known)

    def signing_key_after(self, key_id: str, moment: int) -> str | None:
        """Return the key that has replaced a signing key by then; None while it may sign.

        `moment`: ms since 1970 UTC. A key may sign from its announcement on.
        """
        in_effect = [key.key_id for key in self.signing_keys if key.since <= moment]
        valid = in_effect[-1:] + [key.key_id for key in self.signing_keys if key.since > moment]
        return in_effect[-1] if in_effect and key_id not in valid else None

    def add(self, name: str, entry: Record, effective_from: int, appended_at: int) -> None:
        """Add an entry; `name` is its record's name. Times are in ms since 1970 UTC.

        Raises ConfigRefusedError: then the entry is in effect for nobody.
        """
        self._admit(name, effective_from, appended_at)
        if name == "Founding":
            self.notice_ms = entry["notice_ms"]
            self._views = [_FOUNDED]
        elif name == "Founded":
            self.founded = True
        else:
            key = self._signing_key(entry, effective_from, appended_at, name)
            self._insert(name, entry, effective_from)
            self.signing_keys += key
        self._empty = False

    def _admit(self, name: str, effective_from: int, appended_at: int) -> None:
        if (name == "Founding") != self._empty:
            raise ConfigRefusedError("Founding is the first entry of all, and only that")
        if effective_from == 0 and self.founded:
            raise ConfigRefusedError(
                "an entry from the beginning of time is only taken while founding"
            )
        if effective_from and effective_from < appended_at + self.notice_ms:
            notice = (effective_from - appended_at) / 1000
            raise ConfigRefusedError(
                f"{name} gives {notice:.0f} s of notice, less than {self.notice_ms / 1000:.0f} s"
            )

    def _signing_key(
        self, entry: Record, effective_from: int, appended_at: int, name: str
    ) -> list[SigningKey]:
        """Return the key of a SigningKey entry; none of another entry.

        While founding it is in effect from its own append on, so that what its predecessor signed
        before stays valid. Raises ConfigRefusedError.
        """
        if name != "SigningKey":
            return []
        public = Ed25519PublicKey.from_public_bytes(entry["public_key"])
        key = SigningKey(entry["key_id"], public, max(effective_from, appended_at))
        if self.signing_keys and key.since < self.signing_keys[-1].since:
            raise ConfigRefusedError(f"{key.key_id} is in effect before the key it replaces")
        return [key]

    def _insert(self, name: str, entry: Record, effective_from: int) -> None:
        """Take an entry in; views before its moment stay, so an entry in order costs one step."""
        at = bisect_right([since for since, _, _ in self._entries], effective_from)
        entries = [*self._entries[:at], (effective_from, name, entry), *self._entries[at:]]
        before = bisect_right(self._from, effective_from)
        moments, views = self._from[:before], self._views[:before]
        for since, kind, value in entries[at:]:
            view = apply(views[-1], kind, value, since)
            if moments[-1] == since:
                views[-1] = view
            else:
                moments.append(since)
                views.append(view)
        self._entries, self._from, self._views = entries, moments, views


def apply(view: ConfigView, name: str, entry: Record, since: int = 0) -> ConfigView:
    """Return the view with one entry more. `since`: from when on it holds, ms since 1970 UTC.

    Raises ConfigRefusedError where the entry contradicts what is in effect.
    """
    match name:
        case "Node":
            node = _node(view, entry)
            return replace(view, nodes={**view.nodes, node.name: node})
        case "NodeKey":
            if entry["node"] not in view.nodes:
                raise ConfigRefusedError(f"a key for the unknown node {entry['node']}")
            key = NodeKey(
                entry["node"],
                entry["key_id"],
                Ed25519PublicKey.from_public_bytes(entry["public_key"]),
                entry["revoked"],
            )
            return replace(view, keys={**view.keys, key.key_id: key})
        case "Epoch":
            return replace(
                view, epochs=view.epochs | {(entry["node"], entry["lane"], entry["epoch"])}
            )
        case "MechanismKey" | "LedgerKey" | "KeyHashes":
            return _with_key_entry(view, name, entry)
        case (
            "RuleText"
            | "RuleShadow"
            | "EventSchema"
            | "CodeList"
            | "ExchangeRates"
            | "RetentionPeriods"
            | "DeadlineTimes"
        ):
            return _with_table_entry(view, name, entry, since)
        case "Generation":
            partitions = entry["thing_partitions"]
            generation = generation_of(entry["number"], view.forms, partitions)
            return replace(view, generation=generation, thing_partitions=partitions)
        case "TopicNames" | "DerivedForm":
            form = entry["form"] if name == "DerivedForm" else _KIND_FIRST
            forms = {**view.forms, form: entry["since_generation"]}
            generation = generation_of(view.generation, forms, view.thing_partitions)
            return replace(view, generation=generation, forms=forms)
        case "Agreement" | "Partner":
            return replace(view, admission=_admission(view.admission, name, entry))
        case "LabelQuota":
            return replace(view, most_labels=entry["labels"])
        case "Tick" | "SigningKey":  # who signs is a matter of the log's order: `signing_keys`
            return view
        case "Contact":
            return replace(
                view,
                contacts={
                    **view.contacts,
                    (entry["country"], entry["authority"]): Contact(**entry),
                },
            )
    raise ConfigRefusedError(f"an entry of the unknown kind {name}")


def _with_table_entry(view: ConfigView, name: str, entry: Record, since: int) -> ConfigView:
    if name in ("RuleText", "RuleShadow"):
        return _with_rule_change(view, name, rule_change_of(entry, since))
    if name == "ExchangeRates":
        return replace(view, rates={**view.rates, **_rates(entry)})
    if name == "RetentionPeriods":
        return replace(view, retention=retention_table(entry))
    if name == "DeadlineTimes":
        return replace(view, deadlines=deadline_table(entry))
    text = entry["text"]
    if name == "EventSchema":
        schema = {fingerprint(text): (entry["type"], text)}
        return replace(view, schemas={**view.schemas, **schema})
    return replace(view, code_lists={**view.code_lists, entry["list"]: text})


def _with_rule_change(view: ConfigView, name: str, change: RuleChange) -> ConfigView:
    if name == "RuleShadow":
        return replace(view, shadows={**view.shadows, (change.author, change.rule): change})
    return replace(
        view,
        rules={**view.rules, change.rule: change.text},
        rule_changes={**view.rule_changes, change.rule: change},
    )


def _with_key_entry(view: ConfigView, name: str, entry: Record) -> ConfigView:
    if name == "KeyHashes":
        return replace(view, requires_key_hashes=True)
    content: bytes = entry["public_key"]
    if name == "LedgerKey":
        public = Ed25519PublicKey.from_public_bytes(content)
        return replace(view, ledger_key=LedgerKey(entry["key_id"], public))
    recipient: str = entry["recipient"]
    former = view.recipient_keys.get(recipient, ())
    keys = (content, *(public for public in former if public != content))
    return replace(
        view,
        recipients={**view.recipients, recipient: X25519PublicKey.from_public_bytes(content)},
        recipient_keys={**view.recipient_keys, recipient: keys},
    )


def _admission(admission: Admission, name: str, entry: Record) -> Admission:
    if name == "Agreement":
        lists = {"parties": tuple(entry["parties"]), "offences": tuple(entry["offences"])}
        agreement = Agreement(**{**entry, **lists})
        return replace(admission, agreements={**admission.agreements, agreement.code: agreement})
    if entry["host"] not in COUNTRIES:
        raise ConfigRefusedError(f"{entry['host']} is no member country and hosts nobody")
    partner = Partner(**{**entry, "sends": tuple(entry["sends"])})
    return replace(admission, partners={**admission.partners, partner.code: partner})


def _rates(entry: Record) -> dict[tuple[str, str], str]:
    """Return the rates of an entry. Raises ConfigRefusedError where one of them cannot be."""
    rates = [Rate(**rate) for rate in entry["rates"]]
    for rate in rates:
        check_rate(rate)
    return {(rate.currency, rate.day): rate.per_dollar for rate in rates}


def _node(view: ConfigView, entry: Record) -> Node:
    for other in view.nodes.values():
        if other.name != entry["node"] and node_tag(other.name) == node_tag(entry["node"]):
            raise ConfigRefusedError(
                f"{entry['node']} has the tag of {other.name}: choose another name"
            )
    for former in entry["succeeds"]:
        before = view.nodes.get(former)
        if before is None or (before.country, before.partition) != (
            entry["country"],
            entry["partition"],
        ):
            raise ConfigRefusedError(
                f"{entry['node']} can only succeed a node of its country and partition, "
                f"not {former}"
            )
    partner = view.admission.partners.get(entry["country"])
    tags = {node_tag(entry["node"])} | {
        tag for former in entry["succeeds"] for tag in view.nodes[former].tags
    }
    return Node(
        entry["node"],
        entry["country"],
        entry["authority"],
        entry["partition"],
        frozenset(tags),
        tuple(entry["succeeds"]),
        "" if entry["country"] in COUNTRIES or partner is None else partner.host,
    )
