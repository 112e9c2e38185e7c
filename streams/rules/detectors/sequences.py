"""Find records in an order: the form sequence. Pure.

Each step looks back from its own moment to the newest record that may come before it. What makes a
pair of steps valid is easier to meet for a newer one, but for `differ` and `agree`: so the search
continues until one fits, the time is over, or something stands between that must not. A group has
no more records than a hub, which bounds the search.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from streams.rules.detectors.detector_rule import DetectorRule, SequenceForm
from streams.rules.detectors.matches import Clause, FormMatch, GroupResult, quantities_of
from streams.rules.detectors.members import GroupMember, RecordGroup

Reached = dict[int, int]
"""By place of a member that ends a step: the place of the member before it; -1 for the first."""


def find_sequences(rule: DetectorRule, form: SequenceForm, group: RecordGroup) -> GroupResult:
    """Say whether the steps follow each other. The members of all sequences are one finding."""
    known = (member for member in group.members if member.occurrence.at is not None)
    ordered = sorted(known, key=lambda member: member.place)
    times = [member.place[0] for member in ordered]
    steps: list[Reached] = []
    for step, role in enumerate(form.order):
        filling = [place for place, member in enumerate(ordered) if role in member.roles]
        if step == 0:
            steps.append(dict.fromkeys(filling, -1))
            continue
        search = _StepSearch(form, ordered, times, step)
        before = {place: search.before(place, steps[-1]) for place in filling}
        steps.append({place: prior for place, prior in before.items() if prior is not None})
    members, countries = _members_of_chains(rule, ordered, steps)
    clauses = [
        Clause("steps", sum(map(bool, steps)), len(form.order)),
        Clause("countries", countries, rule.countries),
    ]
    matches = (
        [FormMatch(group.key, members, quantities_of(members), group.members)] if members else []
    )
    return GroupResult(group.key, group.members, clauses, matches, group.crowd)


class _StepSearch:
    """Looks for the member before one of a step."""

    def __init__(
        self, form: SequenceForm, ordered: Sequence[GroupMember], times: Sequence[int], step: int
    ) -> None:
        self._form, self._ordered, self._times = form, ordered, times
        self._gap = form.gaps[step - 1]

    def before(self, place: int, reached: Reached) -> int | None:
        """Return the newest member of the step before that one at `place` may follow; or None."""
        for other in self._newest_first(place):
            if other in reached and self._may_follow(self._ordered[other], self._ordered[place]):
                return other
            if other < place and self._form.absent & self._ordered[other].roles:
                return None
        return None

    def _newest_first(self, place: int) -> Iterator[int]:
        moment = self._times[place]
        newest = bisect_right(self._times, moment + self._form.slack) - 1
        for other in range(newest, -1, -1):
            if moment - self._times[other] > self._gap:
                return
            if other != place:
                yield other

    def _may_follow(self, first: GroupMember, second: GroupMember) -> bool:
        if first.occurrence.event == second.occurrence.event:
            return False
        return all(_differ(first, second, name) for name in self._form.differ) and all(
            _agree(first, second, name) for name in self._form.agree
        )


def _differ(first: GroupMember, second: GroupMember, name: str) -> bool:
    """Say whether two members have a field, or things of a kind, and nothing of it in common."""
    values, others = first.occurrence.values_of(name), second.occurrence.values_of(name)
    return bool(values and others) and values.isdisjoint(others)


def _agree(first: GroupMember, second: GroupMember, name: str) -> bool:
    """Say whether two members have something of a field, or of a kind, in common.

    Where one of them states nothing, nothing speaks against it.
    """
    values, others = first.occurrence.values_of(name), second.occurrence.values_of(name)
    return not (values and others) or not values.isdisjoint(others)


def _members_of_chains(
    rule: DetectorRule, ordered: Sequence[GroupMember], steps: Sequence[Reached]
) -> tuple[list[GroupMember], int]:
    """Return the members of whole chains with enough countries, and the most countries of one."""
    taken: set[int] = set()
    most = 0
    for last in steps[-1]:
        chain, place = [last], last
        for reached in reversed(steps):
            place = reached[place]
            if place >= 0:
                chain.append(place)
        countries = len({ordered[place].occurrence.country for place in chain})
        most = max(most, countries)
        if countries >= rule.countries:
            taken.update(chain)
    return [ordered[place] for place in sorted(taken)], most
