"""Say clause by clause what of a rule of pairs holds for records of one thing. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from schemas.model import DAY_MS, Certainty
from streams.rules.detectors.explain import ConditionState
from streams.rules.detectors.matches import Clause
from streams.rules.rule import RoleCondition, Rule


class PairMember(NamedTuple):
    """A record that names the thing, as a rule sees it. `occurred`: ms since 1970 UTC."""

    event: str
    type: str
    country: str
    certainty: Certainty
    occurred: int | None
    traits: Mapping[str, str]


class PairClause(NamedTuple):
    """A clause of a rule on two records, in the order of its roles."""

    first: str
    second: str
    clause: Clause


def condition_states(rule: Rule, members: Sequence[PairMember]) -> Iterator[ConditionState]:
    """Yield the conditions of each role on each record; of another type only that."""
    for member in members:
        for role, alternatives in rule.roles.items():
            for alternative in alternatives:
                yield from _alternative_states(role, alternative, member)


def _alternative_states(
    role: str, alternative: RoleCondition, member: PairMember
) -> Iterator[ConditionState]:
    is_type = member.type == alternative.type
    place = (member.event, 0, role)
    yield ConditionState(*place, f"type: {alternative.type}", member.type, is_type)
    for name, condition in alternative.traits.items() if is_type else ():
        written = member.traits.get(name, "")
        holds = condition.holds(member.traits.get(name))
        yield ConditionState(*place, f"{name}: {condition.describe()}", written, holds)


def pair_clauses(rule: Rule, members: Sequence[PairMember]) -> Iterator[PairClause]:
    """Yield what a rule asks of each two records that fill its roles."""
    roles = {member.event: rule.roles_of(member.type, member.traits) for member in members}
    is_mirrored = rule.pair[0] == rule.pair[1]
    for first in members:
        for second in members:
            fill = rule.pair[0] in roles[first.event] and rule.pair[1] in roles[second.event]
            if first is second or not fill or (is_mirrored and second.event < first.event):
                continue
            for clause in _clauses(rule, first, second, members):
                yield PairClause(first.event, second.event, clause)


def _clauses(
    rule: Rule, first: PairMember, second: PairMember, members: Sequence[PairMember]
) -> Iterator[Clause]:
    yield Clause("countries", len({first.country, second.country}), 2)
    if rule.joined_by:
        values = " · ".join(member.traits.get(rule.joined_by, "?") for member in (first, second))
        is_joined = rule.joined(first.traits, second.traits)
        yield Clause(f"joined_by {rule.joined_by} ({values})", int(is_joined), 1)
    if rule.days:
        in_time = rule.is_within_days(first, second)
        span = f"{rule.days[0]} … {rule.days[1]}"
        yield Clause(f"days {span} ({_days(first, second)})", int(in_time), 1)
    if rule.until:
        last_day = first.traits.get(rule.until, "")
        yield Clause(
            f"until {rule.until} ({last_day or '?'}; {_day(second)})",
            int(rule.is_before_end(first, second)),
            1,
        )
    for role, member in zip(rule.pair, (first, second), strict=True):
        for name in sorted(rule.unless_of(role, member.type, member.traits)):
            is_excluded = any(_excludes(rule, name, other, member) for other in members)
            yield Clause(f"unless {name} ({member.country})", int(not is_excluded), 1)
    grade = rule.grade_of(first, second)
    yield Clause(f"grade ({grade or 'none'})", int(grade is not None), 1)


def _excludes(rule: Rule, role: str, other: PairMember, member: PairMember) -> bool:
    fills = role in rule.roles_of(other.type, other.traits)
    return fills and other.country == member.country and rule.excludes(other, member)


def _days(first: PairMember, second: PairMember) -> str:
    if first.occurred is None or second.occurred is None:
        return "?"
    return f"{(second.occurred - first.occurred) / DAY_MS:.1f}"


def _day(member: PairMember) -> str:
    if member.occurred is None:
        return "?"
    return f"{datetime.fromtimestamp(member.occurred / 1000, UTC):%Y-%m-%d}"
