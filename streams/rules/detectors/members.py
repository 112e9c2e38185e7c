"""Say which occurrences fill the roles of a rule, and group them by what they share. Pure.

Sizes are those of sets and choices are by id, so the order of the log decides nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from schemas.words import load_table
from streams.rules.detectors.crowding import (
    CrowdReason,
    GroupCrowding,
    PublisherPart,
    crowding_of,
    first_times,
)
from streams.rules.detectors.detector_rule import DetectorRule
from streams.rules.detectors.occurrence import NO_FIELDS, RecordedThing, RuleOccurrence

GroupKey = tuple[str, ...]
NO_ROLES: frozenset[str] = frozenset()
"""The exercise, and what the records of a group share."""
Publisher = tuple[str, str]
"""The country and the authority that own a record."""


class GroupMember(NamedTuple):
    """An occurrence in a group, with the roles that it fills there.

    `thing`: its place among the occurrence's things; -1 where fields alone make the group.
    """

    occurrence: RuleOccurrence
    roles: frozenset[str]
    is_certain: bool = True
    thing: int = -1

    @property
    def place(self) -> tuple[int, str, int]:
        """Where it stands in time."""
        return self.occurrence.place


class RecordGroup(NamedTuple):
    """The members that share something. `key`: what; `crowd`: what is left out, if anything."""

    key: GroupKey
    members: Sequence[GroupMember]
    crowd: GroupCrowding | None = None


def roles_of(
    rule: DetectorRule, occurrence: RuleOccurrence, traits: Mapping[str, str] = NO_FIELDS
) -> frozenset[str]:
    """Return the roles that an occurrence fills. `traits`: of the thing that it is asked about."""
    conditions = rule.conditions_of_type.get(occurrence.type)
    if not conditions:
        return NO_ROLES
    fields = {**occurrence.fields, **traits} if traits else occurrence.fields
    return frozenset(
        role for role, condition in conditions if condition.fits(occurrence.type, fields)
    )


def members_of(rule: DetectorRule, occurrences: Iterable[RuleOccurrence]) -> list[GroupMember]:
    """Return the occurrences that fill a role, for forms that group by themselves."""
    return [
        GroupMember(occurrence, roles)
        for occurrence in occurrences
        if (roles := roles_of(rule, occurrence))
    ]


def group_members(
    rule: DetectorRule, occurrences: Iterable[RuleOccurrence]
) -> Iterator[RecordGroup]:
    """Yield the groups of a rule, by key, each without the records of who crowds it."""
    kind = next((name for name in rule.by if name in load_table("kinds")), None)
    groups: dict[GroupKey, list[GroupMember]] = defaultdict(list)
    for occurrence in occurrences:
        for key, member in _placed(rule, kind, occurrence):
            groups[key].append(member)
    for key in sorted(groups):
        yield without_crowd(rule, key, groups[key])


def _placed(
    rule: DetectorRule, kind: str | None, occurrence: RuleOccurrence
) -> Iterator[tuple[GroupKey, GroupMember]]:
    """Yield the groups in which an occurrence stands: one for each thing of the kind."""
    for place, thing in _things(occurrence, kind):
        traits = NO_FIELDS if thing is None else thing.traits
        roles = roles_of(rule, occurrence, traits)
        shared = [
            thing.value if name == kind and thing is not None else occurrence.fields.get(name, "")
            for name in rule.by
        ]
        if roles and all(shared):
            is_certain = thing is None or thing.is_certain
            key = (occurrence.exercise, *shared)
            yield key, GroupMember(occurrence, roles, is_certain, place)


def _things(
    occurrence: RuleOccurrence, kind: str | None
) -> Iterator[tuple[int, RecordedThing | None]]:
    if kind is None:
        yield -1, None
        return
    for place, thing in enumerate(occurrence.things):
        if thing.kind == kind:
            yield place, thing


def without_crowd(rule: DetectorRule, key: GroupKey, members: Sequence[GroupMember]) -> RecordGroup:
    """Set aside the largest authorities of a country that has more than its share of a hub.

    Authorities of the same size go together, so a flood hides nothing (ADR 0042).
    """
    if len(members) <= rule.share:
        return RecordGroup(key, members)
    events: dict[Publisher, set[str]] = defaultdict(set)
    for member in members:
        events[publisher_of(member)].add(member.occurrence.event)
    aside: set[Publisher] = set()
    for country in {publisher[0] for publisher in events}:
        own = {name: len(ids) for name, ids in events.items() if name[0] == country}
        aside |= _largest(own, rule.share)
    counting = [member for member in members if publisher_of(member) not in aside]
    hub = crowding_of(times_of(counting), rule.hub, CrowdReason.HUB)
    crowd = _crowding(rule, members, aside) if aside else hub
    return RecordGroup(key, [] if hub else counting, crowd)


def times_of(members: Iterable[GroupMember]) -> dict[str, int]:
    """Return when each event of these members was recorded, ms since 1970 UTC."""
    return first_times(
        (member.occurrence.event, member.occurrence.recorded_at) for member in members
    )


def _crowding(
    rule: DetectorRule, members: Sequence[GroupMember], aside: Set[Publisher]
) -> GroupCrowding:
    """Say whose records are set aside; since when a country has more of them than its share."""
    parts: dict[Publisher, dict[str, int]] = {
        publisher: times_of(member for member in members if publisher_of(member) == publisher)
        for publisher in sorted(aside)
    }
    countries = sorted({country for country, _authority in aside})
    of_country = (
        times_of(member for member in members if member.occurrence.country == country)
        for country in countries
    )
    since = min(sorted(times.values())[rule.share] for times in of_country)
    set_aside = [PublisherPart(*name, len(times)) for name, times in parts.items()]
    records = len(times_of(members))
    return GroupCrowding(CrowdReason.PUBLISHER, records, rule.share, since, set_aside)


def publisher_of(member: GroupMember) -> Publisher:
    """Return who owns the record of a member."""
    return member.occurrence.country, member.occurrence.authority


def _largest(sizes: Mapping[Publisher, int], share: int) -> set[Publisher]:
    """Return the publishers that are set aside so that the rest has its share at most."""
    rest, aside = sum(sizes.values()), set[Publisher]()
    for size in sorted(set(sizes.values()), reverse=True):
        if rest <= share:
            break
        same = {publisher for publisher, own in sizes.items() if own == size}
        aside |= same
        rest -= size * len(same)
    return aside
