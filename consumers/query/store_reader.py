"""Read the rows of one generation, and fold them into what one reader sees as of one moment.

Ids are text as people write them, on both sides of the SQL. Nothing here is disclosed yet: the
query layer decides what goes into an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, Literal
from uuid import UUID

from consumers.query.cursors import Cursor, foreign_cursor
from consumers.query.events import current_version, to_history
from consumers.query.filters import NotifiedAuthority
from consumers.query.indicators import IndicatorView, to_indicator_view
from consumers.query.owner_ledger import EvidencePiece
from consumers.query.paging import BATCH_SIZE, Candidate
from consumers.query.related_findings import possible_ids, related_ids
from consumers.query.released_labels import (
    EVENTS,
    EVERY_LABEL,
    EVIDENCE,
    OBSERVATIONS,
    ReleasedLabels,
)
from consumers.query.things import Sighting, Thing, is_hub, to_sightings
from consumers.query.use_acceptances import acceptance_times, accepted_by, waiting_condition
from consumers.query.views import (
    ControlEvent,
    EventHistory,
    EventView,
    ObservedThing,
    to_datetime,
)
from consumers.store.sql import FAR_FUTURE_MS, rows_as_dicts, sql
from consumers.store.stored_evidence import label_of, parse_label, to_evidence_row
from consumers.store.stored_versions import stored_version
from infra.clickhouse.client import Client
from schemas.model import Label, Reader, ReaderCondition
from schemas.release.rules import pending_condition, release
from schemas.release.use_conditions import binds_authority
from streams.correlation.assess import Indicator, indicators_for
from streams.correlation.crowding import most_that_decide
from streams.correlation.evidence_rows import EvidenceRow
from streams.rules import RuleBook

Row = Mapping[str, Any]
ALL_ROWS = 2**62
CandidateQuery = Literal["event_candidates", "indicator_candidates"]
CANDIDATE_TABLES: Mapping[CandidateQuery, str] = {
    "event_candidates": EVENTS,
    "indicator_candidates": EVIDENCE,
}

OFFSET_DIGITS = 18
"""No offset of Kafka has more."""


class StoreReader:
    """The rows of one generation's database. Not for two threads at once (its client is not).

    `as_of` is in ms since 1970 UTC, None is now. Every method raises what clickhouse-driver raises.
    """

    def __init__(self, client: Client, rules: RuleBook, labels: ReleasedLabels) -> None:
        """`rules`: those in effect, by which indicators are assessed; `labels`: of the tables."""
        self.client = client
        self.rules = rules
        self.labels = labels

    def candidates(
        self, name: CandidateQuery, parameters: Mapping[str, Any], limit: int, reader: Reader
    ) -> list[Candidate]:
        """Return the `limit` newest candidates with a released label that a query finds."""
        labels = self.labels.of(CANDIDATE_TABLES[name], reader)
        rows = self.client.execute(sql(name), {**parameters, **labels._asdict(), "limit": limit})
        return [Candidate(*row) for row in rows]

    def indicators(
        self, ids: Sequence[str], reader: Reader, as_of: int | None
    ) -> list[IndicatorView]:
        """Return those of the indicators that hold for this reader, in the order of their ids."""
        return [
            to_indicator_view(indicator)
            for indicator in indicators_for(
                self._evidence(ids, reader, as_of), reader, as_of, self.rules.at(as_of)
            )
        ]

    def with_findings_of_things(
        self, indicators: Sequence[IndicatorView], reader: Reader, as_of: int | None
    ) -> list[IndicatorView]:
        """Add the other indicators of the same things that hold for this reader."""
        given = {view.id for view in indicators}
        ids = {
            id_
            for view in indicators
            if view.status == "live"
            for id_ in related_ids(view.kind, view.thing, self.rules.at(as_of))
        }
        others = sorted(ids - given)
        return [*indicators, *(self.indicators(others, reader, as_of) if others else ())]

    def indicators_of_rules(
        self, rules: Sequence[str], grade: str, reader: Reader, as_of: int | None
    ) -> Iterator[Indicator]:
        """Yield all indicators of the rules and grade (empty: any) for this reader."""
        labels = self.labels.of(EVIDENCE, reader)._asdict()
        parameters = {"rules": rules, "grade": grade, "as_of": upper_bound(as_of), **labels}
        ids = [row[0] for row in self.client.execute(sql("indicators_of_rules"), parameters)]
        yield from self.indicators_of(ids, reader, as_of)

    def indicators_in_span(
        self, since: int, until: int, reader: Reader, as_of: int | None
    ) -> Iterator[Indicator]:
        """Yield all indicators with evidence that occurred in a span, for this reader.

        `since`, `until` (exclusive): ms since 1970 UTC.
        """
        labels = self.labels.of(EVIDENCE, reader)._asdict()
        parameters = {"span_since": since, "span_until": until, "as_of": upper_bound(as_of)}
        rows = self.client.execute(sql("indicators_in_span"), {**parameters, **labels})
        yield from self.indicators_of([row[0] for row in rows], reader, as_of)

    def things(self, ids: Sequence[str], reader: Reader, as_of: int | None) -> list[Thing]:
        """Return the things that somebody knows whom this reader may hear, in the given order.

        They are asked together, since a serial partly read may be a hundred things.
        """
        visible = self.observations(ids, reader, as_of)
        kinds: dict[str, str] = {}
        members: dict[str, list[Sighting]] = {}
        for id_, observations in groupby(visible, key=lambda row: str(row["thing"])):
            own_rows = list(observations)
            if sightings := to_sightings(own_rows, reader):
                kinds[id_], members[id_] = str(own_rows[0]["kind"]), sightings
        indicators = self._indicators_of_things(kinds, reader, as_of)
        return [
            Thing(
                id=id_,
                kind=kinds[id_],
                hub=is_hub(len(members[id_]), kinds[id_], self.rules.at(as_of)),
                members=members[id_],
                indicators=indicators.get(id_, []),
            )
            for id_ in dict.fromkeys(_normalised(ids))
            if id_ in members
        ]

    def observations(
        self, ids: Sequence[str], reader: Reader, as_of: int | None
    ) -> list[dict[str, Any]]:
        """Return the live observations of things, but those of events that are hidden today."""
        rows = self._live_rows("observations", ids, reader, as_of)
        hidden = self.hidden_today((row["event_id"] for row in rows), reader, as_of)
        return [row for row in rows if row["event_id"] not in hidden]

    def histories(
        self, ids: Sequence[str], reader: Reader, as_of: int | None, *, with_things: bool = False
    ) -> list[EventHistory]:
        """Return the histories of the events whose current version is released to this reader."""
        versions = self._versions(ids, reader, as_of)
        if not versions:
            return []
        control_events = self._control_events(sorted(versions), as_of)
        things = self._things_of_events(sorted(versions), as_of) if with_things else {}
        histories = (
            to_history(rows, control_events.get(id_, []), reader, things.get(id_, []))
            for id_, rows in versions.items()
        )
        return [history for history in histories if history is not None]

    def current_events(
        self, ids: Sequence[str], reader: Reader, as_of: int | None
    ) -> list[EventView]:
        """Return the current versions that are neither retracted nor erased."""
        return [
            history.current
            for history in self.histories(ids, reader, as_of)
            if history.status == "current"
        ]

    def content_of_evidence(
        self, ids: Sequence[str], reader: Reader, as_of: int | None
    ) -> list[EventView]:
        """Return the current versions of events that live evidence names, as far as released.

        Their retractions are not looked up: they would have ended the evidence.
        """
        histories = (
            to_history(rows, (), reader) for rows in self._versions(ids, reader, as_of).values()
        )
        return [history.current for history in histories if history is not None]

    def ids_like(self, digits: str, reader: Reader) -> list[tuple[str, str]]:
        """Return kind and id of what begins or ends with these digits, by released labels."""
        if not digits:
            return []
        parameters: dict[str, Any] = {"digits": digits}
        for table in (EVENTS, OBSERVATIONS, EVIDENCE):
            labels = self.labels.of(table, reader)
            parameters |= {f"{table}_labels": labels.labels}
            parameters |= {f"all_{table}_labels": labels.all_labels}
        rows = self.client.execute(sql("ids_like"), parameters)
        return [(kind, id_) for kind, id_ in rows]

    def conditional_labels(self, reader: Reader) -> list[Label]:
        """Return the labels of live events of which a condition (H3) alone keeps this reader.

        `reader`: without any accepted condition.
        """
        return [
            label
            for id_, label in self.labels.of_events().items()
            if pending_condition(label, reader) is not None
            and self.client.execute(sql("live_label"), {"label": id_})
        ]

    def accepted_conditions(self, reader: Reader) -> dict[ReaderCondition, int]:
        """Return the conditions that this reader accepted, with the first time (ms since 1970)."""
        parameters = {
            "person": reader.person,
            "country": reader.country,
            "authority": reader.authority or "",
        }
        rows = self.client.execute(sql("accepted_conditions"), parameters)
        by_reader = {ReaderCondition(owner, text): at for owner, text, at in rows}
        own = {
            condition: at for condition, at in by_reader.items() if not binds_authority(condition)
        }
        return own | self._accepted_by_authority(reader)

    def _accepted_by_authority(self, reader: Reader) -> dict[ReaderCondition, int]:
        """Return the conditions of use that the reader's authority accepted by a record."""
        newcomer = replace(reader, accepted_conditions=frozenset())
        labels = self.labels.of_events_once()
        waiting = [id_ for id_, label in labels.items() if waiting_condition(label, newcomer)]
        if not waiting or not reader.authority:
            return {}
        parameters = {
            "labels": waiting,
            "country": reader.country,
            "authority": reader.authority,
        }
        ids = [row[0] for row in self.client.execute(sql("use_acceptances"), parameters)]
        times = acceptance_times(self.histories(ids, newcomer, None) if ids else ())
        rows = rows_as_dicts(self.client, "event_labels", {"ids": sorted(times)}) if times else []
        return accepted_by(rows, times, newcomer)

    def waiting_labels(self, reader: Reader) -> list[Label]:
        """Return the labels of which a condition of use alone keeps this reader."""
        labels = self.labels.of_events_once().values()
        return [label for label in labels if waiting_condition(label, reader)]

    def disclosures(
        self,
        parameters: Mapping[str, Any],
        limit: int,
        after: Cursor | None = None,
        end: int | None = None,
    ) -> list[dict[str, Any]]:
        """Return rows of queries/disclosures.sql, newest first.

        `after`: as `entry_place` returns it; `end`: of entries that are no hits, those before this
        moment (ms since 1970 UTC). Raises CursorRefusedError for a place of another list.
        """
        place = _ledger_place(after)
        bounds = {"limit": limit, "end": FAR_FUTURE_MS if end is None else min(end, FAR_FUTURE_MS)}
        return rows_as_dicts(self.client, "disclosures", {**parameters, **place, **bounds})

    def notified_times(
        self, authority: NotifiedAuthority, ids: Sequence[str]
    ) -> dict[str, list[int]]:
        """Return when an authority's nodes were notified of indicators, by id, the oldest first.

        Times are in ms since 1970 UTC.
        """
        parameters = {"ids": _normalised(ids), **authority.bounds()}
        times: dict[str, list[int]] = {}
        for id_, notified_at in self.client.execute(sql("hits_of_authority"), parameters):
            times.setdefault(id_, []).append(notified_at)
        return times

    def acknowledged_times(self, authority: NotifiedAuthority) -> dict[str, list[int]]:
        """Return when somebody of an authority acknowledged hits, by id, the oldest first (ms)."""
        times: dict[str, list[int]] = {}
        rows = self.client.execute(sql("acknowledged_hits"), authority.bounds())
        for id_, acknowledged_at in rows:
            times.setdefault(id_, []).append(acknowledged_at)
        return times

    def evidence_released_today(
        self, ids: Sequence[str], reader: Reader, as_of: int
    ) -> list[EvidencePiece]:
        """Return the evidence of a moment whose events are released to this reader today.

        Whether they were released then is not asked. Of one label, as many are read as decide.
        """
        book = self.rules.at(as_of)
        most = most_that_decide(book)
        parameters = {"ids": _normalised(ids), "as_of": as_of, "most": most}
        parameters |= EVERY_LABEL._asdict()
        rows = rows_as_dicts(self.client, "evidence", parameters) if ids else []
        labels = self._labels_today(row["event_id"] for row in rows)
        return [
            EvidencePiece(replace(to_evidence_row(row), label=label), parse_label(row["label"]))
            for row in rows
            if row["rule"] in book.by_id
            and (label := labels.get(row["event_id"])) is not None
            and release(label, reader).released
        ]

    def indicators_of_events(
        self, ids: Sequence[str], reader: Reader, as_of: int | None
    ) -> list[IndicatorView]:
        """Return the indicators that rest on one of these events and hold for this reader."""
        by_thing = self._indicators_of_things(self.kinds_of_things(ids, as_of), reader, as_of)
        events = frozenset(ids)
        return [
            view
            for views in by_thing.values()
            for view in views
            if not events.isdisjoint(piece.event for piece in view.evidence)
        ]

    def kinds_of_things(self, ids: Sequence[str], as_of: int | None) -> dict[str, str]:
        """Return the kinds of the things that these events were observed on, by the thing's id."""
        observed = self._things_of_events(ids, as_of) if ids else {}
        return {thing.id: thing.kind for things in observed.values() for thing in things}

    def things_of_events(self, ids: Sequence[str], as_of: int) -> dict[str, frozenset[str]]:
        """Return the ids of the things that these events were observed on, by the event's id."""
        by_event = self._things_of_events(ids, as_of) if ids else {}
        return {id_: frozenset(thing.id for thing in things) for id_, things in by_event.items()}

    def _versions(
        self, ids: Sequence[str], reader: Reader, as_of: int | None
    ) -> dict[str, list[Row]]:
        """Return the rows of each event's versions; none of an event that is hidden today."""
        labels = self.labels.of(EVENTS, reader)._asdict()
        parameters = {"ids": _normalised(ids), "as_of": upper_bound(as_of), **labels}
        rows = [
            stored_version(row) for row in rows_as_dicts(self.client, "event_versions", parameters)
        ]
        hidden = self.hidden_today((row["id"] for row in rows), reader, as_of)
        versions: dict[str, list[Row]] = {}
        for row in rows:
            if row["id"] not in hidden:
                versions.setdefault(str(row["id"]), []).append(row)
        return versions

    def indicators_of(
        self, ids: Sequence[str], reader: Reader, as_of: int | None
    ) -> Iterator[Indicator]:
        """Yield those of any number of indicators that hold for this reader, hubs too."""
        for start in range(0, len(ids), BATCH_SIZE):
            evidence = self._evidence(ids[start : start + BATCH_SIZE], reader, as_of)
            yield from indicators_for(evidence, reader, as_of, self.rules.at(as_of))

    def _evidence(self, ids: Sequence[str], reader: Reader, as_of: int | None) -> list[EvidenceRow]:
        """Return the evidence of rules in effect, but that of events that are hidden today."""
        rows = self._live_rows("evidence", ids, reader, as_of)
        hidden = self.hidden_today((row["event_id"] for row in rows), reader, as_of)
        known = self.rules.at(as_of).by_id
        return [
            to_evidence_row(row)
            for row in rows
            if row["event_id"] not in hidden and row["rule"] in known
        ]

    def hidden_today(self, ids: Iterable[str], reader: Reader, as_of: int | None) -> set[str]:
        """Return the events that are not released to this reader as their owner marks them today.

        Only a question about the past needs it: then the set is of those that were marked
        differently.
        """
        labels = self._labels_today(ids) if as_of is not None else {}
        return {id_ for id_, label in labels.items() if not release(label, reader).released}

    def _labels_today(self, ids: Iterable[str]) -> dict[str, Label]:
        """Return the label of the current version of each event."""
        distinct = sorted(set(ids))
        rows = rows_as_dicts(self.client, "event_labels", {"ids": distinct}) if distinct else []
        return {
            id_: label_of(current_version(list(versions)))
            for id_, versions in groupby(rows, key=lambda row: str(row["id"]))
        }

    def _indicators_of_things(
        self, kinds: Mapping[str, str], reader: Reader, as_of: int | None
    ) -> dict[str, list[IndicatorView]]:
        """Return the indicators of things by thing. `kinds`: the kind of each thing."""
        book = self.rules.at(as_of)
        ids = {id_ for thing, kind in kinds.items() for id_ in possible_ids(kind, thing, book)}
        by_thing: dict[str, list[IndicatorView]] = {}
        for indicator in self.indicators(sorted(ids), reader, as_of) if ids else ():
            by_thing.setdefault(indicator.thing, []).append(indicator)
        return by_thing

    def _control_events(
        self, ids: Sequence[str], as_of: int | None
    ) -> dict[str, list[ControlEvent]]:
        by_target: dict[str, list[ControlEvent]] = {}
        for target, id_, type_, recorded_at in self._tuples("event_acts", ids, as_of):
            control_event = ControlEvent(id_, type_, to_datetime(recorded_at))
            by_target.setdefault(target, []).append(control_event)
        return by_target

    def _things_of_events(
        self, ids: Sequence[str], as_of: int | None
    ) -> dict[str, list[ObservedThing]]:
        by_event: dict[str, list[ObservedThing]] = {}
        for event, thing, kind in self._tuples("things_of_events", ids, as_of):
            by_event.setdefault(event, []).append(ObservedThing(thing, kind))
        return by_event

    def _live_rows(
        self,
        table: Literal["evidence", "observations"],
        ids: Sequence[str],
        reader: Reader,
        as_of: int | None,
    ) -> list[dict[str, Any]]:
        """Return the live rows with a released label, of today as many of an authority as decide.

        A question about the past leaves out what is hidden today, so it reads all of a label.
        """
        most = most_that_decide(self.rules) if as_of is None else ALL_ROWS
        parameters = {"ids": _normalised(ids), "as_of": upper_bound(as_of), "most": most}
        return rows_as_dicts(
            self.client, table, {**parameters, **self.labels.of(table, reader)._asdict()}
        )

    def _tuples(
        self, name: str, ids: Sequence[str], as_of: int | None
    ) -> Sequence[tuple[Any, ...]]:
        rows: Sequence[tuple[Any, ...]] = self.client.execute(
            sql(name), {"ids": _normalised(ids), "as_of": upper_bound(as_of)}
        )
        return rows


def upper_bound(as_of: int | None) -> int:
    """Return up to when rows are read, ms since 1970 UTC: `as_of`, or far in the future."""
    return FAR_FUTURE_MS if as_of is None else min(as_of, FAR_FUTURE_MS)


def newest_candidate(as_of: int | None, after: Cursor | None) -> int:
    """Return up to when the candidates of a page are read, ms since 1970 UTC.

    What comes after a place in a list is no newer than the item there.
    """
    bound = upper_bound(as_of)
    return bound if after is None else min(bound, after.recorded_at)


def _ledger_place(after: Cursor | None) -> dict[str, int]:
    """Return the parameters of queries/disclosures.sql for a place in the list of all entries.

    None is its start. Raises CursorRefusedError for a place of another list.
    """
    if after is None:
        return {"before": FAR_FUTURE_MS, "before_offset": 0}
    if not after.id.isdecimal() or len(after.id) > OFFSET_DIGITS:
        raise foreign_cursor()
    return {"before": min(after.recorded_at, FAR_FUTURE_MS), "before_offset": int(after.id)}


def _normalised(ids: Iterable[str]) -> list[str]:
    """Return the ids as the store writes them: small letters, with hyphens."""
    return [str(UUID(id_)) for id_ in ids]
