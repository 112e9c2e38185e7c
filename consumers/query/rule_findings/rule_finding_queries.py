"""Answer what rules over many records find, for one reader, as of a moment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from consumers.query.answer_context import AnswerContext
from consumers.query.empty_lookups import EmptyLookup
from consumers.query.known_names import check_rule_of
from consumers.query.looked_at import LookedAt
from consumers.query.rule_findings.known_records import KnownRecords
from consumers.query.rule_findings.pair_candidates import PairCandidates
from consumers.query.rule_findings.pair_reasons_view import reasons_of_pairs
from consumers.query.rule_findings.record_occurrences import occurrences_of
from consumers.query.rule_findings.record_reader import RecordReader
from consumers.query.rule_findings.rule_candidates import RuleCandidates
from consumers.query.rule_findings.rule_finding_views import (
    RuleFindings,
    RuleFindingView,
    group_text,
    to_crowded_view,
    to_finding_view,
)
from consumers.query.rule_findings.rule_records import RuleRecords
from consumers.query.rule_findings.rule_trial import (
    ClauseView,
    RuleReasonsView,
    state_view,
)
from consumers.query.severity.severity_reader import SeverityReader
from consumers.query.store_reader import StoreReader
from consumers.query.views import EventView
from infra.clock import now_ms
from schemas.measures.rates import RateHistory, RateTable
from schemas.model import Reader
from streams.rules import DetectorRule, Rule
from streams.rules.detectors.evaluate import evaluate
from streams.rules.detectors.explain import explain_rule


class RuleSearch(NamedTuple):
    """What rules find, and how many records were looked at for it."""

    result: RuleFindings
    records: int


class RuleFindingQueries:
    """The questions about findings over one generation's database, for one answer at a time.

    They raise what clickhouse-driver raises. `as_of`: ms since 1970 UTC, None is now.
    """

    def __init__(
        self,
        store: StoreReader,
        rates: RateHistory,
        answer: AnswerContext,
        known: KnownRecords,
    ) -> None:
        """`rates`: as config has had them; `answer`: what this is a part of.

        `known`: what rules saw for earlier answers.
        """
        self._store, self._rules, self._rates, self._known = store, store.rules, rates, known
        self._answer = answer

    def findings(self, reader: Reader, as_of: int | None = None, rule: str = "") -> RuleFindings:
        """Return what the rules find, the newest first. `rule`: one of them; empty for all.

        Raises UnknownNameError for a rule that is not in effect.
        """
        rules = self._rules.at(as_of).detectors
        off = self._rules.switched_off(as_of)
        check_rule_of(rule, frozenset(known.id for known in rules), off)
        chosen = [known for known in rules if rule in ("", known.id)]
        result = self.search(chosen, reader, as_of).result
        findings = SeverityReader(self._store.client).weigh(result.findings, as_of)
        return replace(result, findings=findings)

    def explain(
        self,
        rule: DetectorRule | Rule,
        events: Sequence[str],
        reader: Reader,
        as_of: int | None = None,
    ) -> RuleReasonsView:
        """Return clause by clause what holds of a rule for these events, as far as released."""
        entitled, disclosed = self._answer.begin("rule findings", reader, as_of)
        views = self._store.current_events(events, entitled, as_of)
        disclosed.add_events(views)
        self._note_empty(views, EmptyLookup(reader, as_of, "rule findings", list(events)))
        if isinstance(rule, Rule):
            released = [view.id for view in views]
            return reasons_of_pairs(rule, PairCandidates(self._store, (entitled, as_of)), released)
        occurrences = list(occurrences_of(views, self._rates_at(as_of)))
        reasons = explain_rule(rule, occurrences)
        return RuleReasonsView(
            conditions=[state_view(state) for state in reasons.conditions],
            clauses=[
                ClauseView(group_text(rule, group.key[1:], "es"), *clause, clause.holds)
                for group in reasons.groups
                for clause in group.clauses
            ],
            findings=len(evaluate(rule, occurrences).findings),
        )

    def _note_empty(self, views: Sequence[EventView], lookup: EmptyLookup) -> None:
        if not views:
            self._answer.add_empty(lookup)

    def search(
        self, rules: Sequence[DetectorRule], reader: Reader, as_of: int | None
    ) -> RuleSearch:
        """Return what these rules find, whether they are in effect or not."""
        entitled, disclosed = self._answer.begin("rule findings", reader, as_of)
        every = self.records(rules, entitled, as_of)
        findings: list[RuleFindingView] = []
        crowded = []
        records = 0
        for own in every:
            records += len(own.records)
            outcome, views = every.shown(own)
            findings += [to_finding_view(finding, views) for finding in outcome.findings]
            crowded += [to_crowded_view(group) for group in outcome.crowded]
        findings.sort(key=lambda finding: finding.id)
        findings.sort(key=lambda finding: finding.last_recorded, reverse=True)
        for finding in findings:
            disclosed.add_records(finding.evidence)
        disclosed.counted |= bool(crowded)
        result = RuleFindings(findings, crowded, every.is_complete)
        return RuleSearch(result, records)

    def findings_around(
        self, rule: DetectorRule, events: Collection[str], reader: Reader, as_of: int | None
    ) -> LookedAt[RuleFindingView]:
        """Return what a rule finds in all groups that these events are in, or once were.

        A rule whose groups no thing leads to is evaluated whole, where it looks at their types.
        """
        entitled, disclosed = self._answer.begin("rule findings", reader, as_of)
        candidates, record_reader = self._readers(entitled, as_of)
        around = candidates.ids_around(rule, events)
        if around is None:
            return LookedAt([], frozenset())
        types = set(rule.types)
        views = {view.id: view for view in record_reader.views(around) if view.type in types}
        outcome = evaluate(rule, occurrences_of(views.values(), self._rates_at(as_of)))
        findings = [to_finding_view(finding, views) for finding in outcome.findings]
        for finding in findings:
            disclosed.add_records(finding.evidence)
        weighed = SeverityReader(self._store.client).weigh(findings, as_of)
        return LookedAt(weighed, frozenset((*views, *events)), candidates.is_complete)

    def records(
        self, rules: Sequence[DetectorRule], entitled: Reader, as_of: int | None
    ) -> RuleRecords:
        """Return what rules look at. `entitled`: with the conditions that they accepted."""
        return RuleRecords(rules, *self._readers(entitled, as_of), self._known)

    def _readers(self, entitled: Reader, as_of: int | None) -> tuple[RuleCandidates, RecordReader]:
        asked_by = entitled, as_of
        record_reader = RecordReader(self._store, asked_by, self._rates_at(as_of), self._known)
        return RuleCandidates(self._store, asked_by), record_reader

    def _rates_at(self, as_of: int | None) -> RateTable:
        return self._rates.at(now_ms() if as_of is None else as_of)
