"""Evaluate a rule of pairs on stored observations, for a reader, before any worker applies it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from consumers.query.indicators import IndicatorView, to_indicator_view
from consumers.query.paging import BATCH_SIZE
from consumers.query.released_labels import EVERY_ROW, OBSERVATIONS
from consumers.query.store_reader import StoreReader, upper_bound
from consumers.store.sql import sql
from consumers.store.stored_evidence import to_observed_row
from schemas.model import Reader
from streams.correlation.assess import indicators_for
from streams.correlation.evidence_rows import EvidenceRow
from streams.rules import Rule, RuleBook
from streams.rules.rule import GRADES

MOST_THINGS = 5_000
"""The newest things that a rule on trial is asked about."""


class PairSearch(NamedTuple):
    """The indicators of a rule, hubs too, and how many records were looked at."""

    indicators: list[IndicatorView]
    records: int
    is_complete: bool


class PairCandidates:
    """Finds what a rule of pairs would find, for one reader as of one moment."""

    def __init__(
        self,
        store: StoreReader,
        asked_by: tuple[Reader, int | None],
    ) -> None:
        """`asked_by`: the entitled reader, and the moment (ms since 1970 UTC, None is now)."""
        self._client, self._store, self._labels = store.client, store, store.labels
        self._asked_by = asked_by

    def find(self, rule: Rule) -> PairSearch:
        """Return what a rule shows of all records, by the same fold as the rules in effect."""
        things = self._things(rule)
        book, events = RuleBook({rule.id: rule}), set[str]()
        views: list[IndicatorView] = []
        for start in range(0, len(things), BATCH_SIZE):
            batch = things[start : start + BATCH_SIZE]
            observations = self._store.observations(batch, *self._asked_by)
            events |= {row["event_id"] for row in observations}
            rows = [row for observed in observations for row in evidence_of(rule, observed)]
            views += map(to_indicator_view, indicators_for(rows, *self._asked_by, book))
        return PairSearch(views, len(events), len(things) < MOST_THINGS)

    def observed_by(self, rule: Rule, events: Sequence[str]) -> list[Mapping[str, Any]]:
        """Return what these events observed on things that a rule looks at, as far as released."""
        reader, as_of = self._asked_by
        by_event = self._store.things_of_events(events, upper_bound(as_of))
        things = sorted(frozenset().union(*by_event.values()))
        rows = self._store.observations(things, reader, as_of) if things else []
        return [row for row in rows if row["event_id"] in by_event and row["kind"] in rule.kinds]

    def finds(self, rule: Rule, observed: Sequence[Mapping[str, Any]]) -> int:
        """Return how many indicators a rule makes of these observations of one thing alone."""
        rows = [row for observation in observed for row in evidence_of(rule, observation)]
        return len(indicators_for(rows, *self._asked_by, RuleBook({rule.id: rule})))

    def _things(self, rule: Rule) -> list[str]:
        reader, as_of = self._asked_by
        labels = self._labels.of(OBSERVATIONS, reader)
        conditions = (condition for role in rule.roles.values() for condition in role)
        parameters: Mapping[str, Any] = {
            "kinds": list(rule.kinds),
            "types": sorted({condition.type for condition in conditions}),
            "as_of": upper_bound(as_of),
            "limit": EVERY_ROW if labels.all_labels else MOST_THINGS,
            **labels._asdict(),
        }
        return [row[0] for row in self._client.execute(sql("things_of_types"), parameters)]


def evidence_of(rule: Rule, observed: Mapping[str, Any]) -> Iterator[EvidenceRow]:
    """Yield the evidence that an observation gives a rule. `observed`: of observations.sql."""
    for grade in GRADES:
        for role in _roles(rule, grade, observed):
            weights = rule.weigh(role, observed["certainty"], observed["traits"])
            yield to_observed_row(observed, rule, grade, role, weights)


def _roles(rule: Rule, grade: str, observed: Mapping[str, Any]) -> Sequence[str]:
    return rule.roles_in(
        grade,
        observed["type"],
        observed["certainty"],
        observed["occurred"],
        observed["traits"],
    )
