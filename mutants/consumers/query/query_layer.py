"""The query layer: what API, command line and console ask, and nothing else asks the store. Every
question takes a Reader.

As of T: rows recorded up to T are fetched and folded, by the same folds as now. What is not
released to the reader is not there: not in a page, not in a count, not in an order, not in what an
error says. Of the past, an item is released as it was marked then and as its owner marks it today:
who may not see it now does not see it by asking as of yesterday.

What was shown is gathered in `shown`: `consumers.serving.query_pool` and
`consumers.cli.reader_options` write it to the disclosure ledger before the answer goes out. The
conditions (H3) that a reader has accepted are taken from that ledger, whatever the reader says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any, Literal
from uuid import UUID

from consumers.query import conditions, identifiers
from consumers.query.conditions import ConditionView
from consumers.query.disclosed import Disclosed
from consumers.query.disclosures import (
    Disclosure,
    DisclosureFilter,
    may_read_ledger,
    to_disclosure,
    visible_owner,
)
from consumers.query.events import current_version, to_history
from consumers.query.filters import FAR_FUTURE_MS, IndicatorFilter
from consumers.query.identifiers import Identifiers
from consumers.query.indicators import IndicatorView, fold_indicators, to_evidence_row
from consumers.query.paging import BATCH_SIZE, Candidate, visible_page
from consumers.query.series import Clock, Period, SeriesPoint, count_indicators, to_points
from consumers.query.things import Thing, is_hub, to_sightings
from consumers.query.views import (
    ControlEvent,
    EventHistory,
    EventView,
    ObservedThing,
    label_of,
    to_datetime,
    to_epoch_ms,
)
from consumers.store.sql import sql
from infra.clickhouse.client import Client
from infra.errors import QuipuError, Words
from schemas.model import Reader, ReaderCondition
from schemas.release.rules import CONTENT_ROLES, release
from streams.correlation.assess import indicators_for
from streams.correlation.evidence_rows import EvidenceRow
from streams.rules import RuleBook

DEFAULT_LIMIT = 50
ANY_INDICATOR = IndicatorFilter()

IdKind = Literal["indicator", "event", "thing"]


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events; empty and zero mean any.

    `place`: a country or subdivision; `reference`: the sender's or the case's; `since`: recorded
    then or later (ms since 1970 UTC).
    """

    type: str = ""
    country: str = ""
    node: str = ""
    place: str = ""
    reference: str = ""
    since: int = 0


class AmbiguousIdError(ValueError):
    """A short id that several have, or none."""

    def __init__(self, digits: str, found: Sequence[tuple[IdKind, str]]) -> None:
        super().__init__(f"{digits}: {len(found)}")
        self.digits = digits
        self.found = found


class QueryLayer:
    """One generation's database, for one answer at a time. Not for two threads at once (its client
    is not).

    `thing_secret`: the mechanism's, to look up things by their marks; None where its keys are not.
    `readers`: those whose accepted conditions are known already, for answers that follow one
    another closely.
    """

    def __init__(
        self,
        client: Client,
        rules: RuleBook,
        thing_secret: bytes | None = None,
        readers: dict[Reader, Reader] | None = None,
    ) -> None:
        self._shown: dict[tuple[Reader, int | None], Disclosed] = {}
        self._readers = {} if readers is None else readers
        self._client = client
        self._rules = rules
        self._thing_secret = thing_secret

    @property
    def disclosed(self) -> Collection[Disclosed]:
        """What was shown so far, by reader and moment."""
        return self._shown.values()

    def indicators(
        self,
        reader: Reader,
        asked: IndicatorFilter = ANY_INDICATOR,
        as_of: int | None = None,
        limit: int = DEFAULT_LIMIT,
        offset: int = 0,
    ) -> list[IndicatorView]:
        """What crosses borders, newest first."""
        if not _sees_content(reader):
            return []
        who, disclosed = self._begin_question("indicators", reader, as_of)
        parameters = {**asked.parameters(self._rules), "as_of": _until(as_of)}
        found = visible_page(
            lambda number: self._candidates("indicator_candidates", parameters, number),
            lambda ids: [one for one in self._indicators(ids, who, as_of) if asked.matches(one)],
            lambda one: (to_epoch_ms(one.last_recorded), one.id),
            limit,
            offset,
        )
        disclosed.add_indicators(found)
        return found

    def indicator(self, id_: str, reader: Reader, as_of: int | None = None) -> IndicatorView | None:
        """One indicator by its id; None where there is none for this reader."""
        who, disclosed = self._begin_question("indicator", reader, as_of)
        found = self._indicators([id_], who, as_of)
        disclosed.add_indicators(found)
        return next(iter(found), None)

    def series(
        self,
        reader: Reader,
        as_of: int | None = None,
        rule: str = "",
        grade: str = "",
        period: Period = "month",
        clock: Clock = "occurred",
    ) -> list[SeriesPoint]:
        """How many live indicators this reader sees, by rule, grade and period. It folds all
        evidence there is.
        """
        if not _sees_content(reader):
            return []
        who, disclosed = self._begin_question("series", reader, as_of)
        asked = [one for one in self._rules.by_id if rule in ("", one)]
        ids = [
            row[0]
            for row in self._client.execute(
                sql("indicators_of_rules"), {"rules": asked, "grade": grade, "as_of": _until(as_of)}
            )
        ]
        counts: Counter[tuple[date | None, str, str]] = Counter()
        for start in range(0, len(ids), BATCH_SIZE):
            rows = self._evidence(ids[start : start + BATCH_SIZE], who, as_of)
            counts += count_indicators(indicators_for(rows, who, as_of, self._rules), period, clock)
        disclosed.counted |= bool(counts)
        return to_points(counts)

    def thing(self, id_: str, reader: Reader, as_of: int | None = None) -> Thing | None:
        """Who knows this thing; None where nobody whom this reader may hear does."""
        who, disclosed = self._begin_question("thing", reader, as_of)
        found = self._things([id_], who, as_of)
        disclosed.add_things(found)
        return next(iter(found), None)

    def things(self, said: Identifiers, reader: Reader, as_of: int | None = None) -> list[Thing]:
        """The things that these marks may be: one where they are plain, several where not. Needs
        the mechanism's secret.

        Raises QuipuError THING_MARKS for marks that name nothing, NO_SECRET where the mechanism's
        keys are not.
        """
        if self._thing_secret is None:
            raise _no_secret()
        who, disclosed = self._begin_question("things", reader, as_of)
        found = self._things(identifiers.thing_ids(said, self._thing_secret), who, as_of)
        disclosed.add_things(found)
        return found

    def events(
        self,
        reader: Reader,
        asked: EventFilter,
        as_of: int | None = None,
        limit: int = DEFAULT_LIMIT,
        offset: int = 0,
    ) -> list[EventView]:
        """Current versions, not retracted and not erased, newest first."""
        if not _sees_content(reader):
            return []
        who, disclosed = self._begin_question("events", reader, as_of)
        parameters = {
            **{
                name: getattr(asked, name)
                for name in ("type", "country", "node", "place", "reference", "since")
            },
            "as_of": _until(as_of),
        }
        found = visible_page(
            lambda number: self._candidates("event_candidates", parameters, number),
            lambda ids: [
                event for event in self._current(ids, who, as_of) if _matches(event, asked)
            ],
            lambda one: (to_epoch_ms(one.recorded_at), one.id),
            limit,
            offset,
        )
        disclosed.add_events(found)
        return found

    def event(self, id_: str, reader: Reader, as_of: int | None = None) -> EventHistory | None:
        """One event with its versions; None where its current version is not released to this
        reader.
        """
        return next(iter(self.histories([id_], reader, as_of)), None)

    def histories(
        self, ids: Sequence[str], reader: Reader, as_of: int | None = None
    ) -> list[EventHistory]:
        """Several events with their versions, as far as they are released."""
        who, disclosed = self._begin_question("event", reader, as_of)
        found = self._histories(ids, who, as_of, with_things=True) if ids else []
        for one in found:
            disclosed.add_events(one.versions)
        return found

    def current(
        self, ids: Sequence[str], reader: Reader, as_of: int | None = None
    ) -> list[EventView]:
        """The current versions of these events, neither retracted nor erased, as far as they are
        released.
        """
        who, disclosed = self._begin_question("events", reader, as_of)
        found = self._current(ids, who, as_of)
        disclosed.add_events(found)
        return found

    def conditions(self, reader: Reader) -> list[ConditionView]:
        """The owners' conditions (H3) that this reader accepted, or may accept. What is barred by
        more than its condition is not told.
        """
        if not _sees_content(reader):
            return []
        labels = [label_of(row) for row in self._rows("conditional_labels", {})]
        return conditions.offered_conditions(labels, reader, self._accepted(reader))

    def disclosures(
        self, reader: Reader, asked: DisclosureFilter, limit: int = DEFAULT_LIMIT, offset: int = 0
    ) -> list[Disclosure]:
        """What was shown to whom, newest first: to an owner of its own items, to the mechanism's
        auditor of all.
        """
        if not may_read_ledger(reader):
            return []
        owner = visible_owner(reader)
        digits = asked.event.replace("-", "").lower()
        parameters = {
            "owner": owner,
            "world": reader.exercise or "",
            "person": asked.person,
            "digits": digits,
            "since": asked.since,
        }
        rows = self._rows("disclosures", {**parameters, "limit": limit, "offset": offset})
        return [to_disclosure(row, owner) for row in rows]

    def ping(self) -> None:
        """Asks the store for nothing. Raises what the driver raises where it does not answer."""
        self._client.execute("SELECT 1")

    def resolve(
        self,
        digits: str,
        reader: Reader,
        as_of: int | None = None,
        what: Sequence[IdKind] = ("indicator", "event", "thing"),
    ) -> tuple[IdKind, str]:
        """What an id means, or its first or last digits, to this reader: what is hidden from them
        makes no id ambiguous.

        Raises AmbiguousIdError, naming released ones alone: two at most.
        """
        short = digits.replace("-", "").lower()
        rows = self._client.execute(sql("ids_like"), {"digits": short}) if short else []
        who = self._with_conditions(reader)
        found: list[tuple[IdKind, str]] = []
        for kind in what:
            ids = [id_ for one, id_ in rows if one == kind]
            for start in range(0, len(ids), BATCH_SIZE):
                found += [
                    (kind, id_)
                    for id_ in self._released(kind, ids[start : start + BATCH_SIZE], who, as_of)
                ][:2]
                if len(found) > 1:
                    break
        if len(found) != 1:
            raise AmbiguousIdError(digits, found[:2])
        return found[0]

    def _released(
        self, kind: IdKind, ids: Sequence[str], reader: Reader, as_of: int | None
    ) -> list[str]:
        ask: Mapping[str, Callable[..., Sequence[Any]]] = {
            "indicator": self._indicators,
            "event": self._histories,
            "thing": self._things,
        }
        return [one.id for one in ask[kind](ids, reader, as_of)]

    def _begin_question(
        self, question: str, reader: Reader, as_of: int | None
    ) -> tuple[Reader, Disclosed]:
        """The reader with the conditions that the ledger knows of, and where to put down what they
        are shown.
        """
        disclosed = self._shown.setdefault((reader, as_of), Disclosed(reader, as_of))
        disclosed.questions[question] = None
        return self._with_conditions(reader), disclosed

    def _with_conditions(self, reader: Reader) -> Reader:
        """With what they accepted."""
        if reader not in self._readers:
            self._readers[reader] = replace(
                reader, accepted_conditions=frozenset(self._accepted(reader))
            )
        return self._readers[reader]

    def _accepted(self, reader: Reader) -> dict[ReaderCondition, int]:
        asked = {
            "person": reader.person,
            "country": reader.country,
            "authority": reader.authority or "",
        }
        rows = self._client.execute(sql("accepted_conditions"), asked)
        return {
            ReaderCondition(owner, condition): recorded_at for owner, condition, recorded_at in rows
        }

    def _candidates(self, name: str, parameters: Mapping[str, Any], limit: int) -> list[Candidate]:
        return [
            Candidate(*row)
            for row in self._client.execute(sql(name), {**parameters, "limit": limit})
        ]

    def _indicators(
        self, ids: Sequence[str], reader: Reader, as_of: int | None
    ) -> list[IndicatorView]:
        return fold_indicators(self._evidence(ids, reader, as_of), reader, as_of, self._rules)

    def _evidence(self, ids: Sequence[str], reader: Reader, as_of: int | None) -> list[EvidenceRow]:
        """Of events that are barred today nothing, whatever they were as of then."""
        rows = self._rows("evidence", {"ids": _hex(ids), "as_of": _until(as_of)})
        barred = self._hidden_today((row["event_id"] for row in rows), reader, as_of)
        return [to_evidence_row(row) for row in rows if row["event_id"] not in barred]

    def _hidden_today(self, ids: Iterable[str], reader: Reader, as_of: int | None) -> set[str]:
        """Those of the events (ids in hexadecimal) that are not released to this reader as they are
        marked today; only of the past.
        """
        listed = sorted(set(ids)) if as_of is not None else []
        rows = self._rows("event_labels", {"ids": listed}) if listed else []
        heads = (
            (id_, current_version(list(versions)))
            for id_, versions in groupby(rows, key=lambda row: str(row["id"]))
        )
        return {
            UUID(id_).hex for id_, head in heads if not release(label_of(head), reader).released
        }

    def _things(self, ids: Sequence[str], reader: Reader, as_of: int | None) -> list[Thing]:
        """Those that somebody knows whom this reader may hear, in this order. Asked together: a
        serial partly read may be a hundred.
        """
        rows = self._rows("observations", {"ids": _hex(ids), "as_of": _until(as_of)})
        barred = self._hidden_today((row["event_id"] for row in rows), reader, as_of)
        kinds, known = {}, {}
        for id_, said in groupby(
            (row for row in rows if row["event_id"] not in barred),
            key=lambda row: str(UUID(row["thing"])),
        ):
            listed = list(said)
            if members := to_sightings(listed, reader):
                kinds[id_], known[id_] = str(listed[0]["kind"]), members
        indicators = self._indicators_of(known, reader, as_of) if known else {}
        return [
            Thing(
                id_,
                kinds[id_],
                is_hub(len(known[id_]), kinds[id_], self._rules),
                known[id_],
                indicators.get(id_, []),
            )
            for id_ in dict.fromkeys(str(UUID(one)) for one in ids)
            if id_ in known
        ]

    def _indicators_of(
        self, things: Iterable[str], reader: Reader, as_of: int | None
    ) -> dict[str, list[IndicatorView]]:
        """By thing."""
        ids = [
            row[0]
            for row in self._client.execute(
                sql("indicators_of_things"), {"ids": _hex(list(things))}
            )
        ]
        found: dict[str, list[IndicatorView]] = {}
        for one in self._indicators(ids, reader, as_of):
            found.setdefault(one.thing, []).append(one)
        return found

    def _current(self, ids: Sequence[str], reader: Reader, as_of: int | None) -> list[EventView]:
        return [
            one.current for one in self._histories(ids, reader, as_of) if one.status == "current"
        ]

    def _histories(
        self, ids: Sequence[str], reader: Reader, as_of: int | None, with_things: bool = False
    ) -> list[EventHistory]:
        listed = _hex(ids)
        asked = {"ids": listed, "as_of": _until(as_of)}
        acts: dict[str, list[ControlEvent]] = {}
        for target, id_, type_, recorded_at in self._client.execute(sql("event_acts"), asked):
            acts.setdefault(target, []).append(ControlEvent(id_, type_, to_datetime(recorded_at)))
        things: dict[str, list[ObservedThing]] = {}
        for event, thing, kind in (
            self._client.execute(sql("things_of_events"), asked) if with_things else ()
        ):
            things.setdefault(str(UUID(event)), []).append(ObservedThing(str(UUID(thing)), kind))
        barred = self._hidden_today(listed, reader, as_of)
        rows = (
            row for row in self._rows("event_versions", asked) if UUID(row["id"]).hex not in barred
        )
        found = (
            to_history(list(versions), acts.get(id_, []), reader, things.get(id_, []))
            for id_, versions in groupby(rows, key=lambda row: str(row["id"]))
        )
        return [one for one in found if one is not None]

    def _rows(self, name: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        rows, columns = self._client.execute(sql(name), parameters, with_column_types=True)
        names = [column for column, _ in columns]
        return [dict(zip(names, row, strict=True)) for row in rows]


def _no_secret() -> QuipuError:
    return QuipuError(
        Words(
            "Las cosas se buscan por sus marcas solo donde están las llaves del mecanismo.",
            "Things are looked up by marks only where the mechanism's keys are.",
        ),
        Words(
            "Búsquela por su clave, o pregunte en el mecanismo.",
            "Look it up by its key, or ask at the mechanism.",
        ),
        "NO_SECRET",
    )


def _sees_content(reader: Reader) -> bool:
    """Whether any role of theirs sees content at all: else nothing need be asked."""
    return not CONTENT_ROLES.isdisjoint(reader.roles)


def _until(as_of: int | None) -> int:
    return FAR_FUTURE_MS if as_of is None else min(as_of, FAR_FUTURE_MS)


def _hex(ids: Sequence[str]) -> list[str]:
    return [UUID(id_).hex for id_ in ids]


def _matches(event: EventView, asked: EventFilter) -> bool:
    """Whether the current version fits, not only some version of it."""
    references = (event.case_reference, (event.payload or {}).get("source_reference"))
    return (
        asked.type in ("", event.type)
        and asked.country in ("", event.country)
        and asked.node in ("", event.node)
        and asked.place in ("", event.place_country, event.subdivision)
        and asked.reference in ("", *references)
        and to_epoch_ms(event.recorded_at) >= asked.since
    )
