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
        self._occurrences: dict[str, list[RuleOccurrence]] = {}

    def __iter__(self) -> Iterator[RecordsOfRule]:
        """Yield what each rule looks at. Raises what clickhouse-driver raises."""
        for rule in self._rules:
            events = {event.id: event for event in self._candidates.events_for(rule)}
            occurrences = [item for event in events.values() for item in self._seen(event)]
            yield RecordsOfRule(rule, events, occurrences)

    def _seen(self, event: EventView) -> list[RuleOccurrence]:
        """Return what rules see of a record: the same for each, so it is computed once."""
        if event.id not in self._occurrences:
            self._occurrences[event.id] = list(occurrences_of([event], self._rates))
        return self._occurrences[event.id]

    @property
    def is_complete(self) -> bool:
        """Whether all candidates of the rules so far were looked at."""
        return self._candidates.is_complete
