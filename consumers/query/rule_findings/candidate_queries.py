"""Answer what a rule on trial finds, whatever its form: dry-run, and rules in the shadow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import NamedTuple, assert_never

from consumers.query.answer_context import AnswerContext
from consumers.query.bursts.burst import BurstsQuestion
from consumers.query.bursts.burst_queries import BurstQueries
from consumers.query.explanation_reader import ExplanationReader
from consumers.query.figures.figure_queries import FigureQueries
from consumers.query.figures.question import FactFilter
from consumers.query.figures.totals import TotalsQuestion
from consumers.query.known_names import check_rule_of
from consumers.query.persons.person_queries import PersonQueries
from consumers.query.rule_findings.candidate_findings import (
    CandidateFindings,
    ComputedFinding,
    to_candidate,
)
from consumers.query.rule_findings.pair_candidates import PairCandidates
from consumers.query.rule_findings.rule_finding_queries import RuleFindingQueries
from consumers.query.rule_findings.rule_trial import CpuClock, RuleTrial, TrialCost, trial_of
from consumers.query.store_reader import StoreReader
from consumers.query.views import to_datetime_or_none
from schemas.model import Reader
from streams.rules import AnyRule, BurstRule, DetectorRule, IdentityRule, Rule, RuleBook

ShadowRule = tuple[str, AnyRule]
"""The account of its author, and a rule whose findings this account alone sees."""


class RuleForms(NamedTuple):
    """What evaluates the rules of each form, and what pairs need of the store.

    `bursts`: makes the questions about bursts under other rules; `figures`: count records.
    """

    detectors: RuleFindingQueries
    persons: PersonQueries
    bursts: Callable[[RuleBook], BurstQueries]
    store: StoreReader
    figures: FigureQueries


class _Search(NamedTuple):
    """What a rule finds, how many records were looked at, and how many values are hubs."""

    findings: Sequence[ComputedFinding]
    records: int
    crowded: int = 0
    is_complete: bool = True


class CandidateQueries:
    """The questions about rules on trial, for one answer at a time.

    They raise what clickhouse-driver raises. `as_of`: ms since 1970 UTC, None is now.
    """

    def __init__(
        self,
        forms: RuleForms,
        shadows: Sequence[ShadowRule],
        answer: AnswerContext,
    ) -> None:
        """`shadows`: rules that run for their authors alone; `answer`: what this is a part of."""
        self._forms, self._rules, self._shadows = forms, forms.store.rules, shadows
        self._answer = answer

    def shadow_findings(
        self, reader: Reader, as_of: int | None = None, rule: str = ""
    ) -> CandidateFindings:
        """Return what the reader's own rules on trial find, the newest first.

        `rule`: one of them; empty for all. Raises UnknownNameError for a rule of somebody else, as
        for one that nobody has.
        """
        own = {shadow.id: shadow for author, shadow in self._shadows if author == reader.person}
        check_rule_of(rule, frozenset(own))
        chosen = [own[name] for name in sorted(own) if rule in ("", name)]
        return _candidates([self._search(shadow, reader, as_of) for shadow in chosen])

    def trial(
        self, rule: AnyRule, since: int | None, reader: Reader, as_of: int | None = None
    ) -> RuleTrial:
        """Return what a rule would raise and withdraw, against the version in force.

        `since`: of the newest record of a finding, ms since 1970 UTC; None for all.
        """
        clock = CpuClock()
        search = self._search(rule, reader, as_of)
        cost = TrialCost(search.records, clock.microseconds_for(search.records))
        in_force = [known for known in _every_rule(self._rules.at(as_of)) if known.id == rule.id]
        former = [self._search(known, reader, as_of) for known in in_force]
        compared = _candidates([search]), _candidates(former)
        return trial_of(rule.id, to_datetime_or_none(since), compared, cost)

    def _search(self, rule: AnyRule, reader: Reader, as_of: int | None) -> _Search:
        match rule:
            case DetectorRule():
                result, records = self._forms.detectors.search([rule], reader, as_of)
                return _Search(result.findings, records, len(result.crowded), result.is_complete)
            case BurstRule():
                bursts = self._forms.bursts(RuleBook({}, [rule]))
                views = bursts.bursts(reader, BurstsQuestion(), as_of).bursts
                return _Search(views, self._count(rule.types, reader, as_of))
            case IdentityRule():
                every = self._forms.persons.findings_under([rule], reader, as_of)
                types = sorted({type_ for role in rule.pair for type_ in role.types})
                records = self._count(types or [""], reader, as_of)
                return _Search(every.findings, records, is_complete=every.is_complete)
            case Rule():
                return self._pairs(rule, reader, as_of)
            case _:
                assert_never(rule)

    def _pairs(self, rule: Rule, reader: Reader, as_of: int | None) -> _Search:
        entitled, disclosed = self._answer.begin("rule findings", reader, as_of)
        search = PairCandidates(self._forms.store, (entitled, as_of)).find(rule)
        live = [view for view in search.indicators if view.status == "live"]
        disclosed.add_indicators(live)
        explanations = ExplanationReader(self._forms.store, RuleBook({rule.id: rule}), None)
        explained = explanations.explain(live, entitled, as_of, disclosed)
        hubs = len(search.indicators) - len(live)
        return _Search(explained, search.records, hubs, search.is_complete)

    def _count(self, types: Sequence[str], reader: Reader, as_of: int | None) -> int:
        questions = [TotalsQuestion(filter=FactFilter(type=type_)) for type_ in types]
        totals = [self._forms.figures.totals(reader, question, as_of) for question in questions]
        return sum(row.records for answer in totals for row in answer.rows)


def _every_rule(book: RuleBook) -> list[AnyRule]:
    return [*book.by_id.values(), *book.bursts, *book.detectors, *book.identities]


def _candidates(searches: Sequence[_Search]) -> CandidateFindings:
    findings = [to_candidate(item) for item in chain.from_iterable(s.findings for s in searches)]
    findings.sort(key=lambda finding: finding.id)
    findings.sort(key=lambda finding: finding.last_recorded, reverse=True)
    return CandidateFindings(
        findings,
        sum(search.crowded for search in searches),
        all(search.is_complete for search in searches),
    )
