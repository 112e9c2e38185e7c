"""Prove that nothing was lost and nothing doubled: per cord, compare its node with the mechanism.

    taken    = refused + sealed                             the node's outbox
    sealed   = accepted + duplicate + pending + rejected    the node's outbox: all are answered
    the same four numbers, and the checksum of sealed       the node's outbox = the table items
    accepted = stored, and their checksums                  the node's outbox = items = events
    stored events = those whose facts are stored            events = facts

`schemas.checksum` defines the checksum of a set of items. Counts may agree by chance, checksums do
not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from consumers.maintenance.rejects import (
    NEVER_RETRIED,
    RejectCount,
    RejectFilter,
    count_rejects,
    find_rejects,
)
from consumers.store.sql import sql
from infra.clickhouse.client import Client
from infra.outbox_reader import open_outbox, outbox_paths
from infra.settings import Settings
from schemas.checksum import to_hex
from schemas.i18n import UserMessage, _

ZERO = to_hex(0)
VERDICTS = ("accepted", "duplicate", "pending", "rejected")
OUTBOX_TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """What a node's outbox counts of a cord."""

    submitted: int
    refused: int
    sealed: int
    accepted: int
    duplicate: int
    pending: int
    rejected: int
    sealed_sum: str
    accepted_sum: str


@dataclass(frozen=True, slots=True)
class StoredCounts:
    """What the mechanism stored of a cord."""

    sealed: int = 0
    accepted: int = 0
    duplicate: int = 0
    pending: int = 0
    rejected: int = 0
    sealed_sum: str = ZERO
    accepted_sum: str = ZERO
    stored: int = 0
    stored_sum: str = ZERO
    countable: int = 0
    """Stored events that are not erased and report something."""
    counted: int = 0
    """Those of them that are in the table facts."""
    closed: str = ""
    """Codes and the first position of accepted items that could not be decrypted; empty: none."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two amounts that must be equal and are not, and what to do."""

    what: UserMessage
    amount: str
    other_amount: str
    remedy: UserMessage


@dataclass(frozen=True, slots=True)
class CordReconciliation:
    """The comparison of one cord.

    `node` is None where its outbox is not in this data folder: then only the mechanism's own
    numbers are compared.
    """

    cord: str
    node: OutboxCounts | None
    mechanism: StoredCounts
    differences: list[Difference] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether everything agrees: there is no difference."""
        return not self.differences


@dataclass(frozen=True, slots=True)
class ReconcileReport:
    """All that a proof rests on.

    `rejected_messages`: messages that the mechanism rejected whole, by node and code. `waiting`:
    consumer group -> messages that it has not processed, where it makes no progress.
    """

    cords: Sequence[CordReconciliation]
    rejected_messages: Sequence[RejectCount]
    waiting: Mapping[str, int]

    @property
    def rejected_items(self) -> int:
        """How many sealed items the mechanism rejected; their senders know the code of each."""
        return sum(cord.mechanism.rejected for cord in self.cords)

    @property
    def holds(self) -> bool:
        """Whether nothing was lost or doubled, and nothing stands still."""
        return not self.waiting and all(cord.holds for cord in self.cords)

    @property
    def is_proved(self) -> bool:
        """Whether it holds, and nothing that a node sent was rejected either."""
        return self.holds and not self.rejected_messages and not self.rejected_items


class _Check(NamedTuple):
    """Two amounts that must be equal, and what to do where they are not."""

    what: UserMessage
    amount: object
    other_amount: object
    remedy: UserMessage


def reconcile_cord(
    cord: str, node: OutboxCounts | None, mechanism: StoredCounts
) -> CordReconciliation:
    """Check every equality in the order in which the data flows, so the first difference matters.

    Pure.
    """
    checks = _mechanism_checks(mechanism)
    if node is not None:
        checks = [*_node_checks(node), *_checks_between(node, mechanism), *checks]
    differences = [
        Difference(check.what, str(check.amount), str(check.other_amount), check.remedy)
        for check in checks
        if check.amount != check.other_amount
    ]
    return CordReconciliation(cord, node, mechanism, differences)


def _node_checks(node: OutboxCounts) -> list[_Check]:
    answered = node.accepted + node.duplicate + node.pending + node.rejected
    return [
        _Check(_("taken = refused + sealed"), node.submitted, node.refused + node.sealed, _OUTBOX),
        _Check(_("sealed = answered"), node.sealed, answered, _SEND),
    ]


def _checks_between(node: OutboxCounts, mechanism: StoredCounts) -> list[_Check]:
    counts = [
        _Check(
            _("{name} at the node = at the mechanism", name=name),
            getattr(node, name),
            getattr(mechanism, name),
            _WAIT,
        )
        for name in ("sealed", *VERDICTS)
    ]
    sealed = _("checksum of sealed items")
    accepted = _("checksum of accepted items")
    return [
        *counts,
        _Check(sealed, node.sealed_sum, mechanism.sealed_sum, _REBUILD),
        _Check(accepted, node.accepted_sum, mechanism.accepted_sum, _REBUILD),
    ]


def _mechanism_checks(mechanism: StoredCounts) -> list[_Check]:
    remedy = _undecryptable(mechanism.closed) if mechanism.closed else _WAIT
    stored = _("checksum of stored items")
    return [
        _Check(_("accepted = stored"), mechanism.accepted, mechanism.stored, remedy),
        _Check(stored, mechanism.accepted_sum, mechanism.stored_sum, _REBUILD),
        _Check(_("stored = counted in facts"), mechanism.countable, mechanism.counted, _UNCOUNTED),
    ]


_OUTBOX = _("The node's outbox is damaged. Keep the file and open a new epoch (quipu node epoch).")
_SEND = _("Send what is left and wait for the answers: quipu send NODE.")
_WAIT = _(
    "If messages are still moving, wait: quipu reconcile --wait 60. If not, "
    "look at the rejects and logs/sink.log."
)


_REBUILD = _(
    "The counts agree but the content does not. quipu rebuild builds the "
    "tables again from the log and compares them."
)


_UNCOUNTED = _(
    "Totals and trends leave these events out. After an upgrade the sink still fills the table "
    "facts: wait. If not, quipu rebuild builds it again from the log."
)


def _undecryptable(detail: str) -> UserMessage:
    return _(
        "Accepted items could not be decrypted for storage ({detail}): their key "
        "list was replaced later. Ask the node to publish them again.",
        detail=detail,
    )


def reconcile(settings: Settings, client: Client) -> list[CordReconciliation]:
    """Reconcile every cord that a node of this data folder or the mechanism knows, in order.

    `client`: of the generation's database. Raises OutboxUnreadableError.
    """
    nodes = outbox_counts(settings)
    mechanism = stored_counts(client)
    return [
        reconcile_cord(cord, nodes.get(cord), mechanism.get(cord, StoredCounts()))
        for cord in sorted(nodes.keys() | mechanism.keys())
    ]


def rejected_messages(client: Client) -> list[RejectCount]:
    """Count the messages that were rejected whole; repeats of accepted ones are left out."""
    return count_rejects(
        reject
        for reject in find_rejects(client, RejectFilter())
        if reject.what == "message" and reject.code not in NEVER_RETRIED
    )


def outbox_counts(settings: Settings) -> dict[str, OutboxCounts]:
    """Return what the outboxes of this data folder count, by cord. Raises OutboxUnreadableError."""
    by_cord: dict[str, OutboxCounts] = {}
    for path in outbox_paths(settings).values():
        with open_outbox(path, OUTBOX_TIMEOUT_S) as outbox:
            by_cord |= {counts.cord: OutboxCounts(*counts[1:]) for counts in outbox.cord_counts()}
    return by_cord


def stored_counts(client: Client) -> dict[str, StoredCounts]:
    """Return what the tables items and events hold, by cord."""
    items = {row[0]: row[1:] for row in client.execute(sql("reconcile_items"))}
    events = {row[0]: row[1:] for row in client.execute(sql("reconcile_events"))}
    undecryptable = {
        cord: f"{count} × {codes}, {position}"
        for cord, count, codes, position in client.execute(sql("reconcile_closed"))
    }
    return {
        cord: _stored_counts(items.get(cord), events.get(cord), undecryptable.get(cord, ""))
        for cord in items.keys() | events.keys()
    }


def _stored_counts(
    items: tuple[Any, ...] | None, events: tuple[Any, ...] | None, undecryptable: str
) -> StoredCounts:
    """Join a row of reconcile_items.sql and one of reconcile_events.sql; None: there is none."""
    *counts, sealed_sum, accepted_sum = items or (0, 0, 0, 0, 0, "0", "0")
    stored, stored_sum, countable, counted = events or (0, "0", 0, 0)
    sealed, accepted, duplicate, pending, rejected = counts
    return StoredCounts(
        sealed=sealed,
        accepted=accepted,
        duplicate=duplicate,
        pending=pending,
        rejected=rejected,
        sealed_sum=to_hex(int(sealed_sum)),
        accepted_sum=to_hex(int(accepted_sum)),
        stored=stored,
        stored_sum=to_hex(int(stored_sum)),
        countable=countable,
        counted=counted,
        closed=undecryptable,
    )
