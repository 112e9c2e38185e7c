"""Join what config, the store and the outboxes know of each node. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from consumers.health.facts import Gap, NodeStatus, OutboxStatus, Unavailable
from consumers.health.store_probe import TableCounts
from schemas.exchange_config import ConfigView


def node_statuses(
    view: ConfigView | Unavailable,
    counts: TableCounts | Unavailable,
    outboxes: Mapping[str, OutboxStatus | Unavailable],
    canary_node: str | None = None,
) -> list[NodeStatus] | Unavailable:
    """Return each node of config with what is known of it.

    While config cannot be read it is each node that ever sent something. `canary_node`: the one
    for which `quipu up` keeps a canary; a rhythm is expected of no other, since whoever measures
    once by hand ends.
    """
    if isinstance(counts, Unavailable) and isinstance(view, Unavailable):
        return view
    countries: dict[str, str] = {}
    if isinstance(view, ConfigView):
        countries = {name: node.country for name, node in view.nodes.items()}
    contacts = _last_contacts(counts) if isinstance(counts, TableCounts) else {}
    names = sorted(countries or contacts, key=lambda name: (countries.get(name, ""), name))
    return [
        NodeStatus(name, countries.get(name, ""), counts, outbox=outboxes.get(name))
        if isinstance(counts, Unavailable)
        else NodeStatus(
            name=name,
            country=countries.get(name, ""),
            heard_at=contacts.get(name),
            gaps=_gaps(name, counts, view),
            codes=counts.codes.get(name, {}),
            pending=counts.pending.get(name, 0),
            outbox=outboxes.get(name),
            beats_every_s=counts.beats_s.get(name) if name == canary_node else None,
            rejected_at=counts.rejected_at.get(name, {}),
            mended=counts.mended.get(name, 0),
        )
        for name in names
    ]


def _gaps(node: str, counts: TableCounts, view: ConfigView | Unavailable) -> list[Gap]:
    return [
        gap for gap in counts.gaps if gap.cord.startswith(f"{node}/") and _is_current(gap, view)
    ]


def _last_contacts(counts: TableCounts) -> dict[str, int]:
    """Return when each node's last bundle was appended, ms since 1970 UTC."""
    contacts: dict[str, int] = {}
    for progress in counts.cords.values():
        node = progress.cord.partition("/")[0]
        contacts[node] = max(contacts.get(node, 0), progress.heard_at)
    return contacts


def _is_current(gap: Gap, view: ConfigView | Unavailable) -> bool:
    """Return whether the cord is of its lane's newest epoch.

    What is missing on an older one was given up, and published again.
    """
    if isinstance(view, Unavailable):
        return True
    node, lane, epoch = gap.cord.rsplit("/", 2)
    return int(epoch) >= max(
        (
            other_epoch
            for name, of_lane, other_epoch in view.epochs
            if (name, of_lane) == (node, lane)
        ),
        default=1,
    )
