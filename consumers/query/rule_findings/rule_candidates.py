"""Find the records that a rule over many records may concern, by released label.

They are only where to look: what they show is decided on the records themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from consumers.query.released_labels import EVENTS, EVERY_ROW, OBSERVATIONS
from consumers.query.rule_findings.known_records import Versions
from consumers.query.store_reader import StoreReader, upper_bound
from consumers.store.sql import sql
from schemas.model import Reader
from schemas.words import load_table
from streams.rules.detectors.detector_rule import (
    CountForm,
    DetectorRule,
    DistinctForm,
    RunForm,
    SequenceForm,
    SumForm,
    TogetherForm,
)

_THINGS_OF_FIELDS = {"to_account": "account", "from_account": "account"}
"""Fields that are things: where a record has one, it names the thing too."""
MOST_THINGS = 2_000
"""The newest things of a kind that a rule is asked about."""
MOST_EVENTS = 10_000
"""The newest records of each type, for rules that ask about no thing."""


class _ThingSearch(NamedTuple):
    """Which things a rule needs: of a kind, in so many records at least."""

    kind: str
    fewest: int


class RuleCandidates:
    """Reads candidates for one reader as of one moment. Types are asked about once."""

    def __init__(
        self,
        store: StoreReader,
        asked_by: tuple[Reader, int | None],
    ) -> None:
        """`asked_by`: the entitled reader, and the moment (ms since 1970 UTC, None is now)."""
        self._client, self._labels = store.client, store.labels
        self._asked_by = asked_by
        self._of_types: dict[str, list[str]] = {}
        self.versions: dict[str, Versions] = {}
        self.is_complete = True

    def ids_for(self, rule: DetectorRule) -> list[str]:
        """Return the records that a rule may concern.

        Those of its types are in `versions` then, unless a part of them is hidden or they ended, or
        the question is about the past.
        """
        search = _thing_search(rule)
        by_type = [self._ids_of_type(type_) for type_ in rule.types]
        if search is not None:
            return self._by_thing(rule, search)
        self.is_complete &= all(len(ids) < MOST_EVENTS for ids in by_type)
        return [id_ for ids in by_type for id_ in ids]

    def ids_around(self, rule: DetectorRule, events: Collection[str]) -> list[str] | None:
        """Return the records of all groups of a rule that some events are in.

        These are all records of a rule whose groups no thing leads to, and None where none of the
        events is of a type that it looks at.
        """
        kind = thing_of_groups(rule)
        if kind is None:
            return self.ids_for(rule) if self._has_of(rule, events) else None
        labels = self._labels.of(OBSERVATIONS, self._asked_by[0])
        parameters: Mapping[str, Any] = {
            "kind": kind,
            "types": list(rule.types),
            "most": EVERY_ROW if labels.all_labels else rule.hub + 1,
            "as_of": upper_bound(self._asked_by[1]),
            "ids": sorted(events),
            **labels._asdict(),
        }
        rows = self._client.execute(sql("events_of_things"), parameters) if events else []
        return [row[0] for row in rows]

    def _has_of(self, rule: DetectorRule, events: Collection[str]) -> bool:
        """Return whether one of these events is, or was, of a type that a rule looks at."""
        parameters = {"ids": sorted(events), "types": list(rule.types)}
        return bool(events) and bool(
            self._client.execute(sql("has_events_of_types"), parameters)[0][0]
        )

    def _by_thing(self, rule: DetectorRule, search: _ThingSearch) -> list[str]:
        labels = self._labels.of(OBSERVATIONS, self._asked_by[0])
        parameters: Mapping[str, Any] = {
            "kind": search.kind,
            "types": list(rule.types),
            "fewest": search.fewest,
            "most": EVERY_ROW if labels.all_labels else rule.hub + 1,
            "as_of": upper_bound(self._asked_by[1]),
            "limit": EVERY_ROW if labels.all_labels else MOST_THINGS,
            **labels._asdict(),
        }
        rows = self._client.execute(sql("rule_things"), parameters)
        self.is_complete &= bool(labels.all_labels) or len(rows) < MOST_THINGS
        return [event for events, _newest in rows for event in events]

    def _ids_of_type(self, type_: str) -> list[str]:
        """Return the newest records of a type, and note their versions."""
        if type_ in self._of_types:
            return self._of_types[type_]
        reader, as_of = self._asked_by
        labels = self._labels.of(EVENTS, reader)
        parameters = {"type": type_, "as_of": upper_bound(as_of), "limit": MOST_EVENTS}
        rows = self._client.execute(sql("rule_records"), {**parameters, **labels._asdict()})
        self._of_types[type_] = [row[0] for row in rows]
        if as_of is None:
            self.versions |= {
                id_: tuple(versions)
                for id_, versions, is_hidden, is_ended in rows
                if not (is_hidden or is_ended)
            }
        return self._of_types[type_]


def thing_of_groups(rule: DetectorRule) -> str | None:
    """Return the kind of thing that all records of a group of a rule name; None if there is none.

    Records of a run, of what is seen together, of a path or a network hang together otherwise.
    """
    if not isinstance(rule.form, CountForm | DistinctForm | SumForm | SequenceForm):
        return None
    kinds = (_THINGS_OF_FIELDS.get(name, name) for name in rule.by)
    return next((kind for kind in kinds if kind in load_table("kinds")), None)


def _thing_search(rule: DetectorRule) -> _ThingSearch | None:
    """Return the things that a rule asks about; None for one that asks about fields alone."""
    form = rule.form
    if isinstance(form, TogetherForm):
        return _ThingSearch(form.kind, form.at_least)
    if isinstance(form, RunForm):
        return _ThingSearch(form.kind, 1)
    kind = next((name for name in rule.by if name in load_table("kinds")), None)
    if kind is None:
        return None
    if isinstance(form, CountForm):
        return _ThingSearch(kind, form.at_least)
    return _ThingSearch(kind, 2 if isinstance(form, SequenceForm) else 1)
