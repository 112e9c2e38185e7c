"""Find two things that are seen together again and again: the form together. Pure.

A thing with more records than a hub, such as the bus of a line, is left out: it meets everything.
So each record meets at most those of things below a hub, and of these the nearest ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from streams.rules.detectors.crowding import CrowdReason, crowding_of
from streams.rules.detectors.detector_rule import DetectorRule, TogetherForm
from streams.rules.detectors.matches import Clause, FormMatch, GroupResult, hold, quantities_of
from streams.rules.detectors.members import GroupKey, GroupMember, roles_of, times_of
from streams.rules.detectors.occurrence import RuleOccurrence

MOST_NEIGHBOURS = 60
"""Records after one, within the time, that it is compared with: the nearest in time."""
PART_OF_WHOLE = 1_000
"""The share of occasions is measured in thousandths."""
Sightings = dict[str, list[GroupMember]]
"""By thing: where it was seen, each with the place of the thing among those of the record."""


class _Pair(NamedTuple):
    """Two things of an exercise."""

    exercise: str
    first: str
    second: str


def find_company(
    rule: DetectorRule, form: TogetherForm, occurrences: Iterable[RuleOccurrence]
) -> Iterator[GroupResult]:
    """Yield what each pair of things that met at all shows; and the things that are hubs."""
    by_exercise: dict[str, Sightings] = defaultdict(lambda: defaultdict(list))
    for occurrence in occurrences:
        for thing, member in _sightings(rule, form, occurrence):
            by_exercise[occurrence.exercise][thing].append(member)
    for exercise, sightings in sorted(by_exercise.items()):
        sizes = {thing: len(_events(seen)) for thing, seen in sightings.items()}
        for thing in sorted(sizes):
            crowd = crowding_of(times_of(sightings[thing]), rule.hub, CrowdReason.HUB)
            if crowd:
                yield GroupResult((exercise, thing), sightings[thing], [], [], crowd)
        usual = {
            thing: seen
            for thing, seen in sightings.items()
            if form.at_least <= sizes[thing] <= rule.hub
        }
        meetings = _meetings(rule, form, exercise, usual)
        results = [
            _result(rule, form, pair, (meetings[pair], min(sizes[pair.first], sizes[pair.second])))
            for pair in sorted(meetings)
        ]
        yield from _without_fleets(form, results)


def _without_fleets(form: TogetherForm, results: Sequence[GroupResult]) -> Iterator[GroupResult]:
    """Yield the pairs; those of a thing with too many partners show no match, but a hub.

    Who met half as often as the rule asks for is a partner: a plate is not always written down.
    """
    if form.partners is None:
        yield from results
        return
    partners: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for result in results:
        if result.clauses[0].measured * 2 >= form.at_least:
            exercise, first, second = result.key
            moment = _company_since(form, result)
            partners[exercise, first][second] = partners[exercise, second][first] = moment
    for result in results:
        crowds = (
            crowding_of(partners[result.key[0], thing], form.partners, CrowdReason.FLEET)
            for thing in result.key[1:]
        )
        crowd = max(filter(None, crowds), key=lambda item: item.records, default=None)
        yield result._replace(matches=[], crowd=crowd) if crowd and result.matches else result


def _company_since(form: TogetherForm, result: GroupResult) -> int:
    """Return since when two things have met half as often as the rule asks for."""
    recorded = sorted(times_of(result.members).values())
    return recorded[min(form.at_least, len(recorded)) - 1]


def _sightings(
    rule: DetectorRule, form: TogetherForm, occurrence: RuleOccurrence
) -> Iterator[tuple[str, GroupMember]]:
    if occurrence.at is None or not all(occurrence.fields.get(name) for name in rule.by):
        return
    for place, thing in enumerate(occurrence.things):
        if thing.kind == form.kind and (roles := roles_of(rule, occurrence, thing.traits)):
            yield thing.value, GroupMember(occurrence, roles, thing.is_certain, place)


def _events(members: Iterable[GroupMember]) -> set[str]:
    return {member.occurrence.event for member in members}


def _meetings(
    rule: DetectorRule, form: TogetherForm, exercise: str, sightings: Sightings
) -> Mapping[_Pair, list[tuple[GroupMember, GroupMember]]]:
    """Return where two things met, by pair: the earlier record first."""
    by_place: dict[GroupKey, list[tuple[GroupMember, str]]] = defaultdict(list)
    for thing, seen in sightings.items():
        for member in seen:
            key = tuple(member.occurrence.fields[name] for name in rule.by)
            by_place[key].append((member, thing))
    meetings: dict[_Pair, list[tuple[GroupMember, GroupMember]]] = defaultdict(list)
    for seen_there in by_place.values():
        seen_there.sort(key=lambda sighting: (sighting[0].place, sighting[1]))
        for start, (member, thing) in enumerate(seen_there):
            for other, other_thing in seen_there[start + 1 : start + 1 + MOST_NEIGHBOURS]:
                if other.place[0] - member.place[0] > form.within:
                    break
                if thing != other_thing and member.occurrence.event != other.occurrence.event:
                    pair = _Pair(exercise, *sorted((thing, other_thing)))
                    meetings[pair].append((member, other))
    return meetings


def _result(
    rule: DetectorRule,
    form: TogetherForm,
    pair: _Pair,
    met: tuple[Sequence[tuple[GroupMember, GroupMember]], int],
) -> GroupResult:
    """Say what a pair shows. `met`: its meetings, and the records of the thing with fewer."""
    meetings, smaller = met
    distinct = {
        (member.occurrence.event, member.occurrence.index, member.thing): member
        for meeting in meetings
        for member in meeting
    }
    members = [distinct[place] for place in sorted(distinct)]
    times = _occasions(form, meetings)
    countries = quantities_of(members)["countries"]
    clauses = [
        Clause("times", times, form.at_least),
        Clause("share", times * PART_OF_WHOLE // smaller, round(form.share * PART_OF_WHOLE)),
        Clause("countries", countries, rule.countries),
    ]
    quantities = {**quantities_of(members), "times": times}
    matches = [FormMatch(pair, members, quantities, members)] if hold(clauses) else []
    return GroupResult(pair, members, clauses, matches)


def _occasions(form: TogetherForm, meetings: Sequence[tuple[GroupMember, GroupMember]]) -> int:
    """Count the meetings that are far enough apart to be occasions of their own."""
    count, last = 0, None
    for moment in sorted(first.place[0] for first, _second in meetings):
        if last is None or moment - last >= form.apart:
            count, last = count + 1, moment
    return count
