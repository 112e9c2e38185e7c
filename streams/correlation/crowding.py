"""Set aside the records of who crowds a thing, so that nobody hides what others know of it. Pure.

Nothing here depends on the order in which records arrived: the sizes are those of sets, and a
choice among records is by event id.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import groupby
from typing import NamedTuple

from schemas.model import EventId
from streams.correlation.evidence_rows import EvidenceRow
from streams.rules import Rule, RuleBook


class Publisher(NamedTuple):
    """Who publishes a record: an authority of a country, whichever of its nodes sends it."""

    country: str
    authority: str


class Crowd(NamedTuple):
    """The rows that fill a role of the pair: those that count, and those that are set aside."""

    counting: list[EvidenceRow]
    set_aside: list[EvidenceRow]


def most_that_decide(rules: RuleBook) -> int:
    """Return how many events of one authority, in one role of an indicator, decide anything.

    One more than the largest hub: whoever has more is set aside anyway, however many there are.
    """
    return max((rule.hub for rule in rules.by_id.values()), default=0) + 1


def members(live: Iterable[EvidenceRow], rule: Rule) -> set[EventId]:
    """List the events that fill a role of the rule's pair."""
    return {row.event_id for row in live if row.role in rule.pair}


def split_crowd(rows: Iterable[EvidenceRow], rule: Rule) -> Crowd:
    """Set aside the largest authorities of each country that has more than half of a hub.

    Authorities of the same size go together. `rows`: live, each with its label.
    """
    paired = [row for row in rows if row.role in rule.pair]
    events: dict[Publisher, set[EventId]] = defaultdict(set)
    for row in paired:
        events[publisher_of(row)].add(row.event_id)
    sizes = {publisher: len(ids) for publisher, ids in events.items()}
    large = {
        publisher
        for _country, own in groupby(sorted(sizes), key=lambda publisher: publisher.country)
        for publisher in largest_publishers(
            {publisher: sizes[publisher] for publisher in own}, rule.share
        )
    }
    return Crowd(
        [row for row in paired if publisher_of(row) not in large],
        [row for row in paired if publisher_of(row) in large],
    )


def publisher_of(row: EvidenceRow) -> Publisher:
    """Return who publishes the record of an `add`."""
    label = row.label
    assert label is not None, "only an add has a publisher"  # noqa: S101
    return Publisher(row.country, label.authority)


def sample(
    rows: Sequence[EvidenceRow], groups: Iterable[set[EventId]], quota: int
) -> list[EvidenceRow]:
    """Keep the rows of the `quota` first events of each authority, by id, in all and in each group.

    `groups`: events that must be represented, such as those that pair with the records of somebody.
    """
    events: dict[Publisher, set[EventId]] = defaultdict(set)
    for row in rows:
        events[publisher_of(row)].add(row.event_id)
    chosen = {
        event
        for group in (None, *groups)
        for ids in events.values()
        for event in nsmallest(quota, ids if group is None else ids & group)
    }
    return [row for row in rows if row.event_id in chosen]


def largest_publishers(sizes: Mapping[Publisher, int], share: int) -> set[Publisher]:
    """List the authorities of a country that go so that the rest has at most `share` members."""
    total = sum(sizes.values())
    large: set[Publisher] = set()
    for size in sorted(set(sizes.values()), reverse=True):
        if total <= share:
            break
        tied = {publisher for publisher, own in sizes.items() if own == size}
        large |= tied
        total -= size * len(tied)
    return large
