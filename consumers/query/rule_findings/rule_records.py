"""Read what each rule over many records looks at, for one reader, as of a moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from consumers.query.rule_findings.record_occurrences import occurrences_of
from consumers.query.rule_findings.rule_candidates import RuleCandidates
from consumers.query.views import EventView
from schemas.measures.rates import RateTable
from streams.rules import DetectorRule
from streams.rules.detectors.occurrence import RuleOccurrence


class RecordsOfRule(NamedTuple):
    """The released records that a rule may concern: by id, and as the rule sees them."""

    rule: DetectorRule
    events: Mapping[str, EventView]
    occurrences: Sequence[RuleOccurrence]


class RuleRecords:
    """Reads the records of rules, one rule after the other; each record is read once."""

    def __init__(
        self, rules: Sequence[DetectorRule], candidates: RuleCandidates, rates: RateTable
    ) -> None:
        """`rates`: as config has them at the moment of the question."""
        self._rules, self._candidates, self._rates = rules, candidates, rates

    def __iter__(self) -> Iterator[RecordsOfRule]:
        """Yield what each rule looks at. Raises what clickhouse-driver raises."""
        for rule in self._rules:
            events = {event.id: event for event in self._candidates.events_for(rule)}
            yield RecordsOfRule(rule, events, list(occurrences_of(events.values(), self._rates)))

    @property
    def is_complete(self) -> bool:
        """Whether all candidates of the rules so far were looked at."""
        return self._candidates.is_complete
