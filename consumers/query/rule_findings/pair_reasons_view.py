"""Lay out what of a rule of pairs holds for the records of each thing that they name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from consumers.query.rule_findings.pair_candidates import PairCandidates
from consumers.query.rule_findings.rule_trial import ClauseView, RuleReasonsView, state_view
from streams.rules import Rule
from streams.rules.pair_reasons import PairMember, condition_states, pair_clauses

Row = Mapping[str, Any]


def reasons_of_pairs(
    rule: Rule, candidates: PairCandidates, events: Sequence[str]
) -> RuleReasonsView:
    """Return clause by clause what holds of a rule for these events alone. `events`: released."""
    by_thing: dict[str, list[Row]] = {}
    for row in candidates.observed_by(rule, events):
        by_thing.setdefault(row["thing"], []).append(row)
    members = {thing: list(map(_member, rows)) for thing, rows in by_thing.items()}
    states = [state for every in members.values() for state in condition_states(rule, every)]
    return RuleReasonsView(
        conditions=[state_view(state) for state in dict.fromkeys(states)],
        clauses=[
            ClauseView(f"{first} · {second}", *clause, clause.holds)
            for every in members.values()
            for first, second, clause in pair_clauses(rule, every)
        ],
        findings=sum(candidates.finds(rule, rows) for rows in by_thing.values()),
    )


def _member(row: Row) -> PairMember:
    return PairMember(
        row["event_id"],
        row["type"],
        row["country"],
        row["certainty"],
        row["occurred"],
        dict(row["traits"]),
    )
