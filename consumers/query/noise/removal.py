"""Count the findings that would go without the values of a list."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set

from consumers.query.explanations.titles import records_to_read
from consumers.query.identifiers import ThingName
from consumers.query.noise.noise_views import RefusedLine, RemovedFindings, WithoutValues
from consumers.query.noise.warning_list import WarningList, occurrence_names, without_values
from consumers.query.rule_findings.rule_records import RuleRecords
from consumers.query.store_reader import StoreReader
from consumers.query.things import Thing
from schemas.errors import ConfigRefusedError
from schemas.event.event_type import event_type
from schemas.i18n import LANGUAGES
from schemas.ids import thing_key, to_uuid_text
from schemas.model import Reader
from streams.rules import DetectorRule
from streams.rules.detectors.evaluate import evaluate
from streams.rules.detectors.occurrence import RuleOccurrence


class Removal:
    """Counts for one reader, as of one moment. Not for two threads at once."""

    def __init__(
        self, store: StoreReader, secret: bytes, asked_by: tuple[Reader, int | None]
    ) -> None:
        """`secret`: of the keys of things; `asked_by`: the entitled reader, and as of when."""
        self._store, self._secret, self._asked_by = store, secret, asked_by

    def of(self, values: WarningList, records: RuleRecords) -> WithoutValues:
        """Return how many findings of each rule go. `records`: what rules look at."""
        ids = {to_uuid_text(thing_key(self._secret, *name)) for name in values.names} | values.ids
        things = self._store.things(sorted(ids), *self._asked_by) if ids else []
        removed: Counter[str] = Counter()
        titles: dict[str, dict[str, str]] = {}
        for view in (view for thing in things for view in thing.indicators):
            if view.status == "live":
                removed[view.rule] += 1
                titles.setdefault(view.rule, view.title)
        names = values.names | self._names_of_ids(values.ids, things)
        in_records = occurrence_names(names)
        for own in records:
            if count := _removed_by(own.rule, own.occurrences, in_records):
                removed[own.rule.id] += count
                titles.setdefault(own.rule.id, dict(own.rule.title))
        return WithoutValues(
            values=len(things),
            removed=[
                RemovedFindings(rule, titles[rule], count)
                for rule, count in sorted(removed.items(), key=lambda item: (-item[1], item[0]))
            ],
            refused=[
                RefusedLine(line, {lang: problem.in_language(lang) for lang in LANGUAGES})
                for line, problem in sorted(values.problems.items())
            ],
            is_complete=records.is_complete,
        )

    def _names_of_ids(self, ids: Set[str], things: Iterable[Thing]) -> set[ThingName]:
        """Return the names of things known by their ids, as released records write them."""
        read: dict[str, list[str]] = defaultdict(list)
        for thing in things:
            if thing.id in ids:
                for event_id in records_to_read(thing):
                    read[event_id].append(thing.id)
        events = self._store.current_events(sorted(read), *self._asked_by) if read else []
        names: set[ThingName] = set()
        for event in events:
            try:
                observations = event_type(event.type).observe(event.payload or {})
            except ConfigRefusedError:
                continue
            for item in observations:
                name = ThingName(item.kind, item.issuer, item.value)
                if to_uuid_text(thing_key(self._secret, *name)) in read[event.id]:
                    names.add(name)
        return names


def _removed_by(
    rule: DetectorRule, occurrences: Sequence[RuleOccurrence], names: Set[tuple[str, str]]
) -> int:
    """Count the findings of a rule that are none without the values."""
    rest = [without_values(occurrence, names) for occurrence in occurrences]
    if rest == occurrences:
        return 0
    remaining = {id_ for finding in evaluate(rule, rest).findings for id_ in finding.ids}
    before = evaluate(rule, occurrences).findings
    return sum(finding.ids.isdisjoint(remaining) for finding in before)
