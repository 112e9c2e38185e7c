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

from consumers.maintenance.rejects import (
    NEVER_RETRIED,
    RejectCount,
    RejectFilter,
    count_rejects,
    find_rejects,
)
from consumers.store.stored_counts import StoredCounts, stored_counts
from infra.clickhouse.client import Client
from infra.outbox_reader import open_outbox, outbox_paths
from infra.settings import Settings
from schemas.i18n import UserMessage, _
from schemas.reconciliation import AmountCheck, Difference, find_differences

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


def reconcile_cord(
    cord: str, node: OutboxCounts | None, mechanism: StoredCounts
) -> CordReconciliation:
    """Check every equality in the order in which the data flows, so the first difference matters.

    Pure.
    """
    checks = _mechanism_checks(mechanism)
    if node is not None:
        checks = [*_node_checks(node), *_checks_between(node, mechanism), *checks]
    return CordReconciliation(cord, node, mechanism, find_differences(checks))


def _node_checks(node: OutboxCounts) -> list[AmountCheck]:
    answered = node.accepted + node.duplicate + node.pending + node.rejected
    return [
        AmountCheck(
            _("taken = refused + sealed"), node.submitted, node.refused + node.sealed, _OUTBOX
        ),
        AmountCheck(_("sealed = answered"), node.sealed, answered, _SEND),
    ]


def _checks_between(node: OutboxCounts, mechanism: StoredCounts) -> list[AmountCheck]:
    counts = [
        AmountCheck(
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
        AmountCheck(sealed, node.sealed_sum, mechanism.sealed_sum, _REBUILD),
        AmountCheck(accepted, node.accepted_sum, mechanism.accepted_sum, _REBUILD),
    ]


def _mechanism_checks(mechanism: StoredCounts) -> list[AmountCheck]:
    remedy = _undecryptable(mechanism.closed) if mechanism.closed else _WAIT
    stored = _("checksum of stored items")
    return [
        AmountCheck(_("accepted = stored"), mechanism.accepted, mechanism.stored, remedy),
        AmountCheck(stored, mechanism.accepted_sum, mechanism.stored_sum, _REBUILD),
        AmountCheck(
            _("stored = counted in facts"), mechanism.countable, mechanism.counted, _UNCOUNTED
        ),
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
