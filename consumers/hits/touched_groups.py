"""Evaluate again only the groups that touched records are in. Pure.

A finding is decided by the records of its group. So what is found changes only in the groups that a
touched record is in, or was in. Which these were, the findings known of them say. The result is
that of the whole evaluation (ADR 0098).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from consumers.query.looked_at import LookedAt
from schemas.model import IndicatorId


class GroupRecord(Protocol):
    """A record of a finding."""

    @property
    def event(self) -> str:
        """Return the id of its event."""


class GroupFinding(Protocol):
    """A finding of a group."""

    @property
    def id(self) -> str:
        """Return its id, which stays while records come."""

    @property
    def evidence(self) -> Sequence[GroupRecord]:
        """Return the records that it rests on."""


View = TypeVar("View", bound=GroupFinding)
Known = Mapping[IndicatorId, frozenset[str]]
"""The events of the evidence of findings, by id."""
Look = Callable[[Collection[str]], LookedAt[View]]
"""Evaluates all groups that some events are in, or were in."""


class Reevaluation(NamedTuple, Generic[View]):
    """What is found in the groups that were touched.

    `looked_at`: ids of known findings of these groups; those that are not found any more ended.
    """

    findings: list[View]
    looked_at: frozenset[IndicatorId]


def reevaluate(touched: Iterable[str], known: Known, look: Look[View]) -> Reevaluation[View]:
    """Evaluate the groups of touched events until they are whole.

    A finding of a group that was read in part may be none, and a known one may have lost the record
    that led to it. So the events of both are looked at, too, until nothing is added.
    """
    events = frozenset(touched)
    while True:
        part = look(events)
        reached = events | part.events
        near = [id_ for id_, evidence in known.items() if not evidence.isdisjoint(reached)]
        grown = events.union(
            *(known[id_] for id_ in near), *(events_of(finding) for finding in part.findings)
        )
        if grown == events:
            return Reevaluation(part.findings, frozenset(near if part.is_complete else ()))
        events = grown


def events_of(finding: GroupFinding) -> frozenset[str]:
    """Return the events that a finding rests on."""
    return frozenset(record.event for record in finding.evidence)
