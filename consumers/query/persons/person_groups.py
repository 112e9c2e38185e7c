"""Put events together that links of persons connect, from the newest links outwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from consumers.query.cursors import Cursor
from consumers.query.persons.person_store import LinkedPair, PersonStore
from consumers.query.persons.rule_conditions import TypedRecord

MOST_ROUNDS = 6
"""How often a group grows from what it reached."""
MOST_LINKS = 60
"""Links of one event that a group follows, the newest."""
MOST_OF_GROUP = 200
"""Events that are put together at once: the oldest half and the newest half of a larger group."""


@dataclass(slots=True)
class LinkGroup:
    """Events that links connect. `place`: of the newest link; None where only analysts join.

    `records`: types and countries of events with links; `is_confirmed`: whether there are others,
    which an analyst's decision joined.
    """

    events: set[str] = field(default_factory=set)
    records: set[TypedRecord] = field(default_factory=set)
    place: Cursor | None = None
    is_confirmed: bool = False

    def chosen_events(self, store: PersonStore) -> list[str]:
        """Return the events that are put together, the oldest and the newest of many."""
        if len(self.events) <= MOST_OF_GROUP:
            return sorted(self.events)
        store.is_complete = False
        recorded = {
            person.event.id: person.event.recorded_at
            for person in store.of_events(sorted(self.events))
        }
        ordered = sorted(recorded, key=lambda event: (recorded[event], event))
        half = MOST_OF_GROUP // 2
        return [*ordered[:half], *ordered[-half:]]


class LinkGroups:
    """Groups of events. `country`: only links with an end of it give a group its place."""

    def __init__(self, store: PersonStore, country: str = "") -> None:
        """Begin without any event; the store reads links for the reader."""
        self._store, self._country = store, country
        self._group_of: dict[str, LinkGroup] = {}

    def begin(self, events: Iterable[str]) -> None:
        """Begin with a group for each of these events, so that confirmed pairs lead on from it."""
        for event in events:
            self._group_of.setdefault(event, LinkGroup({event}))

    def add(
        self, pairs: Sequence[LinkedPair], confirmed: Sequence[tuple[str, str]], *, every: bool
    ) -> None:
        """Put pairs together, with those that analysts confirmed, and with what links add.

        `every`: also confirmed pairs that no link leads to.
        """
        for pair in pairs:
            self._join(pair)
        reached: set[str] = set()
        for _round in range(MOST_ROUNDS):
            for event, other in confirmed:
                if every or not self._group_of.keys().isdisjoint((event, other)):
                    self._unite(event, other).is_confirmed = True
            frontier = sorted(self._group_of.keys() - reached)
            if not frontier:
                return
            reached.update(frontier)
            self.add_links_of(frontier)
        self._store.is_complete &= not self._group_of.keys() - reached

    def add_links_of(self, events: Sequence[str]) -> None:
        """Put these events together with those that their links lead to."""
        for pair in self._store.links_of(events, MOST_LINKS):
            self._join(pair)

    def all(self) -> list[LinkGroup]:
        """Return every group of two or more events once."""
        groups = {id(group): group for group in self._group_of.values()}
        return [group for group in groups.values() if len(group.events) > 1]

    def of_event(self, event: str) -> LinkGroup:
        """Return the group of an event; one of its own where nothing leads to it."""
        return self._group_of.get(event) or LinkGroup({event})

    def are_together(self, event: str, other: str) -> bool:
        """Say whether two events are of one group."""
        group = self._group_of.get(event)
        return event == other or (group is not None and group is self._group_of.get(other))

    def _join(self, pair: LinkedPair) -> None:
        group = self._unite(pair.event, pair.other)
        group.records.update(pair.records)
        countries = {record.country for record in pair.records}
        if not self._country or self._country in countries:
            places = [pair.place, *filter(None, [group.place])]
            group.place = min(places, key=lambda place: (-place.recorded_at, place.id))

    def _unite(self, event: str, other: str) -> LinkGroup:
        """Return the group that has both events."""
        small, large = sorted(
            (self._group_of.get(id_) or LinkGroup({id_}) for id_ in (event, other)),
            key=lambda group: len(group.events),
        )
        if small is not large:
            large.events |= small.events
            large.records |= small.records
            large.is_confirmed |= small.is_confirmed
            places = list(filter(None, (large.place, small.place)))
            large.place = min(
                places, key=lambda place: (-place.recorded_at, place.id), default=None
            )
        for id_ in (*small.events, event, other):
            self._group_of[id_] = large
        return large
