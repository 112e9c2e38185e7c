"""Follow money from account to account: the form path. Pure.

A transfer may go on where the next one leaves the same account, not earlier, within the time, and
with little less. From each transfer the search goes back through the transfers that it may
continue, the newest first, for a bounded number of steps. Nothing passes through an account with
more partners than a hub, such as that of an exchange house.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from streams.rules.detectors.crowding import (
    CrowdReason,
    GroupCrowding,
    crowding_of,
    first_times,
)
from streams.rules.detectors.detector_rule import DetectorRule, PathForm
from streams.rules.detectors.matches import Clause, FormMatch, GroupResult, quantities_of
from streams.rules.detectors.members import GroupMember, members_of
from streams.rules.detectors.occurrence import RuleOccurrence, Transfer

MOST_STEPS = 200
"""Transfers that the search back from one looks at."""
MOST_HOPS = 8
USD = "usd"
Path = tuple[int, ...]
"""Places of transfers, the last one first."""


class _Move(NamedTuple):
    member: GroupMember
    transfer: Transfer
    amount: int

    @property
    def moment(self) -> int:
        return self.member.place[0]


def find_paths(
    rule: DetectorRule, form: PathForm, occurrences: Iterable[RuleOccurrence]
) -> Iterator[GroupResult]:
    """Yield the paths of money; those that have transfers in common are one finding."""
    by_exercise: dict[str, list[RuleOccurrence]] = defaultdict(list)
    for occurrence in occurrences:
        by_exercise[occurrence.exercise].append(occurrence)
    for exercise in sorted(by_exercise):
        every = list(_moves(members_of(rule, by_exercise[exercise])))
        hubs = _hubs(rule, every)
        large = (move for move in every if move.amount >= form.least)
        moves = sorted(large, key=lambda move: move.member.place)
        for account, crowd in sorted(hubs.items()):
            yield GroupResult((exercise, account), [], [], [], crowd)
        search = _PathSearch(rule, form, moves, frozenset(hubs))
        paths = [path for last in range(len(moves)) if (path := search.path_to(last))]
        for group in _joined(paths):
            yield _result(rule, form, exercise, [moves[place] for place in sorted(group)])


def _moves(members: Iterable[GroupMember]) -> Iterator[_Move]:
    for member in members:
        transfer, amount = member.occurrence.transfer, member.occurrence.amounts.get(USD)
        if transfer is None or amount is None or member.occurrence.at is None:
            continue
        if amount > 0 and transfer.source != transfer.target:
            yield _Move(member, transfer, amount)


def _hubs(rule: DetectorRule, moves: Sequence[_Move]) -> dict[str, GroupCrowding]:
    """Return the accounts with more partners than a hub, and how many they have."""
    partners: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for move in moves:
        recorded = move.member.occurrence.recorded_at
        partners[move.transfer.source].append((move.transfer.target, recorded))
        partners[move.transfer.target].append((move.transfer.source, recorded))
    crowds = (
        (name, crowding_of(first_times(others), rule.hub, CrowdReason.HUB))
        for name, others in partners.items()
    )
    return {name: crowd for name, crowd in crowds if crowd is not None}


class _PathSearch:
    """Looks for the path that ends in a transfer."""

    def __init__(
        self, rule: DetectorRule, form: PathForm, moves: Sequence[_Move], hubs: frozenset[str]
    ) -> None:
        self._rule, self._form, self._moves, self._hubs = rule, form, moves, hubs
        self._into: Mapping[str, list[int]] = defaultdict(list)
        for place, move in enumerate(moves):
            self._into[move.transfer.target].append(place)
        self._times = {
            account: [moves[place].moment for place in places]
            for account, places in self._into.items()
        }

    def path_to(self, last: int) -> Path:
        """Return the first path found that ends in a transfer; empty where there is none."""
        left = MOST_STEPS
        waiting: list[Path] = [(last,)]
        while waiting and left > 0:
            path = waiting.pop()
            if self._is_whole(path):
                return path
            if len(path) < MOST_HOPS:
                before = self._before(path[-1], left)
                left -= 1 + len(before)
                longer = ((*path, place) for place in reversed(before))
                waiting += [item for item in longer if self._is_simple(item)]
        return ()

    def _before(self, place: int, most: int) -> list[int]:
        """Return the transfers that one may continue, the newest first; of the `most` newest."""
        move = self._moves[place]
        account = move.transfer.source
        if account in self._hubs or account not in self._into:
            return []
        times, places = self._times[account], self._into[account]
        begin = bisect_left(times, move.moment - self._form.within)
        end = bisect_right(times, move.moment)
        least = move.amount / (1 - self._form.loss)
        return [
            other
            for other in reversed(places[max(begin, end - most) : end])
            if move.amount <= self._moves[other].amount <= least
        ]

    def _is_simple(self, path: Path) -> bool:
        """Say whether no account comes twice; money that returns may close the path."""
        targets = [self._moves[place].transfer.target for place in path]
        source = self._moves[path[-1]].transfer.source
        others = targets[1:] if self._form.returns else targets
        return len(set(targets)) == len(targets) and source not in others

    def _is_whole(self, path: Path) -> bool:
        if len(path) < self._form.hops:
            return False
        first, last = self._moves[path[-1]].transfer, self._moves[path[0]].transfer
        countries = _countries(self._moves[place] for place in path)
        if len(countries) < self._rule.countries:
            return False
        returns = first.source == last.target or (
            bool(first.source_owner) and first.source_owner == last.target_owner
        )
        return returns == self._form.returns


def _countries(moves: Iterable[_Move]) -> frozenset[str]:
    """Return the countries of the records, and of the accounts as far as they are known."""
    countries: set[str] = set()
    for move in moves:
        countries |= {move.member.occurrence.country, *move.transfer.countries}
    return frozenset(countries)


def _joined(paths: Sequence[Path]) -> list[set[int]]:
    """Join paths that have transfers in common."""
    leader: dict[int, int] = {}

    def leader_of(place: int) -> int:
        while leader.setdefault(place, place) != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    for path in paths:
        for place in path[1:]:
            leader[leader_of(place)] = leader_of(path[0])
    groups: dict[int, set[int]] = defaultdict(set)
    for place in list(leader):
        groups[leader_of(place)].add(place)
    return [groups[name] for name in sorted(groups)]


def _result(
    rule: DetectorRule, form: PathForm, exercise: str, moves: Sequence[_Move]
) -> GroupResult:
    members = [move.member for move in moves]
    quantities = {
        **quantities_of(members),
        "countries": len(_countries(moves)),
        "transfers": len(moves),
        "amount": max(move.amount for move in moves),
    }
    clauses = [
        Clause("transfers", len(moves), form.hops),
        Clause("countries", quantities["countries"], rule.countries),
    ]
    key = (exercise, moves[0].transfer.source, moves[-1].transfer.target)
    return GroupResult(key, members, clauses, [FormMatch(key, members, quantities, members)])
