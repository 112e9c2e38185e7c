"""Count, distinguish and add what lies within a time: the forms count, distinct and sum. Pure.

Every quantity only grows with more members. So the largest window that ends at a member decides
for all windows that end there, and one pass over the members finds each. Its work is a few steps
for each member.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from streams.rules.detectors.detector_rule import CountForm, DetectorRule, DistinctForm, SumForm
from streams.rules.detectors.matches import Clause, FormMatch, GroupResult, hold
from streams.rules.detectors.members import GroupMember, RecordGroup

WindowForm = CountForm | DistinctForm | SumForm


class _Measured(NamedTuple):
    """A member with what it adds to a window."""

    member: GroupMember
    amount: int
    values: frozenset[str]


class WindowTally:
    """The quantities of a window from which members leave on one side, and come on the other."""

    def __init__(self) -> None:
        """Begin with an empty window."""
        self._events, self._countries = Counter[str](), Counter[str]()
        self._values = Counter[str]()
        self._amount = self._members = 0

    def add(self, measured: _Measured, times: int = 1) -> None:
        """Take a member in; with `times` -1 let it go."""
        occurrence = measured.member.occurrence
        self._events[occurrence.event] += times
        self._countries[occurrence.country] += times
        for value in measured.values:
            self._values[value] += times
        for counter, keys in (
            (self._events, (occurrence.event,)),
            (self._countries, (occurrence.country,)),
            (self._values, measured.values),
        ):
            for key in keys:
                if not counter[key]:
                    del counter[key]
        self._amount += times * measured.amount
        self._members += times

    def quantities(self) -> dict[str, int]:
        """Return what is in the window now."""
        return {
            "records": len(self._events),
            "countries": len(self._countries),
            "distinct": len(self._values),
            "amount": self._amount,
            "amounts": self._members,
        }


def find_windows(rule: DetectorRule, form: WindowForm, group: RecordGroup) -> GroupResult:
    """Say whether there is a time within which the members of a group are enough.

    The members of all such times are one finding.
    """
    needed = _needed(rule, form)
    ordered = sorted(_measure(form, group.members), key=lambda item: item.member.place)
    tally, window = WindowTally(), deque[_Measured]()
    best: list[Clause] = [Clause(name, 0, least) for name, least in needed.items()]
    taken: list[_Measured] = []
    last_taken = 0
    for end, measured in enumerate(ordered):
        window.append(measured)
        tally.add(measured)
        while measured.member.place[0] - window[0].member.place[0] > form.within:
            tally.add(window.popleft(), -1)
        clauses = _clauses(tally.quantities(), needed)
        best = max(best, clauses, key=_rank)
        if hold(clauses):
            begin = max(end + 1 - len(window), last_taken)
            taken += ordered[begin : end + 1]
            last_taken = end + 1
    return GroupResult(
        group.key, group.members, best, _match(rule, group, taken, best), group.crowd
    )


def _measure(form: WindowForm, members: Sequence[GroupMember]) -> Iterator[_Measured]:
    """Yield the members that a window may hold, with what each adds."""
    for member in members:
        occurrence = member.occurrence
        if occurrence.at is None:
            continue
        if isinstance(form, SumForm):
            counted = form.counted(occurrence.amounts, occurrence.country)
            if counted is not None:
                yield _Measured(member, counted, frozenset())
        elif isinstance(form, DistinctForm):
            if values := occurrence.values_of(form.distinct):
                yield _Measured(member, 0, values)
        else:
            yield _Measured(member, 0, frozenset())


def _needed(rule: DetectorRule, form: WindowForm) -> dict[str, int]:
    if isinstance(form, SumForm):
        own = {"amount": form.at_least, "amounts": form.fewest}
    elif isinstance(form, DistinctForm):
        own = {"distinct": form.at_least}
    else:
        own = {"records": form.at_least}
    return {**own, "countries": rule.countries}


def _clauses(quantities: Mapping[str, int], needed: Mapping[str, int]) -> list[Clause]:
    return [Clause(name, quantities[name], least) for name, least in needed.items()]


def _rank(clauses: Sequence[Clause]) -> tuple[object, ...]:
    """Rank a window: by the clauses that hold, then by what was measured in their order."""
    return sum(clause.holds for clause in clauses), [clause.measured for clause in clauses]


def _match(
    rule: DetectorRule, group: RecordGroup, taken: Sequence[_Measured], best: Sequence[Clause]
) -> list[FormMatch]:
    if not taken:
        return []
    tally = WindowTally()
    for measured in taken:
        tally.add(measured)
    quantities = tally.quantities()
    if isinstance(rule.form, SumForm):
        quantities["amount"] = sum(
            item.member.occurrence.amounts[rule.form.measure] for item in taken
        )
    quantities["most"] = best[0].measured
    members = [measured.member for measured in taken]
    return [FormMatch(group.key, members, quantities, group.members)]
