"""Read what each rule over many records looks at, for one reader, as of a moment."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

from consumers.query.rule_findings.known_records import KnownRecords, SeenRecord
from consumers.query.rule_findings.record_reader import RecordReader
from consumers.query.rule_findings.rule_candidates import RuleCandidates
from consumers.query.views import EventView
from streams.rules import DetectorRule
from streams.rules.detectors.evaluate import RuleOutcome, evaluate
from streams.rules.detectors.occurrence import RuleOccurrence


class RecordsOfRule(NamedTuple):
    """The released records that a rule may concern, by id."""

    rule: DetectorRule
    records: Mapping[str, SeenRecord]

    @property
    def occurrences(self) -> list[RuleOccurrence]:
        """The records as the rule sees them."""
        return [item for record in self.records.values() for item in record.occurrences]


class RuleRecords:
    """Reads the records of rules, one rule after the other; each record is read once."""

    def __init__(
        self,
        rules: Sequence[DetectorRule],
        candidates: RuleCandidates,
        reader: RecordReader,
        known: KnownRecords,
    ) -> None:
        """`known`: what was computed before."""
        self._rules, self._candidates = rules, candidates
        self._reader, self._known = reader, known

    def __iter__(self) -> Iterator[RecordsOfRule]:
        """Yield what each rule looks at. Raises what clickhouse-driver raises."""
        for rule in self._rules:
            ids, types = self._candidates.ids_for(rule), set(rule.types)
            records = self._reader.records(ids, self._candidates.versions)
            yield RecordsOfRule(
                rule, {id_: record for id_, record in records.items() if record.type in types}
            )

    def evaluate(self, own: RecordsOfRule) -> RuleOutcome:
        """Return what a rule says of its records."""
        marks = (record.mark for record in own.records.values())
        text = "\n".join((self._reader.rates_mark, *sorted(marks)))
        mark = blake2b(text.encode(), digest_size=16).digest()
        return self._known.outcome(own.rule, mark, lambda: evaluate(own.rule, own.occurrences))

    def shown(self, own: RecordsOfRule) -> tuple[RuleOutcome, dict[str, EventView]]:
        """Return what a rule says, and the records of its findings as they are shown.

        A record that ended since it was looked at is left out.
        """
        outcome, gone = self.evaluate(own), set[str]()
        while True:
            ids = {event for finding in outcome.findings for event in finding.events}
            views = {view.id: view for view in self._reader.views(sorted(ids))}
            if ids <= views.keys():
                return outcome, views
            gone |= ids - views.keys()
            outcome = evaluate(own.rule, _without(own.occurrences, gone))

    @property
    def is_complete(self) -> bool:
        """Whether all candidates of the rules so far were looked at."""
        return self._candidates.is_complete


def _without(occurrences: Sequence[RuleOccurrence], gone: Collection[str]) -> list[RuleOccurrence]:
    return [occurrence for occurrence in occurrences if occurrence.event not in gone]
