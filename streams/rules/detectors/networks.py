"""Join records over several steps by what they have in common: the form network. Pure.

Two records are joined where they name one thing, not too far apart in time. A thing with more
records than a hub, such as a switchboard's telephone, joins nothing. What hangs together is one
network. Each record of a thing is joined to the one before it, so the work is linear.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from streams.rules.detectors.crowding import CrowdReason, crowding_of
from streams.rules.detectors.detector_rule import DetectorRule, NetworkForm
from streams.rules.detectors.matches import Clause, FormMatch, GroupResult, hold, quantities_of
from streams.rules.detectors.members import (
    GroupKey,
    GroupMember,
    roles_of,
    times_of,
    without_crowd,
)
from streams.rules.detectors.occurrence import RuleOccurrence

MOST_NAMED = 4
"""Things that a network is named by: those that join most records."""


class _Bond(NamedTuple):
    """A thing that joins records: its key, and the records in the order of time."""

    key: GroupKey
    members: Sequence[GroupMember]


def find_networks(
    rule: DetectorRule, form: NetworkForm, occurrences: Iterable[RuleOccurrence], fewest: int = 1
) -> Iterator[GroupResult]:
    """Yield the networks, and the things that are hubs. `fewest`: records of a network."""
    by_thing: dict[GroupKey, list[GroupMember]] = defaultdict(list)
    for occurrence in occurrences:
        for key, member in _named(rule, form, occurrence):
            by_thing[key].append(member)
    bonds: list[_Bond] = []
    for key in sorted(by_thing):
        group = without_crowd(rule, key, by_thing[key])
        if group.crowd:
            yield GroupResult((key[0], key[2]), [], [], [], group.crowd)
        bonds += _bonds(form, key, group.members)
    for joined in _components(bonds):
        if sum(len(bond.members) for bond in joined) >= fewest:
            yield _result(rule, form, joined)


def _named(
    rule: DetectorRule, form: NetworkForm, occurrence: RuleOccurrence
) -> Iterator[tuple[GroupKey, GroupMember]]:
    if occurrence.at is None:
        return
    for place, thing in enumerate(occurrence.things):
        if thing.kind in form.joined_by:
            roles = roles_of(rule, occurrence, thing.traits)
            if roles:
                member = GroupMember(occurrence, roles, thing.is_certain, place)
                yield (occurrence.exercise, thing.kind, thing.value), member


def _bonds(form: NetworkForm, key: GroupKey, members: Sequence[GroupMember]) -> Iterator[_Bond]:
    """Yield the records of a thing that follow each other within the time."""
    series: list[GroupMember] = []
    for member in sorted(members, key=lambda item: item.place):
        if series and member.place[0] - series[-1].place[0] > form.within:
            yield _Bond(key, series)
            series = []
        series.append(member)
    if series:
        yield _Bond(key, series)


def _components(bonds: Sequence[_Bond]) -> Iterator[list[_Bond]]:
    """Yield the bonds that hang together by their records, in an order of their own."""
    leader: dict[str, str] = {}

    def leader_of(event: str) -> str:
        while leader.setdefault(event, event) != event:
            leader[event] = leader[leader[event]]
            event = leader[event]
        return event

    for bond in bonds:
        first = leader_of(bond.members[0].occurrence.event)
        for member in bond.members[1:]:
            leader[leader_of(member.occurrence.event)] = first
    components: dict[str, list[_Bond]] = defaultdict(list)
    for bond in bonds:
        components[leader_of(bond.members[0].occurrence.event)].append(bond)
    yield from sorted(components.values(), key=lambda joined: joined[0].key)


def _result(rule: DetectorRule, form: NetworkForm, bonds: Sequence[_Bond]) -> GroupResult:
    distinct = {
        (member.occurrence.event, member.occurrence.index, member.thing): member
        for bond in bonds
        for member in bond.members
    }
    members = [distinct[place] for place in sorted(distinct)]
    joining = [bond for bond in bonds if len(_events(bond.members)) > 1]
    quantities = {**quantities_of(members), "things": len({bond.key for bond in joining})}
    clauses = [
        Clause("records", quantities["records"], form.at_least),
        Clause("countries", quantities["countries"], rule.countries),
        *(
            Clause(role, count, form.needs[role])
            for role, count in _filled(form.needs, members).items()
        ),
    ]
    key = (bonds[0].key[0], *_names(joining))
    crowd = crowding_of(times_of(members), form.most, CrowdReason.SIZE)
    if crowd:
        return GroupResult(key, members, clauses, [], crowd)
    matches = [FormMatch(key, members, quantities, members)] if hold(clauses) else []
    return GroupResult(key, members, clauses, matches)


def _events(members: Iterable[GroupMember]) -> set[str]:
    return {member.occurrence.event for member in members}


def _filled(needs: Mapping[str, int], members: Sequence[GroupMember]) -> dict[str, int]:
    """Return how many records fill each role that is needed."""
    return {role: len(_events(item for item in members if role in item.roles)) for role in needs}


def _names(joining: Sequence[_Bond]) -> list[str]:
    """Return the things that join most records, by value."""
    ordered = sorted(joining, key=lambda bond: (-len(_events(bond.members)), bond.key))
    return list(dict.fromkeys(bond.key[2] for bond in ordered))[:MOST_NAMED]
