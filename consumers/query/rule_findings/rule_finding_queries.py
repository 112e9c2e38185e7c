"""Answer what rules over many records find, for one reader, as of a moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from consumers.query.disclosed import Disclosed
from consumers.query.empty_lookups import EmptyLookup
from consumers.query.known_names import check_rule_of
from consumers.query.released_labels import ReleasedLabels
from consumers.query.rule_findings.record_occurrences import occurrences_of
from consumers.query.rule_findings.rule_candidates import RuleCandidates
from consumers.query.rule_findings.rule_finding_views import (
    RuleFindings,
    RuleFindingView,
    to_crowded_view,
    to_finding_view,
)
from consumers.query.store_reader import StoreReader
from infra.clickhouse.client import Client
from infra.clock import now_ms
from schemas.measures.rates import RateHistory
from schemas.model import Reader
from streams.rules import DetectorRule, RuleBook
from streams.rules.detectors.evaluate import evaluate

BeginQuestion = Callable[[str, Reader, int | None], tuple[Reader, Disclosed]]


class RuleFindingQueries:
    """The questions about findings over one generation's database, for one answer at a time.

    They raise what clickhouse-driver raises. `as_of`: ms since 1970 UTC, None is now.
    """

    def __init__(
        self,
        store: tuple[Client, StoreReader, ReleasedLabels],
        rules: RuleBook,
        rates: RateHistory,
        question: tuple[BeginQuestion, list[EmptyLookup]],
    ) -> None:
        """`rates`: as config has had them; `question`: begins one, and notes the empty ones."""
        self._store, self._rules, self._rates = store, rules, rates
        self._begin_question, self._empty_lookups = question

    def findings(self, reader: Reader, as_of: int | None = None, rule: str = "") -> RuleFindings:
        """Return what the rules find, the newest first. `rule`: one of them; empty for all.

        Raises UnknownNameError for a rule that is not in effect.
        """
        check_rule_of(rule, frozenset(known.id for known in self._rules.detectors))
        chosen = [known for known in self._rules.detectors if rule in ("", known.id)]
        return self.findings_of(chosen, reader, as_of)

    def findings_of(
        self, rules: Sequence[DetectorRule], reader: Reader, as_of: int | None
    ) -> RuleFindings:
        """Return what these rules find, whether they are in effect or not."""
        entitled, disclosed = self._begin_question("rule findings", reader, as_of)
        candidates = RuleCandidates(*self._store, (entitled, as_of))
        rates = self._rates.at(now_ms() if as_of is None else as_of)
        findings: list[RuleFindingView] = []
        crowded = []
        for rule in rules:
            events = {event.id: event for event in candidates.events_for(rule)}
            outcome = evaluate(rule, occurrences_of(events.values(), rates))
            findings += [to_finding_view(finding, events) for finding in outcome.findings]
            crowded += [to_crowded_view(group) for group in outcome.crowded]
        findings.sort(key=lambda finding: finding.id)
        findings.sort(key=lambda finding: finding.last_recorded, reverse=True)
        for finding in findings:
            disclosed.add_records(finding.evidence)
        disclosed.counted |= bool(crowded)
        return RuleFindings(findings, crowded, candidates.is_complete)
